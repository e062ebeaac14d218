/**
 * Currents through chains between baths at T_L and T_L + ΔT, over a ladder of gaps ΔT, and through the model's own.
 *
 * As Proposition 2 has it, every chain starts at its equilibrium E*, where the mean current is at once that of the limit's
 * steady state, up to a term of order 1/M: nothing has to be waited for, however slow the chain. Each replica's current is
 * averaged over the bonds, and the standard error is that between replicas.
 */
import type { Ensemble } from "../../ensemble/reducers/moments.ts";
import { defineModel, type Model } from "../../model.ts";
import { equilibrium } from "../../theory/equilibrium.ts";
import { fastestRate } from "../../theory/rates.ts";
import { meanOf } from "../measure/statistics.ts";
import type { Setting, Study } from "../simulations.ts";

/** Enough for the term of order 1/M to be far below the standard errors. */
const PARTICLES = 10_000;
const REPLICAS = 512;
/** ΔT over T_L. */
const GAPS = [0.25, 0.5, 1, 2, 4];

export interface Current {
  readonly model: Model;
  readonly ensemble: Ensemble<"covariance">;
  /** From left to right, per unit of time, averaged over the bonds: mean and standard error over the replicas. */
  readonly mean: number;
  readonly error: number;
  /** The same for each bond, less the average over the bonds: N+1. */
  readonly excess: readonly { readonly mean: number; readonly error: number }[];
  /** The limit's current -c/2 and conductivity. */
  readonly flux: number;
  readonly conductivity: number;
}

/** The model's own temperatures, then the ladder of gaps. */
export function currents({ model, options }: Setting): Study<Current[]> {
  const [T_L, T_R] = model.temperatures;
  const experiments = [T_R, ...GAPS.map((gap) => T_L * (1 + gap))].map((right, i) => {
    const chain = defineModel({ ...model, temperatures: [T_L, right], particles: PARTICLES, initial: "equilibrium" });
    const typical = fastestRate(chain, (T_L + right) / 2);
    const time = options.effort.currentEvents / (REPLICAS * PARTICLES * (model.cells + 1) * typical);
    const stage = i === 0 ? "the current" : `the current at ΔT = ${right - T_L}`;
    return { stage, model: chain, replicas: REPLICAS, firstReplica: i * REPLICAS, times: [time], samples: true };
  });
  return {
    experiments,
    conclude: (ensembles: readonly Ensemble<"covariance">[]) =>
      ensembles.map((ensemble, i) => currentOf(experiments[i].model, ensemble)),
  };
}

/** The current from time 0 to the ensemble's one time. */
function currentOf(model: Model, ensemble: Ensemble<"covariance">): Current {
  const bonds = model.cells + 1;
  const transferred = ensemble.currentSamples!;
  const rate = (r: number, k: number) => transferred[r * bonds + k] / ensemble.times[0];
  const average = new Float64Array(ensemble.replicas);
  for (let r = 0; r < ensemble.replicas; r++) {
    for (let k = 0; k < bonds; k++) average[r] += rate(r, k) / bonds;
  }
  const excess = Array.from({ length: bonds }, (_, k) => meanOf(average.map((mean, r) => rate(r, k) - mean)));
  const { flux, conductivity } = equilibrium(model);
  return { model, ensemble, ...meanOf(average), excess, flux, conductivity };
}
