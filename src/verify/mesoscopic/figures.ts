/** The pictures of the mesoscopic equation as plain data: theory drawn over simulation. */
import type { Figure } from "../../report/data.ts";
import type { Equation } from "../evidence/equation.ts";
import type { TwinLadder } from "../evidence/twins.ts";
import { BARS_IN_WORDS, count, dots, line } from "../measure/bars.ts";
import type { Comparison } from "../measure/check.ts";
import { average, averageLimit, type Distances } from "./distance.ts";

export function distanceFigure(ladder: TwinLadder, distances: readonly Distances[]): Figure {
  const M = distances.map(({ particles }) => particles);
  const limit = averageLimit(ladder);
  const pairsOf = (of: (pair: Comparison) => number) =>
    distances.map(({ pairs, particles }) => average(pairs.map(of)) / Math.sqrt(particles));
  const perCell = (of: (d: Distances) => number) => distances.map((d) => of(d) / d.particles);
  return {
    name: "mesoscopic-distance",
    title: "The equation's law is 1/M away, independent pairs are not",
    caption: `Wasserstein distance of the laws of one energy at t = ${ladder.time}, averaged over the cells; ${BARS_IN_WORDS}. Sorted samples are never below their floor.`,
    x: { label: "particles per cell M", log: true },
    y: { label: "distance of process and equation", log: true },
    series: [
      line(
        "predicted W1",
        M,
        M.map((m) => limit / m),
        "W1",
      ),
      dots(
        "by the best potential",
        M,
        distances.map(({ particles, share }) => ({
          measured: (limit * share.measured) / particles,
          standardError: (limit * share.standardError) / particles,
        })),
        "W1",
      ),
      { name: "by sorted samples", kind: "dots", x: M, y: perCell(({ sorted }) => sorted) },
      { name: "its floor: two samples of the equation", kind: "dots", x: M, y: perCell(({ floor }) => floor) },
      line(
        "predicted E|Θ - Z|",
        M,
        pairsOf(({ predicted }) => predicted),
        "independent pairs",
      ),
      {
        name: "independent pairs",
        kind: "dots",
        x: M,
        y: pairsOf(({ measured }) => measured),
        group: "independent pairs",
      },
    ],
  };
}

export function cellFigure({ constants, time }: TwinLadder, { particles, potentials }: Distances): Figure {
  const cells = count(1, constants.length);
  return {
    name: "mesoscopic-cells",
    title: "How far the equation's law of each energy is from the process's",
    caption: `M times the distance by the best potential at M = ${particles}, t = ${time}, with the sign of the skewness that the equation lacks; ${BARS_IN_WORDS}.`,
    x: { label: "cell k" },
    y: { label: "± M W1" },
    series: [line("predicted limit", cells, Array.from(constants)), dots("simulation", cells, potentials)],
    marks: [{ axis: "y", at: 0 }],
  };
}

export function orderFigure({ time, long }: Equation, errors: readonly Comparison[]): Figure {
  const steps = long.map(({ step }) => step);
  return {
    name: "mesoscopic-order",
    title: "The equation's stepper is of fourth order",
    caption: `RMS error of the means at t = ${time} over the step h, at the largest M; ${BARS_IN_WORDS}.`,
    x: { label: "step h", log: true },
    y: { label: "error of the mean", log: true },
    series: [
      line(
        "the stepper's own error",
        steps,
        errors.map(({ predicted }) => predicted),
      ),
      dots("simulation", steps, errors),
    ],
  };
}
