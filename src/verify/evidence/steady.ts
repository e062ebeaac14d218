/**
 * Steady states: what is simulated, how long the wait is, and how well what is seen at several times is known.
 *
 * The wait is counted in 1/λ, λ the rate of the slowest mode of the limit equation at E*. Then each replica is looked at
 * LOOKS times; with R(τ) = e^{Jτ} S the covariance over a time τ (THEORY 5), the mean over looks and n replicas of
 * x_i x_j, x = √M (E - E*), has the variance
 *
 *   Σ_{s,t} (R_ii(τ) R_jj(τ) + R_ij(τ) R_ji(τ)) / (n LOOKS²),   τ = |s - t| spacing.
 */
import type { Ensemble } from "../../ensemble/result.ts";
import { defineModel, type Model } from "../../model.ts";
import { equilibrium } from "../../theory/equilibrium.ts";
import { propagator } from "../../theory/propagator.ts";
import { rateOf } from "../../theory/rates.ts";
import { slowestRate, stationaryBias, type StationaryBias, stationaryCovariance } from "../../theory/stationary.ts";
import type { Comparison } from "../measure/check.ts";
import { contract, multiply } from "../../theory/matrix.ts";
import type { Experiment, Laboratory } from "./laboratory.ts";
import type { Settled } from "../options.ts";

const LOOKS = 12;
/** In units of 1/λ: between looks, and before the first; e^-8 of the way is left of the start, e^-7 of a covariance. */
const SPACING = 0.35;
const WAIT_FROM_AFAR = 8;
const WAIT_FROM_EQUILIBRIUM = 3.5;

/** A steady state that is to be simulated, or the word why it is not. */
export type SteadyPlan = { readonly experiment: Experiment } | { readonly reason: string };

/** Seen in a steady state, averaged over replicas and looks. */
export interface Steady {
  readonly model: Model;
  readonly ensemble: Ensemble<"covariance">;
  /** E*, and S: N×N. */
  readonly equilibrium: Float64Array;
  readonly covariance: Float64Array;
  /** Of √M (E - E*): N. Of its products: N×N. */
  readonly mean: Float64Array;
  readonly products: Float64Array;
  /** Their standard errors. */
  readonly meanErrors: Float64Array;
  readonly productErrors: Float64Array;
  /** The standard error of Σ w_ij x_i x_j, w symmetric: N×N. */
  readonly errorOf: (weights: Float64Array) => number;
  /** From left to right through each bond between the first look and the last: R×(N+1). */
  readonly currents: Float64Array;
}

/** A steady state in words. */
export const nameOf = ({ model }: Steady) => `"${model.bath}" baths at ${model.temperatures.join(" and ")}`;

/** The covariance of cells i and j against S. */
export function covarianceAt(state: Steady, i: number, j: number): Comparison {
  const at = i * state.model.cells + j;
  return { predicted: state.covariance[at], measured: state.products[at], standardError: state.productErrors[at] };
}

/** m1 and j1; unknown for "sqrt-min", which is not smooth. */
export function biasOf({ model }: Steady): StationaryBias | undefined {
  return model.rate.law === "sqrt-min" ? undefined : stationaryBias(model);
}

/** The mean of every energy against E* + m1/M, or E* alone. */
export function profileOf({ model, equilibrium, mean, meanErrors }: Steady, bias: StationaryBias | undefined) {
  const root = Math.sqrt(model.particles);
  return Array.from(equilibrium, (E, i): Comparison => ({
    predicted: E + (bias ? bias.mean[i] / model.particles : 0),
    measured: E + mean[i] / root,
    standardError: meanErrors[i] / root,
  }));
}

/** The chain's own steady state from its own start, and those of both baths at equal temperatures. */
export function steadyPlans(model: Model, options: Settled) {
  const [T_L, T_R] = model.temperatures;
  const T = (T_L + T_R) / 2;
  const equal = (bath: Model["bath"]) => ({ ...model, temperatures: [T, T] as const, bath, initial: T });
  const { replicas } = options.effort.steady;
  return {
    own: plan("the steady state", model, WAIT_FROM_AFAR, replicas, options),
    exponential: plan(`"exponential" baths at ${T}`, equal("exponential"), WAIT_FROM_EQUILIBRIUM, 512, options),
    thermal: plan(`"thermal" baths at ${T}`, equal("thermal"), WAIT_FROM_EQUILIBRIUM, 512, options),
  };
}

