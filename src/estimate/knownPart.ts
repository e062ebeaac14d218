/**
 * The part of the moments that the theory knows: Θ̄ from (3.1), the energy that each bond transfers along it, and the
 * equations of momentEquations.ts with noise and skewness at Θ̄ as their only sources. Units of units.ts.
 */
import type { Method } from "../kernel.ts";
import type { Model } from "../model.ts";
import { initialEnergies } from "../theory/initial.ts";
import { integrate, zeroState } from "../theory/integrate.ts";
import { limitEquation } from "../theory/limit.ts";
import { readEnergies, timesIn, type Units } from "../theory/units.ts";
import { bondExpander } from "./bonds.ts";
import { layoutOf, momentEquations } from "./momentEquations.ts";
import { zeroSources } from "./remainders.ts";

export interface KnownPart {
  /** Θ̄: N. */
  readonly energies: Float64Array;
  /** Energy that each bond has transferred along Θ̄: N+1. */
  readonly transferred: Float64Array;
  /** A state of momentEquations.ts. */
  readonly moments: Float64Array;
}

/** The known part at each of the times, to about 1e-12 of the largest entry. */
export function knownPart(model: Model, units: Units, method: Method, times: readonly number[]): KnownPart[] {
  const N = model.cells;
  // The state: Θ̄, the transferred energy, the moments.
  const moments = N + (N + 1);
  const start = zeroState(moments + layoutOf(N).end);
  initialEnergies(model).forEach((E, k) => (start[k] = E / units.energy));
  const limit = limitEquation(model, units);
  const expand = bondExpander(model, units, method);
  const equations = momentEquations(N, model.particles);
  const energies = new Float64Array(N);
  const sources = zeroSources(N);
  const known: KnownPart[] = [];
  integrate(
    (state, derivative) => {
      limit(state, derivative);
      readEnergies(units, state, energies);
      const expansion = expand(energies);
      for (let k = 0; k <= N; k++) {
        derivative[N + k] = expansion.flux[k][0];
        sources.noise[k] = expansion.noise[k][0];
        sources.skewness[k] = expansion.skewness[k];
      }
      equations(expansion, sources, state, derivative, moments);
    },
    start,
    timesIn(units, model, times),
    units.least / units.energy,
    (_i, state) =>
      known.push({
        energies: Float64Array.from(state.slice(0, N)),
        transferred: Float64Array.from(state.slice(N, moments)),
        moments: Float64Array.from(state.slice(moments)),
      }),
  );
  return known;
}
