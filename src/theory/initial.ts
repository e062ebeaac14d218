/**
 * The energies at time 0 (model field `initial`): "linear" is T_L + (T_R - T_L) k/(N+1), "equilibrium" is E*.
 *
 * Trajectories start from these numbers, so only + - * / and sqrt make them: the same bits on every engine.
 */
import type { Model } from "../model.ts";
import { equilibrium } from "./equilibrium.ts";

/** E_1(0)..E_N(0): N entries. */
export function initialEnergies(model: Model): Float64Array {
  const { cells, initial } = model;
  if (initial === "equilibrium") return equilibrium(model).energies;
  if (initial === "linear") return linear(model);
  return typeof initial === "number" ? new Float64Array(cells).fill(initial) : Float64Array.from(initial);
}

/** T_L + (T_R - T_L) k/(N+1), which is E* where the rate is "constant": N entries. */
export function linear({ cells, temperatures: [T_L, T_R] }: Model): Float64Array {
  const energies = new Float64Array(cells);
  for (let k = 1; k <= cells; k++) energies[k - 1] = T_L + ((T_R - T_L) * k) / (cells + 1);
  return energies;
}
