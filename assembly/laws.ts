/**
 * The rate laws (paper, remark after (c)), each in one class: f = s √g with g the law's square. Erratum B10 corrects the
 * paper's printed forms. Every law is positive, symmetric and non-decreasing in both energies, which the thinning needs.
 *
 * `use` is the only choice between laws: whatever needs a law is compiled once for each, with the law as a type.
 */
import { LAW_CONSTANT, LAW_SQRT_HARMONIC, LAW_SQRT_MIN, LAW_SQRT_SUM } from "./abi";

class Constant {
  /** g(a, b). */
  @inline square(a: f64, b: f64): f64 {
    return 1;
  }
  /** √g of two pairs of energies. */
  @inline root(a: v128, b: v128): v128 {
    return f64x2.splat(1);
  }
  /** x √g of two pairs of energies. */
  @inline timesRoot(x: v128, a: v128, b: v128): v128 {
    return x;
  }
  /** True if y² < r g(a, b), without a division. */
  @inline exceeds(y2: f64, r: f64, a: f64, b: f64): bool {
    return y2 < r;
  }
}

class SqrtSum {
  @inline square(a: f64, b: f64): f64 {
    return a + b;
  }
  @inline root(a: v128, b: v128): v128 {
    return f64x2.sqrt(f64x2.add(a, b));
  }
  @inline timesRoot(x: v128, a: v128, b: v128): v128 {
    return f64x2.mul(this.root(a, b), x);
  }
  @inline exceeds(y2: f64, r: f64, a: f64, b: f64): bool {
    return y2 < (a + b) * r;
  }
}

class SqrtHarmonic {
  @inline square(a: f64, b: f64): f64 {
    return (a * b) / (a + b);
  }
  @inline root(a: v128, b: v128): v128 {
    return f64x2.sqrt(f64x2.div(f64x2.mul(a, b), f64x2.add(a, b)));
  }
  @inline timesRoot(x: v128, a: v128, b: v128): v128 {
    return f64x2.mul(this.root(a, b), x);
  }
  @inline exceeds(y2: f64, r: f64, a: f64, b: f64): bool {
    return y2 * (a + b) < a * b * r;
  }
}

class SqrtMin {
  @inline square(a: f64, b: f64): f64 {
    return min(a, b);
  }
  @inline root(a: v128, b: v128): v128 {
    return f64x2.sqrt(f64x2.pmin(a, b));
  }
  @inline timesRoot(x: v128, a: v128, b: v128): v128 {
    return f64x2.mul(this.root(a, b), x);
  }
  @inline exceeds(y2: f64, r: f64, a: f64, b: f64): bool {
    return y2 < min(a, b) * r;
  }
}

/** Calls `compiled<L>()` of a user of laws, L the law of this code. Returns whether there is such a law. */
export function use<User>(law: i32): bool {
  const user = changetype<User>(0);
  switch (law) {
    case LAW_CONSTANT:
      user.compiled<Constant>();
      return true;
    case LAW_SQRT_SUM:
      user.compiled<SqrtSum>();
      return true;
    case LAW_SQRT_HARMONIC:
      user.compiled<SqrtHarmonic>();
      return true;
    case LAW_SQRT_MIN:
      user.compiled<SqrtMin>();
      return true;
    default:
      return false;
  }
}
