/** Carries cumulants along the limit equation, from the start. */
import type { Model } from "../model.ts";
import { beginAtStart, initialEnergies } from "./initial.ts";
import { type Derivative, integrate, zeroState } from "./integrate.ts";
import { watchOrder } from "./smoothness.ts";
import { readEnergies, timesIn, type Units, unitsOf } from "./units.ts";

/**
 * Calls `visit(i, state, units)` for each time in turn with a state [Θ̄, cumulants ..] of layoutOf, whole or cut short,
 * in those units.
 * @param entries in the state.
 * @param beginHigher writes what is not zero of the cumulants after C at the start.
 * @throws NotSmoothError if the rate has a kink that energies may meet; OutOfMemoryError if there is no room.
 */
export function followCumulants(
  model: Model,
  times: ArrayLike<number>,
  entries: number,
  equation: (model: Model, units: Units) => Derivative,
  visit: (i: number, state: readonly number[], units: Units) => void,
  beginHigher?: (state: number[]) => void,
): void {
  const state = zeroState(entries);
  const start = initialEnergies(model);
  const watch = watchOrder(model, start);
  const units = unitsOf(model, start);
  const energies = new Float64Array(model.cells);
  beginAtStart(model, units.energy, state);
  beginHigher?.(state);
  integrate(
    equation(model, units),
    state,
    timesIn(units, model, times),
    units.least / units.energy,
    (i, reached) => visit(i, reached, units),
    (_time, reached) => {
      readEnergies(units, reached, energies);
      watch(energies);
    },
  );
}
