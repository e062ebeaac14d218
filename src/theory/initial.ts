/**
 * The energies at time 0 (model field `initial`): "linear" is T_L + (T_R - T_L) k/(N+1), "equilibrium" is E*. A start that each
 * replica draws, E_k = T_k Gamma(M)/M, has
 *
 *   mean T_k,   M Var = T_k²,   M² third cumulant = 2 T_k³                                              (THEORY 12.1)
 *
 * Trajectories start from these numbers, so only + - * / and sqrt make them: the same bits on every engine.
 */
import { energiesOf, isDrawn, type Model } from "../model.ts";
import { equilibrium } from "./equilibrium.ts";

/** E_1(0)..E_N(0), or their means T_k where they are drawn: N entries. */
export function initialEnergies(model: Model): Float64Array {
  const { cells } = model;
  const initial = energiesOf(model.initial);
  if (initial === "equilibrium") return equilibrium(model).energies;
  if (initial === "linear") return linear(model);
  return typeof initial === "number" ? new Float64Array(cells).fill(initial) : Float64Array.from(initial);
}

/** Writes the start into a state [Θ̄, upper triangle of C by rows, ..] of zeros, energies in this unit. */
export function beginAtStart(model: Model, unit: number, state: number[]): void {
  const N = model.cells;
  const drawn = isDrawn(model.initial);
  let diagonal = N;
  initialEnergies(model).forEach((E, k) => {
    state[k] = E / unit;
    if (drawn) state[diagonal] = state[k] * state[k];
    diagonal += N - k;
  });
}

/** T_L + (T_R - T_L) k/(N+1), which is E* where the rate is "constant": N entries. */
export function linear({ cells, temperatures: [T_L, T_R] }: Model): Float64Array {
  const energies = new Float64Array(cells);
  for (let k = 1; k <= cells; k++) energies[k - 1] = T_L + ((T_R - T_L) * k) / (cells + 1);
  return energies;
}
