/** The pictures of the law of large numbers as plain data: theory drawn over simulation. */
import type { Figure, Series } from "../../report/data.ts";
import { equilibrium } from "../../theory/equilibrium.ts";
import { initialEnergies } from "../../theory/initial.ts";
import { BARS, BARS_IN_WORDS, beside, count, dots, line } from "../measure/bars.ts";
import type { Bias } from "./bias.ts";
import type { Ladder, Rung } from "../evidence/ladder.ts";
import type { Distance } from "./distance.ts";

export function rmsFigure(distances: readonly Distance[], time: number): Figure {
  const x = distances.map(({ particles }) => particles);
  const rms = (square: number, i: number) => Math.sqrt(Math.max(square, 0) / x[i]);
  const bar = (side: number) => distances.map((d, i) => rms(d.measured + side * BARS * d.standardError, i));
  return {
    name: "lln-distance",
    title: "Law of large numbers: the distance falls as M^(-1/2)",
    caption: `RMS distance of Θ^M to the limit equation at t = ${time}; ${BARS_IN_WORDS}.`,
    x: { label: "particles per cell M", log: true },
    y: { label: "RMS distance to the limit equation", log: true },
    series: [
      line(
        "predicted",
        x,
        distances.map((d, i) => rms(d.predicted, i)),
      ),
      {
        name: "simulation",
        kind: "dots",
        x,
        y: distances.map((d, i) => rms(d.measured, i)),
        low: bar(-1),
        high: bar(1),
      },
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
      line("start", cells, Array.from(initialEnergies(model))),
      ...times.flatMap((time, t): Series[] => [
        line("limit equation", cells, row(expansion.limit, t), `t = ${time}`),
        { name: "simulation", kind: "dots", x: cells, y: row(finest.ensemble.mean, at[t]), group: `t = ${time}` },
      ]),
      line("equilibrium E*", count(0, N + 2), [left, ...equilibrium(model).energies, right]),
    ],
  };
}

export function biasFigure(
  resolved: readonly { readonly bias: Bias; readonly rung: Rung }[],
  m1: Float64Array,
  time: number,
): Figure {
  const cells = count(1, m1.length);
  return {
    name: "lln-bias",
    title: "Law of large numbers: the bias falls as 1/M",
    caption: `M times the bias of the mean at t = ${time}, by the exact identity whose error does not grow with M; ${BARS_IN_WORDS}.`,
    x: { label: "cell k" },
    y: { label: "M (EΘ − Θ̄)" },
    series: [
      line("m1", cells, Array.from(m1)),
      ...resolved.map(({ bias, rung }, r) => {
        const measured = cells.map((_, i) => ({ measured: bias.mean[i], standardError: bias.standardError[i] }));
        return dots(`M = ${rung.particles}`, beside(cells, r, resolved.length), measured);
      }),
    ],
  };
}
