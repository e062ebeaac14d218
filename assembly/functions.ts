/**
 * The functions that a rate may call, for every double and in two lanes at a time; code for one number takes a lane (code.ts).
 * The host has the same functions with the same bits (src/rate/elementary.ts).
 *
 * Bounds measured against 50 digits (test/engine/functions.test.ts). None was seen to fall from one double to the next.
 */
import * as values from "./coefficients";
import { Elementary } from "./elementary";
import { LOG_TABLE } from "./tables";

/** Coefficients, lowest power first: that with index i is at base + 8 i. */
// prettier-ignore
const ATANH: usize = memory.data<f64>([
  values.ATANH_0, values.ATANH_1, values.ATANH_2, values.ATANH_3, values.ATANH_4, values.ATANH_5, values.ATANH_6,
], 16);
// prettier-ignore
const CBRT: usize = memory.data<f64>([values.CBRT_0, values.CBRT_1, values.CBRT_2, values.CBRT_3, values.CBRT_4], 16);
// prettier-ignore
const TANH_P: usize = memory.data<f64>([values.TANH_P_0, values.TANH_P_1, values.TANH_P_2], 16);
// prettier-ignore
const TANH_Q: usize = memory.data<f64>([values.TANH_Q_0, values.TANH_Q_1, values.TANH_Q_2, values.TANH_Q_3], 16);

/** In memory, where a constant for two lanes takes half the code that it takes as a literal. */
// prettier-ignore
const CONSTANTS: usize = memory.data<f64>([
  0, 0.5, 1,
  2, Infinity, values.EXP_LOWEST,
  values.EXP_HIGHEST, values.ROUNDING, values.LEAST_NORMAL,
  values.TO_NORMAL, values.ROOT_HALF, values.LN2_HIGH,
  values.LN2_LOW, values.TO_NORMAL_EXPONENT, values.CBRT_START,
  values.CBRT_FROM_NORMAL, values.THIRD, values.TANH_SEAM,
], 16);
const ZERO: usize = CONSTANTS;
const HALF: usize = CONSTANTS + 8;
const ONE: usize = CONSTANTS + 16;
const TWO: usize = CONSTANTS + 24;
const INFINITY: usize = CONSTANTS + 32;
const EXP_LOWEST: usize = CONSTANTS + 40;
const EXP_HIGHEST: usize = CONSTANTS + 48;
const ROUNDING: usize = CONSTANTS + 56;
const LEAST_NORMAL: usize = CONSTANTS + 64;
const TO_NORMAL: usize = CONSTANTS + 72;
const ROOT_HALF: usize = CONSTANTS + 80;
const LN2_HIGH: usize = CONSTANTS + 88;
const LN2_LOW: usize = CONSTANTS + 96;
const TO_NORMAL_EXPONENT: usize = CONSTANTS + 104;
const CBRT_START: usize = CONSTANTS + 112;
const CBRT_FROM_NORMAL: usize = CONSTANTS + 120;
const THIRD: usize = CONSTANTS + 128;
const TANH_SEAM: usize = CONSTANTS + 136;

class Vector {
  /** The constant at this address, in both lanes. */
  @inline static of(address: usize): v128 {
    return v128.load64_splat(address);
  }
  /** The signs, as bits: or'ed to a result they make a zero as negative as x. */
  @inline static signOf(x: v128): v128 {
    return v128.xor(x, f64x2.abs(x));
  }
}

/** e^x, within 1 ULP; 1.3 where it is subnormal. */
export function expLanes(x: v128): v128 {
  return exponential(x, Vector.of(ZERO));
}

/** e^x - 1, within 2 ULP. */
export function expm1Lanes(x: v128): v128 {
  return v128.or(exponential(x, Vector.of(ONE)), Vector.signOf(x));
}

/** log x, within 0.9 ULP: -Infinity at 0, NaN below. Not the streams' log, whose table a rate does without. */
export function lnLanes(x: v128): v128 {
  return logarithm(x, Vector.of(ZERO));
}

/** log(1 + x), within 1 ULP: log u + (1 + x - u) / u with u = 1 + x rounded, of which the difference is exact. */
export function log1pLanes(x: v128): v128 {
  const u = f64x2.add(x, Vector.of(ONE));
  const rest = f64x2.sub(x, f64x2.sub(u, Vector.of(ONE)));
  return v128.or(logarithm(u, f64x2.div(rest, u)), Vector.signOf(x));
}

