/** Comparisons and their checks: limits, false-alarm rates, the defects that are detected. */
import type { Check } from "../../report/data.ts";

/**
 * A kind of statistic, the |z| at which it fails, and the probability that a right simulation goes beyond.
 *
 * "mean": a sample mean over its standard error is at worst Student's t with n - 1 degrees of freedom; at n = 512, the
 * fewest replicas, P(|t| > 6.5) = 1.9e-10, where a normal law has 8.0e-11.
 * "square": a sample variance or mean square is at worst a chi-squared with n - 1 degrees of freedom; at n = 512
 * P(z > 7.5) = 2.4e-11 (Wilson and Hilferty), and less below and for more replicas. A count of rare draws, 600 and more
 * expected, has less too (Chernoff).
 * "average": a covariance of a steady state over its own standard error, from replicas averaged over measurements. When
 * large squares are missed, error and mean are small together, so the lower tail is the heavier one: for the slowest mode
 * itself, measured 16 times half its time apart, P(z < -7.5) = 7e-11 at n = 512 (Shao's self-normalized large deviations, with
 * the prefactor of a normal law), and less for more replicas, faster modes and pairs of cells.
 * "cube": a third cumulant; at n = 512 one replica 7.6 standard deviations out is enough, which has P = 1.5e-11, and a
 * sum of lesser ones has less.
 * "ratio": a ratio of sums over replicas over its linearised error. Where the sums of one replica have a skewness up to 1, at
 * n = 512 the tail of a normal law grows by exp(7.5³/(3√n)) at most (Shao): P(|z| > 7.5) < 3e-11.
 * "exponential": a mean of e^-Σ, whose skewness is 25 at most where it is asked for; from n = 50 000 on P(|z| > 8) is below
 * 1.3e-15 exp(8³·25/(6√n)) = 2e-11 (Shao again).
 * "distance": √n times a Kolmogorov-Smirnov distance; P(d > 3.4) = 2 exp(-2·3.4²) = 1.8e-10.
 * Standard errors allow for the skewness that is predicted at finite M (`covarianceError` in prediction.ts).
 */
const STATISTICS = {
  mean: { limit: 6.5, falseAlarm: 2e-10 },
  square: { limit: 7.5, falseAlarm: 3e-11 },
  average: { limit: 7.5, falseAlarm: 1e-10 },
  cube: { limit: 8, falseAlarm: 3e-11 },
  ratio: { limit: 7.5, falseAlarm: 3e-11 },
  exponential: { limit: 8, falseAlarm: 3e-11 },
  distance: { limit: 3.4, falseAlarm: 1.8e-10 },
};

export type Statistic = keyof typeof STATISTICS;

export interface Comparison {
  readonly predicted: number;
  readonly measured: number;
  readonly standardError: number;
}

export const zOf = ({ predicted, measured, standardError }: Comparison) => (measured - predicted) / standardError;

/** More comparisons than this raise the limit of their check, so that a long chain gives no more false alarms. */
const MANY = 300;
/** So much farther out each tail is less than a tenth as likely. */
const PER_DECADE = 0.5;

/** The |z| at which so many comparisons of a kind fail. */
export function limitOf(kind: Statistic, comparisons = 1): number {
  let { limit } = STATISTICS[kind];
  for (let many = MANY; comparisons > many; many *= 10) limit += PER_DECADE;
  return limit;
}

/** One check of several comparisons of a kind, each from so many independent samples: the worst decides. */
export function check(name: string, kind: Statistic, samples: number, comparisons: readonly Comparison[]): Check {
  const limit = limitOf(kind, comparisons.length);
  const worst = comparisons.reduce((a, b) => (worse(zOf(b), zOf(a)) ? b : a));
  const z = zOf(worst);
  return {
    name,
    predicted: worst.predicted,
    measured: worst.measured,
    standardError: worst.standardError,
    z,
    limit,
    comparisons: comparisons.length,
    falseAlarm: Math.min(comparisons.length, MANY) * STATISTICS[kind].falseAlarm,
    samples,
    // A defect of twice the limit is missed as seldom as a right simulation fails.
    detects: 2 * limit * comparisons.reduce((least, { standardError }) => Math.min(least, standardError), Infinity),
    // Written so that NaN fails.
    passed: Math.abs(z) <= limit,
  };
}

const worse = (a: number, b: number) => Math.abs(a) > Math.abs(b) || Number.isNaN(a);

/** Root mean square of the z of several comparisons; about 1 when all is well. */
export function rmsZ(comparisons: readonly Comparison[]): number {
  return Math.sqrt(comparisons.reduce((sum, comparison) => sum + zOf(comparison) ** 2, 0) / comparisons.length);
}

/** The largest |z|. */
export function worstZ(comparisons: readonly Comparison[]): number {
  return comparisons.reduce((worst, comparison) => Math.max(worst, Math.abs(zOf(comparison))), 0);
}
