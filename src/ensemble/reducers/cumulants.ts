/**
 * The first three cumulants of a sample from its power sums, unbiased (Fisher's k-statistics), with standard errors.
 *
 * With d = y - mean, μ_n the mean of d^n and R samples, a statistic's standard error is √(Var ψ/R), ψ its influence:
 *
 *   k_1 = mean               ψ = d
 *   k_2 = R μ_2/(R-1)        ψ = d² - μ_2
 *   k_3 = R² μ_3/((R-1)(R-2))   ψ = d³ - μ_3 - 3 μ_2 d,   Var ψ = μ_6 - μ_3² - 6 μ_2 μ_4 + 9 μ_2³
 */

/** Number of cumulants: the error of a fourth needs an eighth moment, which no thousand replicas know. */
export const CUMULANTS = 3;

/** @param sums Σ y, Σ y², .., Σ y^6 over `count` samples. With too few of them a cumulant or its error is NaN. */
export function cumulantsOf(count: number, sums: Float64Array): { cumulants: Float64Array; errors: Float64Array } {
  const mean = sums[0] / count;
  const [, , m2, m3, m4, , m6] = central(count, mean, sums);
  const error = (variance: number) => Math.sqrt(Math.max(0, variance) / (count - 1));
  return {
    cumulants: Float64Array.of(
      mean,
      (m2 * count) / (count - 1),
      count > 2 ? (((m3 * count) / (count - 1)) * count) / (count - 2) : NaN,
    ),
    errors: Float64Array.of(error(m2), error(m4 - m2 * m2), error(m6 - m3 * m3 - 6 * m2 * m4 + 9 * m2 * m2 * m2)),
  };
}

/** μ_0, .., μ_6: the binomial theorem on raw moments. */
function central(count: number, mean: number, sums: Float64Array): number[] {
  const raw = [1, ...Array.from(sums, (sum) => sum / count)];
  return raw.map((_, n) => {
    let binomial = 1;
    let total = 0;
    // By Horner's scheme in -mean: Σ_j C(n, j) raw_j (-mean)^(n-j).
    for (let j = 0; j <= n; j++) {
      total = total * -mean + binomial * raw[j];
      binomial = (binomial * (n - j)) / (j + 1);
    }
    return total;
  });
}
