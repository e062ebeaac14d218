/** What a Gaussian of the limit's mean and of the covariance C/M makes of an event: the law of large and of small deviations. */
import type { Model } from "../model.ts";
import { exp, log } from "../rate/elementary.ts";
import { covariance } from "../theory/covariance.ts";
import type { Threshold } from "../theory/largeDeviations/event.ts";
import { limit } from "../theory/limit.ts";
import { type Probability, probabilityOf } from "./weights.ts";

/** P of an energy beyond its threshold; undefined for a carried energy, whose variance at a finite time is not known here. */
export function gaussianOf(
  model: Model,
  { coordinate, bond, value, isAbove, time }: Threshold,
): Probability | undefined {
  if (bond !== undefined) return undefined;
  const { cells, particles } = model;
  const mean = limit(model, [time])[coordinate];
  const variance = covariance(model, [time])[coordinate * cells + coordinate] / particles;
  const z = (value - mean) / Math.sqrt(variance);
  return probabilityOf(logNormalTail(isAbove ? z : -z));
}

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
