/**
 * Random rates that are proven to rise: `exact`, `direct` and an independent plain simulation have one law; and rates, floors
 * and bounds with a defect do not. Each comparison is of some 20 means (events, energies, transferred energies, products of
 * those); |z| < 6, which chance exceeds in one of 10^7 runs of this file or less: 2e-9 for a normal number, 6e-8 for the t of
 * the events, which are taken in 40 batches. Of 2^7 batches' replicas, means that are wrong by a tenth of their spread are seen.
 */
import { expect, test } from "vitest";
import { loadKernelFor } from "../../src/engine.ts";
import { defineModel, type Model } from "../../src/model.ts";
import { COSTLY, mutantFor, NO_SINKING } from "../support/rateMutants.ts";
import { largestZ, meansOf, plainMeansOf, randomModels, timeOf } from "../support/ratesAgree.ts";
import { SIX_SIGMA } from "../support/statistics.ts";

const LEVEL = 6;
const models = randomModels(12, 20);

test("exact, direct and the plain simulation agree for 12 random rates", async () => {
  for (const model of models) {
    const kernel = await loadKernelFor(model);
    const time = timeOf(kernel, model, 100);
    const exact = meansOf(kernel, model, "exact", 5n, time, LEVEL);
    expect(largestZ(exact, meansOf(kernel, model, "direct", 6n, time, LEVEL)).z, JSON.stringify(model)).toBeLessThan(
      SIX_SIGMA,
    );
    expect(largestZ(exact, plainMeansOf(model, 7, time, LEVEL - 2)).z, JSON.stringify(model)).toBeLessThan(SIX_SIGMA);
  }
});

test("a rate that is 3 % too high is told apart", async () => {
  let worst = 0;
  for (const model of models.slice(0, 4)) {
    const faster: Model = { ...model, rate: { ...model.rate, scale: 1.03 * model.rate.scale } };
    const kernel = await loadKernelFor(model);
    const time = timeOf(kernel, model, 100);
    const [right, wrong] = [kernel, await loadKernelFor(faster)].map((each, i) =>
      meansOf(each, [model, faster][i], "exact", 5n, time, LEVEL),
    );
    worst = Math.max(worst, largestZ(right, wrong).z);
  }
  expect(worst).toBeGreaterThan(SIX_SIGMA);
});

test("bounds at the corner of a rate that falls, past the proof, are told apart: events are 0.27 of the true number", async () => {
  const chain = defineModel({ cells: 5, particles: 5, temperatures: [1, 10] });
  const rate = { expression: "1/(1+a+b)", parameters: {}, scale: 1, cap: null } as const;
  const model: Model = { ...chain, initial: [2, 4, 5, 6, 8], rate };
  const kernel = await loadKernelFor(model);
  const [exact, direct] = (["exact", "direct"] as const).map((method) => meansOf(kernel, model, method, 5n, 2, 4));
  expect(largestZ(exact, direct).z).toBeGreaterThan(SIX_SIGMA);
  expect(exact.mean[0] / direct.mean[0]).toBeLessThan(0.5);
  // The plain simulation has no bounds.
  expect(largestZ(plainMeansOf(model, 7, 2, 2), direct).z).toBeLessThan(SIX_SIGMA);
});

test("floors that never sink are told apart", async () => {
  const kernel = await loadKernelFor(COSTLY);
  const time = timeOf(kernel, COSTLY, 2000);
  const direct = meansOf(kernel, COSTLY, "direct", 6n, time, 4);
  expect(largestZ(meansOf(kernel, COSTLY, "exact", 5n, time, 4), direct).z).toBeLessThan(SIX_SIGMA);
  const wrong = await mutantFor(COSTLY, NO_SINKING);
  expect(largestZ(meansOf(wrong, COSTLY, "exact", 5n, time, 4), direct).z).toBeGreaterThan(SIX_SIGMA);
});
