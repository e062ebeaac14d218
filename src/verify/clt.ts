/**
 * The central limit theorem (Theorem 3): √M (Theta^M - Theta_bar) is Gaussian in the limit, with covariance C(t), (3.2).
 *
 * Standard errors over n replicas: sqrt(C_ii / n) of a mean, sqrt((C_ii C_jj + C_ij^2) / (n - 1)) of a covariance.
 */
import type { Report, Table } from "../report/data.ts";
import { check, rmsZ, zOf, type Comparison, type Entry } from "./check.ts";
import { covarianceFigure, varianceFigure } from "./figures.ts";
import type { Ladder, Rung } from "./ladder.ts";

export function cltReport(ladder: Ladder): Report {
  const { times, rungs } = ladder;
  const last = times.length - 1;
  const entries = rungs.map((rung) => times.flatMap((_, t) => covarianceEntries(ladder, rung, t)));
  const means = rungs.map((rung) => times.flatMap((_, t) => meanEntries(ladder, rung, t)));
  const checks = rungs.flatMap(({ particles, replicas }, r) => [
    check(`covariance of √M(Θ-Θ̄) = C at M = ${particles}`, "square", replicas, entries[r]),
    check(`mean of √M(Θ-Θ̄) = 0 at M = ${particles}`, "mean", replicas, means[r]),
  ]);
  const finest = rungs.at(-1)!;
  const finalEntries = covarianceEntries(ladder, finest, last);
  return {
    title: "Central limit theorem (Theorem 3)",
    tables: [summaryTable(rungs, entries, means), entryTable(finalEntries, finest, times[last])],
    checks,
    figures: [
      varianceFigure(
        times.map((time, t) => ({ time, entries: covarianceEntries(ladder, finest, t) })),
        finest,
      ),
      covarianceFigure(finalEntries, finest, times[last]),
    ],
    certificates: rungs.map(({ ensemble }) => ensemble.certificate),
    passed: checks.every(({ passed }) => passed),
  };
}

function covarianceEntries({ covariance, model }: Ladder, { particles, replicas, ensemble }: Rung, t: number): Entry[] {
  const N = model.cells;
  const at = (i: number, j: number) => (t * N + i) * N + j;
  const entries: Entry[] = [];
  for (let i = 0; i < N; i++) {
    for (let j = 0; j <= i; j++) {
      const C = covariance[at(i, j)];
      const spread = covariance[at(i, i)] * covariance[at(j, j)] + C * C;
      entries.push({
        i,
        j,
        predicted: C,
        measured: particles * ensemble.covariance[at(i, j)],
        standardError: Math.sqrt(spread / (replicas - 1)),
      });
    }
  }
  return entries;
}

function meanEntries(ladder: Ladder, { particles, replicas, ensemble }: Rung, t: number): Comparison[] {
  const N = ladder.model.cells;
  return Array.from({ length: N }, (_, i) => ({
    predicted: 0,
    measured: Math.sqrt(particles) * (ensemble.mean[t * N + i] - ladder.limit[t * N + i]),
    standardError: Math.sqrt(ladder.covariance[(t * N + i) * N + i] / replicas),
  }));
}

const worst = (comparisons: readonly Comparison[]) => Math.max(...comparisons.map((c) => Math.abs(zOf(c))));

function summaryTable(rungs: readonly Rung[], entries: Entry[][], means: Comparison[][]): Table {
  return {
    title: `√M(Θ^M - Θ̄) against N(0, C(t)): ${entries[0].length} covariances and ${means[0].length} means a row`,
    columns: ["M", "replicas", "covariance: rms z", "max |z|", "mean: rms z", "max |z|"],
    rows: rungs.map(({ particles, replicas }, r) => {
      return [particles, replicas, rmsZ(entries[r]), worst(entries[r]), rmsZ(means[r]), worst(means[r])];
    }),
  };
}

function entryTable(entries: readonly Entry[], { particles }: Rung, time: number): Table {
  const find = (i: number, j: number) => entries.find((entry) => entry.i === i && entry.j === j);
  const show = (entry: Entry | undefined) => (entry ? [entry.measured, entry.predicted, zOf(entry)] : ["", "", ""]);
  return {
    title: `Covariance of √M(Θ^M - Θ̄) at M = ${particles}, t = ${time}`,
    columns: ["cell k", "var(k)", "C_kk", "z", "cov(k,k+1)", "C_k,k+1", "z"],
    rows: entries.filter(({ i, j }) => i === j).map(({ i }) => [i + 1, ...show(find(i, i)), ...show(find(i + 1, i))]),
  };
}
