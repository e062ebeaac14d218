/** Small statistics of the theorems' tab. */

/** Central moments of values: mean, unbiased variance, third moment. */
export function momentsOf(values: Float64Array) {
  const n = values.length;
  const mean = values.reduce((sum, x) => sum + x, 0) / n;
  const moment = (power: number) => values.reduce((sum, x) => sum + (x - mean) ** power, 0);
  return { mean, variance: moment(2) / (n - 1), third: (moment(3) * n) / (n - 1) / (n - 2) };
}

export interface Point {
  readonly x: number;
  readonly y: number;
  readonly error: number;
}

/** The slope of the weighted least-squares line, and its standard error. */
export function slopeOf(points: readonly Point[]): { readonly slope: number; readonly error: number } {
  const sum = (term: (point: Point) => number) =>
    points.reduce((total, point) => total + term(point) / point.error ** 2, 0);
  const middle = sum(({ x }) => x) / sum(() => 1);
  const spread = sum(({ x }) => (x - middle) ** 2);
  return { slope: sum(({ x, y }) => (x - middle) * y) / spread, error: 1 / Math.sqrt(spread) };
}

/** Column i of row-major rows of this width. */
export const columnOf = (rows: Float64Array, width: number, i: number) =>
  Float64Array.from({ length: rows.length / width }, (_, r) => rows[r * width + i]);

/** A histogram as a density. */
export interface Histogram {
  /** Middles of the bins. */
  readonly middles: Float64Array;
  readonly density: Float64Array;
}

export function histogramOf(values: Float64Array, least: number, most: number, bins: number): Histogram {
  const width = (most - least) / bins;
  const density = new Float64Array(bins);
  for (const value of values) {
    const bin = Math.floor((value - least) / width);
    if (bin >= 0 && bin < bins) density[bin] += 1 / (values.length * width);
  }
  return { middles: density.map((_, bin) => least + (bin + 0.5) * width), density };
}
