/** Tables of a steady state, as `mesoflux run --times stationary` prints them, with the theory beside the measurements. */
import type { SteadyState } from "../ensemble/reducers/steadyState.ts";
import type { Model } from "../model.ts";
import { formatNumber } from "../report/number.ts";
import { renderTable } from "../report/plainText.ts";
import { currentVariance } from "../theory/currentVariance.ts";
import { equilibrium } from "../theory/equilibrium.ts";
import { NotSmoothError } from "../theory/smoothness.ts";
import { stationaryBias, stationaryCovariance, type StationaryBias } from "../theory/stationary.ts";

/** The tables, with cells beyond `mostRows` left to --json. */
export function steadyStateTables(model: Model, state: SteadyState, mostRows: number): string {
  return `${profileTable(model, state, mostRows)}\n\n${currentTable(model, state)}`;
}

function profileTable(model: Model, state: SteadyState, mostRows: number): string {
  const { cells: N, particles: M } = model;
  const { energies } = equilibrium(model);
  const bias = biasOf(model);
  const S = stationaryCovariance(model);
  const { burnIn, looks, spacing } = state.plan;
  const seen = `seen ${looks} times, ${formatNumber(spacing)} apart, from t = ${formatNumber(burnIn)} on`;
  return renderTable({
    title: `The steady state, ${seen}${N > mostRows ? `, the first ${mostRows} of ${N} cells` : ""}`,
    columns: ["cell k", "mean energy", "std. error", bias ? "E* + m1/M" : "E*", "M var", "std. error", "S_kk"],
    rows: Array.from({ length: Math.min(N, mostRows) }, (_, i) => {
      const at = i * (N + 1);
      const predicted = energies[i] + (bias ? bias.mean[i] / M : 0);
      const variance = [M * state.covariance[at], M * state.covarianceError[at], S[at]];
      return [i + 1, state.mean[i], state.standardError[i], predicted, ...variance];
    }),
  });
}

/** Currents and cumulants per unit of the model's time; a bond rings M times less often on the slow timescale. */
function currentTable(model: Model, state: SteadyState): string {
  const { cells: N, particles: M, temperatures, timescale } = model;
  const [T_L, T_R] = temperatures;
  const bias = biasOf(model);
  const perTime = timescale === "slow" ? M : 1;
  const current = (equilibrium(model).flux + (bias ? bias.current / M : 0)) / perTime;
  const conductivity = (-(N + 1) * current) / (T_R - T_L);
  const [, variance, third] = state.cumulants;
  const [, varianceError, thirdError] = state.cumulantError;
  return renderTable({
    title: `Carried from left to right per unit of time, over windows of ${formatNumber(state.plan.window)}`,
    columns: ["", "measured", "std. error", bias ? "theory, with its term in 1/M" : "theory"],
    rows: [
      ["current", state.current, state.currentError, current],
      ...(T_L === T_R ? [] : [["conductivity", state.conductivity, state.conductivityError, conductivity]]),
      ["second cumulant", variance, varianceError, currentVariance(model) / M / perTime],
      ["third cumulant", third, thirdError, ""],
    ],
  });
}

/** m1 and j1, where the rate is smooth at E*. */
function biasOf(model: Model): StationaryBias | undefined {
  try {
    return stationaryBias(model);
  } catch (error) {
    if (error instanceof NotSmoothError) return undefined;
    throw error;
  }
}
