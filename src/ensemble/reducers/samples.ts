/** Samples: the energies of every replica at every time, and what its bonds have transferred. */
import { OutOfMemoryError } from "../../errors.ts";
import { transferredBy } from "../../kernel.ts";
import { joined, type Reducer } from "../alignedTree.ts";

export interface SamplesObservable {
  readonly kind: "samples";
}

/** Blocks are observations, replicas x T x (E_1..E_N, inflow), which are merged by joining them. */
export function samplesReducer(N: number, T: number): Reducer {
  return {
    length: (replicas) => replicas * T * (N + 1),
    leaf: ({ observed }) => observed().slice(),
    merge: joined,
  };
}

/** Energies, observations x N, and energies transferred since time 0, observations x (N+1). */
export function unpackSamples(observed: Float64Array, initial: Float64Array) {
  const N = initial.length;
  const width = N + 1;
  const energies = new Float64Array((observed.length / width) * N);
  const transferred = new Float64Array(observed.length);
  for (let from = 0, to = 0; from < observed.length; from += width, to += N) {
    energies.set(observed.subarray(from, from + N), to);
    transferredBy(observed.subarray(from, from + width), initial, transferred.subarray(from, from + width));
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
