/**
 * What the chain carries, in the weights under which no fluctuation of the energies drives a current (theory/currentVariance.ts):
 * Y = Σ_k α_k Q_k has the variance ψ''(0) t/M at every t, to leading order in 1/M, from E* on as in the steady state. So
 * nothing has to be waited for. Baths are "thermal", since the paper's have no ψ [B17].
 */
import type { Ensemble } from "../../ensemble/reducers/moments.ts";
import type { Certificate } from "../../ensemble/runSpec.ts";
import { defineModel, type Model } from "../../model.ts";
import { noiseWeights } from "../../theory/currentVariance.ts";
import { equilibrium } from "../../theory/equilibrium.ts";
import { affinity } from "../../theory/largeDeviations/affinity.ts";
import { type CurrentLargeDeviations, currentLargeDeviations } from "../../theory/largeDeviations/current.ts";
import { hottestRate } from "../../theory/units.ts";
import { NotSmoothError } from "../../theory/smoothness.ts";
import type { Comparison } from "../measure/check.ts";
import { count } from "../measure/present.ts";
import { meanOf } from "../measure/statistics.ts";
import { type Setting, type Study, without } from "../simulations.ts";

const PARTICLES = 1000;
/** Of ψ over its domain, and the part of this that is left out in all at its ends, where the slope has no bound. */
const POINTS = 61;
const MARGIN = 0.01;

export interface Carried {
  readonly model: Model;
  readonly replicas: number;
  readonly time: number;
  /** ψ over most of its domain, with A - λ for each λ. */
  readonly predicted: CurrentLargeDeviations;
  /** M Var(Y)/t against ψ''(0). */
  readonly variance: Comparison;
  readonly certificate: Certificate;
}

/** The chain's own, or the words why its ψ is not known. */
export function carried({ model, options }: Setting): Study<Carried | string> {
  const chain = defineModel({ ...model, bath: "thermal", particles: PARTICLES, initial: "equilibrium" });
  let predicted: CurrentLargeDeviations;
  try {
    predicted = currentLargeDeviations(chain, lambdasOf(chain));
  } catch (error) {
    if (!(error instanceof NotSmoothError)) throw error;
    return without(`the current's generating function is not compared: ${error.message}`);
  }
  const { energies } = equilibrium(chain);
  const { increments: replicas, currentEvents } = options.effort;
  const time = currentEvents / (replicas * PARTICLES * (chain.cells + 1) * hottestRate(chain, energies));
  return {
    experiments: [{ stage: "what the chain carries", model: chain, replicas, times: [time], samples: true }],
    conclude: ([ensemble]: readonly Ensemble<"covariance">[]) => {
      const variance = {
        predicted: predicted.fixedPoint.variance[predicted.lambdas.indexOf(0)],
        ...varianceOf(chain, ensemble),
      };
      return { model: chain, replicas, time, predicted, variance, certificate: ensemble.certificate };
    },
  };
}

/** Over most of the domain, which is symmetric about A/2, and 0 and A, which are so, too. */
function lambdasOf(model: Model): number[] {
  const [T_L, T_R] = model.temperatures;
  const A = affinity(model);
  const half = ((1 - MARGIN) * (1 / T_L + 1 / T_R)) / 2;
  // Denser towards the ends, where currents grow fast.
  const even = count(0, POINTS).map((i) => A / 2 + half * Math.sin(Math.PI * (i / (POINTS - 1) - 0.5)));
  return [...even, 0, A].sort((a, b) => a - b);
}

/** M Var(Y)/t, from one time. */
function varianceOf(model: Model, { replicas, times, transferredSamples }: Ensemble<"covariance">) {
  const bonds = model.cells + 1;
  const weights = noiseWeights(model, equilibrium(model).energies);
  const carried = Float64Array.from({ length: replicas }, (_, r) =>
    weights.reduce((sum, weight, k) => sum + weight * transferredSamples![r * bonds + k], 0),
  );
  const { mean } = meanOf(carried);
  const square = meanOf(carried.map((Y) => (model.particles * (Y - mean) ** 2) / times[0]));
  return { measured: (square.mean * replicas) / (replicas - 1), standardError: square.error };
}
