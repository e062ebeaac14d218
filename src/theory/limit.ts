/**
 * The law of large numbers: dΘ̄/dt = F(Θ̄) from the model's initial energies, equation (3.1) (THEORY 3).
 * Units: those of the model's temperatures and of its timescale.
 */
import { defineModel, type Model, type ModelInput } from "../model.ts";
import { allocate, checkTimes } from "./arguments.ts";
import { forEachBond } from "./bonds.ts";
import { initialEnergies } from "./initial.ts";
import { type Derivative, integrate } from "./integrate.ts";
import { flux, rateOf } from "./rates.ts";
import { readEnergies, timesIn, type Units, unitsOf } from "./units.ts";

/**
 * Θ̄(t), the limit of the energies as M → ∞, equation (3.1), from `model.initial`: T×N, row-major, one row a time.
 * Accurate to about 1e-12, relative; for "sqrt-min" to 1e-11, where neighbours' energies cross. M enters only through
 * the timescale: on "slow", times are M times longer. The work grows as N times the time in units of 1/f.
 * @param times nonnegative and strictly increasing, in units of `model.timescale`.
 * @throws InvalidInputError if the times are not in order; OutOfMemoryError if there is no room.
 */
export function limit(input: ModelInput, times: ArrayLike<number>): Float64Array {
  const model = defineModel(input);
  checkTimes(times);
  const N = model.cells;
  const start = initialEnergies(model);
  const units = unitsOf(model, start);
  const result = allocate(times.length * N);
  const state = Array.from(start, (E) => E / units.energy);
  const equation = limitEquation(model, units);
  integrate(equation, state, timesIn(units, model, times), units.least / units.energy, (i, reached) => {
    for (let k = 0; k < N; k++) result[i * N + k] = reached[k] * units.energy;
  });
  return result;
}

/** The derivative of a state [Θ̄, ..] in the given units; what follows Θ̄ is left alone. */
export function limitEquation(model: Model, units: Units): Derivative {
  const N = model.cells;
  const rate = rateOf(model);
  const perFlux = 1 / (units.energy * units.rate);
  const energies = new Float64Array(N);
  return (state, derivative) => {
    readEnergies(units, state, energies);
    derivative.fill(0, 0, N);
    forEachBond(model, energies, (k, left, right) => {
      const phi = flux(rate, k, left, right) * perFlux;
      if (k > 0) derivative[k - 1] -= phi;
      if (k < N) derivative[k] += phi;
    });
  };
}
