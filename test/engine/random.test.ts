/** Streams of random numbers: their keys, their generator, their frozen values. */
import { createCipheriv } from "node:crypto";
import { expect, test } from "vitest";
import { STREAM_VERSION } from "../../assembly/abi.ts";
import { collect, loadProbe, numbersAt } from "../support/probe.ts";
import { kolmogorovSmirnov, KS_LIMIT } from "../support/statistics.ts";

const probe = loadProbe();
const MASK = 2n ** 64n - 1n;

/** The ChaCha20 block of (seed, replica, purpose), by node:crypto, as eight 64-bit words. */
function chacha(seed: bigint, replica: bigint, purpose: number): bigint[] {
  const key = Buffer.alloc(32);
  key.writeBigUInt64LE(seed, 0);
  key.writeBigUInt64LE(replica, 8);
  key.writeUInt32LE(STREAM_VERSION, 16);
  const counter = Buffer.alloc(16);
  counter.writeUInt32LE(purpose, 0);
  const block = createCipheriv("chacha20", key, counter).update(Buffer.alloc(64));
  return Array.from({ length: 8 }, (_, i) => block.readBigUInt64LE(8 * i));
}

/** xoshiro256+ as its authors print it, giving the uniforms of this package. */
function* xoshiro([a, b, c, d]: bigint[]): Generator<number> {
  let [s0, s1, s2, s3] = [a, b, c, d];
  while (true) {
    const word = (s0 + s3) & MASK;
    const t = (s1 << 17n) & MASK;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = ((s3 << 45n) | (s3 >> 19n)) & MASK;
    yield (Number(word >> 12n) + 0.5) * 2 ** -52;
  }
}

const keys: [bigint, bigint][] = [
  [0n, 0n],
  [42n, 7n],
  [MASK, 2n ** 53n - 1n],
];

test("a stream's key is a ChaCha20 block of seed, replica, stream version and purpose", () => {
  for (const [seed, replica] of keys) {
    for (const [purpose, count] of [
      [0, 3],
      [3, 1],
      [4, 1],
    ]) {
      const address = probe.keyBlocks(seed, replica, purpose, count) >>> 0;
      const expected = Array.from({ length: count }, (_, i) => chacha(seed, replica, purpose + i)).flat();
      expect([...new BigUint64Array(probe.memory.buffer, address, 8 * count)]).toEqual(expected);
    }
  }
});

test("the scalar stream is xoshiro256+", () => {
  for (const [seed, replica] of keys) {
    const reference = xoshiro(chacha(seed, replica, 3).slice(0, 4));
    probe.start(seed, replica, 3);
    for (let i = 0; i < 1000; i++) expect(probe.uniform()).toBe(reference.next().value);
  }
});

test("the vector stream is four xoshiro256+ side by side", () => {
  for (const [seed, replica] of keys) {
    const [even, odd] = [chacha(seed, replica, 0), chacha(seed, replica, 1)];
    const lane = (block: bigint[], i: number) => xoshiro([block[i], block[i + 2], block[i + 4], block[i + 6]]);
    const lanes = [lane(even, 0), lane(even, 1), lane(odd, 0), lane(odd, 1)];
    probe.startVector(seed, replica);
    numbersAt(probe, probe.uniforms(1000), 1000).forEach((u, i) => expect(u).toBe(lanes[i % 4].next().value));
  }
});

test("stream version 2 is frozen", () => {
  probe.startVector(42n, 0n);
  const vector = [...numbersAt(probe, probe.uniforms(4), 4)];
  probe.start(42n, 0n, 2);
  const scalar = [probe.uniform(), probe.uniform()];
  expect(STREAM_VERSION).toBe(2);
  expect([...vector, ...scalar]).toEqual([
    0.922780455979925, 0.2513624041795389, 0.2483969492425756, 0.0035040784261625157, 0.9069449695422674,
    0.8539399192380904,
  ]);
});

test("uniforms lie inside (0, 1) and are uniform (n = 4e6, false alarm 1e-9)", () => {
  probe.startVector(1n, 0n);
  const samples = collect(probe, 4e6, probe.uniforms);
  expect(samples.every((u) => u > 0 && u < 1)).toBe(true);
  expect(kolmogorovSmirnov(samples, (x) => x)).toBeLessThan(KS_LIMIT);
});
