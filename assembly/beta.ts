/**
 * Beta(1, M-1) by inversion: one particle's share of a cell's energy (paper, section 2.2).
 *
 * Density (M-1)(1-x)^(M-2) on (0, 1) [Lemma 5.2 prints its reciprocal factor: erratum B3];
 * tail P(B > x) = (1-x)^(M-1); so B = 1 - u^(1/(M-1)) = -expm1(log(u) / (M-1)), u uniform. M = 1 is the limit B = 1.
 * expm1 keeps every digit of B, which is of order 1/M: forming 1 - u^(1/(M-1)) would lose log10(M) of them.
 */
import { Elementary } from "./elementary";
import { Random } from "./random";

/** From this M on, log(u) / (M-1) > -36.8 / 1177 > -2^-5 and the short series holds. */
export const SMALL_FROM: f64 = 1178;

export class Beta {
  /** Two shares from two uniforms; `inverse` is 1/(M-1) in both lanes, and M > 1. */
  @inline static from(u: v128, inverse: v128): v128 {
    return f64x2.neg(Elementary.expm1(f64x2.mul(Elementary.log(u), inverse)));
  }

  /** The same for M >= SMALL_FROM. */
  @inline static fromSmall(u: v128, inverse: v128): v128 {
    return f64x2.neg(Elementary.expm1Small(f64x2.mul(Elementary.log(u), inverse)));
  }

  /** The shares of cells k (lane 0) and k+1 (lane 1) from two uniforms, for any M >= 1. */
  static pair(u: v128, particles: f64): v128 {
    if (particles == 1) return f64x2.splat(1);
    const inverse = f64x2.splat(1 / (particles - 1));
    return particles >= SMALL_FROM ? Beta.fromSmall(u, inverse) : Beta.from(u, inverse);
  }
}
