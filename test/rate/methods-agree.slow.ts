/**
 * `exact` and `direct` have one law for 200 random rates that are proven to rise, and a third, plain simulation has the same
 * for 40 of them: 200 times some 20 means at |z| < 6 each, which chance exceeds in one of 5 * 10^4 runs (2e-9 for a normal
 * number, 6e-8 for the t of the events in 40 batches). All events together: the z of 200 rates have a mean square of
 * 1.03 ± 0.10 and a mean of 0 ± 0.07 if they are one law's, where 6 sigma are allowed: a rate that is 0.5 % wrong in all of
 * them is seen, and one that is 3 % wrong in one. Replicas: 40 * 2^7 of some 100 events by each method; seed 21.
 */
import { expect, test } from "vitest";
import { loadKernelFor } from "../../src/engine.ts";
import type { Model } from "../../src/model.ts";
import { setupOf } from "../../src/rate/expression.ts";
import { initialEnergies } from "../../src/theory/initial.ts";
import type { Kernel } from "../../src/kernel.ts";
import { largestZ, type Means, meansOf, plainMeansOf, randomModels, timeOf } from "../support/ratesAgree.ts";
import { COSTLY, mutantFor, NO_SINKING, ONE_LATE, TOO_SURE } from "../support/rateMutants.ts";
import { SIX_SIGMA } from "../support/statistics.ts";

const LEVEL = 7;
const models = randomModels(200, 21);

/** The z of the events alone. */
const zOfEvents = (one: Means, other: Means) =>
  (one.mean[0] - other.mean[0]) / Math.hypot(one.error[0], other.error[0]);

function together(zs: readonly number[]): { square: number; mean: number } {
  const n = zs.length;
  const square = zs.reduce((sum, z) => sum + z * z, 0) / n;
  return {
    square: (square - 78 / 76) / (Math.SQRT2 / Math.sqrt(n)) / SIX_SIGMA,
    mean: Math.abs(zs.reduce((sum, z) => sum + z, 0)) / Math.sqrt(n) / SIX_SIGMA,
  };
}

test("exact and direct agree for 200 random rates, and a rate that is 0.5 % wrong in each of them is told apart", async () => {
  const right: number[] = [];
  const wrong: number[] = [];
  for (const [i, model] of models.entries()) {
    // Streams of their own: the numbers of events of one seed are alike in all models.
    const seeds = { exact: BigInt(10 * i + 5), direct: BigInt(10 * i + 6) };
    const kernel = await loadKernelFor(model);
    const time = timeOf(kernel, model, 100);
    const [exact, direct] = (["exact", "direct"] as const).map((method) =>
      meansOf(kernel, model, method, seeds[method], time, LEVEL),
    );
    const { z, name } = largestZ(exact, direct);
    expect(z, `${name} of ${JSON.stringify(model)}`).toBeLessThan(SIX_SIGMA);
    if (exact.error[0] > 0) right.push(zOfEvents(exact, direct));
    const longer = meansOf(kernel, model, "exact", seeds.exact, 1.005 * time, LEVEL);
    if (exact.error[0] > 0) wrong.push(zOfEvents(longer, direct));
  }
  expect(right.length).toBeGreaterThan(190);
  const { square, mean } = together(right);
  expect(square).toBeLessThan(1);
  expect(mean).toBeLessThan(1);
  expect(together(wrong).mean).toBeGreaterThan(1);
});

test("they have the cheap and the costly, tables, caps, asymmetry, many particles and few", () => {
  const count = (is: (model: Model) => boolean) => models.filter(is).length;
  expect(count((model) => setupOf(model).isCostly)).toBeGreaterThan(50);
  expect(count((model) => !setupOf(model).isCostly)).toBeGreaterThan(50);
  expect(count((model) => setupOf(model).tables.length > 0)).toBeGreaterThan(40);
  expect(count(({ rate }) => rate.cap !== null)).toBeGreaterThan(20);
  for (const M of [1, 2, 5, 8, 20, 64, 100, 1e3, 1e4])
    expect(count(({ particles }) => particles === M)).toBeGreaterThan(10);
});

test("the plain simulation agrees for 40 of them", async () => {
  for (const model of models.slice(0, 40)) {
    const kernel = await loadKernelFor(model);
    const time = timeOf(kernel, model, 100);
    const exact = meansOf(kernel, model, "exact", 5n, time, LEVEL);
    const { z, name } = largestZ(exact, plainMeansOf(model, 7, time, LEVEL - 2));
    expect(z, `${name} of ${JSON.stringify(model)}`).toBeLessThan(SIX_SIGMA);
  }
});

test("planted defects of floors are told apart: those that never sink and those above the rate by their law", async () => {
  const kernel = await loadKernelFor(COSTLY);
  const time = timeOf(kernel, COSTLY, 2000);
  const direct = meansOf(kernel, COSTLY, "direct", 6n, time, 5);
  expect(largestZ(meansOf(kernel, COSTLY, "exact", 5n, time, 5), direct).z).toBeLessThan(SIX_SIGMA);
  for (const edits of [NO_SINKING, TOO_SURE]) {
    const wrong = await mutantFor(COSTLY, edits);
    expect(largestZ(meansOf(wrong, COSTLY, "exact", 5n, time, 5), direct).z).toBeGreaterThan(SIX_SIGMA);
  }
});

test("floors that sink one candidate late are told apart by bits: their law is too near", async () => {
  const blocks = (kernel: Kernel, isCostly: boolean) => {
    kernel.setModel(COSTLY, { ...setupOf(COSTLY), isCostly }, 5n);
    kernel.allocate(initialEnergies(COSTLY), { times: [10_000], moments: "mean", level: 4, samples: false });
    kernel.beginChunk("exact", 0, 4);
    while (!kernel.advance(1e6));
    return [...kernel.finishedBlock(0)];
  };
  const kernel = await loadKernelFor(COSTLY);
  expect(blocks(kernel, true)).toEqual(blocks(kernel, false));
  const late = await mutantFor(COSTLY, ONE_LATE);
  expect(blocks(late, false)).toEqual(blocks(kernel, false));
  expect(blocks(late, true)).not.toEqual(blocks(kernel, true));
});
