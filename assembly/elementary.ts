/**
 * log, exp and expm1 from + - * / alone, so that every engine gives the same bits. Two lanes at a time.
 *
 * Bounds measured against 50 digits (test/engine/elementary.test.ts): log below 2 ULP, exp 1, expm1 2.
 * The polynomials are minimax for the relative error of the whole function, found by Remez exchange in 50 digits.
 */
import * as values from "./coefficients";
import { LOG_TABLE } from "./tables";

/** The binary exponents of uniforms, -53 to 0, and the intervals of each in `LOG_OF_UNIFORM`. */
const EXPONENTS: usize = 54;
const INTERVALS: usize = 128;

/**
 * For `logUniforms`: 1/c and log(c) for each midpoint c = 2^k c_i of every exponent k that a uniform may have, so that
 * no exponent has to be taken apart. 2 kB of its 108 serve half of all uniforms, 8 kB 15 in 16. Filled at the start.
 */
const LOG_OF_UNIFORM: usize = memory.data(<i32>(EXPONENTS * INTERVALS) * 16, 16);
/** 16 bytes for each midpoint below 2^-53, the first: what the upper bits of a midpoint count. */
const BELOW: usize = <usize>(1023 - 53) * INTERVALS * 16;

/** Coefficients, lowest power first: that with index i is at base + 8 i. */
// prettier-ignore
const LOG_COEFFICIENTS: usize = memory.data<u64>([ // (log1p(r) - r) / r^2 on |r| <= 2^-8, error 2^-55.5
  0xBFE0000000000001, // -0.5
  0x3FD555555551650B, //  0.33333333331900467
  0xBFCFFFFFFFEED7BB, // -0.24999999996879105
  0x3FC999B30F43AA67, //  0.20000303502395697
  0xBFC555743176B511, // -0.16667034545154327
], 16);

// prettier-ignore
const EXPM1_COEFFICIENTS: usize = memory.data<f64>([
  values.EXPM1_0, values.EXPM1_1, values.EXPM1_2, values.EXPM1_3, values.EXPM1_4, values.EXPM1_5,
  values.EXPM1_6, values.EXPM1_7, values.EXPM1_8, values.EXPM1_9, values.EXPM1_10,
], 16);

// prettier-ignore
const CONSTANTS: usize = memory.data<u64>([
  0x3FE62E42FEFA39EF, //   0  ln 2, rounded
  0x3FE62E42FEE00000, //   8  ln 2, the leading 33 bits: k times it is exact
  0x3DEA39EF35793C76, //  16  ln 2, the rest
  0x3FF71547652B82FE, //  24  1 / ln 2
  0x4338000000000000, //  32  1.5 * 2^52: adding it rounds to an integer, kept in the low bits
  0x4330000000000400, //  40  2^52 + 1024
  0x4330000000000000, //  48  2^52
  0x0000100000000000, //  56  half an interval of LOG_TABLE
  0xFFFFE00000000000, //  64  the bits that a midpoint may have
  0xFFE6A00000000000, //  72  the first midpoint, 0.70703125, less 1024 exponents
  0xFFF0000000000000, //  80  sign and exponent
  0x00000000000007F0, //  88  127 entries of 16 bytes
], 16);

export class Elementary {
  /**
   * Natural logarithm of two normal numbers from 2^-1022 to 2^1023.
   *
   * x = 2^k m with m within half an interval of a midpoint c, so log x = k ln 2 + log c + log1p(r), r = (m - c) / c.
   * x - c 2^k is exact, and c = 1 has log c = 0, so nothing cancels near x = 1. No division: 1/c is tabulated.
   * A function that is called, as `exp` is: in a dozen places it would be 4 kB of the engine.
   */
  static log(x: v128): v128 {
    const midpoint = v128.and(i64x2.add(x, v128.load64_splat(CONSTANTS, 56)), v128.load64_splat(CONSTANTS, 64)); // c 2^k
    const offset = i64x2.sub(midpoint, v128.load64_splat(CONSTANTS, 72)); // k + 1024 | entry | 0
    const biased = v128.or(i64x2.shr_u(offset, 52), v128.load64_splat(CONSTANTS, 48));
    const k = f64x2.sub(biased, v128.load64_splat(CONSTANTS, 40));
    const entries = v128.and(i64x2.shr_u(offset, 45 - 4), v128.load64_splat(CONSTANTS, 88));
    const first = v128.load(LOG_TABLE + <usize>i64x2.extract_lane(entries, 0));
    const second = v128.load(LOG_TABLE + <usize>i64x2.extract_lane(entries, 1));
    const scaled = i64x2.shuffle(first, second, 0, 2); // 2^1024 / c, as bits
    const inverse = i64x2.sub(scaled, v128.and(offset, v128.load64_splat(CONSTANTS, 80))); // 2^-k / c
    const logarithm = i64x2.shuffle(first, second, 1, 3);
    const r = f64x2.mul(f64x2.sub(x, midpoint), inverse);
    const r2 = f64x2.mul(r, r);
    let q = v128.load64_splat(LOG_COEFFICIENTS, 32);
    q = f64x2.add(Elementary.linear(LOG_COEFFICIENTS + 16, r), f64x2.mul(r2, q));
    q = f64x2.add(Elementary.linear(LOG_COEFFICIENTS, r), f64x2.mul(r2, q));
    const whole = f64x2.add(f64x2.mul(k, v128.load64_splat(CONSTANTS)), logarithm);
    return f64x2.add(whole, f64x2.add(r, f64x2.mul(r2, q)));
  }

