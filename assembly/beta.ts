/**
 * Beta(1, M-1) by inversion: one particle's share of a cell's energy (paper, section 2.2).
 *
 * Density (M-1)(1-x)^(M-2) on (0, 1) [Lemma 5.2 prints its reciprocal factor: erratum B3];
 * tail P(B > x) = (1-x)^(M-1); so B = 1 - u^(1/(M-1)) = -expm1(log(u) / (M-1)), u uniform. M = 1 is the limit B = 1.
 * expm1 keeps every digit of B, which is of order 1/M: forming 1 - u^(1/(M-1)) would lose log10(M) of them.
 *
 * log(u) > -36.8, so the more particles the shorter the interval that expm1 is asked for: short series serve from M = 130
 * on. A share is right within 3 ULP (test/engine/elementary.test.ts).
 */
import { Elementary } from "./elementary";

/** (expm1(x) - x) / x^2 by powers of x, minimax for the relative error of expm1. First, on -0.2853 <= x <= 0: 2^-55.2 */
const FROM_130: usize = memory.data<u64>([
  0x3fdfffffffffff5f, // 0.49999999999999106
  0x3fc555555554c59a, // 0.1666666666656454
  0x3fa5555554fdd41d, // 0.041666666626874106
  0x3f811110f7494093, // 0.008333332583021302
  0x3f56c163acd4a9a4, // 0.0013888810529559615
  0x3f2a000593d26ca3, // 0.00019836490711075847
  0x3ef9d409246b32d2, // 2.4631752490833162e-05
  0x3ec45d27aa69fa89, // 2.4275644421861323e-06
]);

const SERIES_FROM: f64 = -0.2853;

/** On -2^-8 <= x <= 0: 2^-58.3. */
const FROM_9422: usize = memory.data<u64>([
  0x3fdffffffffffe6a, // 0.49999999999997746
  0x3fc555555536847a, // 0.16666666661061297
  0x3fa55553e1025a2f, // 0.04166662332243153
  0x3f810a23eb096303, // 0.008320122347116326
]);

/** On -36.74/65535 <= x <= 0: 2^-55.1. */
const FROM_65536: usize = memory.data<u64>([
  0x3fdffffffffffcc6, // 0.49999999999995415
  0x3fc55555522ba992, // 0.1666666651938838
  0x3fa5546a3d2aaf57, // 0.04165966030754358
]);

export class Beta {
  /** The shares of cells k and k+1 from a uniform each, first and second lane. */
  static pair(u1: f64, u2: f64, particles: f64): v128 {
    const u = f64x2.replace_lane(f64x2.splat(u1), 1, u2);
    if (particles == 1) return f64x2.splat(1);
    if (particles == 2) return f64x2.sub(f64x2.splat(1), u);
    return f64x2.neg(Elementary.expm1(f64x2.div(Elementary.log(u), f64x2.splat(particles - 1))));
  }

  /** Replaces the uniforms in memory from `at` up to `end` by shares. */
  static fromUniforms(at: usize, end: usize, particles: f64): void {
    if (particles == 1) return Beta.ones(at, end);
    if (particles == 2) return Beta.complements(at, end);
    Elementary.logUniforms(at, end);
    const g = 1 / (particles - 1);
    if (particles < 130) Beta.fromLogs(at, end, g);
    else if (particles < 9422) Beta.bySeries(at, end, g, FROM_130, 8);
    else if (particles < 65536) Beta.bySeries(at, end, g, FROM_9422, 4);
    else Beta.bySeries(at, end, g, FROM_65536, 3);
  }

  /** -expm1(x) of two exponents -700 <= x <= 0, mostly small ones, for which the series serves: 8 ns in place of 13. */
  @inline static fromExponents(x: v128): v128 {
    if (v128.any_true(f64x2.lt(x, f64x2.splat(SERIES_FROM)))) return f64x2.neg(Elementary.expm1(x));
    const x2 = f64x2.mul(x, x);
    let sum = Elementary.linear(FROM_130 + 48, x);
    sum = f64x2.add(Elementary.linear(FROM_130 + 32, x), f64x2.mul(x2, sum));
    sum = f64x2.add(Elementary.linear(FROM_130 + 16, x), f64x2.mul(x2, sum));
    sum = f64x2.add(Elementary.linear(FROM_130, x), f64x2.mul(x2, sum));
    return f64x2.neg(f64x2.add(x, f64x2.mul(x2, sum)));
  }

  private static ones(at: usize, end: usize): void {
    for (; at < end; at += 8) store<f64>(at, 1);
  }

  private static complements(at: usize, end: usize): void {
    for (; at < end; at += 8) store<f64>(at, 1 - load<f64>(at));
  }

  private static fromLogs(at: usize, end: usize, g: f64): void {
    const exponent = f64x2.splat(g);
    for (; at < end; at += 16) v128.store(at, f64x2.neg(Elementary.expm1(f64x2.mul(v128.load(at), exponent))));
  }

  /**
   * -expm1(g l) = -g l (1 + g l (c_0 + g l (c_1 + ..))), l = log(u), from `terms` of 3, 4 or 8 coefficients, a literal.
   * The powers of g go into the coefficients and these into registers. At M = 10^5, 3 terms for 4 save 0.3 ns an event of 9.7 (N = 1000).
   */
  @inline private static bySeries(at: usize, end: usize, g: f64, coefficients: usize, terms: i32): void {
    const c0 = f64x2.splat(-g);
    const c1 = Beta.scaled(coefficients, g, 0);
    const c2 = Beta.scaled(coefficients, g, 1);
    const c3 = Beta.scaled(coefficients, g, 2);
    const c4 = Beta.scaled(coefficients, g, 3);
    const c5 = Beta.scaled(coefficients, g, 4);
    const c6 = Beta.scaled(coefficients, g, 5);
    const c7 = Beta.scaled(coefficients, g, 6);
    const c8 = Beta.scaled(coefficients, g, 7);
    for (; at < end; at += 16) {
      const l = v128.load(at);
      let sum = c3;
      if (terms == 4) sum = f64x2.add(c3, f64x2.mul(l, c4));
      if (terms == 8) {
        sum = f64x2.add(c7, f64x2.mul(l, c8));
        sum = f64x2.add(c6, f64x2.mul(l, sum));
        sum = f64x2.add(c5, f64x2.mul(l, sum));
        sum = f64x2.add(c4, f64x2.mul(l, sum));
        sum = f64x2.add(c3, f64x2.mul(l, sum));
      }
      sum = f64x2.add(c2, f64x2.mul(l, sum));
      sum = f64x2.add(c1, f64x2.mul(l, sum));
      sum = f64x2.add(c0, f64x2.mul(l, sum));
      v128.store(at, f64x2.mul(l, sum));
    }
  }

  /** -c_i g^(i+2) in both lanes. */
  @inline private static scaled(coefficients: usize, g: f64, i: i32): v128 {
    let c = -load<f64>(coefficients + ((<usize>i) << 3)) * g;
    for (let power = 0; power <= i; power++) c *= g;
    return f64x2.splat(c);
  }
}
