/**
 * The first moments after the start, while the energies are still those of time 0 to a fraction of a percent: bond k
 * rings some RINGS f/f(T, T) times, and
 *
 *   M Var Q_k / t = V_k²,   M Cov(E_i, E_j)/t = (H H^T)_ij                                      (3.2)
 *
 * Sums of independent exchanges, so their fourth cumulants are those of the exchanges: M²/t f_k M E[J_k^4] (THEORY 2.1).
 */
import type { Ensemble } from "../../ensemble/reducers/moments.ts";
import { defineModel, type Model } from "../../model.ts";
import { covariance } from "../../theory/covariance.ts";
import { exchangeMoments } from "../../theory/exchangeMoments.ts";
import { initialEnergies } from "../../theory/initial.ts";
import { rateOf } from "../../theory/rates.ts";
import type { Comparison } from "../measure/check.ts";
import type { Experiment, Laboratory } from "./laboratory.ts";
import type { Settled } from "../options.ts";

const PARTICLES = 100_000;
/** Rings of a bond between cells as hot as the hotter bath. */
const RINGS = 20;

/** The ensemble, and what is exact about its exchanges. */
export interface Kick {
  readonly model: Model;
  readonly time: number;
  readonly ensemble: Ensemble<"covariance">;
  /** f_k at time 0, M² E[J_k²] and M^4 E[J_k^4]: N+1 each. */
  readonly rates: Float64Array;
  readonly seconds: Float64Array;
  readonly fourths: Float64Array;
}

export function kickExperiment(model: Model, { effort }: Settled): Experiment {
  const hottest = Math.max(...model.temperatures);
  const time = RINGS / (PARTICLES * rateOf(model).f(hottest, hottest));
  const early = defineModel({ ...model, particles: PARTICLES });
  return {
    stage: "the first moments",
    model: early,
    replicas: effort.kicks,
    firstReplica: 0,
    times: [time],
    samples: false,
  };
}

export async function kick(laboratory: Laboratory): Promise<Kick> {
  const experiment = kickExperiment(laboratory.model, laboratory.options);
  const ensemble = await laboratory.perform(experiment);
  const { model, times } = experiment;
  const M = model.particles;
  const energies = initialEnergies(model);
  const [left, right] = model.temperatures;
  const { f } = rateOf(model);
  const bonds = Array.from({ length: model.cells + 1 }, (_, k) => k);
  const moments = bonds.map((k) => exchangeMoments(model, k, energies));
  return {
    model,
    time: times[0],
    ensemble,
    rates: Float64Array.from(bonds, (k) => f(k > 0 ? energies[k - 1] : left, k < model.cells ? energies[k] : right)),
    seconds: Float64Array.from(moments, (J) => M ** 2 * J[1]),
    fourths: Float64Array.from(moments, (J) => M ** 4 * J[3]),
  };
}

/** M Var Q_k / t of each bond against f_k M² E[J_k²]: N+1. */
export function clockComparisons({ model, time, ensemble, rates, seconds, fourths }: Kick): Comparison[] {
  return Array.from(rates, (rate, k) => {
    const variance = rate * seconds[k];
    const kurtosis = (rate * fourths[k]) / (model.particles * time);
    return {
      predicted: variance,
      measured: (model.particles * ensemble.currentVariance[k]) / time,
      standardError: Math.sqrt((2 * variance * variance + kurtosis) / ensemble.replicas),
    };
  });
}

/** M Cov(E_i, E_j)/t for |i - j| <= 1 against H H^T and what follows in t, all of it in C(t)/t. */
export function increments(early: Kick): { readonly own: Comparison[]; readonly neighbours: Comparison[] } {
  const { model, time, ensemble, rates, fourths } = early;
  const N = model.cells;
  const C = covariance(model, [time]);
  const fourth = (k: number) => (rates[k] * fourths[k]) / (model.particles * time);
  const compare = (i: number, j: number): Comparison => {
    const at = (a: number, b: number) => C[a * N + b] / time;
    // The bonds that both cells share: two of one cell, one of a pair of neighbours.
    const shared = i === j ? fourth(i) + fourth(i + 1) : fourth(Math.max(i, j));
    return {
      predicted: at(i, j),
      measured: (model.particles * ensemble.covariance[i * N + j]) / time,
      standardError: Math.sqrt((at(i, i) * at(j, j) + at(i, j) ** 2 + shared) / ensemble.replicas),
    };
  };
  return {
    own: Array.from({ length: N }, (_, i) => compare(i, i)),
    neighbours: Array.from({ length: N - 1 }, (_, i) => compare(i, i + 1)),
  };
}
