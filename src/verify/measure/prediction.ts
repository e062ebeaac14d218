/**
 * The law of √M (Θ^M - Θ̄) at finite M by the theory: as many orders in 1/M as hold for the model (THEORY 6).
 *
 *   mean m1/√M,   covariance C + C1/M,   skewness K3_iii / (C_ii^{3/2} √M)
 *
 * For a rate that is one number mean and covariance are known exactly at every M (THEORY 8.4). The same for the mesoscopic
 * equation, which has a C1 and a K3 of its own (THEORY 7). Of disks that collide the leading order alone is known.
 */
import { defineModel, type Model } from "../../model.ts";
import { nameOf } from "../../rate/rate.ts";
import { covariance } from "../../theory/covariance.ts";
import { exactMoments } from "../../theory/exactMoments.ts";
import { bias } from "../../theory/bias.ts";
import { finiteSize } from "../../theory/finiteSize.ts";
import { limit } from "../../theory/limit.ts";
import { rateOf } from "../../theory/rates.ts";
import type { Subject } from "../../theory/subject.ts";

export interface Expansion {
  readonly of: Subject;
  readonly model: Model;
  readonly times: readonly number[];
  /** Θ̄: T×N. */
  readonly limit: Float64Array;
  /** C: T×N×N. */
  readonly covariance: Float64Array;
  /** m1: T×N; absent for rates with kinks and for disks that collide. */
  readonly bias?: Float64Array;
  /** C1: T×N×N, and the diagonal of K3: T×N; absent for rates with kinks, for disks that collide and for long chains. */
  readonly next?: { readonly covariance: Float64Array; readonly thirdCumulant: Float64Array };
  /** The orders that are missing, and why. */
  readonly notes: readonly string[];
}

/** The prediction at one time and one M. */
export interface Prediction {
  /** Mean of √M (Θ - Θ̄): N. */
  readonly mean: Float64Array;
  /** Covariance of √M Θ: N×N. */
  readonly covariance: Float64Array;
  /** Skewness of each energy, to leading order: N; 0 where it is not known. */
  readonly skewness: Float64Array;
}

/** The terms of the expansion at the given times, third cumulants for so many cells at most. M of the model is not used. */
export function expansionOf(
  model: Model,
  times: readonly number[],
  cumulantCells: number,
  of: Subject = "process",
): Expansion {
  const leading = { of, model, times, limit: limit(model, times), covariance: covariance(model, times) };
  const only = "predictions are to leading order in 1/M";
  if (rateOf(model).kinks !== "none")
    return {
      ...leading,
      notes: [`${only}: "${nameOf(model.rate)}" is not smooth, and its kink is felt in proportion to M^(-1/2)`],
    };
  if (model.exchange === "kinetic" && of === "process")
    return { ...leading, notes: [`${only}: how the mean flux of disks that collide depends on M is left out`] };
  if (model.cells > cumulantCells)
    return {
      ...leading,
      bias: bias(model, times),
      notes: [`${only} for the covariances of more than ${cumulantCells} cells`],
    };
  const { m1, C1, K3 } = finiteSize(model, times, { of });
  return {
    ...leading,
    bias: m1,
    next: { covariance: C1, thirdCumulant: diagonal(K3, times.length, model.cells) },
    notes: [],
  };
}

/** The predictions at the expansion's times. */
export function predict(expansion: Expansion, particles: number): Prediction[] {
  const { of, model, times, bias, next } = expansion;
  const N = model.cells;
  const { isConstant, isUniform } = rateOf(model);
  const exact =
    isConstant && isUniform ? exactMoments(defineModel({ ...model, particles }), times, { of }).covariance : undefined;
  return times.map((_, t) => {
    const at = t * N * N;
    const C = expansion.covariance.subarray(at, at + N * N);
    return {
      mean: Float64Array.from({ length: N }, (_, i) => (bias && !exact ? bias[t * N + i] / Math.sqrt(particles) : 0)),
      covariance: exact
        ? exact.slice(at, at + N * N).map((c) => particles * c)
        : C.map((c, entry) => c + (next ? next.covariance[at + entry] / particles : 0)),
      skewness: Float64Array.from({ length: N }, (_, i) => {
        const variance = C[i * (N + 1)];
        return next ? next.thirdCumulant[t * N + i] / (variance * Math.sqrt(variance * particles)) : 0;
      }),
    };
  });
}

/**
 * The M from which on the orders that the expansion leaves out are small beside the standard error √(2/n) of a variance
 * over n replicas. What follows (C1/C)/M is about ten times its square (found by simulation, as is the factor 3 for C1/C
 * where that is not known); a kink of F is felt in proportion to M^{-1/2}. The unknown bias of disks that collide is below
 * two standard errors of a mean, √(C/(n M)), from M = n/8 on.
 */
export function fewestParticles({ model, times, bias, covariance, next }: Expansion, replicas: number): number {
  if (rateOf(model).isConstant) return 1;
  if (!bias) return Math.ceil(Math.max(1000, replicas / (model.exchange ? 8 : 4)));
  if (!next) return Math.ceil(3 * Math.sqrt(2 * replicas));
  const N = model.cells;
  let ratio = 0;
  for (let t = 0; t < times.length; t++) {
    for (let i = 0; i < N; i++) {
      const at = t * N * N + i * (N + 1);
      ratio = Math.max(ratio, Math.abs(next.covariance[at]) / covariance[at]);
    }
  }
  return Math.ceil(ratio * Math.sqrt(10 * Math.sqrt(replicas / 2)));
}

/**
 * The standard error of the sample covariance of i and j over n replicas, times √n: that of a normal law with the
 * predicted covariance, widened by the kurtosis that a gamma law of the predicted skewness has, 3/2 skewness².
 */
export function covarianceError({ covariance, skewness }: Prediction, i: number, j: number): number {
  const N = skewness.length;
  const [ii, jj, ij] = [covariance[i * (N + 1)], covariance[j * (N + 1)], covariance[i * N + j]];
  return Math.sqrt(ii * jj + ij * ij * (1 + 1.5 * Math.abs(skewness[i] * skewness[j])));
}

/** The entries K_iii of T×N×N×N third cumulants: T×N. */
function diagonal(K3: Float64Array, T: number, N: number): Float64Array {
  return Float64Array.from({ length: T * N }, (_, at) => {
    const i = at % N;
    return K3[(at * N + i) * N + i];
  });
}

/** A note on an M below `fewestParticles`. */
export function tooFew(particles: number, replicas: number, fewest: number): string {
  return `M = ${particles} is not checked: with ${replicas} replicas the terms that the expansion in 1/M leaves out would be seen; take M >= ${fewest}, or fewer replicas`;
}
