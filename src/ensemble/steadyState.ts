/**
 * What a steady state gives back, from the sums over its replicas (replicaSums.ts).
 *
 * R replicas are R independent numbers, each an average over looks, so the standard error of a mean is their standard
 * deviation over √R, whatever the correlations between looks. A covariance is not a mean, but with m = <A> its error is
 * that of its influence, P_ij - m_i A_j - m_j A_i, and
 *
 *   C_ij = <P_ij> - m_i m_j + Cov(A_i, A_j)/R
 *
 * is unbiased.
 */
import { cumulantsOf, CUMULANTS } from "./cumulants.ts";
import type { LookPlan } from "./lookPlan.ts";
import type { Span } from "./plan.ts";
import type { Recipe } from "./recipe.ts";
import { pairAt, POWERS, sumsLayout, type Reference } from "./replicaSums.ts";
import { certify, type Certificate } from "./result.ts";

/**
 * The steady state of N cells, seen in R replicas. Energies in the model's unit, times in units of its timescale, arrays
 * row-major. With a single replica, all that an abort may leave, what needs several is NaN.
 */
export interface SteadyState {
  /** Replicas that are in the result. */
  readonly replicas: number;
  /** Exchanges that happened in all of them. */
  readonly events: number;
  /** When they were looked at. */
  readonly plan: LookPlan;
  /** N: mean of E_k. */
  readonly mean: Float64Array;
  /** N: standard error of `mean`. */
  readonly standardError: Float64Array;
  /** N: how many independent looks at E_k would know its mean as well, Var(E_k)/standardError². */
  readonly effectiveSamples: Float64Array;
  /** N x N: unbiased covariance of the energies. */
  readonly covariance: Float64Array;
  /** N x N: standard error of each entry of `covariance`. */
  readonly covarianceError: Float64Array;
  /** The energy carried from left to right per unit of time, averaged over the bonds: the best estimate. */
  readonly current: number;
  /** Standard error of `current`. */
  readonly currentError: number;
  /** N+1: the same through each bond. */
  readonly bondCurrent: Float64Array;
  /** N+1: standard error of `bondCurrent`. */
  readonly bondCurrentError: Float64Array;
  /** κ = -(N+1) current/(T_R - T_L), (5.3) with the current of finite M; NaN at T_L = T_R, where there is no gradient. */
  readonly conductivity: number;
  /** Standard error of `conductivity`. */
  readonly conductivityError: number;
  /**
   * 3: the first three cumulants of Q over the window, Q the energy that the bonds carry on average, divided by the
   * window's length. They are unbiased for this window; the limit of long windows, which is the same for every bond, is
   * another by a term of order 1/window (the first has none). The third is NaN with fewer than three replicas.
   */
  readonly cumulants: Float64Array;
  /** 3: standard error of `cumulants`. */
  readonly cumulantError: Float64Array;
  /** What was run, and the fingerprint of the result. */
  readonly certificate: Certificate;
}

/** @param sums of all finished replicas; @param spans which those are. */
export function toSteadyState(
  recipe: Recipe,
  plan: LookPlan,
  reference: Reference,
  sums: Float64Array<ArrayBuffer>,
  spans: readonly Span[],
): SteadyState {
  const N = recipe.model.cells;
  const R = sums[0];
  const at = sumsLayout(N);
  const means = sums.slice(at.means, at.pairs).map((sum) => sum / R);
  /** Unbiased, from sums of x, of y and of x y. */
  const covarianceFrom = (x: number, y: number, products: number) => (products - (x / R) * y) / (R - 1);
  const errorOf = (variance: number) => Math.sqrt(Math.max(0, variance) / R);

  const standardError = new Float64Array(N);
  const covariance = new Float64Array(N * N);
  const covarianceError = new Float64Array(N * N);
  for (let i = 0; i < N; i++) {
    const A_i = sums[at.means + i];
    const square = covarianceFrom(A_i, A_i, sums[at.pairs + pairAt(i, i) + 4]);
    standardError[i] = errorOf(square);
    for (let j = 0; j <= i; j++) {
      const [P, PP, PA_i, PA_j, AA] = sums.subarray(at.pairs + pairAt(i, j));
      const A_j = sums[at.means + j];
      const [m_i, m_j] = [means[i], means[j]];
      const between = covarianceFrom(A_i, A_j, AA);
      const spread =
        covarianceFrom(P, P, PP) -
        2 * (m_i * covarianceFrom(P, A_j, PA_j) + m_j * covarianceFrom(P, A_i, PA_i)) +
        m_i * m_i * covarianceFrom(A_j, A_j, sums[at.pairs + pairAt(j, j) + 4]) +
        m_j * m_j * square +
        2 * m_i * m_j * between;
      covariance[i * N + j] = covariance[j * N + i] = P / R - m_i * m_j + between / R;
      covarianceError[i * N + j] = covarianceError[j * N + i] = errorOf(spread);
    }
  }

  // From y, counted from the theory's current in the reference's unit, to a current.
  const { flux, span, unit } = reference;
  const theory = (flux * span) / plan.window;
  const perTime = unit / plan.window;
  const bond = (k: number) => sums[at.bonds + k];
  const bondSquare = (k: number) => sums[at.bonds + N + 1 + k];
  const bonds = Array.from({ length: N + 1 }, (_, k) => k);
  const { cumulants, errors } = cumulantsOf(R, sums.subarray(at.powers, at.powers + POWERS));
  for (let n = 0, scale = perTime; n < CUMULANTS; n++, scale *= unit) {
    cumulants[n] *= scale;
    errors[n] *= scale;
  }
  cumulants[0] += theory;

  const [T_L, T_R] = recipe.model.temperatures;
  const perCurrent = T_L === T_R ? NaN : -(N + 1) / (T_R - T_L);
  return {
    replicas: R,
    events: sums[1],
    plan,
    mean: means.map((m, i) => reference.energies[i] + m),
    standardError,
    effectiveSamples: standardError.map((error, i) => covariance[i * (N + 1)] / (error * error)),
    covariance,
    covarianceError,
    current: cumulants[0],
    currentError: errors[0],
    bondCurrent: Float64Array.from(bonds, (k) => theory + (perTime * bond(k)) / R),
    bondCurrentError: Float64Array.from(
      bonds,
      (k) => perTime * errorOf(covarianceFrom(bond(k), bond(k), bondSquare(k))),
    ),
    conductivity: perCurrent * cumulants[0],
    conductivityError: Math.abs(perCurrent) * errors[0],
    cumulants,
    cumulantError: errors,
    certificate: certify(recipe, spans, sums),
  };
}
