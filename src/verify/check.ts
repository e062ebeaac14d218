/** How a comparison becomes a check: its limit, its false-alarm rate, the defect it detects. */
import type { Check } from "../report/data.ts";

/**
 * A kind of statistic, the |z| at which it fails, and the probability that a right simulation goes beyond.
 *
 * "mean": a sample mean is normal; P(|Z| > 6) = 2.0e-9.
 * "square": a sample variance or mean square is at worst a chi-squared with n - 1 degrees of freedom; at n = 512, the
 * fewest replicas, P(z > 7) = 2.8e-10 and P(z < -7) = 2.6e-17, and less for more replicas.
 * Both hold in the Gaussian limit. Terms of higher order in 1/M shift z by about one at M = 100 and less above.
 */
const STATISTICS = {
  mean: { limit: 6, falseAlarm: 2.0e-9 },
  square: { limit: 7, falseAlarm: 2.9e-10 },
};

export interface Comparison {
  readonly predicted: number;
  readonly measured: number;
  readonly standardError: number;
}

/** M E|Theta^M - Theta_bar|^2 at one time and M, against tr C. */
export interface Distance extends Comparison {
  readonly particles: number;
  readonly replicas: number;
}

/** One entry of the covariance of √M (Theta^M - Theta_bar) at one time. */
export interface Entry extends Comparison {
  readonly i: number;
  readonly j: number;
}

export const zOf = ({ predicted, measured, standardError }: Comparison) => (measured - predicted) / standardError;

/** One check of several comparisons of a kind: the worst decides. */
export function check(
  name: string,
  kind: keyof typeof STATISTICS,
  replicas: number,
  comparisons: readonly Comparison[],
): Check {
  const { limit, falseAlarm } = STATISTICS[kind];
  const worst = comparisons.reduce((a, b) => (Math.abs(zOf(b)) > Math.abs(zOf(a)) ? b : a));
  const z = zOf(worst);
  return {
    name,
    predicted: worst.predicted,
    measured: worst.measured,
    standardError: worst.standardError,
    z,
    limit,
    comparisons: comparisons.length,
    falseAlarm: comparisons.length * falseAlarm,
    replicas,
    // A defect of twice the limit is missed as seldom as a right simulation fails.
    detects: 2 * limit * Math.min(...comparisons.map(({ standardError }) => standardError)),
    // Written so that NaN fails.
    passed: Math.abs(z) <= limit,
  };
}

/** Root mean square of the z of several comparisons; about 1 when all is well. */
export function rmsZ(comparisons: readonly Comparison[]): number {
  return Math.sqrt(comparisons.reduce((sum, comparison) => sum + zOf(comparison) ** 2, 0) / comparisons.length);
}
