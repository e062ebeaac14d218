/** Means and covariances of the equation: against the theory, against the process, and against its own stepper's. */
import type { Ensemble } from "../../ensemble/result.ts";
import { covariance } from "../../theory/covariance.ts";
import { limit } from "../../theory/limit.ts";
import type { Equation, Stepped } from "../evidence/equation.ts";
import type { TwinLadder, Twins } from "../evidence/twins.ts";
import type { Comparison } from "../measure/check.ts";
import { spread, type Prediction } from "../measure/prediction.ts";
import { carry } from "./stepper.ts";

export interface Moments {
  readonly means: Comparison[];
  readonly covariances: Comparison[];
}

/** √M (mean - Θ̄) and M Cov of an ensemble against those predicted, at its one time. */
function against(
  ensemble: Ensemble<"covariance">,
  particles: number,
  energies: Float64Array,
  prediction: Prediction,
): Moments {
  const N = energies.length;
  const { replicas } = ensemble;
  return {
    means: Array.from(energies, (E, i) => ({
      predicted: prediction.mean[i],
      measured: Math.sqrt(particles) * (ensemble.mean[i] - E),
      standardError: Math.sqrt(prediction.covariance[i * (N + 1)] / replicas),
    })),
    covariances: triangle(N, (i, j) => ({
      predicted: prediction.covariance[i * N + j],
      measured: particles * ensemble.covariance[i * N + j],
      standardError: spread(prediction, i, j) / Math.sqrt(replicas),
    })),
  };
}

function triangle<T>(N: number, entry: (i: number, j: number) => T): T[] {
  return Array.from({ length: N }, (_, i) => Array.from({ length: i + 1 }, (_, j) => entry(i, j))).flat();
}

/** Of a Gaussian law. */
const normal = (mean: Float64Array, covariance: Float64Array): Prediction => ({
  mean,
  covariance,
  skewness: new Float64Array(mean.length),
});

/** At the largest M and a short step: Θ̄ and C. */
export function ofTheory({ model, time, fine }: Equation): Moments {
  const energies = limit(model, [time]);
  const prediction = normal(new Float64Array(model.cells), covariance(model, [time]));
  return against(fine.ensemble, model.particles, energies, prediction);
}

/** At the largest M and a long step: what the stepper makes of Θ̄ and C. */
export function ofStepper({ model, time }: Equation, { kicks, ensemble }: Stepped): Moments {
  const energies = limit(model, [time]);
  const carried = carry(model, time, kicks);
  const off = carried.mean.map((E, i) => Math.sqrt(model.particles) * (E - energies[i]));
  return against(ensemble, model.particles, energies, normal(off, carried.covariance));
}

/** At an M of the ladder: the equation's own m1 and C1. */
export function ofExpansion({ expansions }: TwinLadder, { particles, equation, predictions }: Twins): Moments {
  return against(equation, particles, expansions.mesoscopic.limit, predictions.mesoscopic);
}

/** At an M of the ladder: the process less the equation, whose means are the same to order 1/M² and covariances to 1/M. */
export function ofProcess({ model }: TwinLadder, { particles, process, equation, predictions }: Twins): Moments {
  const N = model.cells;
  const [one, other] = [predictions.process, predictions.mesoscopic];
  return {
    means: Array.from(process.mean, (E, i) => ({
      predicted: one.mean[i] - other.mean[i],
      measured: Math.sqrt(particles) * (E - equation.mean[i]),
      standardError: Math.sqrt(
        one.covariance[i * (N + 1)] / process.replicas + other.covariance[i * (N + 1)] / equation.replicas,
      ),
    })),
    covariances: triangle(N, (i, j) => ({
      predicted: one.covariance[i * N + j] - other.covariance[i * N + j],
      measured: particles * (process.covariance[i * N + j] - equation.covariance[i * N + j]),
      standardError: Math.sqrt(
        spread(one, i, j) ** 2 / process.replicas + spread(other, i, j) ** 2 / equation.replicas,
      ),
    })),
  };
}
