/**
 * Where paths begin, and what it costs (THEORY 12.5). Energies that are drawn, E_k = T_k Γ_k/M with Γ_k ~ Gamma(M), have
 * the density e^{-M w}, w = Σ_k (E_k/T_k - 1 - log(E_k/T_k)), so that the most likely path to an event may begin beside T_k,
 * with the momenta θ_k(0) = ∂w/∂E_k = 1/T_k - 1/E_k(0).
 */
import { isDrawn, type Model } from "../../model.ts";
import { exp, expm1, log, log1p } from "../../rate/elementary.ts";
import { initialEnergies } from "../initial.ts";
import type { StartCondition } from "./boundary.ts";

export interface Start {
  /** The energies as M grows: N entries. */
  readonly energies: Float64Array;
  /** True if they are drawn, about these. */
  readonly isDrawn: boolean;
}

export const startOf = (model: Model): Start => ({
  energies: initialEnergies(model),
  isDrawn: isDrawn(model.initial),
});

/** The condition on the first state, of n coordinates, in the given unit of energy; Q, where it is one, begins at 0. */
export function startCondition({ energies, isDrawn }: Start, n: number, unit: number): StartCondition {
  const N = energies.length;
  const means = Float64Array.from({ length: n }, (_, c) => (c < N ? log(energies[c] / unit) : 0));
  return (state, missing, slope) => {
    for (let c = 0; c < n; c++) {
      missing[c] = state[c] - means[c];
      slope[c * 2 * n + c] = 1;
      if (c === N || !isDrawn) continue;
      // π = E/T - 1.
      missing[c] = state[n + c] - expm1(state[c] - means[c]);
      slope[c * 2 * n + c] = -exp(state[c] - means[c]);
      slope[c * 2 * n + n + c] = 1;
    }
  };
}

/** w of the energies at time 0. */
export function costOf({ energies, isDrawn }: Start, first: ArrayLike<number>): number {
  if (!isDrawn) return 0;
  return energies.reduce((sum, T, k) => {
    const rise = (first[k] - T) / T;
    return sum + (rise - log1p(rise));
  }, 0);
}
