/**
 * log, exp and expm1 from + - * / alone, so that every engine gives the same bits. Two lanes at a time.
 *
 * Bounds measured against 50 digits (test/engine/elementary.test.ts): log below 2 ULP, exp 1, expm1 2, its short series 1.
 * The polynomials are minimax for the relative error of the whole function, found by Remez exchange in 50 digits.
 */
import { LOG_TABLE } from "./tables";

/** Each coefficient twice, lowest power first; address of the pair with index i is base + 16 i. */
// prettier-ignore
const LOG_COEFFICIENTS: usize = memory.data<u64>([ // (log1p(r) - r) / r^2 on |r| <= 2^-8, error 2^-55.5
  0xBFE0000000000001, 0xBFE0000000000001, // -0.5
  0x3FD555555551650B, 0x3FD555555551650B, //  0.33333333331900467
  0xBFCFFFFFFFEED7BB, 0xBFCFFFFFFFEED7BB, // -0.24999999996879105
  0x3FC999B30F43AA67, 0x3FC999B30F43AA67, //  0.20000303502395697
  0xBFC555743176B511, 0xBFC555743176B511, // -0.16667034545154327
], 16);

// prettier-ignore
const EXPM1_COEFFICIENTS: usize = memory.data<u64>([ // (expm1(r) - r) / r^2 on |r| <= ln(2)/2, error 2^-61.7
  0x3FE0000000000000, 0x3FE0000000000000, // 0.5
  0x3FC5555555555559, 0x3FC5555555555559, // 0.16666666666666677
  0x3FA555555555555A, 0x3FA555555555555A, // 0.0416666666666667
  0x3F8111111110F6AE, 0x3F8111111110F6AE, // 0.008333333333321615
  0x3F56C16C16C1445F, 0x3F56C16C16C1445F, // 0.001388888888886684
  0x3F2A01A01AFE53DF, 0x3F2A01A01AFE53DF, // 0.00019841269886158774
  0x3EFA01A01B0B2D10, 0x3EFA01A01B0B2D10, // 2.4801587360551386e-05
  0x3EC71DDF85367313, 0x3EC71DDF85367313, // 2.75572441817e-06
  0x3E927E4C5A999DFC, 0x3E927E4C5A999DFC, // 2.7557242763271264e-07
  0x3E5AF5EBF62D71FB, 0x3E5AF5EBF62D71FB, // 2.510904496419555e-08
  0x3E21F9556245AF63, 0x3E21F9556245AF63, // 2.0924442336603916e-09
], 16);

// prettier-ignore
const EXPM1_SMALL_COEFFICIENTS: usize = memory.data<u64>([ // the same on -0.2853 <= r <= 0, error 2^-55.2
  0x3FDFFFFFFFFFFF5F, 0x3FDFFFFFFFFFFF5F, // 0.49999999999999106
  0x3FC555555554C59A, 0x3FC555555554C59A, // 0.1666666666656454
  0x3FA5555554FDD41D, 0x3FA5555554FDD41D, // 0.041666666626874106
  0x3F811110F7494093, 0x3F811110F7494093, // 0.008333332583021302
  0x3F56C163ACD4A9A4, 0x3F56C163ACD4A9A4, // 0.0013888810529559615
  0x3F2A000593D26CA3, 0x3F2A000593D26CA3, // 0.00019836490711075847
  0x3EF9D409246B32D2, 0x3EF9D409246B32D2, // 2.4631752490833162e-05
  0x3EC45D27AA69FA89, 0x3EC45D27AA69FA89, // 2.4275644421861323e-06
], 16);

// prettier-ignore
const EXPM1_TINY_COEFFICIENTS: usize = memory.data<u64>([ // the same on -2^-8 <= r <= 0, error 2^-58.3
  0x3FDFFFFFFFFFFE6A, 0x3FDFFFFFFFFFFE6A, // 0.49999999999997746
  0x3FC555555536847A, 0x3FC555555536847A, // 0.16666666661061297
  0x3FA55553E1025A2F, 0x3FA55553E1025A2F, // 0.04166662332243153
  0x3F810A23EB096303, 0x3F810A23EB096303, // 0.008320122347116326
], 16);

