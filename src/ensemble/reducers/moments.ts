/** Means, variances and covariances at given times: reduced by the engine itself (assembly/moments.ts). */
import { blockLayout, settleTransferred, type Moments } from "../../kernel.ts";
import type { Block, Reducer } from "../alignedTree.ts";
import type { Certificate } from "../runSpec.ts";

export interface MomentsObservable {
  readonly kind: "moments";
  readonly moments: Moments;
}

/**
 * An ensemble at T times: N cells, R replicas. Arrays are row-major; energies in the model's unit.
 * With a single replica no second moment exists and what needs one is NaN.
 */
export interface Ensemble<M extends Moments = Moments> {
  /** T: the observation times, in units of the model's timescale. */
  readonly times: Float64Array;
  /** Replicas that are in the result. */
  readonly replicas: number;
  /** Exchanges that happened in all of them; steps for "mesoscopic". */
  readonly events: number;
  /** T x N: mean of E_k. */
  readonly mean: Float64Array;
  /** T x N x N: unbiased covariance of the energies. */
  readonly covariance: M extends "covariance" ? Float64Array : undefined;
  /** T x N: unbiased variance of E_k. */
  readonly variance: M extends "mean" ? undefined : Float64Array;
  /** T x N: standard error of `mean`. */
  readonly standardError: M extends "mean" ? undefined : Float64Array;
  /** T x (N+1): mean energy transferred from cell k to k+1 since time 0; cells 0 and N+1 are the baths. */
  readonly transferred: Float64Array;
  /** T x (N+1): its unbiased variance over the replicas. */
  readonly transferredVariance: M extends "mean" ? undefined : Float64Array;
  /** R x T x N: energies of each replica, when asked for. */
  readonly samples: Float64Array | undefined;
  /** R x T x (N+1): energy that each replica has transferred from cell k to k+1 since time 0, kept with `samples`. */
  readonly transferredSamples: Float64Array | undefined;
  /**
   * R x T: W_f of each replica, when asked for: the sum over its events so far of log f(before)/f(after), f that of the bond
   * that rang (THEORY 12.1).
   */
  readonly rateRatioSamples: Float64Array | undefined;
  /** @deprecated The same as `transferred`: an energy, not a current. */
  readonly current: Float64Array;
  /** @deprecated The same as `transferredVariance`. */
  readonly currentVariance: M extends "mean" ? undefined : Float64Array;
  /** @deprecated The same as `transferredSamples`. */
  readonly currentSamples: Float64Array | undefined;
  /** The run and the fingerprint of its result. */
  readonly certificate: Certificate;
}

/** Blocks are those of the engine. */
export function momentsReducer(N: number, T: number, moments: Moments): Reducer {
  return {
    length: () => blockLayout(N, T, moments).length,
    leaf: (node) => node.moments(),
    merge: (left, right, kernel) => kernel.merge(left, right),
  };
}

/** The public fields, from the block of all replicas. */
export function unpackMoments(
  block: Block,
  initial: Float64Array,
  times: readonly number[],
  moments: Moments,
): Omit<Ensemble, "certificate"> {
  const N = initial.length;
  const T = times.length;
  const layout = blockLayout(N, T, moments);
  const replicas = block[0];
  const pick = (width: number, offset: number, divisor: number) => {
    const out = new Float64Array(T * width);
    for (let t = 0; t < T; t++) {
      const record = layout.header + t * layout.record;
      for (let i = 0; i < width; i++) out[t * width + i] = block[record + offset + i] / divisor;
    }
    return out;
  };
  const second = moments !== "mean";
  const packed = moments === "covariance" ? pick((N * (N + 1)) / 2, layout.squares, replicas - 1) : undefined;
  const variance = packed ? diagonals(packed, N, T) : second ? pick(N, layout.squares, replicas - 1) : undefined;
  const transferred = pick(N + 1, layout.current, 1);
  const transferredVariance = second ? pick(N + 1, layout.currentSquares, replicas - 1) : undefined;
  const mean = pick(N, 0, 1);
  for (let t = 0; t < T; t++) {
    const through = transferred.subarray(t * (N + 1), (t + 1) * (N + 1));
    settleTransferred(mean.subarray(t * N, (t + 1) * N), initial, through);
  }
  // Nothing that is always 0 varies; with one replica this stays NaN.
  transferredVariance?.forEach((_, i) => (transferredVariance[i] *= transferred[i] === 0 ? 0 : 1));
  return {
    times: Float64Array.from(times),
    replicas,
    events: block[1],
    mean,
    covariance: packed && symmetric(packed, N, T),
    variance,
    standardError: variance?.map((value) => Math.sqrt(value / replicas)),
    transferred,
    transferredVariance,
    samples: undefined,
    transferredSamples: undefined,
    rateRatioSamples: undefined,
    current: transferred,
    currentVariance: transferredVariance,
    currentSamples: undefined,
  };
}

/** T x N x N matrices from their lower triangles, row by row. */
function symmetric(packed: Float64Array, N: number, T: number): Float64Array {
  const out = new Float64Array(T * N * N);
  for (let t = 0, from = 0; t < T; t++) {
    const matrix = t * N * N;
    for (let i = 0; i < N; i++) {
      for (let j = 0; j <= i; j++) out[matrix + i * N + j] = out[matrix + j * N + i] = packed[from++];
    }
  }
  return out;
}

/** T x N: the diagonals of such triangles. */
function diagonals(packed: Float64Array, N: number, T: number): Float64Array {
  const size = (N * (N + 1)) / 2;
  return Float64Array.from({ length: T * N }, (_, at) => {
    const i = at % N;
    return packed[Math.floor(at / N) * size + (i * (i + 3)) / 2];
  });
}
