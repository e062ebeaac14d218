/** The pictures of the central limit theorem as plain data: theory drawn over simulation. */
import type { Figure } from "../../report/data.ts";
import { BARS_IN_WORDS, beside, count, dots, line, predictions } from "../measure/bars.ts";
import type { Comparison } from "../measure/check.ts";
import type { Entry } from "../measure/entries.ts";
import type { Kick } from "../evidence/kick.ts";
import type { Rung } from "../evidence/ladder.ts";
import type { Skewness } from "./skewness.ts";

export function varianceFigure(
  snapshots: readonly { time: number; entries: readonly Entry[] }[],
  { particles, replicas }: Rung,
): Figure {
  return {
    name: "clt-variance",
    title: "Central limit theorem: the size of the fluctuations",
    caption: `Lines: (3.2). Dots: M times the variance over ${replicas} replicas at M = ${particles}; ${BARS_IN_WORDS}.`,
    x: { label: "cell k" },
    y: { label: "variance of √M(Θ − Θ̄)" },
    series: snapshots.flatMap(({ time, entries }) => {
      const diagonal = entries.filter(({ i, j }) => i === j);
      const x = diagonal.map(({ i }) => i + 1);
      return [line("C_kk(t)", x, predictions(diagonal), `t = ${time}`), dots("simulation", x, diagonal, `t = ${time}`)];
    }),
  };
}

export function covarianceFigure(entries: readonly Entry[], { particles, replicas }: Rung, time: number): Figure {
  const predicted = predictions(entries);
  const ends = [Math.min(...predicted), Math.max(...predicted)];
  const groups = [
    { name: "variances", of: entries.filter(({ i, j }) => i === j) },
    { name: "neighbours", of: entries.filter(({ i, j }) => i === j + 1) },
    { name: "others", of: entries.filter(({ i, j }) => i > j + 1) },
  ];
  return {
    name: "clt-covariance",
    title: "Central limit theorem: every covariance against C(t)",
    caption: `M times the covariances of ${replicas} replicas at M = ${particles}, t = ${time}; ${BARS_IN_WORDS}.`,
    x: { label: "predicted C_ij" },
    y: { label: "measured M cov(E_i, E_j)" },
    series: [
      line("measured = predicted", ends, ends),
      ...groups.filter(({ of }) => of.length > 0).map(({ name, of }) => dots(name, predictions(of), of)),
    ],
  };
}

export function skewnessFigure(all: readonly Skewness[], time: number): Figure {
  // The bars of the others would be longer than what they measure.
  const sharpest = Math.min(...all.map(({ shareError }) => shareError));
  const shown = all.filter(({ shareError }) => shareError <= Math.max(WIDEST_SHOWN, sharpest));
  const rest = shown.length < all.length ? "; at the other M it is lost in the noise" : "";
  const cells = count(1, all[0].comparisons.length);
  const limit = Math.sqrt(all[0].rung.particles);
  return {
    name: "clt-skewness",
    title: "Central limit theorem: the skewness falls as M^(-1/2)",
    caption: `√M times the skewness of each energy at t = ${time}, the same at every M to leading order${rest}; ${BARS_IN_WORDS}.`,
    x: { label: "cell k" },
    y: { label: "√M · skewness" },
    series: [
      line(
        "K3/C^(3/2)",
        cells,
        predictions(all[0].comparisons).map((s) => limit * s),
      ),
      ...shown.map(({ rung, comparisons }, r) => {
        const root = Math.sqrt(rung.particles);
        const scaled = comparisons.map(({ measured, standardError }) => {
          return { measured: root * measured, standardError: root * standardError };
        });
        return dots(`M = ${rung.particles}`, beside(cells, r, shown.length), scaled);
      }),
    ],
  };
}

/** The standard error of all cells' skewness together, in units of what is predicted. */
const WIDEST_SHOWN = 0.5;

export function incrementFigure(
  { model, ensemble }: Kick,
  steps: { own: Comparison[]; neighbours: Comparison[] },
): Figure {
  const cells = count(1, steps.own.length);
  const between = cells.slice(0, -1).map((k) => k + 0.5);
  return {
    name: "clt-increments",
    title: "The first increments: what one cell gives, its neighbour takes",
    caption: `M Cov/t over the first exchanges of ${ensemble.replicas} replicas at M = ${model.particles}: the columns of H sum to zero inside the chain, so neighbours are anticorrelated; ${BARS_IN_WORDS}.`,
    x: { label: "cell k; neighbours k, k+1 at k + 1/2" },
    y: { label: "covariance per unit of time" },
    series: [
      line("(H H^T)_kk", cells, predictions(steps.own), "one cell"),
      dots("its variance", cells, steps.own, "one cell"),
      line("(H H^T)_k,k+1", between, predictions(steps.neighbours), "neighbours"),
      dots("their covariance", between, steps.neighbours, "neighbours"),
    ],
  };
}
