/** P(S <= x) for S ~ Beta(a, b) and an integer b: x^a Σ_{j<b} (a)_j/j! (1-x)^j. Where b is 0 the law is all at 1. */
export function betaCdf(x: number, a: number, b: number): number {
  if (x >= 1) return 1;
  let sum = 0;
  // Logarithms, because x^a may be below every number while the sum of what it multiplies is above all.
  let log = a * Math.log(x);
  for (let j = 0; j < b; j++) {
    sum += Math.exp(log);
    log += Math.log(((a + j) / (j + 1)) * (1 - x));
  }
  return sum;
}
