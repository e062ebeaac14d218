/**
 * log P(Z > z) of a normal Z: by the series of Φ(z) - 1/2 = φ(z) (z + z³/3 + z⁵/15 + ..) for small z, beyond by the continued
 * fraction of Mills's ratio, φ(z)/(z + 1/(z + 2/(z + 3/(z + ..)))).
 */
export function logNormalTail(z: number): number {
  const logDensity = -0.5 * z * z - 0.5 * Math.log(2 * Math.PI);
  if (z < SEAM) {
    let sum = 0;
    for (let [n, term] = [1, z]; n < TERMS; n += 2, term *= (z * z) / n) sum += term;
    return Math.log(0.5 - Math.exp(logDensity) * sum);
  }
  let fraction = z;
  for (let n = DEPTH; n >= 1; n--) fraction = z + n / fraction;
  return logDensity - Math.log(fraction);
}

/** On either side of it fifteen digits are right. */
const SEAM = 2;
const TERMS = 80;
const DEPTH = 120;
