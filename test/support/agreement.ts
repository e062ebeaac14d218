/** Two simulations of one model compared in law. */
import { defineModel, simulate, type Model, type ModelInput, type RateLaw } from "../../src/index.ts";
import { BATHS } from "../../src/model.ts";
import { column, KS_LIMIT, SIX_SIGMA, twoSampleKolmogorovSmirnov } from "./statistics.ts";

/** A chain of three unlike cells. */
export const chain = (changes: Partial<ModelInput>) =>
  defineModel({ cells: 3, particles: 5, temperatures: [0.5, 2], initial: [1.3, 0.4, 2.1], ...changes });

/** Chains of this law with both baths, from one particle to many, with and without a cap. */
export function chainsOf(law: RateLaw): Model[] {
  return BATHS.flatMap((bath) =>
    [1, 2, 20, 150].flatMap((particles) =>
      [{ law }, { law, scale: 2.5, cap: 0.8 }].map((rate) => chain({ rate, bath, particles })),
    ),
  );
}

/** When the two are compared. */
export const TIME = 1.5;

export interface Sampled {
  energies: Float64Array[];
  events: number;
  inflow: { mean: number; variance: number };
  replicas: number;
}

export async function sample(model: Model, method: "exact" | "direct", replicas: number): Promise<Sampled> {
  const options = { replicas, times: [0.3, TIME], seed: 5n, method, samples: true } as const;
  const { samples, events, current, currentVariance } = await simulate(model, options);
  const { cells } = model;
  const energies = Array.from({ length: cells }, (_, k) => column(samples!, 2 * cells, cells + k));
  return { energies, events, inflow: { mean: current[cells + 1], variance: currentVariance[cells + 1] }, replicas };
}

/** The worst of all comparisons, as a fraction of its limit: below 1 the two agree. */
export function disagreement(a: Sampled, b: Sampled): number {
  const ks = a.energies.map((x, k) => twoSampleKolmogorovSmirnov(x, b.energies[k]) / KS_LIMIT);
  const error = Math.sqrt(a.inflow.variance / a.replicas + b.inflow.variance / b.replicas);
  const inflow = Math.abs(a.inflow.mean - b.inflow.mean) / error / SIX_SIGMA;
  // Events come at a bounded random rate: their variance is that of a Poisson number to within a small factor.
  const [meanA, meanB] = [a.events / a.replicas, b.events / b.replicas];
  const events = Math.abs(meanA - meanB) / Math.sqrt(2 * meanA * (1 / a.replicas + 1 / b.replicas)) / SIX_SIGMA;
  return Math.max(...ks, inflow, events);
}