function plan(stage: string, model: Model, wait: number, replicas: number, { effort, budget }: Settled): SteadyPlan {
  const particles = effort.steady.particles;
  const chain = defineModel({ ...model, particles, timescale: "fast" });
  if (chain.rate.law === "sqrt-min" && crossesKink(chain)) {
    const reason = `${stage} is not compared: at M = ${particles} neighbours' energies wander across each other, where "sqrt-min" is not smooth, and S is the limit M → ∞ alone`;
    return { reason };
  }
  const slowest = slowestRate(chain);
  const hottest = Math.max(...model.temperatures);
  const end = (wait + SPACING * (LOOKS - 1)) / slowest;
  const events = replicas * particles * (model.cells + 1) * rateOf(chain).f(hottest, hottest) * end;
  if (!(events <= budget)) {
    const reason =
      `${stage} is too slow to reach: its slowest mode fades as exp(-${slowest.toPrecision(3)} t), so the wait is t = ${(wait / slowest).toPrecision(3)} ` +
      `and ${replicas} replicas at M = ${particles} take about ${events.toPrecision(2)} events; to simulate it, ask for a budget of as many (budget, --budget)`;
    return { reason };
  }
  const times = Array.from({ length: LOOKS }, (_, look) => (wait + SPACING * look) / slowest);
  return { experiment: { stage, model: chain, replicas, firstReplica: 0, times, samples: true } };
}

/** Whether two neighbours, or a cell and its bath, are closer in E* than four standard deviations. */
function crossesKink(model: Model): boolean {
  const [T_L, T_R] = model.temperatures;
  const E = [T_L, ...equilibrium(model).energies, T_R];
  const S = stationaryCovariance(model);
  const widest = Math.max(...E.slice(1, -1).map((_, i) => S[i * (model.cells + 1)]));
  return E.slice(1).some((next, k) => Math.abs(next - E[k]) < 4 * Math.sqrt(widest / model.particles));
}

export async function reach(laboratory: Laboratory, plan: SteadyPlan): Promise<Steady | string> {
  if ("reason" in plan) return plan.reason;
  return look(plan.experiment.model, await laboratory.perform(plan.experiment));
}

function look(model: Model, ensemble: Ensemble<"covariance">): Steady {
  const N = model.cells;
  const M = model.particles;
  const E = equilibrium(model).energies;
  const S = stationaryCovariance(model);
  const mean = new Float64Array(N);
  const products = new Float64Array(N * N);
  const x = new Float64Array(N);
  const samples = ensemble.samples!;
  const observations = ensemble.replicas * LOOKS;
  for (let o = 0; o < observations; o++) {
    for (let i = 0; i < N; i++) x[i] = Math.sqrt(M) * (samples[o * N + i] - E[i]);
    for (let i = 0; i < N; i++) {
      mean[i] += x[i] / observations;
      for (let j = 0; j < N; j++) products[i * N + j] += (x[i] * x[j]) / observations;
    }
  }
  const over = correlations(model, S, ensemble.times[1] - ensemble.times[0]);
  const averaged = (entry: (R: Float64Array) => number) =>
    Math.sqrt(over.reduce((sum, { R, pairs }) => sum + pairs * entry(R), 0) / (ensemble.replicas * LOOKS * LOOKS));
  const at = (i: number, j: number) => i * N + j;
  return {
    model,
    ensemble,
    equilibrium: E,
    covariance: S,
    mean,
    products,
    meanErrors: Float64Array.from({ length: N }, (_, i) => averaged((R) => R[at(i, i)])),
    productErrors: Float64Array.from({ length: N * N }, (_, entry) => {
      const [i, j] = [Math.floor(entry / N), entry % N];
      return averaged((R) => R[at(i, i)] * R[at(j, j)] + R[at(i, j)] * R[at(j, i)]);
    }),
    // 2 tr(w R w R^T)
    errorOf: (weights) => averaged((R) => 2 * contract(multiply(weights, R, N), multiply(R, weights, N))),
    currents: carried(model, ensemble),
  };
}

/** R(τ) for every distance between two looks, and how many ordered pairs of looks have it. */
function correlations(model: Model, S: Float64Array, spacing: number) {
  const N = model.cells;
  const still = defineModel({ ...model, initial: "equilibrium" });
  const step = propagator(still, [0, spacing]).subarray(0, N * N);
  let R = S;
  return Array.from({ length: LOOKS }, (_, apart) => {
    if (apart > 0) R = multiply(step, R, N);
    return { R, pairs: apart === 0 ? LOOKS : 2 * (LOOKS - apart) };
  });
}

function carried({ cells }: Model, { currentSamples, replicas, times }: Ensemble<"covariance">): Float64Array {
  const bonds = cells + 1;
  const duration = times[LOOKS - 1] - times[0];
  return Float64Array.from({ length: replicas * bonds }, (_, at) => {
    const [r, k] = [Math.floor(at / bonds), at % bonds];
    const from = r * LOOKS * bonds + k;
    return (currentSamples![from + (LOOKS - 1) * bonds] - currentSamples![from]) / duration;
  });
}
