/**
 * The streams of random numbers pass a battery of dieharder, word by word as simulations take them: one lane, all four,
 * the scalar stream, and streams of many replicas, of consecutive seeds and of all purposes in turn. 2.3e8 words (7.5e9
 * bits) each, seeds 0 to 33; the file's false-alarm rate is 6.8e-8. It sees one stuck bit in 52, one bad lane in four.
 */
import { describe, expect, test, vi } from "vitest";
import { judge, P_VALUES, type Verdict, type Words } from "../support/dieharder.ts";
import {
  allBits,
  decisions,
  lanes,
  manyInTurn,
  oneLane,
  probe,
  purposes,
  replicas,
  seeds,
  type Uniforms,
  upperBits,
  vector,
} from "../support/words.ts";

const streams: [string, Words][] = [
  ["one lane", upperBits(oneLane)],
  ["four lanes", upperBits(lanes)],
  ["four lanes, all bits", allBits(lanes)],
  ["the scalar stream", upperBits(decisions)],
  ["the scalar stream, all bits", allBits(decisions)],
  ["replicas in turn", upperBits(replicas)],
  ["replicas in turn, all bits", allBits(replicas)],
  ["consecutive seeds in turn", upperBits(seeds)],
  ["all streams of a replica in turn", upperBits(purposes)],
];

test.each(streams)("%s: no p-value of 68 below 1e-10", async (_, words) => {
  const verdicts: Verdict[] = [];
  for await (const verdict of judge(words)) verdicts.push(verdict);
  expect(verdicts.filter(({ rejected }) => rejected)).toEqual([]);
  expect(verdicts.length).toBe(P_VALUES);
});

/** Replicas 2i and 2i + 1 have one stream: each number comes twice in turn. */
const oneStreamForTwo = manyInTurn((seed, replica) => {
  probe.startVector(seed, replica & ~1n);
  return vector(64);
});

/** The numbers of the third lane come from the state of a 32-bit linear congruential generator. */
const badLane: Uniforms = (seed) => {
  const next = lanes(seed);
  let state = Number(seed);
  return () => {
    const all = next();
    for (let i = 2; i < all.length; i += 4) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      all[i] = (state + 0.5) * 2 ** -32;
    }
    return all;
  };
};

/** xoshiro256+ whose state is the replica's number among constants, as it stands and not hashed. */
const unhashed = manyInTurn((seed, replica) => {
  let [a, b, c, d] = [replica, seed, 0x9e3779b97f4a7c15n, 0xd1342543de82ef95n];
  return Float64Array.from({ length: 64 }, () => {
    const word = BigInt.asUintN(64, a + d);
    const t = BigInt.asUintN(64, b << 17n);
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = BigInt.asUintN(64, d << 45n) | (d >> 19n);
    return (Number(word >> 12n) + 0.5) * 2 ** -52;
  });
});

/** The lowest of the 52 bits is always 0. */
const stuckBit: Uniforms = (seed) => {
  const next = lanes(seed);
  return () => next().map((u) => (Math.floor(u * 2 ** 51) * 2 + 0.5) * 2 ** -52);
};

describe("is told apart with a planted defect", () => {
  const defects: [string, Words][] = [
    ["one stream for two replicas", upperBits(oneStreamForTwo)],
    ["a congruential generator in one lane of four", upperBits(badLane)],
    ["keys that are not hashed", upperBits(unhashed)],
    ["a stuck lowest bit", allBits(stuckBit)],
  ];
  test.each(defects)("%s", async (_, words) => {
    expect(await isRejected(words)).toBe(true);
  });
});

async function isRejected(words: Words): Promise<boolean> {
  for await (const { rejected } of judge(words)) if (rejected) return true;
  return false;
}

test("a machine without dieharder is told what to install", async () => {
  vi.stubEnv("PATH", "");
  try {
    await expect(isRejected(upperBits(lanes))).rejects.toThrow(
      '"dieharder" expected on the PATH, got none; apt-get install dieharder',
    );
  } finally {
    vi.unstubAllEnvs();
  }
});
