/**
 * Energies e1, e2 of the two disks at a collision through the hole, in equilibrium on a closed table of two cells, before it
 * or after (BILLIARDS 6.5). Pairs come in proportion to their relative speed g; its mean over angles is g(e1, e2), that of
 * relativeSpeed.ts at M = 1. With Ē the mean energy of a cell,
 *
 *   (e1+e2)/2Ē ~ Beta(5/2, 2M-2), and independent of it p = e1/(e1+e2), of density (3/√8) g(p, 1-p)
 *   y = M e1/Ē: density h_2M(y) <g | y>/<g>,   <y> = (5/4) M/(M+1/4)
 *   z = e1/E1: density M h_M(M z) <g | z>/<g>
 *   h_n(y) = (1-1/n) (1-y/n)^(n-2): one of n disks taken at random, of mean energy 1; e^-y as n grows
 */
import { power } from "../../billiards/trigonometry.ts";
import { exp, log } from "../../rate/elementary.ts";
import { betaCdf } from "./beta.ts";
import { integral, lastPlace } from "./integral.ts";
import { meanRelativeSpeed, microcanonicalRelativeSpeed, meanRootShare } from "./relativeSpeed.ts";

/** g(e1, e2), for speeds √e. */
const g = (e1: number, e2: number) => meanRelativeSpeed(1, e1, e2);

/** Of densities, which are integrals themselves, and of what is integrated over them. */
const INNER = 1e-12;
const OUTER = 1e-10;

/** Energies beyond this many times the mean of a random disk have a probability below e^-MOST. */
const MOST = 50;

/** Density of p, the part that e1 is of e1 + e2; the same for every M. */
export function pairShareDensity(p: number): number {
  return (3 / Math.sqrt(8)) * g(p, 1 - p);
}

/** P(e1/(e1+e2) <= p). */
export function pairShareCdf(p: number): number {
  return integral(pairShareDensity, 0, p, INNER, [0.5]);
}

/** The variance of p; a uniform p had 1/12. */
export const pairShareVariance = 3 / 35;

/** <y>: how many times the mean energy of a random disk the colliding disk has. It grows from 1 at M = 1 to 5/4. */
export function meanCollidingEnergy(particles: number): number {
  return 1.25 / (1 + 0.25 / particles);
}

/** M<e1> at collisions between cells held at the energies E1, E2, as M grows: E1 (1 + E1/(2 (E1+E2))). */
export function meanCollidingEnergyGiven(E1: number, E2: number): number {
  return E1 * (1 + E1 / (2 * (E1 + E2)));
}

/**
 * Density of y = M e1/Ē, 0 to 2M.
 * @param particles M, or Infinity for the limit.
 */
export function collidingEnergyDensity(particles: number, y: number): number {
  const n = 2 * particles;
  if (y >= n) return 0;
  // What e1 leaves, n - y, is shared by n - 1 disks.
  const other = (t: number) => (n === Infinity ? -log(t) : (n - y) * (1 - power(t, 1 / (n - 2))));
  const equal = n === Infinity ? exp(-y) : power(Math.max(0, 1 - y / (n - y)), n - 2);
  const weight = integral((t) => g(y, other(t)), 0, 1, INNER, [equal]);
  return (
    (randomDensity(n, y) * weight) /
    (n === Infinity ? Math.sqrt(Math.PI / 2) : microcanonicalRelativeSpeed(2, particles, 2))
  );
}

/** P(M e1/Ē <= y), to 1e-10. The work grows as M: tabulate it for long samples. */
export function collidingEnergyCdf(particles: number, y: number): number {
  if (particles === Infinity) return integral((x) => collidingEnergyDensity(particles, x), 0, y, OUTER);
  const x = Math.min(1, y / (2 * particles));
  const above = (p: number) => pairShareDensity(p) * (1 - betaCdf(x / p, 2.5, 2 * particles - 2));
  return 1 - integral(above, x, 1, OUTER, [0.5]);
}

/**
 * Density of z = e1/E1, the share of the colliding disk in the energy of its cell, for M > 1. As M grows that of M z is the
 * limit of `collidingEnergyDensity`.
 */
export function collidingShareDensity(particles: number, z: number): number {
  const M = particles;
  // E1 is the part t^(1/M) of E1 + e2.
  const pair = (t: number) => {
    const part = power(t, 1 / M);
    return g(z * part, 1 - part);
  };
  const weight = integral(pair, 0, 1, INNER, [power(1 + z, -M)]);
  return (M * randomDensity(M, M * z) * weight) / (Math.SQRT2 * meanRootShare(M + 1));
}

/** P(e1/E1 <= z), to 1e-10. */
export function collidingShareCdf(particles: number, z: number): number {
  return integral((x) => collidingShareDensity(particles, x), 0, z, OUTER);
}

/** sup |P(p <= x) - x|: how far p is from uniform, 0.0072. */
export function pairShareDistance(): number {
  return distance(pairShareDensity, () => 1, 1);
}

/**
 * The Kolmogorov distance of z = e1/E1 from Beta(1, M-1), the share of a disk taken at random: 0.067 at M = 2, 0.098 as M
 * grows.
 * @param particles M > 1, or Infinity for the limit.
 */
export function collidingShareDistance(particles: number): number {
  const M = particles;
  if (M === Infinity) return collidingEnergyDistance(M, 1);
  return distance(
    (y) => collidingShareDensity(M, y / M) / M,
    (y) => randomDensity(M, y),
    Math.min(M, MOST),
  );
}

/**
 * The Kolmogorov distance of y = M e1/Ē from an exponential law: 0.021 as M grows, if that has the mean 5/4, too.
 * @param particles M, or Infinity for the limit.
 */
export function collidingEnergyDistance(particles: number, mean: number): number {
  const density = (y: number) => collidingEnergyDensity(particles, y);
  return distance(density, (y) => exp(-y / mean) / mean, Math.min(2 * particles, MOST));
}

/** h_n(y). */
function randomDensity(n: number, y: number): number {
  return n === Infinity ? exp(-y) : (1 - 1 / n) * power(1 - y / n, n - 2);
}

/** The largest |∫_0^x (f - h)|: it is where f - h changes its sign, or at the end. */
function distance(f: (x: number) => number, h: (x: number) => number, end: number): number {
  const difference = (x: number) => f(x) - h(x);
  const STEPS = 64;
  let [largest, total, from] = [0, 0, 0];
  for (let i = 1; i <= STEPS; i++) {
    const [a, b] = [(end * (i - 1)) / STEPS, (end * i) / STEPS];
    const sign = Math.sign(difference(a));
    if (i < STEPS && Math.sign(difference(b)) === sign) continue;
    const crossing = lastPlace((x) => Math.sign(difference(x)) === sign, a, b);
    total += integral(difference, from, crossing, OUTER);
    largest = Math.max(largest, Math.abs(total));
    from = crossing;
  }
  return largest;
}
