/**
 * Gamma(M) for integers M from 1 on: density x^(M-1) e^-x / (M-1)!, by rejection from Student's t with two degrees of freedom
 * (D. J. Best, "Letter to the editor", Applied Statistics 27, 1978; L. Devroye, "Non-Uniform Random Variate Generation",
 * IX.3.6). With b = M - 1, c = 3 M - 3/4 and two uniforms u, v, w = u (1 - u):
 *
 *   y = √(c/w) (u - 1/2),   x = b + y,   accept if  x > 0  and  log(64 w³ v²) <= 2 (b log(x/b) - y)
 *
 * Exact up to the rounding of the right side, which is below 1e-6 at M = 10^9. M = 1 is the exponential.
 */
import { Elementary } from "./elementary";
import { Exponential } from "./exponential";
import { Random } from "./random";

export class Gamma {
  /** One number, from the scalar stream. */
  static sample(M: f64): f64 {
    if (M == 1) return Exponential.sample();
    const b = M - 1;
    while (true) {
      const u = Random.uniform();
      const v = Random.uniform();
      const w = u * (1 - u);
      const y = sqrt((3 * M - 0.75) / w) * (u - 0.5);
      const x = b + y;
      if (x > 0 && Elementary.log1(64 * w * w * w * v * v) <= 2 * (b * Elementary.log1(x / b) - y)) return x;
    }
  }
}