// prettier-ignore
const CONSTANTS: usize = memory.data<u64>([
  0x3FE62E42FEFA39EF, 0x3FE62E42FEFA39EF, //   0  ln 2, rounded
  0x3FE62E42FEE00000, 0x3FE62E42FEE00000, //  16  ln 2, the leading 33 bits: k times it is exact
  0x3DEA39EF35793C76, 0x3DEA39EF35793C76, //  32  ln 2, the rest
  0x3FF71547652B82FE, 0x3FF71547652B82FE, //  48  1 / ln 2
  0x4338000000000000, 0x4338000000000000, //  64  1.5 * 2^52: adding it rounds to an integer, kept in the low bits
  0x4330000000000400, 0x4330000000000400, //  80  2^52 + 1024
  0x4330000000000000, 0x4330000000000000, //  96  2^52
  0x0000100000000000, 0x0000100000000000, // 112  half an interval of LOG_TABLE
  0xFFFFE00000000000, 0xFFFFE00000000000, // 128  the bits that a midpoint may have
  0xFFE6A00000000000, 0xFFE6A00000000000, // 144  the first midpoint, 0.70703125, less 1024 exponents
  0xFFF0000000000000, 0xFFF0000000000000, // 160  sign and exponent
  0x00000000000007F0, 0x00000000000007F0, // 176  127 entries of 16 bytes
], 16);

export class Elementary {
  /**
   * Natural logarithm of two normal numbers from 2^-1022 to 2^1023.
   *
   * x = 2^k m with m within half an interval of a midpoint c, so log x = k ln 2 + log c + log1p(r), r = (m - c) / c.
   * x - c 2^k is exact, and c = 1 has log c = 0, so nothing cancels near x = 1. No division: 1/c is tabulated.
   */
  @inline static log(x: v128): v128 {
    const midpoint = v128.and(i64x2.add(x, v128.load(CONSTANTS, 112)), v128.load(CONSTANTS, 128)); // c 2^k
    const offset = i64x2.sub(midpoint, v128.load(CONSTANTS, 144)); // k + 1024 | entry | 0
    const biased = v128.or(i64x2.shr_u(offset, 52), v128.load(CONSTANTS, 96));
    const k = f64x2.sub(biased, v128.load(CONSTANTS, 80));
    const entries = v128.and(i64x2.shr_u(offset, 45 - 4), v128.load(CONSTANTS, 176));
    const first = v128.load(LOG_TABLE + <usize>i64x2.extract_lane(entries, 0));
    const second = v128.load(LOG_TABLE + <usize>i64x2.extract_lane(entries, 1));
    const scaled = i64x2.shuffle(first, second, 0, 2); // 2^1024 / c, as bits
    const inverse = i64x2.sub(scaled, v128.and(offset, v128.load(CONSTANTS, 160))); // 2^-k / c
    const logarithm = i64x2.shuffle(first, second, 1, 3);
    const r = f64x2.mul(f64x2.sub(x, midpoint), inverse);
    const r2 = f64x2.mul(r, r);
    let q = v128.load(LOG_COEFFICIENTS, 64);
    q = f64x2.add(Elementary.linear(LOG_COEFFICIENTS + 32, r), f64x2.mul(r2, q));
    q = f64x2.add(Elementary.linear(LOG_COEFFICIENTS, r), f64x2.mul(r2, q));
    const whole = f64x2.add(f64x2.mul(k, v128.load(CONSTANTS)), logarithm);
    return f64x2.add(whole, f64x2.add(r, f64x2.mul(r2, q)));
  }

  /** e^x - 1 for two numbers -2^-8 <= x <= 0. */
  @inline static expm1Tiny(x: v128): v128 {
    const x2 = f64x2.mul(x, x);
    let p = Elementary.linear(EXPM1_TINY_COEFFICIENTS + 32, x);
    p = f64x2.add(Elementary.linear(EXPM1_TINY_COEFFICIENTS, x), f64x2.mul(x2, p));
    return f64x2.add(x, f64x2.mul(x2, p));
  }

