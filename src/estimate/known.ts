/**
 * The part of the moments that the theory knows: the limit equation, what its fluxes carry, and the equations of
 * moments.ts with nothing measured. Units of units.ts.
 */
import type { Method } from "../kernel.ts";
import type { Model } from "../model.ts";
import { initialEnergies } from "../theory/initial.ts";
import { integrate, zeroState } from "../theory/integrate.ts";
import { limitEquation } from "../theory/limit.ts";
import { readEnergies, timesIn, type Units } from "../theory/units.ts";
import { bondExpander } from "./bonds.ts";
import { layoutOf, momentBalance } from "./moments.ts";
import { sourcesOf } from "./remainders.ts";

export interface Known {
  /** Θ̄: N. */
  readonly energies: Float64Array;
  /** What each bond has carried along Θ̄: N+1. */
  readonly carried: Float64Array;
  /** A state of moments.ts. */
  readonly moments: Float64Array;
}

/** At each of the times. Accurate to about 1e-12 of the largest entry. */
export function knownPart(model: Model, units: Units, method: Method, times: readonly number[]): Known[] {
  const N = model.cells;
  const afterCourse = N + (N + 1);
  const state = zeroState(afterCourse + layoutOf(N).end);
  initialEnergies(model).forEach((E, k) => (state[k] = E / units.energy));
  const course = limitEquation(model, units);
  const expand = bondExpander(model, units, method);
  const balance = momentBalance(N, model.particles);
  const energies = new Float64Array(N);
  const sources = sourcesOf(N);
  const known: Known[] = [];
  integrate(
    (state, derivative) => {
      course(state, derivative);
      readEnergies(units, state, energies);
      const expansion = expand(energies);
      for (let k = 0; k <= N; k++) {
        derivative[N + k] = expansion.flux[k][0];
        sources.noise[k] = expansion.noise[k][0];
        sources.skewness[k] = expansion.skewness[k];
      }
      balance(expansion, sources, state, derivative, afterCourse);
    },
    state,
    timesIn(units, model, times),
    units.least / units.energy,
    (_i, reached) =>
      known.push({
        energies: Float64Array.from(reached.slice(0, N)),
        carried: Float64Array.from(reached.slice(N, afterCourse)),
        moments: Float64Array.from(reached.slice(afterCourse)),
      }),
  );
  return known;
}
