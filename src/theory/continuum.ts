/**
 * Fourier's law in its two limits (THEORY 8.1; Proposition 2, Lemma 5.8). For baths of nearly one temperature κ is half
 * the mean of f over the bonds, E_k = T_L + (T_R - T_L) k/(N+1),
 *
 *   κ = f/2 + ((N f_1 + (N+2) f_2)/(4 (N+1))) (T_R - T_L) + O((T_R - T_L)²)   with f, f_1, f_2 at (T_L, T_L)
 *
 * which has the slope (f_1 + f_2)/4 where f_1 = f_2, as for every law but "sqrt-min", whose slopes on the kink are
 * those of the side that T_R is on. For a long chain, in the continuum x = k/(N+1) with g(E) = f(E, E),
 *
 *   d/dx (g(E)/2 dE/dx) = 0,   E(0) = T_L,   E(1) = T_R,   κ = ∫ g dE / (2 (T_R - T_L))
 *
 * which E* and κ approach as 1/(N+1)², but for "sqrt-min" as 1/(N+1). The integral is taken over u = √E, in which g is
 * a constant or a multiple of u, and a fraction of these where there is a cap: by Gauss and Legendre's rule on panels
 * no wider than from u to 2u, where twelve points integrate the fraction to rounding, whatever the cap.
 * Units: κ one, per unit of fast time; positions without unit, 0 at the left bath and 1 at the right.
 */
import { defineModel, type Model, type ModelInput } from "../model.ts";
import { checkPositions } from "./arguments.ts";
import { rateOf } from "./rates.ts";

/** [node, weight] of the rule of 12 points; each node counts with either sign (Abramowitz and Stegun, table 25.4). */
const GAUSS_LEGENDRE: readonly (readonly [number, number])[] = [
  [0.12523340851146891547, 0.249147045813402785],
  [0.36783149899818019375, 0.23349253653835480876],
  [0.5873179542866174473, 0.20316742672306592175],
  [0.76990267419430468704, 0.16007832854334622633],
  [0.90411725637047485668, 0.10693932599531843096],
  [0.98156063424671925069, 0.047175336386511827195],
];

/** Newton's error after a step this small (relative) is below rounding: its square. */
const LAST_STEP = 1e-9;

/** The result of `conductivityExpansion`: κ = conductivity + slope (T_R - T_L) + O((T_R - T_L)²). */
export interface ConductivityExpansion {
  /** κ at T_R = T_L, f(T_L, T_L)/2. */
  readonly conductivity: number;
  /** dκ/dT_R there. */
  readonly slope: number;
}

/**
 * The conductivity of the chain between nearly equal baths, to first order about T_L; T_R tells only, for "sqrt-min",
 * which side of T_L is meant. Per unit of fast time.
 */
export function conductivityExpansion(input: ModelInput): ConductivityExpansion {
  const model = defineModel(input);
  const { f, f1, f2 } = rateOf(model);
  const N = model.cells;
  const [T_L, T_R] = model.temperatures;
  const beside = T_R > T_L ? T_L * (1 + Number.EPSILON) : T_R < T_L ? T_L * (1 - Number.EPSILON) : T_L;
  const slope = (N * f1(T_L, beside) + (N + 2) * f2(T_L, beside)) / (4 * (N + 1));
  return { conductivity: f(T_L, T_L) / 2, slope };
}

/** The result of `continuum`. */
export interface Continuum {
  /** E(x) at each position. */
  readonly energies: Float64Array;
  /** κ of an endless chain. */
  readonly conductivity: number;
}

/**
 * The profile and the conductivity that `equilibrium` tends to as the chain grows, to rounding. Per unit of fast time.
 * @param positions x from 0 to 1; cell k of N is at k/(N+1).
 * @throws InvalidInputError unless every position is a number from 0 to 1.
 */
export function continuum(input: ModelInput, positions: ArrayLike<number>): Continuum {
  const model = defineModel(input);
  checkPositions(positions);
  const { energyAt, conductivity } = continuumOf(model);
  return { energies: Float64Array.from(positions, energyAt), conductivity };
}

/** E(x) as a function, and κ. */
export function continuumOf(model: Model): { energyAt: (x: number) => number; conductivity: number } {
  const [T_L, T_R] = model.temperatures;
  const { f } = rateOf(model);
  const g = (E: number) => f(E, E);
  const cold = Math.min(T_L, T_R);
  const hot = Math.max(T_L, T_R);
  if (cold === hot) return { energyAt: () => cold, conductivity: g(cold) / 2 };

  // The ends of the panels, and ∫ g dE from the colder bath up to each.
  const ends = [cold];
  const integrals = [0];
  for (let i = 0; ends[i] < hot; i++) {
    ends.push(4 * ends[i] < hot ? 4 * ends[i] : hot);
    integrals.push(integrals[i] + integral(g, ends[i], ends[i + 1]));
  }
  const total = integrals[integrals.length - 1];

  const energyAt = (x: number) => {
    const wanted = (T_L < T_R ? x : 1 - x) * total;
    let panel = 0;
    while (panel < ends.length - 2 && integrals[panel + 1] < wanted) panel++;
    const [from, to] = [ends[panel], ends[panel + 1]];
    // ∫ g dE is convex, because g does not fall: from the right end Newton's method comes down onto the solution.
    for (let E = to; ;) {
      const next = E - (integral(g, from, E) - (wanted - integrals[panel])) / g(E);
      if (Math.abs(next - E) <= LAST_STEP * E) return Math.min(Math.max(from, next), to);
      E = next;
    }
  };
  return { energyAt, conductivity: total / (2 * (hot - cold)) };
}

/** ∫ g dE from a to b <= 4a. */
function integral(g: (E: number) => number, a: number, b: number): number {
  const middle = (Math.sqrt(a) + Math.sqrt(b)) / 2;
  const radius = (b - a) / (4 * middle);
  // dE = 2u du
  const integrand = (u: number) => 2 * u * g(u * u);
  let sum = 0;
  for (const [node, weight] of GAUSS_LEGENDRE) {
    sum += weight * (integrand(middle - radius * node) + integrand(middle + radius * node));
  }
  return sum * radius;
}
