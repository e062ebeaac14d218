/** Samples: the energies of every replica at every time, and what its bonds have transferred; and W_f. */
import { OutOfMemoryError } from "../../errors.ts";
import { transferredBy } from "../../kernel.ts";
import { joined, type Reducer } from "../alignedTree.ts";

export interface SamplesObservable {
  readonly kind: "samples";
}

/** Blocks are the engine's rows, replicas x rows x (E_1..E_N, inflow), which are merged by joining them. */
export function samplesReducer(N: number, rows: number): Reducer {
  return {
    length: (replicas) => replicas * rows * (N + 1),
    leaf: ({ observed }) => observed().slice(),
    merge: joined,
  };
}

/** W_f of every replica at every time. */
export interface RateRatioObservable {
  readonly kind: "rateRatio";
}

/** Blocks are W_f, replicas x T. */
export function rateRatioReducer(T: number): Reducer {
  return {
    length: (replicas) => replicas * T,
    leaf: ({ ratios }) => ratios().slice(),
    merge: joined,
  };
}

/**
 * Energies, observations x N, and energies transferred since time 0, observations x (N+1).
 * @param initial E(0), if no replica has drawn its own, which then stands before its observations at T times.
 */
export function unpackSamples(rows: Float64Array, initial: Float64Array, T: number, drawn: boolean) {
  const N = initial.length;
  const width = N + 1;
  const ofReplica = (T + (drawn ? 1 : 0)) * width;
  const observations = (rows.length / ofReplica) * T;
  const energies = new Float64Array(observations * N);
  const transferred = new Float64Array(observations * width);
  for (let replica = 0, i = 0; replica < rows.length; replica += ofReplica) {
    const start = drawn ? rows.subarray(replica, replica + N) : initial;
    for (let from = replica + ofReplica - T * width; from < replica + ofReplica; from += width, i++) {
      const observed = rows.subarray(from, from + width);
      energies.set(observed.subarray(0, N), i * N);
      transferredBy(observed, start, transferred.subarray(i * width, (i + 1) * width));
    }
  }
  return { energies, transferred };
}

/**
 * Makes sure that the samples of so many replicas have room, before they are simulated.
 * @throws OutOfMemoryError
 */
export function checkRoomForSamples(cells: number, times: number, replicas: number): void {
  const numbers = replicas * times * (2 * cells + 1);
  try {
    new Float64Array(numbers);
  } catch {
    throw new OutOfMemoryError(8 * numbers, "run without samples, or ask for fewer replicas or times");
  }
}
