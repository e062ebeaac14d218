/** Small statistics of a verification: plain formulas over plain numbers. */

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
  const spread = sum(({ x }, w) => w * (x - middle) ** 2);
  const slope = sum(({ x, y }, w) => w * (x - middle) * y) / spread;
  return {
    slope,
    slopeError: 1 / Math.sqrt(spread),
    intercept: sum(({ y }, w) => w * y) / weight - slope * middle,
    interceptError: Math.sqrt(1 / weight + middle ** 2 / spread),
  };
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
