/**
 * Ratios of sums over replicas, and their standard errors. Collisions of one replica come in clusters and remember each
 * other, so their number is no measure of an error; replicas are independent. For θ = Σ x_r / Σ y_r over n replicas, or n
 * parts of them that are long beside what collisions remember,
 *
 *   error² = n/(n-1) Σ (x_r - θ y_r)² / (Σ y_r)²
 *
 * A closed table starts in equilibrium, and so x_r and y_r, sums over the collisions of replica r in a fixed time, make the
 * mean at a collision without bias, to first order in 1/n.
 */
import type { BarrierCollisions } from "../../billiards/simulate.ts";
import type { Comparison } from "../measure/check.ts";

/** Collisions of n replicas, numbered from `first` on, each seen from its beginning to `time`. */
export interface Seen {
  readonly first: number;
  readonly replicas: number;
  /** Equal parts of each replica's time, which count as replicas here. */
  readonly parts: number;
  readonly time: number;
  readonly events: BarrierCollisions;
}

export interface Measured {
  readonly measured: number;
  readonly standardError: number;
}

/** Sums over the collisions of each part. */
export function summed(
  { first, replicas, parts, time, events }: Seen,
  of: (collision: number) => number,
): Float64Array {
  const sums = new Float64Array(replicas * parts);
  for (let i = 0; i < events.count; i++) {
    const part = Math.min(parts - 1, Math.floor((events.time[i] / time) * parts));
    sums[(events.replica[i] - first) * parts + part] += of(i);
  }
  return sums;
}

/** The time of each part, as far as the condition holds that holds for `weight` of it. */
export function spent({ replicas, parts, time }: Seen, weight = 1): Float64Array {
  return new Float64Array(replicas * parts).fill((time / parts) * weight);
}

/** Σ x / Σ y. */
export function ratioOf(x: Float64Array, y: Float64Array): Measured {
  const total = (all: Float64Array) => all.reduce((sum, each) => sum + each, 0);
  const whole = total(y);
  const measured = total(x) / whole;
  const squares = x.reduce((sum, each, r) => sum + (each - measured * y[r]) ** 2, 0);
  return { measured, standardError: Math.sqrt((squares * x.length) / (x.length - 1)) / Math.abs(whole) };
}

/** The mean of a quantity over all collisions. */
export function meanAt(seen: Seen, of: (collision: number) => number): Measured {
  return ratioOf(
    summed(seen, of),
    summed(seen, () => 1),
  );
}

/** The slope of y over x through the origin, Σ x y / Σ x². */
export function slopeAt(seen: Seen, x: (collision: number) => number, y: (collision: number) => number): Measured {
  return ratioOf(
    summed(seen, (i) => x(i) * y(i)),
    summed(seen, (i) => x(i) ** 2),
  );
}

/** The same of both, and of its error, times a factor. */
export function scaled({ predicted, measured, standardError }: Comparison, factor: number): Comparison {
  return {
    predicted: factor * predicted,
    measured: factor * measured,
    standardError: Math.abs(factor) * standardError,
  };
}

/** @param relative the relative standard error of the prediction, where that is measured too. */
export function against({ measured, standardError }: Measured, predicted: number, relative = 0): Comparison {
  return { predicted, measured, standardError: Math.hypot(standardError, relative * predicted) };
}
