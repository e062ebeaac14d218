/**
 * Moments of the energy that an exchange moves, at M particles or as M grows (THEORY 2.1, 6). In the paper's, with s_m a^m
 * = M^m E[X^m] and s'_m b^m that of Y for the two packets of J = (1-p)X - pY, and δ = lim M (lim s_2 - s_2), δ' likewise:
 *
 *   M² E[J²] = (s_2 a² - ab + s'_2 b²)/3
 *   M³ E[J³] = (s_3 a³ - s_2 a² b + s'_2 a b² - s'_3 b³)/4
 *   lim M (lim M² E[J²] - M² E[J²]) = (δ a² + δ' b²)/3
 *
 * Two disks that collide swap the components x, y of their velocities along the line of centres, J = (x² - y²)/M. As M
 * grows these are normal variables of variance a/2 and b/2, met with a probability in proportion to (x - y)_+: so
 *
 *   M J = A (a - b) + B √(ab),   A ~ Exp(1), B = √(2A) n, n normal
 *   E[A] = 1, so that φ = f (a - b);   E[A²] = E[B²] = 2, E[A³] = 6, E[A B²] = 4
 *   M² E[J²] -> 2 (a - b)² + 2ab,   M³ E[J³] -> 6 (a - b)³ + 12 (a - b) ab
 *
 * on every bond, because a bath's velocities are normal too. Derivation: g = x - y has the density g e^{-g²/(a+b)}, up to
 * its norm, and x + y = g (a - b)/(a + b) + 2h with an independent normal h of variance ab/(2(a + b)); MJ = g (x + y).
 *
 * The rate f times the second moment is V² of (3.2), with which the noise of a bond grows.
 */
import type { Model } from "../model.ts";
import { packetDeficitsOf, packetMomentsOf } from "./baths.ts";
import { type Jet, multiply } from "./jet.ts";
import { shareOf } from "./rates.ts";
import { checkExpansion } from "./smoothness.ts";

/** Moments of J as functions of bond k = 0..N and the energies a, b at its ends. */
export interface ScaledMoments {
  /** M² E[J²] from a², ab and b², or from the means of these. */
  readonly second: (k: number, aa: number, ab: number, bb: number) => number;
  /** M² E[J²] with its derivatives. */
  readonly secondJet: (k: number, a: Jet, b: Jet) => Jet;
  /** M³ E[J³]. */
  readonly third: (k: number, a: number, b: number) => number;
}

/**
 * @param particles M, or Infinity for the limits.
 * @throws NotExpandedError for disks that collide and a finite M.
 */
export function scaledMomentsOf(model: Model, particles: number): ScaledMoments {
  if (particles < Infinity) checkExpansion(model);
  // Throws where only simulation knows the baths.
  shareOf(model);
  return model.exchange === "kinetic" ? COLLISION : ofPackets(model, particles);
}

const COLLISION = withJet(
  (_k, aa, ab, bb) => 2 * (aa - ab + bb),
  (_k, a, b) => 6 * (a - b) * ((a - b) * (a - b) + 2 * a * b),
);

function ofPackets({ cells: N, bath }: Model, particles: number): ScaledMoments {
  const { cell: ofCell, bath: ofBath } = packetMomentsOf(bath, particles);
  const left = (k: number) => (k === 0 ? ofBath : ofCell);
  const right = (k: number) => (k === N ? ofBath : ofCell);
  return withJet(
    (k, aa, ab, bb) => (left(k)[2] * aa - ab + right(k)[2] * bb) / 3,
    (k, a, b) => {
      const [X, Y] = [left(k), right(k)];
      return (X[3] * a * a * a - X[2] * a * a * b + Y[2] * a * b * b - Y[3] * b * b * b) / 4;
    },
  );
}

function withJet(second: ScaledMoments["second"], third: ScaledMoments["third"]): ScaledMoments {
  return {
    second,
    secondJet: (k, a, b) => {
      const [aa, ab, bb] = [multiply(a, a), multiply(a, b), multiply(b, b)];
      return aa.map((coefficient, i) => second(k, coefficient, ab[i], bb[i]));
    },
    third,
  };
}

/** lim M (lim M² E[J²] - M² E[J²]) of the paper's exchange as a function of bond k = 0..N and the energies at its ends. */
export function deficitOf({ cells: N, bath }: Model): (k: number, a: number, b: number) => number {
  const { cell, bath: ofBath } = packetDeficitsOf(bath);
  return (k, a, b) => ((k === 0 ? ofBath : cell) * a * a + (k === N ? ofBath : cell) * b * b) / 3;
}
