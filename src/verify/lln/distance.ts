/** The distance of Θ^M to the limit equation, and how it falls (THEORY 6). */
import type { Ladder, Rung } from "../evidence/ladder.ts";
import type { Comparison } from "../measure/check.ts";
import { fitLine } from "../measure/statistics.ts";

/** M E|Θ^M - Θ̄|² at one time and M. */
export interface Distance extends Comparison {
  readonly particles: number;
  readonly replicas: number;
  /** tr C, the limit of `predicted`. */
  readonly leading: number;
}

/** The distance at the t-th time. */
export function distance(
  { expansion, model, at }: Ladder,
  { particles, replicas, ensemble, predictions }: Rung,
  t: number,
): Distance {
  const N = model.cells;
  const prediction = predictions[t];
  let [square, leading, predicted, variance, kurtosis] = [0, 0, 0, 0, 0];
  for (let i = 0; i < N; i++) {
    const own = at[t] * N + i;
    const error = ensemble.mean[own] - expansion.limit[t * N + i];
    square += (ensemble.variance[own] * (replicas - 1)) / replicas + error * error;
    leading += expansion.covariance[(t * N + i) * N + i];
    predicted += prediction.covariance[i * (N + 1)] + prediction.mean[i] ** 2;
    kurtosis += Math.abs(prediction.skewness[i]) * prediction.covariance[i * (N + 1)];
    for (let j = 0; j < N; j++) variance += 2 * prediction.covariance[i * N + j] ** 2;
  }
  return {
    particles,
    replicas,
    leading,
    predicted,
    measured: particles * square,
    standardError: Math.sqrt((variance + 1.5 * kurtosis ** 2) / replicas),
  };
}

/** The slope of log RMS over log M, weighted; predicted by the same fit to the predicted distances: -1/2 and a little. */
export function slopeOf(distances: readonly Distance[], log: (x: number) => number): Comparison {
  const fit = (of: "measured" | "predicted") =>
    fitLine(
      distances.map((d) => ({
        x: log(d.particles),
        y: log(d[of] / d.particles) / 2,
        error: d.standardError / d.predicted / 2,
      })),
    );
  const measured = fit("measured");
  return { predicted: fit("predicted").slope, measured: measured.slope, standardError: measured.slopeError };
}
