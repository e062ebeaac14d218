/**
 * Steady states: how long the wait is, and how well the measured moments are known.
 *
 * Times are counted in 1/λ, λ the rate of the slowest mode of the limit equation at E*. Standard errors are those between
 * replicas, each averaged over so many MEASUREMENTS. The one of a weighted sum of covariances is predicted: with R(τ) =
 * e^{Jτ} S the covariance over a time τ (THEORY 5), the mean over measurements and n replicas of Σ w_ij x_i x_j,
 * x = √M (E - E*), has the variance
 *
 *   Σ_{s,t} 2 tr(w R(τ) w R(τ)^T) / (n MEASUREMENTS²),   τ = |s - t| spacing.
 */
import type { SteadyState } from "../../ensemble/reducers/steadyState.ts";
import { defineModel, type Model } from "../../model.ts";
import { nameOf as nameOfRate } from "../../rate/rate.ts";
import { equilibrium } from "../../theory/equilibrium.ts";
import { contract, multiply } from "../../theory/matrix.ts";
import { propagator } from "../../theory/propagator.ts";
import { rateOf } from "../../theory/rates.ts";
import { slowestRate, stationaryBias, type StationaryBias, stationaryCovariance } from "../../theory/stationary.ts";
import type { Comparison } from "../measure/check.ts";
import { eventsOf, type Setting, type Study, without } from "../simulations.ts";

const MEASUREMENTS = 16;
/** In units of 1/λ: between measurements, and before the first; of what a covariance lacks at E* e^-7 is left then. */
const SPACING = 0.5;
const WAIT = 3.5;
/** Replicas between equal baths. */
const REPLICAS = 512;

/** A measured steady state, and the theory's. */
export interface Steady {
  readonly model: Model;
  readonly measured: SteadyState;
  /** E*, and S: N×N. */
  readonly equilibrium: Float64Array;
  readonly covariance: Float64Array;
  /** M times the measured covariance: N×N. */
  readonly scaled: Float64Array;
  /** The standard error of Σ w_ij `scaled`_ij, w symmetric: N×N. */
  readonly errorOf: (weights: Float64Array) => number;
}

/** A steady state in words. */
export const nameOf = ({ model }: Steady) => `"${model.bath}" baths at ${model.temperatures.join(" and ")}`;

/** The covariance of cells i and j against S. */
export function covarianceAt({ model, measured, covariance, scaled }: Steady, i: number, j: number): Comparison {
  const at = i * model.cells + j;
  const standardError = model.particles * measured.covarianceError[at];
  return { predicted: covariance[at], measured: scaled[at], standardError };
}

/** m1 and j1; unknown for a rate that is not smooth, and for disks that collide. */
export function biasOf({ model }: Steady): StationaryBias | undefined {
  return rateOf(model).kinks === "none" && !model.exchange ? stationaryBias(model) : undefined;
}

/** The mean of every energy against E* + m1/M, or E* alone. */
export function profileOf({ model, measured, equilibrium }: Steady, bias: StationaryBias | undefined): Comparison[] {
  return Array.from(equilibrium, (E, i) => ({
    predicted: E + (bias ? bias.mean[i] / model.particles : 0),
    measured: measured.mean[i],
    standardError: measured.standardError[i],
  }));
}

/** The chain's own steady state, or the words why it is not simulated. */
export const ownSteady = (setting: Setting): Study<Steady | string> =>
  steady(setting, "the steady state", setting.model, setting.options.effort.steady.replicas);

/** The same between baths of one kind at the mean of the two temperatures. */
const equal = (bath: Model["bath"]) => (setting: Setting) => {
  const [T_L, T_R] = setting.model.temperatures;
  const T = (T_L + T_R) / 2;
  if (setting.model.exchange === "kinetic" && bath !== setting.model.bath)
    return without(`"${bath}" baths are none that disks collide with`);
  return steady(setting, `"${bath}" baths at ${T}`, { ...setting.model, temperatures: [T, T], bath }, REPLICAS);
};
export const exponentialSteady = equal("exponential");
export const thermalSteady = equal("thermal");

function steady({ options }: Setting, stage: string, model: Model, replicas: number): Study<Steady | string> {
  const { particles } = options.effort.steady;
  const chain = defineModel({ ...model, particles, timescale: "fast", initial: "equilibrium" });
  if (rateOf(chain).kinks !== "none" && crossesKink(chain))
    return without(
      `${stage} is not compared: at M = ${particles} energies wander where "${nameOfRate(chain.rate)}" is not smooth, and S is the limit M → ∞ alone`,
    );
  const slowest = slowestRate(chain);
  const times = { burnIn: WAIT / slowest, looks: MEASUREMENTS, spacing: SPACING / slowest };
  const experiment = { stage, model: chain, replicas, times };
  const events = eventsOf(experiment);
  if (!(events <= options.budget))
    return without(
      `${stage} is too slow to reach: its slowest mode fades as exp(-${slowest.toPrecision(3)} t), so the wait is t = ${times.burnIn.toPrecision(3)} ` +
        `and ${replicas} replicas at M = ${particles} take about ${events.toPrecision(2)} events; to simulate it, ask for a budget of as many (budget, --budget)`,
    );
  return {
    experiments: [experiment],
    conclude: ([measured]: readonly SteadyState[]) => besideTheory(chain, measured),
  };
}

/** True if neighbours, or a cell and its bath, are closer in E* than four standard deviations; or if kinks are elsewhere. */
function crossesKink(model: Model): boolean {
  if (rateOf(model).kinks === "elsewhere") return true;
  const [T_L, T_R] = model.temperatures;
  const E = [T_L, ...equilibrium(model).energies, T_R];
  const S = stationaryCovariance(model);
  const widest = Math.max(...E.slice(1, -1).map((_, i) => S[i * (model.cells + 1)]));
  return E.slice(1).some((next, k) => Math.abs(next - E[k]) < 4 * Math.sqrt(widest / model.particles));
}

function besideTheory(model: Model, measured: SteadyState): Steady {
  const N = model.cells;
  const S = stationaryCovariance(model);
  const over = correlations(model, S, measured.plan.spacing);
  const observations = measured.replicas * MEASUREMENTS * MEASUREMENTS;
  const varianceOf = (w: Float64Array, R: Float64Array) => 2 * contract(multiply(w, R, N), multiply(R, w, N));
  return {
    model,
    measured,
    equilibrium: equilibrium(model).energies,
    covariance: S,
    scaled: measured.covariance.map((C) => model.particles * C),
    errorOf: (weights) =>
      Math.sqrt(over.reduce((sum, { R, pairs }) => sum + pairs * varianceOf(weights, R), 0) / observations),
  };
}

/** R(τ) for every distance between two measurements, and how many ordered pairs of them have it. */
function correlations(model: Model, S: Float64Array, spacing: number) {
  const N = model.cells;
  const step = propagator(model, [0, spacing]).subarray(0, N * N);
  let R = S;
  return Array.from({ length: MEASUREMENTS }, (_, apart) => {
    if (apart > 0) R = multiply(step, R, N);
    return { R, pairs: apart === 0 ? MEASUREMENTS : 2 * (MEASUREMENTS - apart) };
  });
}
