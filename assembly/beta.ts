/**
 * Beta(1, M-1) by inversion: one particle's share of a cell's energy (paper, section 2.2).
 *
 * Density (M-1)(1-x)^(M-2) on (0, 1) [Lemma 5.2 prints its reciprocal factor: erratum B3];
 * tail P(B > x) = (1-x)^(M-1); so B = 1 - u^(1/(M-1)) = -expm1(log(u) / (M-1)), u uniform. M = 1 is the limit B = 1.
 * expm1 keeps every digit of B, which is of order 1/M: forming 1 - u^(1/(M-1)) would lose log10(M) of them.
 */
import { Elementary } from "./elementary";

/**
 * log(u) > -36.8, so from the first M on log(u)/(M-1) > -0.2853, from the second on > -2^-8: shorter series hold there.
 * They save 4 and 6 ns an event of 22 and 21 (N = 1000).
 */
const SMALL_FROM: f64 = 130;
const TINY_FROM: f64 = 9422;

export class Beta {
  /** The exponent 1/(M-1) of the inversion, in both lanes. */
  @inline static exponent(particles: f64): v128 {
    return f64x2.splat(1 / (particles - 1));
  }

  /** Two shares from two uniforms; `exponent` is that of M, formed once for many. */
  @inline static from(u: v128, particles: f64, exponent: v128): v128 {
    if (particles == 1) return f64x2.splat(1);
    if (particles == 2) return f64x2.sub(f64x2.splat(1), u);
    const x = f64x2.mul(Elementary.log(u), exponent);
    if (particles >= TINY_FROM) return f64x2.neg(Elementary.expm1Tiny(x));
    if (particles >= SMALL_FROM) return f64x2.neg(Elementary.expm1Small(x));
    return f64x2.neg(Elementary.expm1(x));
  }

  /** The shares of cells k and k+1 from a uniform each, first and second lane. */
  static pair(u1: f64, u2: f64, particles: f64): v128 {
    return Beta.from(f64x2.replace_lane(f64x2.splat(u1), 1, u2), particles, Beta.exponent(particles));
  }
}