/** tanh x, within 1.6 ULP: |x| - |x|^3 P(x^2) / Q(x^2), beyond the seam 1 - 2 / (e + 2) with e = expm1(2 |x|). */
export function tanhLanes(x: v128): v128 {
  const size = f64x2.abs(x);
  const isLarge = f64x2.gt(size, Vector.of(TANH_SEAM));
  const s = f64x2.mul(x, x);
  const s2 = f64x2.mul(s, s);
  const p = f64x2.add(Elementary.linear(TANH_P, s), f64x2.mul(s2, f64x2.add(Vector.of(TANH_P + 16), s)));
  const q = f64x2.add(Elementary.linear(TANH_Q, s), f64x2.mul(s2, f64x2.add(Elementary.linear(TANH_Q + 16, s), s2)));
  const e = exponential(f64x2.add(size, size), Vector.of(ONE));
  const numerator = v128.bitselect(Vector.of(TWO), f64x2.mul(f64x2.mul(size, s), p), isLarge);
  const denominator = v128.bitselect(f64x2.add(e, Vector.of(TWO)), q, isLarge);
  const result = f64x2.sub(v128.bitselect(Vector.of(ONE), size, isLarge), f64x2.div(numerator, denominator));
  return v128.or(result, Vector.signOf(x));
}

/**
 * The cube root, within 0.7 ULP: a third of the bits gives 5 bits of it, a polynomial in q = t^3 / x 20, and Halley's step
 * the rest. For that step t keeps so few bits that t^2 is exact.
 */
export function cbrtLanes(x: v128): v128 {
  const size = f64x2.abs(x);
  const isSmall = f64x2.lt(size, Vector.of(LEAST_NORMAL));
  const normal = v128.bitselect(f64x2.mul(size, Vector.of(TO_NORMAL)), size, isSmall);
  const rounding = Vector.of(ROUNDING);
  const upper = f64x2.sub(i64x2.add(i64x2.shr_u(normal, 32), rounding), rounding);
  let t = i64x2.shl(f64x2.add(f64x2.mul(upper, Vector.of(THIRD)), Vector.of(CBRT_START)), 32);
  const q = f64x2.mul(f64x2.mul(t, t), f64x2.div(t, normal));
  const q2 = f64x2.mul(q, q);
  let p = v128.load64_splat(CBRT, 32);
  p = f64x2.add(Elementary.linear(CBRT + 16, q), f64x2.mul(q2, p));
  p = f64x2.add(Elementary.linear(CBRT, q), f64x2.mul(q2, p));
  t = i64x2.shl(i64x2.shr_u(f64x2.mul(t, p), 32), 32);
  const r = f64x2.div(normal, f64x2.mul(t, t));
  t = f64x2.add(t, f64x2.mul(t, f64x2.div(f64x2.sub(r, t), f64x2.add(f64x2.add(t, t), r))));
  t = f64x2.mul(t, v128.bitselect(Vector.of(CBRT_FROM_NORMAL), Vector.of(ONE), isSmall));
  const isOrdinary = v128.and(f64x2.gt(size, Vector.of(ZERO)), f64x2.lt(size, Vector.of(INFINITY)));
  return v128.bitselect(v128.or(t, Vector.signOf(x)), x, isOrdinary);
}

function ln(x: f64): f64 {
  return f64x2.extract_lane(lnLanes(f64x2.splat(x)), 0);
}

/**
 * e^x - c for c = 0 or 1, as (2^i (1 + expm1(r)) - c 2^-j) 2^j with i + j = k: 2^k alone is no double before e^x is none.
 * r = x - k ln 2 is kept with what its rounding loses, which takes expm1 from 2.0 ULP to 1.6.
 */
