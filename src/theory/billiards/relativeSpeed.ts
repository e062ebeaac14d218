/**
 * <g>, the mean relative speed of two disks of neighbouring cells (BILLIARDS 6.2). The velocities of M disks are the
 * coordinates of a uniform point on a sphere of 2M dimensions and radius √(M E). The difference of two such points has a
 * uniform direction too; the share of one disk is Beta(1, M-1), and so
 *
 *   <g> = ρ_M √M <|x1 - x2|>,   ρ_n = <√s> = Γ(3/2) Γ(n)/Γ(n+1/2),   s ~ Beta(1, n-1)
 *   <|x1 - x2|> = √E_max 2F1(-1/2, 1/2-M; M; E_min/E_max),   |x_i|² = E_i
 *   M = 1: (2/π)(√E1 + √E2) E(m),  m = 4 √(E1 E2)/(√E1 + √E2)²;   M -> ∞: √(π (E1+E2))/2
 *
 * Speeds in the table's unit of length per unit of time; a disk of energy e has the speed √(M e).
 */
import { square } from "../../billiards/trigonometry.ts";

/**
 * <g> given the energies of the two cells. Relative error below 1e-12.
 * @param particles M, or Infinity for the limit.
 */
export function meanRelativeSpeed(particles: number, E1: number, E2: number): number {
  if (particles === Infinity) return Math.sqrt(Math.PI * (E1 + E2)) / 2;
  if (particles === 1) return meanOverAngle(Math.sqrt(E1), Math.sqrt(E2));
  return meanRootShare(particles) * Math.sqrt(particles) * meanDistance(particles, E1, E2);
}

/** <g> over all states of a closed table of N cells and total energy Et: √(2 M Et) ρ_MN. M = 1, N = 2, Et = 2: 4/3. */
export function microcanonicalRelativeSpeed(cells: number, particles: number, energy: number): number {
  return Math.sqrt(2 * particles * energy) * meanRootShare(cells * particles);
}

/** ρ_n, the mean root of a share Beta(1, n-1). */
export function meanRootShare(n: number): number {
  let mean = 1;
  for (let k = 1; k < n; k++) mean *= k / (k + 0.5);
  return mean;
}

/** <|v1 - v2|> of two speeds at a uniform angle, by arithmetic and geometric means. */
function meanOverAngle(v1: number, v2: number): number {
  let a = v1 + v2;
  let b = Math.abs(v1 - v2);
  if (b === 0) return (2 / Math.PI) * a;
  let sum = square(v1) + square(v2);
  for (let weight = 1; a - b > 1e-8 * a; weight *= 2) {
    sum -= weight * square((a - b) / 2);
    [a, b] = [(a + b) / 2, Math.sqrt(a * b)];
  }
  return (2 * sum) / (a + b);
}

/** <|x1 - x2|> of points on two spheres of 2M dimensions, M > 1. */
function meanDistance(M: number, E1: number, E2: number): number {
  const most = Math.max(E1, E2);
  const ratio = Math.min(E1, E2) / most;
  let sum = 0;
  let term = Math.sqrt(most);
  for (let k = 0; Math.abs(term) > 1e-17 * sum; k++) {
    sum += term;
    term *= (((k - 0.5) * (k + 0.5 - M)) / ((k + M) * (k + 1))) * ratio;
  }
  return sum;
}
