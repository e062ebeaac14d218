/**
 * Mean and covariance of √M (E - Θ̄) against their prediction, and replicas against the next ones, at the t-th time of an
 * ensemble at M particles.
 */
import type { Ensemble } from "../../ensemble/reducers/moments.ts";
import type { Comparison } from "./check.ts";
import { covarianceError, type Prediction } from "./prediction.ts";

/** One entry of the covariance. */
export interface Entry extends Comparison {
  readonly i: number;
  readonly j: number;
}

/** The lower triangle of the covariance. */
export function covarianceEntries(
  { covariance, replicas }: Ensemble<"covariance">,
  t: number,
  particles: number,
  prediction: Prediction,
): Entry[] {
  const N = prediction.mean.length;
  const entries: Entry[] = [];
  for (let i = 0; i < N; i++) {
    for (let j = 0; j <= i; j++) {
      entries.push({
        i,
        j,
        predicted: prediction.covariance[i * N + j],
        measured: particles * covariance[(t * N + i) * N + j],
        standardError: covarianceError(prediction, i, j) / Math.sqrt(replicas - 1),
      });
    }
  }
  return entries;
}

/** The mean, when Θ̄ is `energies`: N. */
export function meanEntries(
  { mean, replicas }: Ensemble<"covariance">,
  t: number,
  particles: number,
  energies: Float64Array,
  prediction: Prediction,
): Comparison[] {
  const N = energies.length;
  return Array.from(energies, (E, i) => ({
    predicted: prediction.mean[i],
    measured: Math.sqrt(particles) * (mean[t * N + i] - E),
    standardError: Math.sqrt(prediction.covariance[i * (N + 1)] / replicas),
  }));
}

/**
 * Independence: over n replicas in their order the correlation of each with the next, of one energy, is 0 with the
 * standard error 1/√n. One for each cell; none where no samples are kept.
 */
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
