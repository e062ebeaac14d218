/** A page gives the bits that Node gives. The other engines do too: test/engines. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { openChromium, type Engine } from "../support/engine.ts";
import { changedBilliardsIn, changedIn } from "../support/golden.ts";
import { goldenBilliards } from "../support/goldenBilliards.ts";
import { everyRun } from "../support/goldenRuns.ts";

let chromium: Engine;
beforeAll(async () => {
  chromium = await openChromium();
}, 120_000);
afterAll(() => chromium?.close());

test.each([1, 2])("golden runs in Chromium, workers: %i", async (workers) => {
  expect(await changedIn(chromium, everyRun, workers)).toEqual([]);
  expect(await changedBilliardsIn(chromium, goldenBilliards, workers)).toEqual([]);
});
