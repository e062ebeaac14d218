/** P(S <= x) for S ~ Beta(a, b) and an integer b: x^a Σ_{j<b} (a)_j/j! (1-x)^j. Where b is 0 the law is all at 1. */
import { exp, log } from "../../rate/elementary.ts";
export function betaCdf(x: number, a: number, b: number): number {
  if (x >= 1) return 1;
  let sum = 0;
  // Logarithms, because x^a may be below every number while the sum of what it multiplies is above all.
  let exponent = a * log(x);
  for (let j = 0; j < b; j++) {
    sum += exp(exponent);
    exponent += log(((a + j) / (j + 1)) * (1 - x));
  }
  return sum;
}
