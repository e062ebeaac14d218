/**
 * How far the mesoscopic limit equation (3.3) is from the process (THEORY 7). With Φ the normal distribution and δ the
 * difference of two third cumulants of variables with the variance C/M, their distribution functions differ by
 * -δ H_2 Φ'/(6 (C/M)^{3/2}) to leading order, H_2(x) = x² - 1, whose primitive x Φ' has the total variation 4 Φ'(1):
 *
 *   M W1(Θ_i^M(t), Z_i(t)) → (4 Φ'(1)/6) |ΔK3_iii| / C_ii,   4 Φ'(1)/6 = (2/3)/√(2πe) = 0.1613..
 *   dΔK3/dt = sym3[DF ΔK3] + Σ_k f t_3 v_k v_k v_k,   ΔK3(0) = 0
 *
 * ΔK3 is the third cumulant that single exchanges alone make: the rest the two have in common, a start that is drawn included.
 * Units: energy, times on the model's timescale.
 */
import { defineModel, type Model, type ModelInput } from "../model.ts";
import { allocate, checkTimes } from "./arguments.ts";
import { fluctuations } from "./covariance.ts";
import { cumulantReader, layoutOf } from "./cumulants.ts";
import { followCumulants } from "./follow.ts";
import type { Derivative } from "./integrate.ts";
import { checkExpansion } from "./smoothness.ts";
import { pairIndex, thirdBalance, thirdReader, tripleIndex } from "./thirdCumulant.ts";
import type { Units } from "./units.ts";

/** 4 Φ'(1)/6. */
const NORMAL = 0.16131381634609558;

/**
 * The limit of M·W1(Θ_i^M(t), Z_i(t)), the Wasserstein distance between the law of the energy of each cell and its law
 * under the mesoscopic equation (3.3), as M grows: T×N, row-major, zero at time 0. Accurate to about 1e-11 of the
 * largest entry. The work grows as N³ times the time in units of 1/f.
 * @param times nonnegative and strictly increasing, in units of `model.timescale`.
 * @throws InvalidInputError if the times are not in order; NotSmoothError if the rate has a kink and
 * neighbours' energies meet on the way, or may meet it elsewhere; NotExpandedError; OutOfMemoryError if there is no room;
 * MesofluxError if energies are so many decades apart that the equations cannot be followed.
 */
export function wassersteinConstant(input: ModelInput, times: ArrayLike<number>): Float64Array {
  const model = defineModel(input);
  checkExpansion(model);
  checkTimes(times);
  const N = model.cells;
  const result = allocate(times.length * N);
  const { covariance, third, correction } = layoutOf(N);
  followCumulants(model, times, correction, skewnessEquation, (i, state, { energy }) => {
    for (let k = 1; times[i] > 0 && k <= N; k++) {
      const C = state[covariance + pairIndex(N, k, k)];
      const skewness = state[third + tripleIndex(N, k)];
      result[i * N + k - 1] = ((NORMAL * Math.abs(skewness)) / C) * energy;
    }
  });
  return result;
}

/** The derivative of the state [Θ̄, C, m1, ΔK3], where m1 is left at zero. */
function skewnessEquation(model: Model, units: Units): Derivative {
  const N = model.cells;
  const { mean, third } = layoutOf(N);
  const centralLimit = fluctuations(model, units);
  const readCumulants = cumulantReader(model, units);
  const readThird = thirdReader(N);
  const balanceThird = thirdBalance(N, { fluctuations: false, exchanges: true });
  return (state, derivative) => {
    centralLimit(state, derivative);
    derivative.fill(0, mean, third);
    balanceThird(readCumulants(state), readThird(state), derivative);
  };
}
