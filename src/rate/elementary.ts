/**
 * exp, expm1, log, log1p, tanh and cbrt from + - * / alone, for every double and with the bits of the engine's
 * (assembly/functions.ts, which says how each works): the host's own Math.exp differs from one JavaScript engine to another.
 */
import * as values from "../../assembly/coefficients.ts";

const bits = new DataView(new ArrayBuffer(8));

/** The upper 32 bits of x. */
function upperHalf(x: number): number {
  bits.setFloat64(0, x);
  return bits.getInt32(0);
}

/** x with other upper 32 bits. */
function withUpperHalf(x: number, upper: number): number {
  bits.setFloat64(0, x);
  bits.setInt32(0, upper);
  return bits.getFloat64(0);
}

function powerOfTwo(k: number): number {
  return withUpperHalf(0, (k + 1023) << 20);
}

/** e^x - c for c = 0 or 1. */
function exponential(x: number, c: number): number {
  const within = Math.max(Math.min(x, values.EXP_HIGHEST), values.EXP_LOWEST);
  const k = within * values.INVERSE_LN2 + values.ROUNDING - values.ROUNDING;
  const high = within - k * values.LN2_HIGH;
  const low = k * values.LN2_LOW;
  const r = high - low;
  const lost = high - r - low;
  const r2 = r * r;
  let p = values.EXPM1_10;
  p = values.EXPM1_8 + r * values.EXPM1_9 + r2 * p;
  p = values.EXPM1_6 + r * values.EXPM1_7 + r2 * p;
  p = values.EXPM1_4 + r * values.EXPM1_5 + r2 * p;
  p = values.EXPM1_2 + r * values.EXPM1_3 + r2 * p;
  p = values.EXPM1_0 + r * values.EXPM1_1 + r2 * p;
  const j = k >> 1;
  const first = powerOfTwo(k - j);
  return (first - c * powerOfTwo(-j) + first * (r + (r2 * p + lost))) * powerOfTwo(j);
}

/** log x + c for a small c. */
function logarithm(x: number, c: number): number {
  if (x <= 0) return x < 0 ? NaN : -Infinity;
  if (!(x < Infinity)) return x;
  const normal = x < values.LEAST_NORMAL ? x * values.TO_NORMAL : x;
  const upper = upperHalf(normal);
  const exponent = (upper - values.ROOT_HALF_UPPER) >> 20;
  const f = withUpperHalf(normal, upper - (exponent << 20)) - 1;
  const k = x < values.LEAST_NORMAL ? exponent - values.TO_NORMAL_EXPONENT : exponent;
  const s = f / (2 + f);
  const z = s * s;
  const z2 = z * z;
  let p = values.ATANH_6;
  p = values.ATANH_4 + z * values.ATANH_5 + z2 * p;
  p = values.ATANH_2 + z * values.ATANH_3 + z2 * p;
  p = values.ATANH_0 + z * values.ATANH_1 + z2 * p;
  const h = 0.5 * (f * f);
  return k * values.LN2_HIGH - (h - (s * (h + z * p) + (k * values.LN2_LOW + c)) - f);
}

export function exp(x: number): number {
  return exponential(x, 0);
}

export function expm1(x: number): number {
  return x === 0 ? x : exponential(x, 1);
}

export function log(x: number): number {
  return logarithm(x, 0);
}

export function log1p(x: number): number {
  const u = x + 1;
  return x === 0 ? x : logarithm(u, (x - (u - 1)) / u);
}

export function tanh(x: number): number {
  const size = Math.abs(x);
  if (size > values.TANH_SEAM) {
    const result = 1 - 2 / (exponential(2 * size, 1) + 2);
    return x > 0 ? result : -result;
  }
  const s = x * x;
  const s2 = s * s;
  const p = values.TANH_P_0 + s * values.TANH_P_1 + s2 * (values.TANH_P_2 + s);
  const q = values.TANH_Q_0 + s * values.TANH_Q_1 + s2 * (values.TANH_Q_2 + s * values.TANH_Q_3 + s2);
  return x === 0 ? x : x - (x * s * p) / q;
}

export function cbrt(x: number): number {
  const size = Math.abs(x);
  if (!(size > 0 && size < Infinity)) return x;
  const normal = size < values.LEAST_NORMAL ? size * values.TO_NORMAL : size;
  let t = withUpperHalf(0, upperHalf(normal) * values.THIRD + values.CBRT_START - values.ROUNDING);
  const q = t * t * (t / normal);
  const q2 = q * q;
  let p = values.CBRT_4;
  p = values.CBRT_2 + q * values.CBRT_3 + q2 * p;
  p = values.CBRT_0 + q * values.CBRT_1 + q2 * p;
  t = withUpperHalf(0, upperHalf(t * p));
  const r = normal / (t * t);
  t = t + t * ((r - t) / (t + t + r));
  if (size < values.LEAST_NORMAL) t *= values.CBRT_FROM_NORMAL;
  return x < 0 ? -t : t;
}

/** π/2 in three parts: a whole number below 2^20 times either of the first two is exact. */
const HALF_PI = [1.5707963267341256, 6.077100506303966e-11, 2.0222662487959506e-21] as const;
/** Terms of Taylor's series up to this degree leave 1e-19 where |r| <= π/4. */
const DEGREE = 19;

/** sin(x + quarters π/2), within 1 ULP up to |x| = 1e6: of the place in a chain, so that the engine need not have it. */
function sine(x: number, quarters: number): number {
  const n = Math.floor(x / HALF_PI[0] + 0.5);
  const r = x - n * HALF_PI[0] - n * HALF_PI[1] - n * HALF_PI[2];
  const quarter = (((n + quarters) % 4) + 4) % 4;
  const r2 = r * r;
  let sum = 1;
  for (let i = quarter % 2 === 0 ? DEGREE : DEGREE + 1; i > 2; i -= 2) sum = 1 - (r2 / (i * (i - 1))) * sum;
  const value = quarter % 2 === 0 ? r * sum : 1 - (r2 / 2) * sum;
  return quarter < 2 ? value : -value;
}

export const sin = (x: number): number => sine(x, 0);
export const cos = (x: number): number => sine(x, 1);
