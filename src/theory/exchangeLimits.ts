/**
 * What an exchange moves, beyond its mean, at M particles and as M grows (THEORY 2.1, 6). With γ_n a^n = lim M^n E[X^n]
 * and γ'_n b^n that of Y for the two packets of J = (1-p)X - pY, and δ = lim M (γ_2 - M² E[X²]/a²), δ' likewise:
 *
 *   lim M² E[J²] = (γ_2 a² - ab + γ'_2 b²)/3
 *   lim M³ E[J³] = (γ_3 a³ - γ_2 a² b + γ'_2 a b² - γ'_3 b³)/4
 *   lim M (lim M² E[J²] - M² E[J²]) = (δ a² + δ' b²)/3
 *
 * A packet that is a share B of some energy has δ = γ_2, because M² E[B²] = 2M/(M+1) = 2 - 2/M + ..; the "thermal" bath's
 * packet is T ξ/M, and has δ = 0.
 */
import type { Model } from "../model.ts";
import { combine, type Jet, multiply } from "./jet.ts";
import { packetMomentsOf } from "./packetMoments.ts";

/** Moments of J as functions of bond k = 0..N and the energies a, b at its ends. */
export interface ScaledMoments {
  /** M² E[J²], with its derivatives. */
  readonly second: (k: number, a: Jet, b: Jet) => Jet;
  /** M³ E[J³]. */
  readonly third: (k: number, a: number, b: number) => number;
}

/** The three limits above. */
export interface ExchangeLimits extends ScaledMoments {
  /** lim M (lim M² E[J²] - M² E[J²]). */
  readonly deficit: (k: number, a: number, b: number) => number;
}

/** @param particles M, or Infinity for the limits: then γ_n stands for M^n E[X^n]/a^n. */
export function scaledMomentsOf({ cells: N, bath }: Model, particles: number): ScaledMoments {
  const { cell: ofCell, bath: ofBath } = packetMomentsOf(bath, particles);
  const left = (k: number) => (k === 0 ? ofBath : ofCell);
  const right = (k: number) => (k === N ? ofBath : ofCell);
  return {
    second: (k, a, b) => {
      const squares = combine(left(k)[2] / 3, multiply(a, a), right(k)[2] / 3, multiply(b, b));
      return combine(1, squares, -1 / 3, multiply(a, b));
    },
    third: (k, a, b) => {
      const [X, Y] = [left(k), right(k)];
      return (X[3] * a * a * a - X[2] * a * a * b + Y[2] * a * b * b - Y[3] * b * b * b) / 4;
    },
  };
}

export function exchangeLimitsOf(model: Model): ExchangeLimits {
  const { cells: N, bath } = model;
  const { cell, bath: ofBath } = packetMomentsOf(bath, Infinity);
  const deficitOfBath = bath === "thermal" ? 0 : ofBath[2];
  return {
    ...scaledMomentsOf(model, Infinity),
    deficit: (k, a, b) =>
      ((k === 0 ? deficitOfBath : cell[2]) * a * a + (k === N ? deficitOfBath : cell[2]) * b * b) / 3,
  };
}
