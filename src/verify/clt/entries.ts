/** Mean and covariance of √M (Θ^M - Θ̄), entry by entry, against their prediction. */
import type { Ladder, Rung } from "../evidence/ladder.ts";
import type { Comparison } from "../measure/check.ts";
import { spread } from "../measure/prediction.ts";

/** One entry of the covariance of √M (Θ^M - Θ̄) at one time. */
export interface Entry extends Comparison {
  readonly i: number;
  readonly j: number;
}

/** The lower triangle of the covariance at the t-th time. */
export function covarianceEntries(
  ladder: Ladder,
  { particles, replicas, ensemble, predictions }: Rung,
  t: number,
): Entry[] {
  const N = ladder.model.cells;
  const prediction = predictions[t];
  const from = ladder.at[t] * N * N;
  const entries: Entry[] = [];
  for (let i = 0; i < N; i++) {
    for (let j = 0; j <= i; j++) {
      entries.push({
        i,
        j,
        predicted: prediction.covariance[i * N + j],
        measured: particles * ensemble.covariance[from + i * N + j],
        standardError: spread(prediction, i, j) / Math.sqrt(replicas - 1),
      });
    }
  }
  return entries;
}

/** The mean at the t-th time. */
export function meanEntries(
  ladder: Ladder,
  { particles, replicas, ensemble, predictions }: Rung,
  t: number,
): Comparison[] {
  const N = ladder.model.cells;
  const prediction = predictions[t];
  return Array.from({ length: N }, (_, i) => ({
    predicted: prediction.mean[i],
    measured: Math.sqrt(particles) * (ensemble.mean[ladder.at[t] * N + i] - ladder.expansion.limit[t * N + i]),
    standardError: Math.sqrt(prediction.covariance[i * (N + 1)] / replicas),
  }));
}