  /** e^x - 1 for two numbers -0.2853 <= x <= 0. */
  @inline static expm1Small(x: v128): v128 {
    const x2 = f64x2.mul(x, x);
    let p = Elementary.linear(EXPM1_SMALL_COEFFICIENTS + 96, x);
    p = f64x2.add(Elementary.linear(EXPM1_SMALL_COEFFICIENTS + 64, x), f64x2.mul(x2, p));
    p = f64x2.add(Elementary.linear(EXPM1_SMALL_COEFFICIENTS + 32, x), f64x2.mul(x2, p));
    p = f64x2.add(Elementary.linear(EXPM1_SMALL_COEFFICIENTS, x), f64x2.mul(x2, p));
    return f64x2.add(x, f64x2.mul(x2, p));
  }

  /** e^x - 1 for two numbers -700 <= x <= 700: 2^k e^r - 1 = 2^k expm1(r) + (2^k - 1). */
  @inline static expm1(x: v128): v128 {
    const shifted = Elementary.shiftedExponent(x);
    const scale = Elementary.power(shifted);
    return f64x2.add(f64x2.mul(scale, Elementary.expm1Reduced(x, shifted)), f64x2.sub(scale, f64x2.splat(1)));
  }

  /** e^x for two numbers -700 <= x <= 700. */
  @inline static exp(x: v128): v128 {
    const shifted = Elementary.shiftedExponent(x);
    const scale = Elementary.power(shifted);
    return f64x2.add(scale, f64x2.mul(scale, Elementary.expm1Reduced(x, shifted)));
  }

  /** The nearest integer k to x / ln 2, plus 1.5 * 2^52: the low bits hold k. */
  @inline private static shiftedExponent(x: v128): v128 {
    return f64x2.add(f64x2.mul(x, v128.load(CONSTANTS, 48)), v128.load(CONSTANTS, 64));
  }

  /** 2^k. */
  @inline private static power(shifted: v128): v128 {
    return i64x2.shl(i64x2.add(shifted, i64x2.splat(1023)), 52);
  }

  /** expm1(r), r = x - k ln 2. */
  @inline private static expm1Reduced(x: v128, shifted: v128): v128 {
    const k = f64x2.sub(shifted, v128.load(CONSTANTS, 64));
    const r = f64x2.sub(f64x2.sub(x, f64x2.mul(k, v128.load(CONSTANTS, 16))), f64x2.mul(k, v128.load(CONSTANTS, 32)));
    const r2 = f64x2.mul(r, r);
    let p = v128.load(EXPM1_COEFFICIENTS, 160);
    p = f64x2.add(Elementary.linear(EXPM1_COEFFICIENTS + 128, r), f64x2.mul(r2, p));
    p = f64x2.add(Elementary.linear(EXPM1_COEFFICIENTS + 96, r), f64x2.mul(r2, p));
    p = f64x2.add(Elementary.linear(EXPM1_COEFFICIENTS + 64, r), f64x2.mul(r2, p));
    p = f64x2.add(Elementary.linear(EXPM1_COEFFICIENTS + 32, r), f64x2.mul(r2, p));
    p = f64x2.add(Elementary.linear(EXPM1_COEFFICIENTS, r), f64x2.mul(r2, p));
    return f64x2.add(r, f64x2.mul(r2, p));
  }

  /** c_i + c_{i+1} x, two terms of a polynomial. */
  @inline private static linear(coefficients: usize, x: v128): v128 {
    return f64x2.add(v128.load(coefficients), f64x2.mul(x, v128.load(coefficients, 16)));
  }

  /** The natural logarithm of one number. */
  @inline static log1(x: f64): f64 {
    return f64x2.extract_lane(Elementary.log(f64x2.splat(x)), 0);
  }
}
