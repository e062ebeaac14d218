/**
 * The steady state: sums over replicas, so that memory grows with neither replicas nor time, and merging is addition.
 *
 * A replica is one number for each statistic, its average over measurements at x = E - E*:
 *
 *   A_i = <x_i>,   P_ij = <x_i x_j>,   y_k = (Q_k - j* span)/unit,   y = Σ_k y_k/(N+1)
 *
 * with Q_k the energy that bond k transferred in the window, which is `span` long in fast time. All are differences from
 * the theory's E* and j*, of which finite M leaves terms of order 1/M: so sums of squares lose no digits that matter.
 *
 * R replicas are R independent numbers, so the standard error of a mean is their standard deviation over √R, whatever the
 * correlations between measurements. A covariance is not a mean, but with m = <A> its error is that of its influence,
 * P_ij - m_i A_j - m_j A_i, and
 *
 *   C_ij = <P_ij> - m_i m_j + Cov(A_i, A_j)/R
 *
 * is unbiased.
 */
import { OutOfMemoryError } from "../../errors.ts";
import { sumTransferred } from "../../kernel.ts";
import type { Model } from "../../model.ts";
import type { Block, Reducer } from "../alignedTree.ts";
import type { Certificate } from "../runSpec.ts";
import { CUMULANTS, cumulantsOf } from "./cumulants.ts";

/** The times at which the replicas of a steady state were measured. In units of the model's timescale. */
export interface LookPlan {
  /** From the start at E* to the first measurement. */
  readonly burnIn: number;
  /** Measurements of each replica. */
  readonly looks: number;
  /** Between two measurements. */
  readonly spacing: number;
  /** From the first measurement to the last, over which currents are counted. */
  readonly window: number;
}

export interface SteadyStateObservable {
  readonly kind: "steadyState";
  readonly measured: LookPlan;
  readonly reference: Reference;
}

/**
 * The steady state of N cells, seen in R replicas. Energies in the model's unit, times in units of its timescale, arrays
 * row-major. With a single replica, all that an abort may leave, what needs several is NaN.
 */
export interface SteadyState {
  /** Replicas that are in the result. */
  readonly replicas: number;
  /** Exchanges that happened in all of them. */
  readonly events: number;
  /** When they were measured. */
  readonly plan: LookPlan;
  /** N: mean of E_k. */
  readonly mean: Float64Array;
  /** N: standard error of `mean`. */
  readonly standardError: Float64Array;
  /** N: the number of independent measurements of E_k that would know its mean as well, Var(E_k)/standardError². */
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
  /** The run and the fingerprint of its result. */
  readonly certificate: Certificate;
}

/** The theory's state, from which a replica's numbers are counted. */
export interface Reference {
  /** E*. */
  readonly energies: Float64Array;
  /** j*, left to right per unit of fast time. */
  readonly flux: number;
  /** Length of the window in fast time. */
  readonly span: number;
  /** An energy of the size of the fluctuations of Q, so that powers of y neither overflow nor vanish. */
  readonly unit: number;
}

/** Sums of powers of y, 1 to 6: the error of a third cumulant needs the sixth. */
const POWERS = 6;
/** Sums of a pair i >= j: P_ij, P_ij², P_ij A_i, P_ij A_j, A_i A_j. */
const PAIR = 5;

/** The offsets of the sums in a block. It begins with the number of replicas and of events. */
function sumsLayout(cells: number) {
  const means = 2;
  const pairs = means + cells;
  const bonds = pairs + (PAIR * cells * (cells + 1)) / 2;
  // First y_k of every bond, then y_k² of every bond.
  const powers = bonds + 2 * (cells + 1);
  return { means, pairs, bonds, powers, length: powers + POWERS };
}

/** The offset of the pair i >= j among the pairs. */
const pairAt = (i: number, j: number) => PAIR * ((i * (i + 1)) / 2 + j);

/** Sums over replicas, from their measurements. */
export function steadyStateReducer(N: number, { reference }: SteadyStateObservable): Reducer {
  return {
    length: () => sumsLayout(N).length,
    leaf({ observed, replicas, events }) {
      const sums = sumsOver(observed(), replicas, reference);
      sums[1] = events;
      return sums;
    },
    merge: addSums,
  };
}

/**
 * Makes sure that the sums of so many replicas have room, before they are simulated: one block a level of the tree, and
 * two that merge.
 * @throws OutOfMemoryError
 */
