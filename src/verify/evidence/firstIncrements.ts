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
import { scaledMomentsOf } from "../../theory/exchange.ts";
import { exchangeMoments } from "../../theory/exchangeMoments.ts";
import { initialEnergies } from "../../theory/initial.ts";
import { fastestRate, rateOf } from "../../theory/rates.ts";
import type { Comparison } from "../measure/check.ts";
import type { Setting, Study } from "../simulations.ts";

const PARTICLES = 100_000;
/** Rings of a bond between cells as hot as the hotter bath. */
const RINGS = 20;

/** The ensemble, and the exact moments of its exchanges. */
export interface FirstIncrements {
  readonly model: Model;
  readonly time: number;
  readonly ensemble: Ensemble<"covariance">;
  /** f_k at time 0, M² E[J_k²] and M^4 E[J_k^4]: N+1 each. */
  readonly rates: Float64Array;
  readonly seconds: Float64Array;
  readonly fourths: Float64Array;
}

export function firstIncrements({ model, options }: Setting): Study<FirstIncrements> {
  const early = defineModel({ ...model, particles: PARTICLES });
  const hottest = Math.max(...model.temperatures);
  const { f } = rateOf(model);
  const time = RINGS / (PARTICLES * fastestRate(model, hottest));
  const replicas = options.effort.increments;
  return {
    experiments: [{ stage: "the first increments", model: early, replicas, times: [time] }],
    conclude: ([ensemble]: readonly Ensemble<"covariance">[]) => {
      const energies = initialEnergies(early);
      const [left, right] = model.temperatures;
      const all = [left, ...energies, right];
      const bonds = Array.from({ length: model.cells + 1 }, (_, k) => k);
      return {
        ...{ model: early, time, ensemble },
        rates: Float64Array.from(bonds, (k) => f(k, all[k], all[k + 1])),
        ...momentsOf(early, all),
      };
    },
  };
}

/** M² E[J_k²] and M^4 E[J_k^4] of all bonds between energies E_0..E_{N+1}. */
function momentsOf(model: Model, all: readonly number[]): Pick<FirstIncrements, "seconds" | "fourths"> {
  const bonds = Array.from({ length: model.cells + 1 }, (_, k) => k);
  if (model.exchange === "kinetic") {
    // Those of M → ∞, which they are to 1e-5; the fourth from E[A⁴] = E[B⁴] = 24 and E[A² B²] = 12 (theory/exchange.ts).
    const { second } = scaledMomentsOf(model, Infinity);
    return {
      seconds: Float64Array.from(bonds, (k) => second(k, all[k] ** 2, all[k] * all[k + 1], all[k + 1] ** 2)),
      fourths: Float64Array.from(bonds, (k) => {
        const [gap, ab] = [(all[k] - all[k + 1]) ** 2, all[k] * all[k + 1]];
        return 24 * gap * gap + 72 * gap * ab + 24 * ab * ab;
      }),
    };
  }
  const moments = bonds.map((k) => exchangeMoments(model, k, all.slice(1, -1)));
  return {
    seconds: Float64Array.from(moments, (J) => PARTICLES ** 2 * J[1]),
    fourths: Float64Array.from(moments, (J) => PARTICLES ** 4 * J[3]),
  };
}

/** M Var Q_k / t of each bond against f_k M² E[J_k²]: N+1. */
export function clockComparisons(early: FirstIncrements): Comparison[] {
  const { model, time, ensemble, rates, seconds, fourths } = early;
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
export function incrementComparisons(early: FirstIncrements) {
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
