/**
 * Second and third moments of the energy that an exchange moves, at M particles or as M grows (THEORY 2.1, 6). With s_m a^m
 * = M^m E[X^m] and s'_m b^m that of Y for the two packets of J = (1-p)X - pY, and δ = lim M (lim s_2 - s_2), δ' likewise:
 *
 *   M² E[J²] = (s_2 a² - ab + s'_2 b²)/3
 *   M³ E[J³] = (s_3 a³ - s_2 a² b + s'_2 a b² - s'_3 b³)/4
 *   lim M (lim M² E[J²] - M² E[J²]) = (δ a² + δ' b²)/3
 *
 * The rate f times the first is V² of (3.2), with which the noise of a bond grows.
 */
import type { Model } from "../model.ts";
import { packetDeficitsOf, packetMomentsOf } from "./baths.ts";
import { type Jet, multiply } from "./jet.ts";

/** Moments of J as functions of bond k = 0..N and the energies a, b at its ends. */
export interface ScaledMoments {
  /** M² E[J²] from a², ab and b², or from the means of these. */
  readonly second: (k: number, aa: number, ab: number, bb: number) => number;
  /** M² E[J²] with its derivatives. */
  readonly secondJet: (k: number, a: Jet, b: Jet) => Jet;
  /** M³ E[J³]. */
  readonly third: (k: number, a: number, b: number) => number;
}

/** @param particles M, or Infinity for the limits. */
export function scaledMomentsOf({ cells: N, bath }: Model, particles: number): ScaledMoments {
  const { cell: ofCell, bath: ofBath } = packetMomentsOf(bath, particles);
  const left = (k: number) => (k === 0 ? ofBath : ofCell);
  const right = (k: number) => (k === N ? ofBath : ofCell);
  const second = (k: number, aa: number, ab: number, bb: number) => (left(k)[2] * aa - ab + right(k)[2] * bb) / 3;
  return {
    second,
    secondJet: (k, a, b) => {
      const [aa, ab, bb] = [multiply(a, a), multiply(a, b), multiply(b, b)];
      return aa.map((coefficient, i) => second(k, coefficient, ab[i], bb[i]));
    },
    third: (k, a, b) => {
      const [X, Y] = [left(k), right(k)];
      return (X[3] * a * a * a - X[2] * a * a * b + Y[2] * a * b * b - Y[3] * b * b * b) / 4;
    },
  };
}

/** lim M (lim M² E[J²] - M² E[J²]) as a function of bond k = 0..N and the energies at its ends. */
export function deficitOf({ cells: N, bath }: Model): (k: number, a: number, b: number) => number {
  const { cell, bath: ofBath } = packetDeficitsOf(bath);
  return (k, a, b) => ((k === 0 ? ofBath : cell) * a * a + (k === N ? ofBath : cell) * b * b) / 3;
}
