/** Statistics of the tests: plain formulas, host Math allowed. */

/**
 * |z| that a right simulation exceeds with probability below 2e-9 (normal, two-sided 6 sigma); each test says how many
 * comparisons it makes. With a few hundred of them the suite's false-alarm rate stays below 1e-6.
 */
export const SIX_SIGMA = 6;

/** sqrt(n) times the Kolmogorov-Smirnov distance that is exceeded with probability 2 exp(-2 d^2) = 1e-9. */
export const KS_LIMIT = Math.sqrt(Math.log(2e9) / 2);

/** sqrt(n) sup |F_n - F|. Sorts `samples`. */
export function kolmogorovSmirnov(samples: Float64Array, cdf: (x: number) => number): number {
  samples.sort();
  const n = samples.length;
  let distance = 0;
  samples.forEach((x, i) => {
    const F = cdf(x);
    distance = Math.max(distance, F - i / n, (i + 1) / n - F);
  });
  return distance * Math.sqrt(n);
}

/** sqrt(nm/(n+m)) sup |F_n - G_m| of two samples. Sorts both. */
export function twoSampleKolmogorovSmirnov(a: Float64Array, b: Float64Array): number {
  a.sort();
  b.sort();
  let [i, j, distance] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const x = Math.min(a[i], b[j]);
    while (i < a.length && a[i] <= x) i++;
    while (j < b.length && b[j] <= x) j++;
    distance = Math.max(distance, Math.abs(i / a.length - j / b.length));
  }
  return distance * Math.sqrt((a.length * b.length) / (a.length + b.length));
}

/** Mean and standard error of x. */
export function meanOf(x: ArrayLike<number>): { mean: number; error: number } {
  const values = Array.from(x);
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const square = values.reduce((sum, v) => sum + (v - mean) ** 2, 0);
  return { mean, error: Math.sqrt(square / (values.length - 1) / values.length) };
}

/** z of a sample mean against a known value. */
export function zOfMean(x: ArrayLike<number>, expected: number): number {
  const { mean, error } = meanOf(x);
  return (mean - expected) / error;
}

/** Column i of row-major rows of the given width. */
export function column(rows: Float64Array, width: number, i: number): Float64Array {
  return Float64Array.from({ length: rows.length / width }, (_, r) => rows[r * width + i]);
}

/** (x_i - mean_i)(x_j - mean_j), row by row: their mean is the covariance and their spread its standard error. */
export function products(x: Float64Array, y: Float64Array): Float64Array {
  const [mx, my] = [meanOf(x).mean, meanOf(y).mean];
  const scale = x.length / (x.length - 1);
  return x.map((value, r) => (value - mx) * (y[r] - my) * scale);
}
