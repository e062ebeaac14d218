/**
 * How much the current fluctuates in the steady state, to leading order in 1/M. Let α be weights of the bonds, Σ α_k = 1,
 * under which no fluctuation x of the energies drives a current:
 *
 *   Σ_k α_k (φ_1 x_k + φ_2 x_{k+1}) = 0 for all x,   that is   α_k φ_1(E_k, E_{k+1}) = -α_{k-1} φ_2(E_{k-1}, E_k)
 *
 * With these weights what is carried is the noise of the bonds alone, Var Σ α_k Q_k = t Σ α_k² V_k²/M; and in the long run
 * all bonds have carried the same, since what they differ by is in the cells. In equilibrium with "thermal" baths this is
 * 2 κ T²/(N+1), as Green and Kubo have it (THEORY 5, 8.3).
 * Units: energy² per unit of fast time.
 */
import { defineModel, type Model, type ModelInput } from "../model.ts";
import { forEachBond } from "./bonds.ts";
import { bondVarianceOf } from "./diffusion.ts";
import { equilibrium } from "./equilibrium.ts";
import { fluxSlope1, fluxSlope2, rateOf } from "./rates.ts";

/**
 * lim M Var(Q_t)/t as M and then t grow, Q_t the energy that a bond carries in the steady state in a fast time t, whatever
 * `model.timescale`: the second cumulant of the current per unit of time, times M.
 * @throws SeveralEquilibriaError.
 */
export function currentVariance(input: ModelInput): number {
  const model = defineModel(input);
  const variance = bondVarianceOf(model);
  const { energies } = equilibrium(model);
  const weights = noiseWeights(model, energies);
  let sum = 0;
  forEachBond(model, energies, (k, left, right) => (sum += weights[k] * weights[k] * variance(k, left, right)));
  return sum;
}

/** α at E*: N+1 numbers. */
export function noiseWeights(model: Model, equilibrium: ArrayLike<number>): Float64Array {
  const rate = rateOf(model);
  const weights = new Float64Array(model.cells + 1);
  let [weight, sum, slope2] = [1, 0, 0];
  forEachBond(model, equilibrium, (k, left, right) => {
    if (k > 0) weight *= -slope2 / fluxSlope1(rate, k, left, right);
    slope2 = fluxSlope2(rate, k, left, right);
    weights[k] = weight;
    sum += weight;
  });
  return weights.map((each) => each / sum);
}
