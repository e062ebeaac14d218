/**
 * Integrals of functions with kinks and of those that end in a square root: Gauss's rule of four nodes on panels that are
 * halved until halving changes a panel by no more than the tolerance.
 */
import { GAUSS_4 } from "../quadrature.ts";

/** A panel is halved this often at most: beyond it nodes would coincide. */
const MOST_HALVINGS = 48;

type Integrand = (x: number) => number;

/**
 * ∫ f from a to b; 0 where b is not above a.
 * @param tolerance on each panel, absolute; the error of the whole is of this size if f is smooth between its kinks.
 * @param kinks where f is not smooth, in any order; those outside are ignored.
 */
export function integral(f: Integrand, a: number, b: number, tolerance = 1e-14, kinks: number[] = []): number {
  const inside = kinks.filter((x) => x > a && x < b).sort((x, y) => x - y);
  let sum = 0;
  for (const end of [...inside, b]) {
    if (a < end) sum += halved(f, a, end, panel(f, a, end), tolerance, MOST_HALVINGS);
    a = end;
  }
  return sum;
}

function halved(f: Integrand, a: number, b: number, whole: number, tolerance: number, left: number): number {
  const middle = (a + b) / 2;
  const low = panel(f, a, middle);
  const high = panel(f, middle, b);
  if (Math.abs(low + high - whole) <= tolerance || left === 0) return low + high;
  return halved(f, a, middle, low, tolerance, left - 1) + halved(f, middle, b, high, tolerance, left - 1);
}

function panel(f: Integrand, a: number, b: number): number {
  const half = (b - a) / 2;
  let sum = 0;
  for (const [place, weight] of GAUSS_4) sum += weight * f(a + half * (1 + place));
  return half * sum;
}

/** The last place from a, where it holds, to b up to which a condition holds; by bisection. */
export function lastPlace(holds: (x: number) => boolean, a: number, b: number): number {
  for (let i = 0; i < 60; i++) {
    const middle = (a + b) / 2;
    if (holds(middle)) a = middle;
    else b = middle;
  }
  return a;
}
