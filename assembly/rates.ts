/**
 * The rate f(a, b) at which two neighbours of energies a and b exchange (paper, (a)-(c) and the remark after them).
 *
 * Each law is f = s √g with g the law's square: 1, a + b, ab/(a + b), min(a, b); erratum B10 corrects the paper's
 * printed forms. A cap K then bounds it: f/(1 + f/K), which keeps f smooth, as (a)-(c) want. f is non-decreasing in both.
 */
import { LAW_CONSTANT, LAW_SQRT_HARMONIC, LAW_SQRT_MIN, LAW_SQRT_SUM } from "./abi";

export let law: i32 = LAW_CONSTANT;
let scale: f64 = 1;
/** Whether there is a cap K, and 1/K or 0. */
export let capped: bool = false;
let inverseCap: f64 = 0;
/** s/K, or 0. */
export let crowding: f64 = 0;

export class Rate {
  static set(newLaw: i32, newScale: f64, newInverseCap: f64): void {
    law = newLaw;
    scale = newScale;
    inverseCap = newInverseCap;
    capped = inverseCap != 0;
    crowding = scale * inverseCap;
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

  /** f(a, b) / s, the unit that bounds and marks are kept in. */
  static inUnits(a: f64, b: f64): f64 {
    const f = sqrt(Rate.square(a, b));
    return capped ? f / (1 + f * scale * inverseCap) : f;
  }

  /** f(a, b) / s of two pairs of energies; `law` and `capped` are literals, `full` is `crowding` in both lanes. */
  @inline static lanes(law: i32, capped: bool, a: v128, b: v128, full: v128): v128 {
    const one = f64x2.splat(1);
    let f = one;
    if (law == LAW_SQRT_SUM) f = f64x2.sqrt(f64x2.add(a, b));
    if (law == LAW_SQRT_HARMONIC) f = f64x2.sqrt(f64x2.div(f64x2.mul(a, b), f64x2.add(a, b)));
    if (law == LAW_SQRT_MIN) f = f64x2.sqrt(f64x2.pmin(a, b));
    return capped ? f64x2.div(f, f64x2.add(one, f64x2.mul(f, full))) : f;
  }

  static get unit(): f64 {
    return scale;
  }

  /**
   * Whether s y < f(a, b), without a square root or a division:
   * y < √g / (1 + √g s/K) <=> y² < g (1 - y s/K)², where the bracket is positive.
   * `law` and `capped` are literals where this stands in a loop, so that only one law's formula is left there.
   */
  @inline static exceeds(law: i32, capped: bool, y: f64, a: f64, b: f64): bool {
    let g = law == LAW_SQRT_HARMONIC ? a * b : law == LAW_SQRT_SUM ? a + b : law == LAW_SQRT_MIN ? min(a, b) : 1;
    if (capped) {
      const room = max(1 - y * scale * inverseCap, 0);
      g *= room * room;
    }
    return (law == LAW_SQRT_HARMONIC ? y * y * (a + b) : y * y) < g;
  }
}
