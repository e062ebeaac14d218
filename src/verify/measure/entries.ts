/** Mean and covariance of √M (E - Θ̄), entry by entry, against their prediction, at one time of an ensemble. */
import type { Ensemble } from "../../ensemble/reducers/moments.ts";
import type { Comparison } from "./check.ts";
import { spread, type Prediction } from "./prediction.ts";

/** One entry of the covariance. */
export interface Entry extends Comparison {
  readonly i: number;
  readonly j: number;
}

/** The lower triangle of the covariance at the t-th time. */
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
        standardError: spread(prediction, i, j) / Math.sqrt(replicas - 1),
      });
    }
  }
  return entries;
}

/** The mean at the t-th time, when Θ̄ is `energies`: N. */
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