  /**
   * Replaces the uniforms in memory from `at` up to `end` by their logarithms: `log` for numbers from 2^-53 to 1.
   * What the loop needs stays in registers, and exponents need no work: 2.5 ns a pair, where `log` in a loop takes 6.5.
   */
  static logUniforms(at: usize, end: usize): void {
    const half = v128.load64_splat(CONSTANTS, 56);
    const mask = v128.load64_splat(CONSTANTS, 64);
    const c0 = v128.load64_splat(LOG_COEFFICIENTS);
    const c1 = v128.load64_splat(LOG_COEFFICIENTS, 8);
    const c2 = v128.load64_splat(LOG_COEFFICIENTS, 16);
    const c3 = v128.load64_splat(LOG_COEFFICIENTS, 24);
    const c4 = v128.load64_splat(LOG_COEFFICIENTS, 32);
    for (; at < end; at += 16) {
      const x = v128.load(at);
      const midpoint = v128.and(i64x2.add(x, half), mask);
      const first = v128.load(Elementary.entry(load<u32>(at, 4)));
      const second = v128.load(Elementary.entry(load<u32>(at, 12)));
      const r = f64x2.mul(f64x2.sub(x, midpoint), i64x2.shuffle(first, second, 0, 2));
      const r2 = f64x2.mul(r, r);
      const q23 = f64x2.add(f64x2.add(c2, f64x2.mul(r, c3)), f64x2.mul(r2, c4));
      const q = f64x2.add(f64x2.add(c0, f64x2.mul(r, c1)), f64x2.mul(r2, q23));
      const logarithm = i64x2.shuffle(first, second, 1, 3);
      v128.store(at, f64x2.add(logarithm, f64x2.add(r, f64x2.mul(r2, q))));
    }
  }

  /**
   * Where the midpoint of a uniform has its entry, by the upper word of its bits. Read from memory again, since to take a
   * word out of a vector costs more: 0.8 ns an event of 9.8 (N = 1000, M = 10^5).
   */
  @inline private static entry(word: u32): usize {
    return LOG_OF_UNIFORM - BELOW + (((word + 0x1000) >> 9) & 0x1ffff0);
  }

  static fillLogOfUniform(): void {
    for (let i: usize = 0; i <= (EXPONENTS - 1) * INTERVALS; i++) {
      const midpoint = reinterpret<f64>((<u64>(i + BELOW / 16)) << 45);
      store<f64>(LOG_OF_UNIFORM + (i << 4), 1 / midpoint);
      store<f64>(LOG_OF_UNIFORM + (i << 4), Elementary.log1(midpoint), 8);
    }
  }

  /** e^x - 1 for two numbers -700 <= x <= 700: 2^k e^r - 1 = 2^k expm1(r) + (2^k - 1). */
  @inline static expm1(x: v128): v128 {
    const shifted = Elementary.shiftedExponent(x);
    const scale = Elementary.power(shifted);
    return f64x2.add(f64x2.mul(scale, Elementary.expm1Reduced(x, shifted)), f64x2.sub(scale, f64x2.splat(1)));
  }

  /** e^x for two numbers -700 <= x <= 700. */
  static exp(x: v128): v128 {
    const shifted = Elementary.shiftedExponent(x);
    const scale = Elementary.power(shifted);
    return f64x2.add(scale, f64x2.mul(scale, Elementary.expm1Reduced(x, shifted)));
  }

  /** The nearest integer k to x / ln 2, plus 1.5 * 2^52: the low bits hold k. */
  @inline static shiftedExponent(x: v128): v128 {
    return f64x2.add(f64x2.mul(x, v128.load64_splat(CONSTANTS, 24)), v128.load64_splat(CONSTANTS, 32));
  }

  /** 2^k. */
  @inline static power(shifted: v128): v128 {
    return i64x2.shl(i64x2.add(shifted, i64x2.splat(1023)), 52);
  }

  /** expm1(r), r = x - k ln 2. */
  @inline private static expm1Reduced(x: v128, shifted: v128): v128 {
    const k = f64x2.sub(shifted, v128.load64_splat(CONSTANTS, 32));
    const r = f64x2.sub(
      f64x2.sub(x, f64x2.mul(k, v128.load64_splat(CONSTANTS, 8))),
      f64x2.mul(k, v128.load64_splat(CONSTANTS, 16)),
    );
    return f64x2.add(r, Elementary.expm1Rest(r));
  }

  /** expm1(r) - r. */
  @inline static expm1Rest(r: v128): v128 {
    const r2 = f64x2.mul(r, r);
    let p = v128.load64_splat(EXPM1_COEFFICIENTS, 80);
    p = f64x2.add(Elementary.linear(EXPM1_COEFFICIENTS + 64, r), f64x2.mul(r2, p));
    p = f64x2.add(Elementary.linear(EXPM1_COEFFICIENTS + 48, r), f64x2.mul(r2, p));
    p = f64x2.add(Elementary.linear(EXPM1_COEFFICIENTS + 32, r), f64x2.mul(r2, p));
    p = f64x2.add(Elementary.linear(EXPM1_COEFFICIENTS + 16, r), f64x2.mul(r2, p));
    p = f64x2.add(Elementary.linear(EXPM1_COEFFICIENTS, r), f64x2.mul(r2, p));
    return f64x2.mul(r2, p);
  }

  /** c_i + c_{i+1} x, two terms of a polynomial. */
  @inline static linear(coefficients: usize, x: v128): v128 {
    return f64x2.add(v128.load64_splat(coefficients), f64x2.mul(x, v128.load64_splat(coefficients, 8)));
  }

  /** The natural logarithm of one number. */
  @inline static log1(x: f64): f64 {
    return f64x2.extract_lane(Elementary.log(f64x2.splat(x)), 0);
  }
}