function exponential(x: v128, c: v128): v128 {
  const within = f64x2.max(f64x2.min(x, Vector.of(EXP_HIGHEST)), Vector.of(EXP_LOWEST));
  const shifted = Elementary.shiftedExponent(within);
  const rounding = Vector.of(ROUNDING);
  const k = f64x2.sub(shifted, rounding);
  const high = f64x2.sub(within, f64x2.mul(k, Vector.of(LN2_HIGH)));
  const low = f64x2.mul(k, Vector.of(LN2_LOW));
  const r = f64x2.sub(high, low);
  const lost = f64x2.sub(f64x2.sub(high, r), low);
  const expm1 = f64x2.add(r, f64x2.add(Elementary.expm1Rest(r), lost));
  const exponent = i64x2.sub(shifted, rounding);
  const j = i64x2.shr_s(exponent, 1);
  const first = Elementary.power(i64x2.sub(exponent, j));
  const whole = f64x2.sub(first, f64x2.mul(c, Elementary.power(i64x2.neg(j))));
  return f64x2.mul(f64x2.add(whole, f64x2.mul(first, expm1)), Elementary.power(j));
}

/**
 * log x + c for a small c. x = 2^k (1 + f), and log(1 + f) = 2 atanh(s) = f - h + s (h + s^2 p(s^2)), s = f / (2 + f),
 * h = f^2 / 2 (fdlibm's form): f and the leading bits of k ln 2 are exact, and all else is smaller.
 */
function logarithm(x: v128, c: v128): v128 {
  const isSmall = f64x2.lt(x, Vector.of(LEAST_NORMAL));
  const normal = v128.bitselect(f64x2.mul(x, Vector.of(TO_NORMAL)), x, isSmall);
  const exponent = i64x2.shr_s(i64x2.sub(normal, Vector.of(ROOT_HALF)), 52);
  const f = f64x2.sub(i64x2.sub(normal, i64x2.shl(exponent, 52)), Vector.of(ONE));
  const rounding = Vector.of(ROUNDING);
  const k = f64x2.sub(
    f64x2.sub(i64x2.add(exponent, rounding), rounding),
    v128.and(isSmall, Vector.of(TO_NORMAL_EXPONENT)),
  );
  const s = f64x2.div(f, f64x2.add(Vector.of(TWO), f));
  const z = f64x2.mul(s, s);
  const z2 = f64x2.mul(z, z);
  let p = v128.load64_splat(ATANH, 48);
  p = f64x2.add(Elementary.linear(ATANH + 32, z), f64x2.mul(z2, p));
  p = f64x2.add(Elementary.linear(ATANH + 16, z), f64x2.mul(z2, p));
  p = f64x2.add(Elementary.linear(ATANH, z), f64x2.mul(z2, p));
  const h = f64x2.mul(Vector.of(HALF), f64x2.mul(f, f));
  const low = f64x2.add(f64x2.mul(k, Vector.of(LN2_LOW)), c);
  const small = f64x2.add(f64x2.mul(s, f64x2.add(h, f64x2.mul(z, p))), low);
  const sum = f64x2.sub(f64x2.mul(k, Vector.of(LN2_HIGH)), f64x2.sub(f64x2.sub(h, small), f));
  const finite = v128.bitselect(sum, x, f64x2.lt(x, Vector.of(INFINITY)));
  // With all bits set -Infinity becomes NaN.
  const below = v128.or(f64x2.neg(Vector.of(INFINITY)), f64x2.lt(x, Vector.of(ZERO)));
  return v128.bitselect(below, finite, f64x2.le(x, Vector.of(ZERO)));
}

/** 0.70703125 as bits, the first midpoint of LOG_TABLE, and the distance from each to the next. */
const FIRST_MIDPOINT: u64 = 0x3fe6a00000000000;
const BETWEEN_MIDPOINTS: u64 = 0x0000200000000000;

/** Makes LOG_TABLE from `ln`, which rounds all midpoints to nearest but six. */
function fillLogTable(): void {
  for (let i: usize = 0; i < 128; i++) {
    const midpoint = reinterpret<f64>(FIRST_MIDPOINT + <u64>i * BETWEEN_MIDPOINTS);
    store<u64>(LOG_TABLE + 16 * i, reinterpret<u64>(1 / midpoint) + ((<u64>1024) << 52));
    store<f64>(LOG_TABLE + 16 * i, ln(midpoint), 8);
  }
  correct(19, -1);
  correct(27, -1);
  correct(44, 1);
  correct(54, -1);
  correct(100, 1);
  correct(111, 1);
}

/** Adds so many units in the last place to the size of a logarithm. */
function correct(i: usize, units: i64): void {
  store<i64>(LOG_TABLE + 16 * i, load<i64>(LOG_TABLE + 16 * i, 8) + units, 8);
}

fillLogTable();
Elementary.fillLogOfUniform();
