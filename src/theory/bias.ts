/**
 * The bias of the mean at finite M (THEORY 6), carried along the limit equation with C: E[Θ^M] = Θ̄ + m1/M + ..,
 *
 *   dm1/dt = DF m1 + D²F:C/2,   m1(0) = 0.
 *
 * Units: energy, times on the model's timescale.
 */
import { defineModel, type Model, type ModelInput } from "../model.ts";
import { allocate, checkTimes } from "./arguments.ts";
import { fluctuations } from "./covariance.ts";
import { balanceMean, cumulantReader, layoutOf } from "./cumulants.ts";
import { followCumulants } from "./follow.ts";
import type { Derivative } from "./integrate.ts";
import { checkExpansion } from "./smoothness.ts";
import type { Units } from "./units.ts";

/**
 * m1(t), the limit of M (E[Θ^M(t)] - Θ̄(t)) as M grows, from the start `model.initial`: T×N, row-major.
 * The process and the mesoscopic equation (3.3) share it. Accurate to about 1e-12 of the largest entry. The work grows
 * as N² times the time in units of 1/f.
 * @param times nonnegative and strictly increasing, in units of `model.timescale`.
 * @throws InvalidInputError if the times are not in order; NotSmoothError if the rate has a kink and
 * neighbours' energies meet on the way, or may meet it elsewhere; NotExpandedError; OutOfMemoryError if there is no room;
 * MesofluxError if energies are so many decades apart that the equations cannot be followed.
 */
export function bias(input: ModelInput, times: ArrayLike<number>): Float64Array {
  const model = defineModel(input);
  checkExpansion(model);
  checkTimes(times);
  const N = model.cells;
  const m1 = allocate(times.length * N);
  const { mean, third } = layoutOf(N);
  followCumulants(model, times, third, biasEquation, (i, state, { energy }) => {
    for (let k = 0; k < N; k++) m1[i * N + k] = state[mean + k] * energy;
  });
  return m1;
}

/** The derivative of the state [Θ̄, C, m1]. */
function biasEquation(model: Model, units: Units): Derivative {
  const centralLimit = fluctuations(model, units);
  const readCumulants = cumulantReader(model, units);
  return (state, derivative) => {
    centralLimit(state, derivative);
    balanceMean(readCumulants(state), derivative);
  };
}
