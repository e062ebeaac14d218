/** Small statistics of a verification: plain formulas over plain numbers. */
import type { Comparison } from "./check.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
  /** The standard error of y. */
  readonly error: number;
}

/** The weighted least-squares line y = intercept + slope x, with the standard errors of both. */
export function fitLine(points: readonly Point[]) {
  const sum = (term: (point: Point, weight: number) => number) =>
    points.reduce((total, point) => total + term(point, 1 / point.error ** 2), 0);
  const weight = sum((_, w) => w);
  const middle = sum(({ x }, w) => w * x) / weight;
  const squares = sum(({ x }, w) => w * (x - middle) ** 2);
  const slope = sum(({ x, y }, w) => w * (x - middle) * y) / squares;
  return {
    slope,
    slopeError: 1 / Math.sqrt(squares),
    intercept: sum(({ y }, w) => w * y) / weight - slope * middle,
    interceptError: Math.sqrt(1 / weight + middle ** 2 / squares),
  };
}

/**
 * The exponent p of a quantity c M^p that is predicted to fall with the exponent `predicted`: the measured share of the
 * prediction changes as M^(p - predicted), to first order.
 */
export function exponentOf(
  rungs: readonly { readonly particles: number; readonly share: number; readonly shareError: number }[],
  predicted: number,
  log: (x: number) => number,
): Comparison {
  const points = rungs.map(({ particles, share, shareError }) => ({ x: log(particles), y: share, error: shareError }));
  const { slope, slopeError } = fitLine(points);
  return { predicted, measured: predicted + slope, standardError: slopeError };
}

/** Mean of values and its standard error, in one pass over them. */
export function meanOf(values: Iterable<number>): { readonly mean: number; readonly error: number } {
  let [count, mean, squares] = [0, 0, 0];
  for (const value of values) {
    count++;
    const difference = value - mean;
    mean += difference / count;
    squares += difference * (value - mean);
  }
  return { mean, error: Math.sqrt(squares / (count - 1) / count) };
}

/** √n sup |F_n - F|: how far the values are from the distribution export function F (Kolmogorov and Smirnov). */
export function distanceOf(values: Float64Array, F: (x: number) => number): number {
  return largestDifference(values, F) * Math.sqrt(values.length);
}

/** Kolmogorov's distance sup |F_n - F|, of values up to `end`. */
export function largestDifference(values: Float64Array, F: (x: number) => number, end = Infinity): number {
  const sorted = values.slice().sort();
  const n = sorted.length;
  let distance = 0;
  for (let i = 0; i < n && sorted[i] <= end; i++) {
    const below = F(sorted[i]);
    distance = Math.max(distance, below - i / n, (i + 1) / n - below);
  }
  return distance;
}

/** The least and the greatest of any number of values: as arguments of Math.min, some 10^5 overflow the stack. */
export function extentOf(values: ArrayLike<number>): [least: number, most: number] {
  let [least, most] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    least = Math.min(least, values[i]);
    most = Math.max(most, values[i]);
  }
  return [least, most];
}
