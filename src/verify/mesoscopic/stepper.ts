/**
 * The stepper of assembly/mesoscopic.ts to order 1/M, without noise: its image of the mean, and by its tangent map M
 * times the covariance. Written out on full matrices from the theory's F, DF and H H^T.
 */
import type { Model } from "../../model.ts";
import { covariance as covarianceAt } from "../../theory/covariance.ts";
import { drift, jacobian } from "../../theory/drift.ts";
import { initialEnergies } from "../../theory/initial.ts";
import { limit } from "../../theory/limit.ts";
import { linearize } from "../../theory/linearization.ts";
import { multiply } from "../../theory/matrix.ts";
import { dense } from "../../theory/tridiagonal.ts";
import { energyRange } from "../../theory/units.ts";
import { extentOf } from "../measure/statistics.ts";

const TO_KICK = 1 - 1 / Math.sqrt(3);
const BETWEEN = 2 / Math.sqrt(3);

/** Mean N, and M times the covariance N×N, to leading order in 1/M. */
export interface LeadingMoments {
  readonly mean: Float64Array;
  readonly covariance: Float64Array;
}

/** After one interval of this length with so many kicks, an even number. */
export function carry(model: Model, time: number, kicks: number): LeadingMoments {
  const N = model.cells;
  const h = time / kicks;
  let mean: Float64Array = initialEnergies(model);
  let covariance: Float64Array = new Float64Array(N * N);
  const identity = Float64Array.from({ length: N * N }, (_, at) => (at % (N + 1) === 0 ? 1 : 0));

  /** Runge and Kutta's step of mean and tangent; returns the last stage. */
  const flow = (tau: number): Float64Array => {
    let [E, tangent] = [mean, identity];
    let [next, map] = [mean, identity];
    for (const [weight, reach] of [
      [1, 0.5],
      [2, 0.5],
      [2, 1],
      [1, 0],
    ]) {
      const slope = drift(model, E);
      const bend = multiply(jacobian(model, E), tangent, N);
      next = next.map((value, i) => value + (tau / 6) * weight * slope[i]);
      map = map.map((value, i) => value + (tau / 6) * weight * bend[i]);
      if (reach === 0) break;
      E = mean.map((value, i) => value + tau * reach * slope[i]);
      tangent = identity.map((value, i) => value + tau * reach * bend[i]);
    }
    mean = next;
    const half = multiply(map, covariance, N);
    covariance = multiply(half, transpose(map, N), N);
    return E;
  };

  const kick = (E: Float64Array) => {
    const noise = dense(linearize(model, E).noise);
    covariance = covariance.map((value, at) => value + h * noise[at]);
  };

  for (let k = 0; k < kicks; k++) kick(flow(h * (k === 0 ? TO_KICK : k % 2 === 0 ? 2 * TO_KICK : BETWEEN)));
  flow(h * TO_KICK);
  return { mean, covariance };
}

/** Θ̄ and C at this time. */
export function exactly(model: Model, time: number): LeadingMoments {
  return { mean: limit(model, [time]), covariance: covarianceAt(model, [time]) };
}

/** The largest errors: of the means as a part of the hottest energy, of the covariances as a part of √(C_ii C_jj). */
export function weakErrors(model: Model, found: LeadingMoments, exact: LeadingMoments) {
  const N = model.cells;
  const C = exact.covariance;
  const { most } = energyRange(model, initialEnergies(model));
  const ofMeans = found.mean.map((value, i) => Math.abs(value - exact.mean[i]) / most);
  const ofCovariances = found.covariance.map((value, at) => {
    const [i, j] = [Math.floor(at / N), at % N];
    return Math.abs(value - C[at]) / Math.sqrt(C[i * (N + 1)] * C[j * (N + 1)]);
  });
  return { mean: extentOf(ofMeans)[1], covariance: extentOf(ofCovariances)[1] };
}

function transpose(matrix: Float64Array, N: number): Float64Array {
  return matrix.map((_, at) => matrix[(at % N) * N + Math.floor(at / N)]);
}
