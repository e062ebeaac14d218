/** What a run gives back: the arrays of the public API, unpacked from the block of all replicas. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { blockLayout, type Moments } from "../kernel.ts";
import type { Span } from "./plan.ts";
import type { Recipe } from "./recipe.ts";

/** What was run, and the fingerprint of what came out: enough for anyone to run it again. Plain data. */
export interface Certificate extends Recipe {
  /** Which replicas were run, where they are not all from the first to the last: of a run that stopped early. */
  readonly spans?: readonly Span[];
  /** sha256 of the reduced block, little-endian: counts, means and second moments, or the sums of a steady state. */
  readonly result: string;
}

/** @param spans the replicas that are in the block. */
export function certify(recipe: Recipe, spans: readonly Span[], block: Float64Array<ArrayBuffer>): Certificate {
  return {
    ...recipe,
    firstReplica: spans[0].first,
    replicas: spans.reduce((sum, { replicas }) => sum + replicas, 0),
    ...(spans.length > 1 && { spans }),
    result: bytesToHex(sha256(new Uint8Array(block.buffer))),
  };
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
  /** T x (N+1): mean energy carried from cell k to k+1 since time 0; cell 0 and N+1 are the baths. */
  readonly current: Float64Array;
  /** T x (N+1): its unbiased variance over the replicas. */
  readonly currentVariance: M extends "mean" ? undefined : Float64Array;
  /** R x T x N: energies of each replica, when asked for. */
  readonly samples: Float64Array | undefined;
  /** R x T x (N+1): energy that each replica has carried from cell k to k+1 since time 0, kept with `samples`. */
  readonly currentSamples: Float64Array | undefined;
  /** What was run, and the fingerprint of the result. */
  readonly certificate: Certificate;
}

/** @param block the block of all finished replicas; @param spans which those are. */
export function toEnsemble(
  recipe: Recipe & { readonly times: readonly number[]; readonly moments: Moments },
  block: Float64Array<ArrayBuffer>,
  spans: readonly Span[],
  samples: { readonly energies: Float64Array; readonly current: Float64Array } | undefined,
): Ensemble {
  const { times, moments } = recipe;
  const { cells } = recipe.model;
  const T = times.length;
  const layout = blockLayout(cells, T, moments);
  const replicas = block[0];
  const record = (t: number) => layout.header + t * layout.record;
  const pick = (width: number, offset: number, divisor: number) => {
    const out = new Float64Array(T * width);
    for (let t = 0; t < T; t++) {
      for (let i = 0; i < width; i++) out[t * width + i] = block[record(t) + offset + i] / divisor;
    }
    return out;
  };
  const spread = moments !== "mean";
  const covariance = moments === "covariance" ? unpackCovariance(block, cells, T, replicas - 1, layout) : undefined;
  const variance = covariance
    ? diagonals(covariance, cells, T)
    : spread
      ? pick(cells, layout.squares, replicas - 1)
      : undefined;
  return {
    times: Float64Array.from(times),
    replicas,
    events: block[1],
    mean: pick(cells, 0, 1),
    covariance,
    variance,
    standardError: variance?.map((value) => Math.sqrt(value / replicas)),
    current: pick(cells + 1, layout.current, 1),
    currentVariance: spread ? pick(cells + 1, layout.currentSquares, replicas - 1) : undefined,
    samples: samples?.energies,
    currentSamples: samples?.current,
    certificate: certify(recipe, spans, block),
  };
}

function unpackCovariance(
  block: Float64Array,
  cells: number,
  T: number,
  divisor: number,
  layout: ReturnType<typeof blockLayout>,
): Float64Array {
  const out = new Float64Array(T * cells * cells);
  for (let t = 0; t < T; t++) {
    let from = layout.header + t * layout.record + layout.squares;
    const matrix = t * cells * cells;
    for (let i = 0; i < cells; i++) {
      for (let j = 0; j <= i; j++) {
        const value = block[from++] / divisor;
        out[matrix + i * cells + j] = value;
        out[matrix + j * cells + i] = value;
      }
    }
  }
  return out;
}

function diagonals(matrices: Float64Array, cells: number, T: number): Float64Array {
  const out = new Float64Array(T * cells);
  for (let i = 0; i < out.length; i++) {
    out[i] = matrices[Math.floor(i / cells) * cells * cells + (i % cells) * (cells + 1)]!;
  }
  return out;
}
