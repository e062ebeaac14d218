/** Frozen results: a seal on the stream of random numbers and on every operation; the other tests say that they are right. */
import { expect, test } from "vitest";
import { simulateBilliards } from "../../src/billiards/index.ts";
import { goldenBilliards } from "../support/goldenBilliards.ts";

test.each(goldenBilliards)("$name", async ({ table, options, result }) => {
  expect((await simulateBilliards(table, { ...options, workers: 1 })).certificate.result).toBe(result);
});
