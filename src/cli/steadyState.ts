/** Tables of a steady state, as `mesoflux run --times stationary` prints them, with the theory beside the measurements. */
import type { SteadyState } from "../ensemble/reducers/steadyState.ts";
import type { Model } from "../model.ts";
import { formatNumber } from "../report/number.ts";
import { renderTable } from "../report/plainText.ts";
import { currentVariance } from "../theory/currentVariance.ts";
import { equilibrium } from "../theory/equilibrium.ts";
import { NotExpandedError, NotSmoothError } from "../theory/smoothness.ts";
import { stationaryBias, stationaryCovariance, type StationaryBias } from "../theory/stationary.ts";
import { wrap } from "../report/text.ts";
import { screen } from "./terminal.ts";
import { STANDARD_ERROR } from "./words.ts";

/** A cumulant's error needs its own variance, of which a few replicas know nothing. */
const FEWEST_FOR_CUMULANTS = 8;

/** The tables, with cells beyond `mostRows` left to --json. */
export function steadyStateTables(model: Model, state: SteadyState, mostRows: number): string {
  const bias = biasOf(model);
  const parts = [profileTable(model, state, bias, mostRows), currentTable(model, state, bias)];
  const few = state.replicas < FEWEST_FOR_CUMULANTS;
  const words = [
    ...(state.replicas > 1 ? [STANDARD_ERROR] : []),
    bias ? EXPANSION : EQUILIBRIUM,
    VARIANCE,
    CURRENTS,
    ...(few ? [] : [CUMULANTS]),
  ];
  const { width } = screen();
  return `${parts.join("\n\n")}\n\n${words.flatMap((line) => wrap(line, width)).join("\n")}`;
}

const EQUILIBRIUM = "E*: the energies at which the limit equation comes to rest.";
const EXPANSION =
  "E* + m1/M: the energies at which the limit equation comes to rest, and the mean's shift at finite M.";
const VARIANCE = "M var: M times the variance of the energy; S_kk: its limit for large M.";
const CURRENTS = "currents: from left to right, negative where heat flows to the left.";
const CUMULANTS =
  "cumulants: how the energy carried in a window varies about its mean (the second), and how lopsided that is (the third), " +
  "per unit of time.";

function profileTable(model: Model, state: SteadyState, bias: StationaryBias | undefined, mostRows: number): string {
  const { cells: N, particles: M } = model;
  const { energies } = equilibrium(model);
  // A single replica has no error.
  const known = state.replicas > 1;
  const S = stationaryCovariance(model);
  const { burnIn, looks, spacing } = state.plan;
  const seen = `seen ${looks} times, ${formatNumber(spacing)} apart, from t = ${formatNumber(burnIn)} on`;
  const table = {
    title: `The steady state, ${seen}${N > mostRows ? `, the first ${mostRows} of ${N} cells` : ""}`,
    columns: [
      ...["cell k", "mean energy", ...(known ? ["std. error"] : []), bias ? "E* + m1/M" : "E*"],
      ...(known ? ["M var", "std. error"] : []),
      "S_kk",
    ],
    rows: Array.from({ length: Math.min(N, mostRows) }, (_, i) => {
      const at = i * (N + 1);
      const predicted = energies[i] + (bias ? bias.mean[i] / M : 0);
      const variance = known ? [M * state.covariance[at], M * state.covarianceError[at]] : [];
      return [i + 1, state.mean[i], ...(known ? [state.standardError[i]] : []), predicted, ...variance, S[at]];
    }),
  };
  return renderTable(table, screen());
}

/** Currents and cumulants per unit of the model's time; a bond rings M times less often on the slow timescale. */
function currentTable(model: Model, state: SteadyState, bias: StationaryBias | undefined): string {
  const { cells: N, particles: M, temperatures, timescale } = model;
  const [T_L, T_R] = temperatures;
  const perTime = timescale === "slow" ? M : 1;
  const current = (equilibrium(model).flux + (bias ? bias.current / M : 0)) / perTime;
  const conductivity = (-(N + 1) * current) / (T_R - T_L);
  const [, variance, third] = state.cumulants;
  const [, varianceError, thirdError] = state.cumulantError;
  const known = state.replicas > 1;
  const row = (name: string, measured: number, error: number, theory: number | string) => {
    return [name, measured, ...(known ? [error] : []), theory];
  };
  const table = {
    title: `Carried from left to right per unit of time, over windows of ${formatNumber(state.plan.window)}`,
    columns: ["", "measured", ...(known ? ["std. error"] : []), bias ? "theory, with its term in 1/M" : "theory"],
    rows: [
      row("current", state.current, state.currentError, current),
      ...(T_L === T_R ? [] : [row("conductivity", state.conductivity, state.conductivityError, conductivity)]),
      ...(state.replicas < FEWEST_FOR_CUMULANTS
        ? []
        : [
            row("second cumulant", variance, varianceError, currentVariance(model) / M / perTime),
            row("third cumulant", third, thirdError, ""),
          ]),
    ],
  };
  return renderTable(table, screen());
}

/** m1 and j1, where they are known. */
function biasOf(model: Model): StationaryBias | undefined {
  try {
    return stationaryBias(model);
  } catch (error) {
    if (error instanceof NotSmoothError || error instanceof NotExpandedError) return undefined;
    throw error;
  }
}
