/** Streams of uniforms u = (j + 1/2) 2^-52, and the 32-bit words made of the bits of j. */
import type { Words } from "./dieharder.ts";
import { loadProbe, MOST_SAMPLES, numbersAt } from "./probe.ts";

/** Starts an endless supply of uniforms, many a call. A later start ends it: the probe has one state. */
export type Uniforms = (seed: bigint) => () => Float64Array;

export const probe = loadProbe();

/** The next numbers of the vector stream. */
export const vector = (count: number) => numbersAt(probe, probe.uniforms(count), count);

/** The next numbers of the scalar stream. */
function scalar(count: number): Float64Array {
  const all = new Float64Array(count);
  for (let i = 0; i < count; i++) all[i] = probe.uniform();
  return all;
}

/** Purposes of a scalar stream, as `assembly/random.ts` has them. */
const [DECISIONS, DIRECT] = [2, 3];

/** The vector stream of replica 0: its four lanes in turn, as simulations take them. */
export const lanes: Uniforms = (seed) => {
  probe.startVector(seed, 0n);
  return () => vector(MOST_SAMPLES);
};

/** One lane of four. */
export const oneLane: Uniforms = (seed) => {
  const all = lanes(seed);
  return () => {
    const [four, one] = [all(), new Float64Array(MOST_SAMPLES / 4)];
    for (let i = 0; i < one.length; i++) one[i] = four[4 * i + 1];
    return one;
  };
};

/** The scalar stream of replica 0 that decides. */
export const decisions: Uniforms = (seed) => {
  probe.start(seed, 0n, DECISIONS);
  return () => scalar(MOST_SAMPLES);
};

/** Streams in turn, one number of each. */
function interleaved(streams: Float64Array[]): Float64Array {
  const [count, length] = [streams.length, streams[0].length];
  const all = new Float64Array(count * length);
  for (let s = 0; s < count; s++) {
    const stream = streams[s];
    for (let i = 0; i < length; i++) all[i * count + s] = stream[i];
  }
  return all;
}

/** One number of each of 1000 streams in turn, 64 times; then of the next 1000. */
export function manyInTurn(first64: (seed: bigint, stream: bigint) => Float64Array): Uniforms {
  return (seed) => {
    let stream = 0n;
    return () => interleaved(Array.from({ length: 1000 }, () => first64(seed, stream++)));
  };
}

/** The vector streams of the replicas of one seed. */
export const replicas = manyInTurn((seed, replica) => {
  probe.startVector(seed, replica);
  return vector(64);
});

/** The scalar streams of consecutive seeds. */
export const seeds = manyInTurn((seed, k) => {
  probe.start((seed << 32n) + k, 0n, DECISIONS);
  return scalar(64);
});

/** All that is keyed by one seed and replica: the vector stream, both scalar ones, in turn; then the next replica. */
export const purposes: Uniforms = (seed) => {
  let replica = 0n;
  const scalarFor = (purpose: number) => {
    probe.start(seed, replica, purpose);
    return scalar(4096);
  };
  return () => {
    probe.startVector(seed, ++replica);
    return interleaved([vector(4096), scalarFor(DECISIONS), scalarFor(DIRECT)]);
  };
};

/** The upper 32 bits of each uniform. */
export function upperBits(uniforms: Uniforms): Words {
  return (seed) => {
    const next = uniforms(seed);
    return () => {
      const chunk = next();
      const words = new Uint32Array(chunk.length);
      for (let i = 0; i < chunk.length; i++) words[i] = chunk[i] * 2 ** 32;
      return words;
    };
  };
}

/** All 52 bits: of eight uniforms the upper 32 bits, then in five words the lower 20. */
export function allBits(uniforms: Uniforms): Words {
  return (seed) => {
    const next = uniforms(seed);
    return () => {
      const chunk = next();
      const words = new Uint32Array((chunk.length / 8) * 13);
      for (let i = 0, at = 0; i < chunk.length; i += 8) {
        for (let j = i; j < i + 8; j++) words[at++] = chunk[j] * 2 ** 32;
        // The bits that await the rest of their word, lowest first.
        let [bits, count] = [0, 0];
        for (let j = i; j < i + 8; j++) {
          const scaled = chunk[j] * 2 ** 32;
          const lower = (scaled - Math.floor(scaled)) * 2 ** 20;
          bits |= lower << count;
          count += 20;
          if (count < 32) continue;
          words[at++] = bits;
          count -= 32;
          bits = lower >>> (20 - count);
        }
      }
      return words;
    };
  };
}