export function checkRoomForSums(cells: number, replicas: number): void {
  const { length } = sumsLayout(cells);
  let blocks = 2;
  for (let size = 1; size < replicas; size *= 2) blocks++;
  try {
    Array.from({ length: blocks }, () => new Float64Array(length));
  } catch {
    throw new OutOfMemoryError(8 * length * blocks, "ask for fewer cells");
  }
}

/** Adds `right` to `left`, and returns it. */
export function addSums(left: Block, right: Block): Block {
  for (let i = 0; i < left.length; i++) left[i] += right[i];
  return left;
}

/** The sums of 2^level replicas, added pairwise as in the aligned tree. */
function sumsOver(observed: Float64Array, replicas: number, reference: Reference): Block {
  if (replicas === 1) return sumsOfOne(observed, reference);
  const middle = observed.length / 2;
  const left = sumsOver(observed.subarray(0, middle), replicas / 2, reference);
  return addSums(left, sumsOver(observed.subarray(middle), replicas / 2, reference));
}

/** @param observed the measurements of one replica: each E_1..E_N, inflow. */
function sumsOfOne(observed: Float64Array, reference: Reference): Block {
  const { energies } = reference;
  const N = energies.length;
  const { means, pairs, bonds, powers, length } = sumsLayout(N);
  const sums = new Float64Array(length);
  sums[0] = 1;

  const measurements = observed.length / (N + 1);
  const x = new Float64Array(N);
  for (let m = 0; m < measurements; m++) {
    for (let i = 0, at = pairs; i < N; i++) {
      x[i] = observed[m * (N + 1) + i] - energies[i];
      sums[means + i] += x[i];
      for (let j = 0; j <= i; j++, at += PAIR) sums[at] += x[i] * x[j];
    }
  }
  for (let i = 0, at = pairs; i < N; i++) {
    const A = (sums[means + i] /= measurements);
    for (let j = 0; j <= i; j++, at += PAIR) {
      const P = (sums[at] /= measurements);
      sums[at + 1] = P * P;
      sums[at + 2] = P * A;
      sums[at + 3] = P * sums[means + j];
      sums[at + 4] = A * sums[means + j];
    }
  }

  // Every replica starts at E*.
  const [before, after] = [new Float64Array(N + 1), new Float64Array(N + 1)];
  sumTransferred(observed.subarray(0, N + 1), energies, before);
  sumTransferred(observed.subarray(-(N + 1)), energies, after);
  const expected = reference.flux * reference.span;
  let total = 0;
  for (let k = 0; k <= N; k++) {
    const y = (after[k] - before[k] - expected) / reference.unit;
    sums[bonds + k] = y;
    sums[bonds + N + 1 + k] = y * y;
    total += y;
  }
  const y = total / (N + 1);
  for (let n = 0, power = y; n < POWERS; n++, power *= y) sums[powers + n] = power;
  return sums;
}

/** @param sums over all replicas. */
export function unpackSums(
  { cells: N, temperatures: [T_L, T_R] }: Model,
  { measured, reference }: SteadyStateObservable,
  sums: Block,
): Omit<SteadyState, "certificate"> {
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
      const variance =
        covarianceFrom(P, P, PP) -
        2 * (m_i * covarianceFrom(P, A_j, PA_j) + m_j * covarianceFrom(P, A_i, PA_i)) +
        m_i * m_i * covarianceFrom(A_j, A_j, sums[at.pairs + pairAt(j, j) + 4]) +
        m_j * m_j * square +
        2 * m_i * m_j * between;
      covariance[i * N + j] = covariance[j * N + i] = P / R - m_i * m_j + between / R;
      covarianceError[i * N + j] = covarianceError[j * N + i] = errorOf(variance);
    }
  }

  // From y, counted from the theory's current in the reference's unit, to a current.
  const { flux, span, unit } = reference;
  const theory = (flux * span) / measured.window;
  const perTime = unit / measured.window;
  const bond = (k: number) => sums[at.bonds + k];
  const bondSquare = (k: number) => sums[at.bonds + N + 1 + k];
  const bonds = Array.from({ length: N + 1 }, (_, k) => k);
  const { cumulants, errors } = cumulantsOf(R, sums.subarray(at.powers, at.powers + POWERS));
  for (let n = 0, scale = perTime; n < CUMULANTS; n++, scale *= unit) {
    cumulants[n] *= scale;
    errors[n] *= scale;
  }
  cumulants[0] += theory;

  const perCurrent = T_L === T_R ? NaN : -(N + 1) / (T_R - T_L);
  return {
    replicas: R,
    events: sums[1],
    plan: measured,
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
  };
}
