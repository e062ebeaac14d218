/** The tables and figures of the central limit theorem. */
import type { Figure, Table } from "../../report/data.ts";
import type { FirstIncrements } from "../evidence/firstIncrements.ts";
import { type Comparison, rmsZ, worstZ, zOf } from "../measure/check.ts";
import type { Entry } from "../measure/moments.ts";
import { BARS_IN_WORDS, beside, count, dots, entriesOf, line, overlay, predictions } from "../measure/present.ts";
import { extentOf } from "../measure/statistics.ts";
import { neededFor, type Skewness } from "./skewness.ts";

/** The moments of √M(Θ-Θ̄) on one rung, at one or all times. */
export interface Found {
  readonly particles: number;
  readonly replicas: number;
  readonly covariances: readonly Entry[];
  readonly means: readonly Comparison[];
}

/** The first increments of single cells and of neighbours. */
export interface Increments {
  readonly own: readonly Comparison[];
  readonly neighbours: readonly Comparison[];
}

export function summaryTable(found: readonly Found[]): Table {
  const [{ covariances, means }] = found;
  return {
    title: `√M(Θ^M - Θ̄) against its predicted law: ${covariances.length} covariances and ${means.length} means a row`,
    columns: ["M", "replicas", "covariance: rms z", "max |z|", "mean: rms z", "max |z|"],
    rows: found.map(({ particles, replicas, covariances, means }) => {
      return [particles, replicas, rmsZ(covariances), worstZ(covariances), rmsZ(means), worstZ(means)];
    }),
  };
}

export function entryTable({ particles, covariances }: Found, time: number): Table {
  const find = (i: number, j: number) => covariances.find((entry) => entry.i === i && entry.j === j);
  return {
    title: `Covariance of √M(Θ^M - Θ̄) at M = ${particles}, t = ${time}`,
    columns: ["cell k", "var(k)", "predicted", "z", "cov(k,k+1)", "predicted", "z"],
    rows: variancesOf(covariances).map(({ i }) => [i + 1, ...entriesOf(find(i, i)), ...entriesOf(find(i + 1, i))]),
  };
}

export function normalityTable(all: readonly Skewness[], time: number): Table {
  return {
    title: `How normal √M(Θ^M - Θ̄) is at t = ${time}: the cell of the largest predicted skewness, and the M above which n replicas could not tell it from a Gaussian, n s²M/24`,
    columns: ["M", "replicas n", "skewness", "predicted", "std. error", "z", "max |z|", "M needed", "looks normal"],
    rows: all.map(({ particles, replicas, cells }) => {
      const worst = cells.reduce((a, b) => (Math.abs(b.predicted) > Math.abs(a.predicted) ? b : a));
      const needed = neededFor(replicas, worst.predicted, particles);
      return [
        ...[particles, replicas, worst.measured, worst.predicted, worst.standardError, zOf(worst), worstZ(cells)],
        ...[needed, particles >= needed ? "yes" : "no"],
      ];
    }),
  };
}

export function incrementTable({ model, time }: FirstIncrements, { own, neighbours }: Increments): Table {
  return {
    title: `Covariance of the first increments, M Cov/t at M = ${model.particles}, t = ${time.toPrecision(2)}, against (H H^T)`,
    columns: ["cell k", "var(k)/t", "V_{k-1}² + V_k²", "z", "cov(k,k+1)/t", "-V_k²", "z"],
    rows: own.map((one, i) => [i + 1, ...entriesOf(one), ...entriesOf(neighbours[i])]),
  };
}

export function varianceFigure(byTime: readonly Found[], times: readonly number[]): Figure {
  const [{ particles, replicas }] = byTime;
  return {
    name: "clt-variance",
    title: "Central limit theorem: the size of the fluctuations",
    caption: `Lines: (3.2). Dots: M times the variance over ${replicas} replicas at M = ${particles}; ${BARS_IN_WORDS}.`,
    x: { label: "cell k" },
    y: { label: "variance of √M(Θ − Θ̄)" },
    series: byTime.flatMap(({ covariances }, t) => {
      const variances = variancesOf(covariances);
      return overlay(["C_kk(t)", "simulation"], count(1, variances.length), variances, `t = ${times[t]}`);
    }),
  };
}

export function covarianceFigure({ particles, replicas, covariances }: Found, time: number): Figure {
  const ends = extentOf(predictions(covariances));
  const groups = [
    { name: "variances", of: variancesOf(covariances) },
    { name: "neighbours", of: covariances.filter(({ i, j }) => i === j + 1) },
    { name: "others", of: covariances.filter(({ i, j }) => i > j + 1) },
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

const variancesOf = (covariances: readonly Entry[]) => covariances.filter(({ i, j }) => i === j);

/** The standard error of all cells' skewness together that is still shown, in units of the prediction. */
const WIDEST_SHOWN = 0.5;

export function skewnessFigure(all: readonly Skewness[], time: number): Figure {
  // The bars of the others would be longer than the skewness itself.
  const sharpest = Math.min(...all.map(({ shareError }) => shareError));
  const shown = all.filter(({ shareError }) => shareError <= Math.max(WIDEST_SHOWN, sharpest));
  const rest = shown.length < all.length ? "; at the other M it is lost in the noise" : "";
  const [first] = all;
  const places = count(1, first.cells.length);
  return {
    name: "clt-skewness",
    title: "Central limit theorem: the skewness, times √M",
    caption: `√M times the skewness of each energy at t = ${time}, the same at every M to leading order${rest}; ${BARS_IN_WORDS}.`,
    x: { label: "cell k" },
    y: { label: "√M · skewness" },
    series: [
      line(
        "K3/C^(3/2)",
        places,
        scaled(first).map(({ predicted }) => predicted),
      ),
      ...shown.map((one, r) => dots(`M = ${one.particles}`, beside(places, r, shown.length), scaled(one))),
    ],
  };
}

/** √M times the skewness. */
function scaled({ particles, cells }: Skewness): Comparison[] {
  const root = Math.sqrt(particles);
  return cells.map(({ predicted, measured, standardError }) => {
    return { predicted: root * predicted, measured: root * measured, standardError: root * standardError };
  });
}

export function incrementFigure({ model, ensemble }: FirstIncrements, { own, neighbours }: Increments): Figure {
  const cells = count(1, own.length);
  const between = cells.slice(0, -1).map((k) => k + 0.5);
  return {
    name: "clt-increments",
    title: "The first increments: their variances, and their covariances with the neighbours",
    caption: `M Cov/t over the first exchanges of ${ensemble.replicas} replicas at M = ${model.particles}: the columns of H sum to zero inside the chain, so what is predicted for neighbours is below 0; ${BARS_IN_WORDS}.`,
    x: { label: "cell k; neighbours k, k+1 at k + 1/2" },
    y: { label: "covariance per unit of time" },
    series: [
      ...overlay(["(H H^T)_kk", "its variance"], cells, own, "one cell"),
      ...overlay(["(H H^T)_k,k+1", "their covariance"], between, neighbours, "neighbours"),
    ],
  };
}
