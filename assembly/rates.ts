/**
 * The rate f(a, b) at which two neighbours of energies a and b exchange (paper, (a)-(c) and the remark after them).
 *
 * Each law is f = s √g with g the law's square: 1, a + b, ab/(a + b), min(a, b); erratum B10 corrects the paper's
 * printed forms. A cap K then bounds it: f/(1 + f/K), which keeps f smooth, as (a)-(c) want. f is non-decreasing in both.
 */
import { LAW_CONSTANT, LAW_SQRT_HARMONIC, LAW_SQRT_SUM } from "./abi";

let law: i32 = LAW_CONSTANT;
let scale: f64 = 1;
/** 1/K; 0 where there is no cap. */
let inverseCap: f64 = 0;

export class Rate {
  static set(newLaw: i32, newScale: f64, newInverseCap: f64): void {
    law = newLaw;
    scale = newScale;
    inverseCap = newInverseCap;
  }

  /** f(a, b). */
  static of(a: f64, b: f64): f64 {
    const f = scale * sqrt(Rate.square(a, b));
    return f / (1 + f * inverseCap);
  }

  /** g(a, b), the square of the law. */
  static square(a: f64, b: f64): f64 {
    if (law == LAW_CONSTANT) return 1;
    if (law == LAW_SQRT_SUM) return a + b;
    if (law == LAW_SQRT_HARMONIC) return (a * b) / (a + b);
    return min(a, b);
  }

  /**
   * The thresholds that `exceeds` takes, for two rates y: y < f(a, b) <=> (y / (1 - y/K) / s)^2 < g(a, b).
   * y is below some value of f, and so below K.
   */
  @inline static thresholds(y: v128): v128 {
    if (inverseCap != 0) y = f64x2.div(y, f64x2.sub(f64x2.splat(1), f64x2.mul(y, f64x2.splat(inverseCap))));
    y = f64x2.mul(y, f64x2.splat(1 / scale));
    return f64x2.mul(y, y);
  }

  /** Whether f(a, b) exceeds the rate of this threshold; needs no square root and no division. */
  @inline static exceeds(threshold: f64, a: f64, b: f64): bool {
    if (law == LAW_SQRT_HARMONIC) return threshold * (a + b) < a * b;
    if (law == LAW_CONSTANT) return threshold < 1;
    if (law == LAW_SQRT_SUM) return threshold < a + b;
    return threshold < min(a, b);
  }
}
