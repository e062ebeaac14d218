/** Means and covariances of the equation: against the theory, against the process, and against its own stepper's. */
import type { Ensemble } from "../../ensemble/reducers/moments.ts";
import { covariance } from "../../theory/covariance.ts";
import type { Equation, Stepped } from "../evidence/equation.ts";
import type { Pair, PairLadder } from "../evidence/pairs.ts";
import type { Comparison } from "../measure/check.ts";
import { covarianceEntries, meanEntries } from "../measure/moments.ts";
import type { Prediction } from "../measure/prediction.ts";
import { carry } from "./stepper.ts";

/** Moments of √M (E - Θ̄), at the one time of an ensemble. */
export interface Moments {
  readonly means: readonly Comparison[];
  readonly covariances: readonly Comparison[];
}

function against(
  ensemble: Ensemble<"covariance">,
  particles: number,
  energies: Float64Array,
  prediction: Prediction,
): Moments {
  return {
    means: meanEntries(ensemble, 0, particles, energies, prediction),
    covariances: covarianceEntries(ensemble, 0, particles, prediction),
  };
}

/** The moments of a Gaussian law. */
const normal = (mean: Float64Array, covariance: Float64Array): Prediction => ({
  mean,
  covariance,
  skewness: new Float64Array(mean.length),
});

/** At the largest M and a short step: Θ̄ and C. */
export function ofTheory({ model, time, limit, fine }: Equation): Moments {
  const prediction = normal(new Float64Array(model.cells), covariance(model, [time]));
  return against(fine.ensemble, model.particles, limit, prediction);
}

/** At the largest M and a long step: the stepper's own images of Θ̄ and C. */
export function ofStepper({ model, time, limit }: Equation, { kicks, ensemble }: Stepped): Moments {
  const map = carry(model, time, kicks);
  const off = map.mean.map((E, i) => Math.sqrt(model.particles) * (E - limit[i]));
  return against(ensemble, model.particles, limit, normal(off, map.covariance));
}

/** At an M of the ladder: the equation's own m1 and C1. */
export function ofExpansion({ expansions }: PairLadder, { particles, equation, predictions }: Pair): Moments {
  return against(equation, particles, expansions.mesoscopic.limit, predictions.mesoscopic);
}

/** At an M of the ladder: the process less the equation, whose means are the same to order 1/M² and covariances to 1/M. */
export function ofDifference(
  { expansions }: PairLadder,
  { particles, process, predictions }: Pair,
  own: Moments,
): Moments {
  const other = against(process, particles, expansions.process.limit, predictions.process);
  return {
    means: other.means.map((one, i) => less(one, own.means[i])),
    covariances: other.covariances.map((one, i) => less(one, own.covariances[i])),
  };
}

/** The difference of two that are measured independently. */
function less(one: Comparison, other: Comparison): Comparison {
  return {
    predicted: one.predicted - other.predicted,
    measured: one.measured - other.measured,
    standardError: Math.sqrt(one.standardError ** 2 + other.standardError ** 2),
  };
}
