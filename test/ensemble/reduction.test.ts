/** The aligned tree: any cut of an ensemble, in any order, gives the same bits. */
import { expect, test } from "vitest";
import { chunks, Reduction, spansOf, type Block, type Chunk } from "../../src/ensemble/alignedTree.ts";
import { chunkLevel, type ChunkNeeds } from "../../src/ensemble/chunkLevel.ts";
import { defineModel, simulate } from "../../src/index.ts";
import { loadKernel } from "../../src/engine.ts";
import { blockLayout, METHODS, type Kernel, type Method } from "../../src/kernel.ts";
import { initialEnergies } from "../../src/theory/initial.ts";
import { setupOf } from "../../src/rate/expression.ts";

const model = defineModel({ cells: 4, particles: 200, temperatures: [1, 2] });
const layout = { times: [0.2, 1], moments: "covariance", samples: false } as const;

async function prepared(level: number): Promise<Kernel> {
  const kernel = await loadKernel();
  kernel.setModel(model, setupOf(model), 9n);
  kernel.setStep(0.01, false);
  kernel.allocate(initialEnergies(model), { ...layout, level });
  return kernel;
}

function run(
  kernel: Kernel,
  { first, level }: Chunk,
  budget = 1e9,
  method: Method = "exact",
): Float64Array<ArrayBuffer> {
  kernel.beginChunk(method, first, level);
  while (!kernel.advance(budget));
  return kernel.finishedBlock(0).slice();
}

/** The block of [first, first + replicas) cut at `level`, its chunks added in the order that `order` makes of them. */
async function reduced(
  method: Method,
  first: number,
  replicas: number,
  level: number,
  order: (chunks: Chunk[]) => Chunk[] = (list) => list,
): Promise<Float64Array> {
  const kernel = await prepared(level);
  const reduction = new Reduction(([left], [right]) => [kernel.merge(left, right)]);
  for (const chunk of order([...chunks({ first, replicas }, level)])) {
    reduction.add({ ...chunk, blocks: [run(kernel, chunk, 1e9, method)] });
  }
  return reduction.result()!.blocks[0];
}

test("chunks are aligned, in order, and cover the ensemble", () => {
  for (const [first, replicas, level] of [
    [0, 1, 5],
    [0, 1000, 4],
    [3, 1000, 12],
    [2 ** 52 + 1, 77, 3],
  ] as const) {
    let next = first;
    for (const chunk of chunks({ first, replicas }, level)) {
      expect(chunk.first).toBe(next);
      expect(chunk.first % 2 ** chunk.level).toBe(0);
      expect(chunk.level).toBeLessThanOrEqual(level);
      next += 2 ** chunk.level;
    }
    expect(next).toBe(first + replicas);
  }
});

test("a chunk is about a second of work, a share of the run, and no more memory than can be spared", () => {
  const levelOf = (needs: Partial<ChunkNeeds>) =>
    chunkLevel({
      ...{ eventsPerReplica: 10, replicas: 1e9, parts: 1, blockBytes: 1000, observedBytes: 0 },
      ...needs,
    });
  expect(levelOf({ eventsPerReplica: 1e9, replicas: 1000 })).toBe(0);
  expect(levelOf({})).toBe(21);
  expect(levelOf({ replicas: 5 })).toBe(2);
  expect(levelOf({ replicas: 1000, parts: 64 })).toBe(3);
  expect(levelOf({ eventsPerReplica: 2 ** 20, replicas: 1e6 })).toBe(5);
  // A millionth of a run of weeks.
  expect(levelOf({ eventsPerReplica: 2 ** 20 })).toBe(9);
  expect(levelOf({ eventsPerReplica: 1e-3 })).toBe(24);
  expect(levelOf({ blockBytes: 2 ** 24 })).toBe(3);
  expect(levelOf({ observedBytes: 2 ** 20 })).toBe(4);
  expect(levelOf({ blockBytes: 1e12 })).toBe(0);
});

test("neighbours among the replicas that were run are told as one", () => {
  const list = [
    { first: 3, level: 0 },
    { first: 4, level: 2 },
    { first: 10, level: 1 },
  ];
  expect(spansOf(list)).toEqual([
    { first: 3, replicas: 5 },
    { first: 10, replicas: 2 },
  ]);
});

test.each(METHODS)("any cut and any order of chunks gives the same bits: %s", async (method) => {
  for (const [first, replicas] of [
    [0, 64],
    [0, 100],
    [3, 61],
    [5, 1],
  ] as const) {
    const whole = await reduced(method, first, replicas, 6);
    expect(whole[0]).toBe(replicas);
    for (const level of [0, 1, 3, 5]) {
      expect(await reduced(method, first, replicas, level)).toEqual(whole);
      expect(await reduced(method, first, replicas, level, (list) => list.reverse())).toEqual(whole);
      const byParity = (list: Chunk[]) => [...list.filter((_, i) => i % 2), ...list.filter((_, i) => i % 2 === 0)];
      expect(await reduced(method, first, replicas, level, byParity)).toEqual(whole);
    }
  }
});

