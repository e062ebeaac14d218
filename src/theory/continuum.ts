/**
 * Fourier's law in its two limits (THEORY 8.1; Proposition 2, Lemma 5.8). For baths of nearly one temperature κ is σ
 * (rates.ts) times the harmonic mean of f over the bonds. With f, f_1, f_2 of bond k at (T_L, T_L), r_k = 1/f and
 * R = Σ r_k it is
 *
 *   κ = σ (N+1)/R (1 + Σ_k (f_1 θ_k + f_2 θ_{k+1}) r_k² (T_R - T_L)/R) + O((T_R - T_L)²),   θ_k = (r_0 + .. + r_{k-1})/R
 *
 * because E_k = T_L + θ_k (T_R - T_L) + .. Where f_1 = f_2 is the same on all bonds the slope is σ (f_1 + f_2)/2; on a kink
 * slopes are those of the side that T_R is on. For a long chain of equal bonds, in the continuum x = k/(N+1) with
 * g(E) = f(E, E),
 *
 *   d/dx (σ g(E) dE/dx) = 0,   E(0) = T_L,   E(1) = T_R,   κ = σ ∫ g dE / (T_R - T_L)
 *
 * which E* and κ approach as 1/(N+1)² if f_1 = f_2 on a = b, and else as 1/(N+1). The integral is taken over u = √E, in
 * which g of a law is a constant or a multiple of u, and a fraction of these where there is a cap: by Gauss and Legendre's
 * rule on panels no wider than from u to 2u, where twelve points integrate the fraction to rounding, whatever the cap.
 * Panels on which they do not are halved.
 * Units: κ one, per unit of fast time; positions without unit, 0 at the left bath and 1 at the right.
 */
import { defineModel, type Model, type ModelInput } from "../model.ts";
import { checkPositions, checkUniform } from "./arguments.ts";
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

/** Halves integrate as much as their whole to within this, relative. */
const TOLERANCE = 1e-14;
/** Panels between energies of ratio 4: beside a kink some 25, and this many where rounding errors are larger. */
const MOST_PANELS = 200;

/** Newton's error after a step this small (relative) is below rounding: its square. */
const LAST_STEP = 1e-9;

/** The result of `conductivityExpansion`: κ = conductivity + slope (T_R - T_L) + O((T_R - T_L)²). */
export interface ConductivityExpansion {
  /** κ at T_R = T_L, f(T_L, T_L)/2, or f(T_L, T_L) for disks that collide. */
  readonly conductivity: number;
  /** dκ/dT_R there. */
  readonly slope: number;
}

/**
 * The conductivity of the chain between nearly equal baths, to first order about T_L; T_R tells only which side of T_L is
 * meant, for rates with a kink there. Per unit of fast time.
 */
export function conductivityExpansion(input: ModelInput): ConductivityExpansion {
  const model = defineModel(input);
  const { f, f1, f2, share } = rateOf(model);
  const N = model.cells;
  const [T_L, T_R] = model.temperatures;
  const towards = T_R > T_L ? Number.EPSILON : T_R < T_L ? -Number.EPSILON : 0;
  const [x, y] = [T_L * (1 + towards), T_L * (1 + 2 * towards)];
  // Resistances in units of that of bond 0: those of equal bonds are then added up without rounding.
  const unit = f(0, T_L, T_L);
  let resistance = 0;
  for (let k = 0; k <= N; k++) resistance += unit / f(k, T_L, T_L);
  let [before, bend] = [0, 0];
  for (let k = 0; k <= N; k++) {
    const r = unit / f(k, T_L, T_L);
    bend += (f1(k, x, y) * before + f2(k, x, y) * (before + r)) * r * r;
    before += r;
  }
  const conductivity = (share * (N + 1) * unit) / resistance;
  return { conductivity, slope: (((share * (N + 1)) / resistance) * bend) / resistance / resistance };
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
 * @throws InvalidInputError unless every position is a number from 0 to 1, and the rate the same on all bonds.
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
  checkUniform(model);
  const { f, share } = rateOf(model);
  const g = (E: number) => f(0, E, E);
  const cold = Math.min(T_L, T_R);
  const hot = Math.max(T_L, T_R);
  if (cold === hot) return { energyAt: () => cold, conductivity: share * g(cold) };

  const panels: Panel[] = [];
  for (let from = cold; from < hot; from *= 4) panels.push(...panelsOf(g, from, 4 * from < hot ? 4 * from : hot));
  // ∫ g dE from the colder bath up to the beginning of each.
  const integrals = [0];
  for (const { integral } of panels) integrals.push(integrals[integrals.length - 1] + integral);
  const total = integrals[panels.length];

  const energyAt = (x: number) => {
    const wanted = (T_L < T_R ? x : 1 - x) * total;
    let panel = 0;
    while (panel < panels.length - 1 && integrals[panel + 1] < wanted) panel++;
    const { from, to } = panels[panel];
    // ∫ g dE is convex, because g does not fall: from the right end Newton's method comes down onto the solution.
    for (let E = to; ;) {
      const next = E - (integral(g, from, E) - (wanted - integrals[panel])) / g(E);
      if (!(next < E * (1 - LAST_STEP))) return Math.min(Math.max(from, next), to);
      E = next;
    }
  };
  return { energyAt, conductivity: (share * total) / (hot - cold) };
}

/** A range of energies, and the integral of g over it. */
interface Panel {
  readonly from: number;
  readonly to: number;
  readonly integral: number;
  /** Where it is halved, and the difference that this would make to the integral. */
  readonly middle: number;
  readonly error: number;
}

/** Panels of g from a to b <= 4a, in order: the one with the largest error is halved until all errors are negligible. */
function panelsOf(g: (E: number) => number, a: number, b: number): Panel[] {
  const panels = [panelOf(g, a, b)];
  while (panels.length < MOST_PANELS) {
    let [worst, errors, whole] = [0, 0, 0];
    panels.forEach(({ error, integral }, i) => {
      if (error > panels[worst].error) worst = i;
      errors += error;
      whole += integral;
    });
    if (errors <= TOLERANCE * whole) break;
    const { from, middle, to } = panels[worst];
    panels.splice(worst, 1, panelOf(g, from, middle), panelOf(g, middle, to));
  }
  return panels;
}

function panelOf(g: (E: number) => number, from: number, to: number): Panel {
  const root = (Math.sqrt(from) + Math.sqrt(to)) / 2;
  const middle = root * root;
  const whole = integral(g, from, to);
  const error = Math.abs(integral(g, from, middle) + integral(g, middle, to) - whole);
  return { from, to, integral: whole, middle, error };
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
