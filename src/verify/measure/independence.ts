/**
 * Whether replicas are independent: over n replicas in their order the correlation of each with the next, of one energy at
 * one time, is 0 with the standard error 1/√n.
 */
import type { Ensemble } from "../../ensemble/reducers/moments.ts";
import type { Comparison } from "./check.ts";
import type { Prediction } from "./prediction.ts";

/** One for each cell at the t-th time of an ensemble at M particles; none where no samples are kept. */
export function nextReplica(
  { samples, mean, times, replicas }: Ensemble<"covariance">,
  t: number,
  particles: number,
  { covariance, mean: { length: N } }: Prediction,
): Comparison[] {
  if (!samples) return [];
  const row = times.length * N;
  return Array.from({ length: N }, (_, i) => {
    const at = t * N + i;
    let products = 0;
    for (let from = at; from + row < samples.length; from += row) {
      products += (samples[from] - mean[at]) * (samples[from + row] - mean[at]);
    }
    const variance = covariance[i * (N + 1)] / particles;
    return { predicted: 0, measured: products / (replicas - 1) / variance, standardError: 1 / Math.sqrt(replicas - 1) };
  });
}
