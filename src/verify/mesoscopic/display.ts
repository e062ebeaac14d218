/** The tables and figures of the mesoscopic equation. */
import type { Figure, Table } from "../../report/data.ts";
import type { Equation } from "../evidence/equation.ts";
import type { PairLadder } from "../evidence/pairs.ts";
import { type Comparison, rmsZ, worstZ } from "../measure/check.ts";
import { BARS_IN_WORDS, count, dots, line, overlay } from "../measure/present.ts";
import { average, averageLimit, type Distances } from "./distance.ts";
import type { Moments } from "./moments.ts";

/** The moments of the equation at one M, and of the process less those of the equation. */
export interface Compared {
  readonly particles: number;
  readonly own: Moments;
  readonly between: Moments;
}

export function orderTable({ time, long }: Equation, errors: readonly Comparison[]): Table {
  return {
    title: `Halving the step: RMS error of the means at t = ${time}`,
    columns: ["step h", "kicks", "measured", "the stepper's own", "std. error", "h times 2: error times"],
    rows: long.map(({ step, kicks }, i) => {
      const { measured, predicted, standardError } = errors[i];
      return [step, kicks, measured, predicted, standardError, i === 0 ? "" : errors[i - 1].predicted / predicted];
    }),
  };
}

export function distanceTable(ladder: PairLadder, distances: readonly Distances[]): Table {
  const limit = averageLimit(ladder);
  return {
    title: `M W1(Θ_i, Z_i) at t = ${ladder.time}, averaged over the cells: ${ladder.rungs[0].replicas} samples of either`,
    columns: [
      ...["M", "limit", "best potential", "std. error", "sorted samples", "their floor"],
      "E|Θ-Z| of pairs: M times",
    ],
    rows: distances.map(({ particles, share, sorted, floor, pairs }) => [
      ...[particles, limit, limit * share.measured, limit * share.standardError, sorted, floor],
      average(pairs.map(({ measured }) => measured)) * Math.sqrt(particles),
    ]),
  };
}

export function momentTable(found: readonly Compared[]): Table {
  return {
    title: "Means and covariances of Z: against the expansion of (3.3), and against those of Θ^M",
    columns: ["M", "mean: rms z", "max |z|", "cov: rms z", "max |z|", "Θ-Z, mean: max |z|", "cov: max |z|"],
    rows: found.map(({ particles, own, between }) => [
      particles,
      ...[own.means, own.covariances].flatMap((all) => [rmsZ(all), worstZ(all)]),
      ...[worstZ(between.means), worstZ(between.covariances)],
    ]),
  };
}

export function distanceFigure(ladder: PairLadder, distances: readonly Distances[]): Figure {
  const M = distances.map(({ particles }) => particles);
  const limit = averageLimit(ladder);
  const pairsOf = (of: (pair: Comparison) => number) =>
    distances.map(({ pairs, particles }) => average(pairs.map(of)) / Math.sqrt(particles));
  const perCell = (of: (d: Distances) => number) => distances.map((d) => of(d) / d.particles);
  const potentials = distances.map(({ particles, share }) => ({
    measured: (limit * share.measured) / particles,
    standardError: (limit * share.standardError) / particles,
  }));
  const predictedPairs = pairsOf(({ predicted }) => predicted);
  const measuredPairs = pairsOf(({ measured }) => measured);
  const group = "independent pairs";
  return {
    name: "mesoscopic-distance",
    title: "How far the equation's law and independent pairs are from the process",
    caption: `Wasserstein distance of the laws of one energy at t = ${ladder.time}, averaged over the cells; ${BARS_IN_WORDS}. Sorted samples are never below their floor.`,
    x: { label: "particles per cell M", log: true },
    y: { label: "distance of process and equation", log: true },
    series: [
      line(
        "predicted W1",
        M,
        perCell(() => limit),
        "W1",
      ),
      dots("by the best potential", M, potentials, "W1"),
      { name: "by sorted samples", kind: "dots", x: M, y: perCell(({ sorted }) => sorted) },
      { name: "its floor: two samples of the equation", kind: "dots", x: M, y: perCell(({ floor }) => floor) },
      line("predicted E|Θ - Z|", M, predictedPairs, group),
      { name: "independent pairs", kind: "dots", x: M, y: measuredPairs, group },
    ],
  };
}

export function cellFigure({ constants, time }: PairLadder, { particles, potentials }: Distances): Figure {
  return {
    name: "mesoscopic-cells",
    title: "How far the equation's law of each energy is from the process's",
    caption: `M times the distance by the best potential at M = ${particles}, t = ${time}, with the sign of the skewness that the equation lacks; ${BARS_IN_WORDS}.`,
    x: { label: "cell k" },
    y: { label: "± M W1" },
    series: overlay(["predicted limit", "simulation"], count(1, constants.length), potentials),
    marks: [{ axis: "y", at: 0 }],
  };
}

export function orderFigure({ time, long }: Equation, errors: readonly Comparison[]): Figure {
  const steps = long.map(({ step }) => step);
  return {
    name: "mesoscopic-order",
    title: "The error of the equation's stepper",
    caption: `RMS error of the means at t = ${time} over the step h, at the largest M; ${BARS_IN_WORDS}.`,
    x: { label: "step h", log: true },
    y: { label: "error of the mean", log: true },
    series: overlay(["the stepper's own error", "simulation"], steps, errors),
  };
}
