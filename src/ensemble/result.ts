/** What a run gives back: the arrays of the public API, unpacked from the block of all replicas. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { blockLayout, STREAM_VERSION, type Method, type Moments } from "../kernel.ts";
import type { Model } from "../model.ts";
import { VERSION, WASM_SHA256 } from "../wasm.ts";
import type { Settled } from "./options.ts";
import type { LookOptions } from "./stationaryOptions.ts";

/** What was run, and the fingerprint of what came out: enough for anyone to run it again. Plain data. */
export interface Certificate {
  /** Version of the package, of its random streams, and sha256 of its release engine. */
  readonly mesoflux: string;
  readonly stream: number;
  readonly wasm: string;
  readonly model: Model;
  readonly method: Method;
  /** What "mesoscopic" was run with: the longest step, and whether energies might be negative. */
  readonly step?: number;
  readonly outsideCone?: "error" | "follow";
  /** Decimal digits, since JSON has no 64-bit integers. */
  readonly seed: string;
  readonly firstReplica: number;
  readonly replicas: number;
  readonly times: readonly number[] | "stationary";
  /** Of an ensemble at given times. */
  readonly moments?: Moments;
  /** Of a steady state: when it was looked at. */
  readonly stationary?: Required<LookOptions>;
  /** sha256 of the reduced block, little-endian: counts, means and second moments, or the sums of a steady state. */
  readonly result: string;
}

/**
 * An ensemble at T times: N cells, R replicas. Arrays are row-major; energies in the model's unit.
 * With a single replica no second moment exists and what needs one is NaN.
 */
export interface Ensemble<M extends Moments = Moments> {
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
  readonly certificate: Certificate;
}

/** @param block the block of all finished replicas. */
export function toEnsemble(
  model: Model,
  options: Settled,
  block: Float64Array<ArrayBuffer>,
  samples: { readonly energies: Float64Array; readonly current: Float64Array } | undefined,
): Ensemble {
  const { cells } = model;
  const { moments } = options;
  const T = options.times.length;
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
    times: Float64Array.from(options.times),
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
    certificate: certify(model, options, replicas, block, { times: options.times, moments }),
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

/** @param observed what was looked at, and when. */
export function certify(
  model: Model,
  options: Pick<Settled, "method" | "step" | "outsideCone" | "seed" | "firstReplica">,
  replicas: number,
  block: Float64Array<ArrayBuffer>,
  observed: Pick<Certificate, "times" | "moments" | "stationary">,
): Certificate {
  return {
    mesoflux: VERSION,
    stream: STREAM_VERSION,
    wasm: WASM_SHA256,
    model,
    method: options.method,
    ...(options.step !== undefined && { step: options.step, outsideCone: options.outsideCone ?? "error" }),
    seed: String(options.seed),
    firstReplica: options.firstReplica,
    replicas,
    ...observed,
    result: bytesToHex(sha256(new Uint8Array(block.buffer))),
  };
}
