/**
 * The propagator of the linearised limit equation (THEORY 6): Φ(t, s) carries a small displacement of the energies at
 * time s to time t,
 *
 *   ∂Φ(t, s)/∂t = DF(Θ̄(t)) Φ(t, s),   Φ(s, s) = I,   Φ(t, r) Φ(r, s) = Φ(t, s).
 *
 * In balances: bond k carries φ_1 Φ_kj + φ_2 Φ_{k+1,j} of column j to the right.
 * Units: one (energy per energy); times on the model's timescale.
 */
import { defineModel, type Model, type ModelInput } from "../model.ts";
import { allocate, checkTimes } from "./arguments.ts";
import { forEachBond } from "./bonds.ts";
import { type Derivative, integrate, zeroState } from "./integrate.ts";
import { limit, limitEquation } from "./limit.ts";
import { multiply } from "./matrix.ts";
import { fluxSlope1, fluxSlope2, rateOf } from "./rates.ts";
import { readEnergies, timesIn, type Units, unitsOf } from "./units.ts";

/**
 * Φ(t_last, t_i) along Θ̄ from `model.initial`, for each of the times: T×N×N, row-major; entry (a, b) is what cell a has
 * at the last time of a unit given to cell b at time t_i. The last matrix is the identity. Energy flows through, or out
 * at the baths: where φ rises in its first slot and falls in its second, no entry is negative and no column sums to more
 * than one (THEORY 4). Accurate to about 1e-12. The work grows as N² times the time in units of 1/f, and as N³ for each
 * time.
 * @param times nonnegative and strictly increasing, in units of `model.timescale`.
 * @throws InvalidInputError if the times are not in order; OutOfMemoryError if there is no room.
 */
export function propagator(input: ModelInput, times: ArrayLike<number>): Float64Array {
  const model = defineModel(input);
  checkTimes(times);
  const N = model.cells;
  const size = N * N;
  const result = allocate(times.length * size);
  const energies = limit(model, times);
  const units = unitsOf(model, energies.subarray(0, N));
  const within = timesIn(units, model, times);
  const equation = tangentEquation(model, units);
  const last = result.subarray((times.length - 1) * size);
  for (let k = 0; k < N; k++) last[k * N + k] = 1;
  // From the end: the product up to each time is that up to the next one times the segment between them.
  for (let i = times.length - 2; i >= 0; i--) {
    const state = zeroState(N + size);
    for (let k = 0; k < N; k++) {
      state[k] = energies[i * N + k] / units.energy;
      state[N + k * N + k] = 1;
    }
    const after = result.subarray((i + 1) * size, (i + 2) * size);
    integrate(equation, state, [within[i + 1] - within[i]], units.least / units.energy, (_i, reached) =>
      result.set(multiply(after, Float64Array.from(reached.slice(N)), N), i * size),
    );
  }
  return result;
}

/** The derivative of the state [Θ̄, Φ by rows]. */
function tangentEquation(model: Model, units: Units): Derivative {
  const N = model.cells;
  const rate = rateOf(model);
  const course = limitEquation(model, units);
  const energies = new Float64Array(N);
  return (state, derivative) => {
    course(state, derivative);
    derivative.fill(0, N);
    readEnergies(units, state, energies);
    forEachBond(model, energies, (k, x, y) => {
      const phi1 = fluxSlope1(rate, k, x, y) / units.rate;
      const phi2 = fluxSlope2(rate, k, x, y) / units.rate;
      const taker = N + k * N;
      const giver = taker - N;
      for (let j = 0; j < N; j++) {
        const flow = (k > 0 ? phi1 * state[giver + j] : 0) + (k < N ? phi2 * state[taker + j] : 0);
        if (k > 0) derivative[giver + j] -= flow;
        if (k < N) derivative[taker + j] += flow;
      }
    });
  };
}