test("nodes are merged from their halves, left with right, and what is outside the ensemble is left out", () => {
  const names = new Map<Block, string>();
  const named = (name: string) => {
    const block = new Float64Array(1);
    names.set(block, name);
    return [block];
  };
  /** The node of the tree with that number at this level, in words; undefined if it is outside. */
  const expected = (first: number, end: number, level: number, number = 0): string | undefined => {
    if (level === 0) return number >= first && number < end ? String(number) : undefined;
    const [left, right] = [0, 1].map((half) => expected(first, end, level - 1, 2 * number + half));
    return left && right ? `(${left} ${right})` : (left ?? right);
  };
  for (const [first, replicas] of [
    [0, 64],
    [0, 100],
    [3, 61],
    [5, 1],
    [64, 40],
  ]) {
    const reduction = new Reduction(([left], [right]) => named(`(${names.get(left)} ${names.get(right)})`));
    for (const chunk of chunks({ first, replicas }, 0)) reduction.add({ ...chunk, blocks: named(String(chunk.first)) });
    expect(names.get(reduction.result()!.blocks[0])).toBe(expected(first, first + replicas, 7));
  }
});

test.each(METHODS)("where a chunk pauses has no influence: %s", async (method) => {
  const kernel = await prepared(4);
  const chunk = { first: 16, level: 4 };
  const whole = run(kernel, chunk, 1e9, method);
  for (const budget of [1, 7, 100]) expect(run(kernel, chunk, budget, method)).toEqual(whole);
});

test("a block holds the mean and the covariance of its replicas", async () => {
  const kernel = await prepared(5);
  const block = run(kernel, { first: 0, level: 5 });
  const single = await prepared(0);
  const { header, record, squares } = blockLayout(4, 2, "covariance");
  const paths = Array.from({ length: 32 }, (_, r) => run(single, { first: r, level: 0 }));
  for (const time of [0, 1]) {
    const at = header + time * record;
    const means = [0, 1, 2, 3].map((k) => paths.reduce((sum, path) => sum + path[at + k], 0) / 32);
    let packed = at + squares;
    for (let i = 0; i < 4; i++) {
      expect(block[at + i]).toBeCloseTo(means[i], 12);
      for (let j = 0; j <= i; j++, packed++) {
        const square = paths.reduce((sum, p) => sum + (p[at + i] - means[i]) * (p[at + j] - means[j]), 0);
        expect(block[packed]).toBeCloseTo(square, 10);
      }
    }
  }
  expect(block[1]).toBe(paths.reduce((sum, path) => sum + path[1], 0));
});

test("37 replicas, whose halves are unequal at every level, have the moments of their samples", async () => {
  const times = [0.2, 1];
  const options = { replicas: 37, firstReplica: 3, times, seed: 9n, samples: true } as const;
  const { samples, transferredSamples, ...result } = await simulate(model, options);
  /** Mean and unbiased covariance of two columns of rows that are `width` wide. */
  const plain = (rows: Float64Array, width: number, a: number, b = a) => {
    const [x, y] = [a, b].map((k) => Array.from({ length: 37 }, (_, r) => rows[r * width + k]));
    const [meanX, meanY] = [x, y].map((values) => values.reduce((sum, value) => sum + value) / 37);
    return { mean: meanX, covariance: x.reduce((sum, value, r) => sum + (value - meanX) * (y[r] - meanY), 0) / 36 };
  };
  const N = 4;
  for (const t of [0, 1]) {
    for (let i = 0; i < N; i++) {
      const { mean, covariance: variance } = plain(samples!, 2 * N, t * N + i);
      expect(result.mean[t * N + i]).toBeCloseTo(mean, 13);
      expect(result.variance[t * N + i]).toBeCloseTo(variance, 13);
      expect(result.standardError[t * N + i]).toBeCloseTo(Math.sqrt(variance / 37), 13);
      for (let j = 0; j < N; j++) {
        const { covariance } = plain(samples!, 2 * N, t * N + i, t * N + j);
        expect(result.covariance[(t * N + i) * N + j]).toBeCloseTo(covariance, 13);
      }
    }
    for (let k = 0; k <= N; k++) {
      const at = t * (N + 1) + k;
      const { mean, covariance: variance } = plain(transferredSamples!, 2 * (N + 1), at);
      expect(result.transferred[at]).toBeCloseTo(mean, 13);
      expect(result.transferredVariance[at]).toBeCloseTo(variance, 13);
    }
  }
});

test("the engine has room for every block of a chunk, the last one too, where each takes more than a page", async () => {
  const kernel = await loadKernel();
  const long = defineModel({ cells: 60, particles: 1, temperatures: [1, 2] });
  kernel.setModel(long, setupOf(long), 1n);
  const times = [0.001, 0.002, 0.003, 0.004, 0.005];
  kernel.allocate(initialEnergies(long), { times, moments: "covariance", level: 3, samples: false });
  const block = run(kernel, { first: 0, level: 3 });
  expect(block.length * 8).toBeGreaterThan(65536);
  expect(block[0]).toBe(8);
});

test("a mean far from zero costs the covariance no digits", async () => {
  // All energies near 1e8 with a spread of 1e-2 of that: naive sums of squares would keep 12 digits of 16.
  const kernel = await loadKernel();
  const hot = defineModel({ cells: 2, particles: 10000, temperatures: [1e8, 1e8], initial: 1e8 });
  const cold = defineModel({ cells: 2, particles: 10000, temperatures: [1, 1], initial: 1 });
  const covarianceOf = (of: typeof hot, time: number) => {
    kernel.setModel(of, setupOf(of), 1n);
    kernel.allocate(initialEnergies(of), { times: [time], moments: "covariance", level: 6, samples: false });
    return run(kernel, { first: 0, level: 6 }).slice(-3);
  };
  // sqrt-harmonic is homogeneous of degree 1/2: time runs 10^4 times faster at 10^8 times the energy.
  const [a, b] = [covarianceOf(hot, 1e-4), covarianceOf(cold, 1)];
  a.forEach((value, i) => expect(Math.abs(value / 1e16 / b[i] - 1)).toBeLessThan(1e-6));
});
