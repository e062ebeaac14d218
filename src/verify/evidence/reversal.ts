/**
 * Time reversal at equal temperatures (erratum B14). Three cells at rate "constant", baths at T = 1: there the covariance
 * over a time τ is known exactly at every M, Cov(E(s + τ), E(s)) = e^{Aτ} C (THEORY 8.4), and
 *
 *   a_ij = M [Cov(E_i(s + τ), E_j(s)) - Cov(E_j(s + τ), E_i(s))]
 *
 * vanishes where the dynamics is reversible: with the "thermal" bath, not with the paper's. By symmetry a_12 = a_32.
 */
import type { Ensemble } from "../../ensemble/reducers/moments.ts";
import { defineModel, type Model } from "../../model.ts";
import { exactMoments } from "../../theory/exactMoments.ts";
import { propagator } from "../../theory/propagator.ts";
import type { Comparison } from "../measure/check.ts";
import type { Experiment, Laboratory } from "./laboratory.ts";
import { multiply } from "../../theory/matrix.ts";
import type { Settled } from "../options.ts";
import { meanOf } from "../measure/statistics.ts";

const CELLS = 3;
const PARTICLES = 10;
/** e^-12 of the start is left: the slowest mode decays at (2 - √2)/2 = 0.29. */
const WAIT = 40;
/** τ, and how many times in a row it is looked at. */
const LAG = 1;
const LOOKS = 24;

export interface Reversal {
  readonly model: Model;
  readonly ensemble: Ensemble<"covariance">;
}
export type Reversals = Readonly<Record<"exponential" | "thermal", Reversal>>;

export function reversalExperiments({ effort }: Settled): Record<"exponential" | "thermal", Experiment> {
  const of = (bath: Model["bath"]): Experiment => ({
    stage: `time reversal, "${bath}" bath`,
    model: defineModel({ cells: CELLS, particles: PARTICLES, temperatures: [1, 1], rate: "constant", bath }),
    replicas: effort.reversals,
    firstReplica: 0,
    times: Array.from({ length: LOOKS + 1 }, (_, look) => WAIT + look * LAG),
    samples: true,
  });
  return { exponential: of("exponential"), thermal: of("thermal") };
}

export async function reverse(laboratory: Laboratory): Promise<Reversals> {
  const { exponential, thermal } = reversalExperiments(laboratory.options);
  return {
    exponential: { model: exponential.model, ensemble: await laboratory.perform(exponential) },
    thermal: { model: thermal.model, ensemble: await laboratory.perform(thermal) },
  };
}

/** (a_12 + a_32)/2 against what is exact, for either bath. */
export function reversalComparisons({ exponential, thermal }: Reversals) {
  return [
    {
      name: 'the "exponential" bath at T_L = T_R breaks time reversal, by as much as predicted',
      comparison: asymmetry(exponential),
      samples: exponential.ensemble.replicas,
    },
    {
      name: 'the "thermal" bath keeps time reversal',
      comparison: asymmetry(thermal),
      samples: thermal.ensemble.replicas,
    },
  ];
}

function asymmetry({ model, ensemble }: Reversal): Comparison {
  const M = model.particles;
  const { covariance } = exactMoments(model, "stationary");
  const carried = multiply(propagator(model, [0, LAG]).subarray(0, CELLS * CELLS), covariance, CELLS);
  const samples = ensemble.samples!;
  const averages = new Float64Array(ensemble.replicas);
  for (let r = 0; r < ensemble.replicas; r++) {
    for (let look = 0; look < LOOKS; look++) {
      const from = (r * (LOOKS + 1) + look) * CELLS;
      // The mean of every energy is T = 1.
      const now = (i: number) => samples[from + i] - 1;
      const then = (i: number) => samples[from + CELLS + i] - 1;
      const outer = then(0) + then(2);
      averages[r] += ((M / 2) * (outer * now(1) - then(1) * (now(0) + now(2)))) / LOOKS;
    }
  }
  const { mean, error } = meanOf(averages);
  return { predicted: M * (carried[1] - carried[CELLS]), measured: mean, standardError: error };
}
