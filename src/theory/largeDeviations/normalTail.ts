/** Tails of the standard normal law, as far out as there are numbers: what a Gaussian makes of a rare event. */
import { exp, log } from "../../rate/elementary.ts";

/** Terms of the continued fraction: an error below 1e-15 from z = 3 on. */
const TERMS = 120;

/** log P(Z > z) of a standard normal Z. */
export function logNormalTail(z: number): number {
  const logDensity = -0.5 * z * z - 0.5 * log(2 * Math.PI);
  if (z < 3) {
    // Φ(z) - 1/2 = φ(z) (z + z³/3 + z⁵/(3·5) + ..)
    const size = Math.min(Math.abs(z), 12);
    let [sum, term] = [0, size];
    for (let n = 3; sum + term > sum; n += 2) [sum, term] = [sum + term, (term * size * size) / n];
    const half = exp(-0.5 * size * size - 0.5 * log(2 * Math.PI)) * sum;
    return log(z < 0 ? 0.5 + half : 0.5 - half);
  }
  // Mills' ratio 1/(z + 1/(z + 2/(z + 3/(z + ..)))).
  let denominator = z;
  for (let n = TERMS; n > 0; n--) denominator = z + n / denominator;
  return logDensity - log(denominator);
}
