/** The tables and figures of the law of large numbers. */
import type { Figure, Series, Table } from "../../report/data.ts";
import { equilibrium } from "../../theory/equilibrium.ts";
import { initialEnergies } from "../../theory/initial.ts";
import type { Ladder } from "../evidence/ladder.ts";
import { type Comparison, zOf } from "../measure/check.ts";
import { BARS, BARS_IN_WORDS, beside, count, dots, line } from "../measure/present.ts";
import type { Bias } from "./bias.ts";
import type { Distance } from "./distance.ts";

export function distanceTable(distances: readonly Distance[], time: number, log: Ladder["log"]): Table {
  return {
    title: `RMS distance of Θ^M to the limit equation Θ̄ at t = ${time}`,
    columns: ["M", "replicas", "RMS", "predicted", "√(tr C/M)", "std. error", "z", "local slope"],
    rows: distances.map((d, i) => {
      const root = (square: number) => Math.sqrt(square / d.particles);
      const rms = root(d.measured);
      const before = distances[i - 1];
      const slope = before
        ? log(rms / Math.sqrt(before.measured / before.particles)) / log(d.particles / before.particles)
        : "";
      const error = d.standardError / d.particles / (2 * rms);
      return [d.particles, d.replicas, rms, root(d.predicted), root(d.leading), error, zOf(d), slope];
    }),
  };
}

export function slopeTable(slope: Comparison): Table {
  return {
    title: "Slope of log RMS over log M, all M",
    columns: ["measured", "predicted", "std. error", "z"],
    rows: [[slope.measured, slope.predicted, slope.standardError, zOf(slope)]],
  };
}

export function biasTable(biases: readonly Bias[], m1: Float64Array, time: number): Table {
  return {
    title: `Bias M (EΘ^M - Θ̄) at t = ${time}, by the exact identity, against m1`,
    columns: ["cell k", "m1", ...biases.flatMap(({ particles }) => [`M = ${particles}`, "±"])],
    rows: Array.from(m1, (predicted, i) => [
      ...[i + 1, predicted],
      ...biases.flatMap(({ cells }) => [cells[i].measured, cells[i].standardError]),
    ]),
  };
}

export function distanceFigure(distances: readonly Distance[], time: number): Figure {
  const x = distances.map(({ particles }) => particles);
  const rms = (of: (d: Distance) => number) => distances.map((d, i) => Math.sqrt(Math.max(of(d), 0) / x[i]));
  const bar = (side: number) => rms((d) => d.measured + side * BARS * d.standardError);
  return {
    name: "lln-distance",
    title: "Law of large numbers: the distance to the limit equation",
    caption: `RMS distance of Θ^M to the limit equation at t = ${time}; ${BARS_IN_WORDS}.`,
    x: { label: "particles per cell M", log: true },
    y: { label: "RMS distance to the limit equation", log: true },
    series: [
      line(
        "predicted",
        x,
        rms(({ predicted }) => predicted),
      ),
      { name: "simulation", kind: "dots", x, y: bar(0), low: bar(-1), high: bar(1) },
    ],
  };
}

export function profileFigure({ model, times, at, expansion, rungs }: Ladder): Figure {
  const N = model.cells;
  const cells = count(1, N);
  const finest = rungs.at(-1)!;
  const [left, right] = model.temperatures;
  const row = (values: Float64Array, t: number) => Array.from(values.subarray(t * N, (t + 1) * N));
  return {
    name: "lln-profile",
    title: "The energy profile on its way to equilibrium",
    caption: `Lines: limit equation (3.1). Dots: mean of ${finest.replicas} replicas at M = ${finest.particles}.`,
    x: { label: "cell k (0 and N+1 are the baths)" },
    y: { label: "energy" },
    series: [
      line("start", cells, initialEnergies(model)),
      ...times.flatMap((time, t): Series[] => [
        line("limit equation", cells, row(expansion.limit, t), `t = ${time}`),
        { name: "simulation", kind: "dots", x: cells, y: row(finest.ensemble.mean, at[t]), group: `t = ${time}` },
      ]),
      line("equilibrium E*", count(0, N + 2), [left, ...equilibrium(model).energies, right]),
    ],
  };
}

export function biasFigure(biases: readonly Bias[], m1: Float64Array, time: number): Figure {
  const places = count(1, m1.length);
  return {
    name: "lln-bias",
    title: "Law of large numbers: the bias, times M",
    caption: `M times the bias of the mean at t = ${time}, by the exact identity whose error does not grow with M; ${BARS_IN_WORDS}.`,
    x: { label: "cell k" },
    y: { label: "M (EΘ − Θ̄)" },
    series: [
      line("m1", places, m1),
      ...biases.map(({ particles, cells }, r) => dots(`M = ${particles}`, beside(places, r, biases.length), cells)),
    ],
  };
}
