/**
 * Time reversal at equal temperatures (erratum B14). Three cells at rate "constant", baths at T = 1: there the covariance
 * over a time τ is known exactly at every M, Cov(E(s + τ), E(s)) = e^{Aτ} C (THEORY 8.4), and
 *
 *   a_ij = M [Cov(E_i(s + τ), E_j(s)) - Cov(E_j(s + τ), E_i(s))]
 *
 * vanishes where the dynamics is reversible: with the "thermal" bath, not with the paper's. By symmetry a_12 = a_32.
 */
import type { Ensemble } from "../../ensemble/reducers/moments.ts";
import type { Certificate } from "../../ensemble/runSpec.ts";
import { defineModel, type Model } from "../../model.ts";
import { exactMoments } from "../../theory/exactMoments.ts";
import { multiply } from "../../theory/matrix.ts";
import { propagator } from "../../theory/propagator.ts";
import type { Comparison } from "../measure/check.ts";
import { meanOf } from "../measure/statistics.ts";
import type { Setting, Study } from "../simulations.ts";

const CELLS = 3;
const PARTICLES = 10;
/** e^-12 of the start is left: the slowest mode decays at (2 - √2)/2 = 0.29. */
const WAIT = 40;
/** τ, and the number of pairs of times in a row that are so far apart. */
const LAG = 1;
const PAIRS = 24;

/** The paper's bath, which is not reversible, and the one that is. */
const TRIED = ["exponential", "thermal"] as const;

/** (a_12 + a_32)/2 with one kind of bath, against the exact value. */
export interface Reversal {
  readonly bath: (typeof TRIED)[number];
  readonly asymmetry: Comparison;
  readonly replicas: number;
  readonly certificate: Certificate;
}

/** The paper's bath, then the thermal one. */
export function reversals({ options }: Setting): Study<Reversal[]> {
  const models = TRIED.map((bath) =>
    defineModel({ cells: CELLS, particles: PARTICLES, temperatures: [1, 1], rate: "constant", bath }),
  );
  const times = Array.from({ length: PAIRS + 1 }, (_, i) => WAIT + i * LAG);
  return {
    experiments: models.map((model) => {
      const stage = `time reversal, "${model.bath}" bath`;
      return { stage, model, replicas: options.effort.reversals, times, samples: true };
    }),
    conclude: (ensembles: readonly Ensemble<"covariance">[]) =>
      ensembles.map((ensemble, i) => {
        const { replicas, certificate } = ensemble;
        return { bath: TRIED[i], asymmetry: asymmetryOf(models[i], ensemble), replicas, certificate };
      }),
  };
}

function asymmetryOf(model: Model, ensemble: Ensemble<"covariance">): Comparison {
  const { covariance } = exactMoments(model, "stationary");
  const later = multiply(propagator(model, [0, LAG]).subarray(0, CELLS * CELLS), covariance, CELLS);
  const samples = ensemble.samples!;
  const averages = new Float64Array(ensemble.replicas);
  for (let r = 0; r < ensemble.replicas; r++) {
    for (let pair = 0; pair < PAIRS; pair++) {
      const from = (r * (PAIRS + 1) + pair) * CELLS;
      // The mean of every energy is T = 1.
      const now = (i: number) => samples[from + i] - 1;
      const then = (i: number) => samples[from + CELLS + i] - 1;
      const outer = then(0) + then(2);
      averages[r] += ((PARTICLES / 2) * (outer * now(1) - then(1) * (now(0) + now(2)))) / PAIRS;
    }
  }
  const { mean, error } = meanOf(averages);
  return { predicted: PARTICLES * (later[1] - later[CELLS]), measured: mean, standardError: error };
}
