/** Functions against 50 digits. */
import { Decimal } from "decimal.js";

Decimal.set({ precision: 50 });

/** A double as an exact decimal. */
export function exact(x: number): Decimal {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, Math.abs(x));
  const word = bits.getBigUint64(0);
  const exponent = Number(word >> 52n);
  const fraction = word & (2n ** 52n - 1n);
  const whole = new Decimal((exponent === 0 ? fraction : fraction | (1n << 52n)).toString());
  const value = whole.times(new Decimal(2).pow(Math.max(exponent, 1) - 1075));
  return x < 0 ? value.neg() : value;
}

/** The distance of doubles around x. */
export function ulp(x: number): number {
  return 2 ** (Math.max(Math.floor(Math.log2(Math.abs(x))), -1022) - 52);
}

/** The largest error of f among the inputs, in ULP of the right value. */
export function worst(f: (x: number) => number, reference: (x: Decimal) => Decimal, inputs: number[]): number {
  return inputs.reduce((most, x) => {
    const right = reference(exact(x));
    const error = exact(f(x)).minus(right).abs().div(ulp(right.toNumber())).toNumber();
    return Math.max(most, error);
  }, 0);
}

/** Deterministic points of [0, 1). */
export const spread = (count: number) => Array.from({ length: count }, (_, i) => (i * 0.6180339887498949) % 1);
export const decimalExpm1 = (x: Decimal) => {
  if (x.abs().gt(0.1)) return x.exp().minus(1);
  let [term, sum] = [x, x];
  for (let n = 2; term.abs().gt(sum.abs().times(1e-40)); n++) {
    term = term.times(x).div(n);
    sum = sum.plus(term);
  }
  return sum;
};
