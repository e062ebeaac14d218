/**
 * The rate f(a, b) at which two neighbours of energies a and b exchange (paper, (a)-(c)): f = s √g with g the square of a
 * law (laws.ts), and f/(1 + f/K) where there is a cap K, which keeps f smooth, as (a)-(c) want.
 */
import { use } from "./laws";

let scale: f64 = 1;
/** True if there is a cap K; and 1/K, or 0. */
export let capped: bool = false;
let inverseCap: f64 = 0;
/** s/K, or 0: in its units the rate is f/(1 + f s/K). */
export let saturation: f64 = 0;

/** g(a, b) of the model's law. */
let square!: (a: f64, b: f64) => f64;

class Square {
  compiled<L>(): void {
    square = (a: f64, b: f64): f64 => changetype<L>(0).square(a, b);
  }
}

export class Rate {
  /** Returns whether there is such a law. */
  static set(law: i32, newScale: f64, newInverseCap: f64): bool {
    scale = newScale;
    inverseCap = newInverseCap;
    capped = inverseCap != 0;
    saturation = scale * inverseCap;
    return use<Square>(law);
  }

  /** f(a, b). */
  static of(a: f64, b: f64): f64 {
    const f = scale * sqrt(square(a, b));
    return f / (1 + f * inverseCap);
  }

  /** f(a, b) / s, the unit that bounds and marks are kept in. */
  static inUnits(a: f64, b: f64): f64 {
    const f = sqrt(square(a, b));
    return capped ? f / (1 + f * scale * inverseCap) : f;
  }

  /** f(a, b) / s of two pairs of energies; `capped` is a literal, `full` is `saturation` in both lanes. */
  @inline static lanes<L>(capped: bool, a: v128, b: v128, full: v128): v128 {
    const f = changetype<L>(0).root(a, b);
    return capped ? f64x2.div(f, f64x2.add(f64x2.splat(1), f64x2.mul(f, full))) : f;
  }

  /** x f(a, b) / s, likewise. */
  @inline static timesLanes<L>(capped: bool, x: v128, a: v128, b: v128, full: v128): v128 {
    return capped ? f64x2.mul(Rate.lanes<L>(true, a, b, full), x) : changetype<L>(0).timesRoot(x, a, b);
  }

  static get unit(): f64 {
    return scale;
  }

  /**
   * True if s y < f(a, b), without a square root or a division:
   * y < √g / (1 + √g s/K) <=> y² < g (1 - y s/K)², where the bracket is positive. `capped` is a literal.
   */
  @inline static exceeds<L>(capped: bool, y: f64, a: f64, b: f64): bool {
    const room = capped ? max(1 - y * scale * inverseCap, 0) : 1;
    return changetype<L>(0).exceeds(y * y, room * room, a, b);
  }
}
