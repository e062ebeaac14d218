/**
 * The units in which the theory integrates, so that tolerances mean the same for energies of 1e-60 and of 1e60, and for
 * every rate. One unit of energy is s, the first power of two from the largest of T_L, T_R and the initial energies on
 * (a power of two, so that changing units rounds nothing); one unit of time is 1/f(s, s), f that of the fastest bond.
 *
 * No energy of the limit equation ever leaves the range of T_L, T_R and its initial energies, because the least energy
 * has nowhere to flow to and the greatest nothing to flow from (THEORY 3).
 */
import type { Model } from "../model.ts";
import { fastestRate } from "./rates.ts";

export interface Units {
  /** One unit of energy. */
  readonly energy: number;
  /** One unit of 1/time, on the fast scale. */
  readonly rate: number;
  /** The least energy there can be. */
  readonly least: number;
}

/** The least and the greatest of T_L, T_R and these energies, such as those at time 0. */
export function energyRange(model: Model, energies: Float64Array): { readonly least: number; readonly most: number } {
  let least = Math.min(...model.temperatures);
  let most = Math.max(...model.temperatures);
  for (const E of energies) {
    least = Math.min(least, E);
    most = Math.max(most, E);
  }
  return { least, most };
}

/** f of the fastest bond between two cells as hot as the hottest at time 0: no bond of the limit equation is ever faster. */
export function hottestRate(model: Model, initial: Float64Array): number {
  const { most } = energyRange(model, initial);
  return fastestRate(model, most);
}

export function unitsOf(model: Model, start: Float64Array): Units {
  const { least, most } = energyRange(model, start);
  let energy = 1;
  while (energy < most) energy *= 2;
  while (energy / 2 >= most) energy /= 2;
  return { energy, rate: fastestRate(model, energy), least };
}

/** The model's times in these units. On the slow scale bonds ring M times less often: fast = slow/M [B4]. */
export function timesIn(units: Units, model: Model, times: ArrayLike<number>): Float64Array {
  const perTime = model.timescale === "slow" ? units.rate / model.particles : units.rate;
  return Float64Array.from(times, (time) => time * perTime);
}

/**
 * Writes the energies of a state, whose first N entries are energies in these units, into `energies`. A trial step that
 * is about to be rejected may leave the range, where f has no value: it is stopped at half the least energy.
 */
export function readEnergies(units: Units, state: readonly number[], energies: Float64Array): void {
  for (let k = 0; k < energies.length; k++) energies[k] = Math.max(state[k] * units.energy, units.least / 2);
}

/**
 * The entry of a state, or zero where it is so small that the products it enters would be subnormal numbers. Cumulants
 * of cells far apart begin as high powers of the time, far below any tolerance, and processors take ten times as long
 * over subnormal numbers.
 */
export function aboveUnderflow(entry: number): number {
  return Math.abs(entry) < 1e-60 ? 0 : entry;
}
