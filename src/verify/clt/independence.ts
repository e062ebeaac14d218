/**
 * Whether replicas are independent: over n replicas in their order the correlation of each with the next, of one energy at
 * one time, is 0 with the standard error 1/√n.
 */
import type { Comparison } from "../measure/check.ts";
import type { Ladder, Rung } from "../evidence/ladder.ts";

/** One for each cell at the last time; none where no samples are kept. */
export function nextReplica(ladder: Ladder, { particles, replicas, ensemble, predictions }: Rung): Comparison[] {
  const { samples, mean, times } = ensemble;
  if (!samples) return [];
  const N = ladder.model.cells;
  const last = ladder.times.length - 1;
  const { covariance } = predictions[last];
  const row = times.length * N;
  return Array.from({ length: N }, (_, i) => {
    const at = ladder.at[last] * N + i;
    let products = 0;
    for (let from = at; from + row < samples.length; from += row) {
      products += (samples[from] - mean[at]) * (samples[from + row] - mean[at]);
    }
    const variance = covariance[i * (N + 1)] / particles;
    return { predicted: 0, measured: products / (replicas - 1) / variance, standardError: 1 / Math.sqrt(replicas - 1) };
  });
}
