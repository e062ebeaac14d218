/** Frozen results: a seal on the stream of random numbers and on every operation; the other tests say that they are right. */
import { describe, expect, test } from "vitest";
import { currentStatistics, rareEvent } from "../../src/rare/index.ts";
import { goldenCurrents, goldenRareEvents } from "../support/goldenRare.ts";

describe("golden runs of rare events", () => {
  test.each(goldenRareEvents)("$name", async ({ model, options, result }) => {
    expect((await rareEvent(model, { ...options, workers: 1 })).certificate.result).toBe(result);
  });

  test.each(goldenCurrents)("$name", async ({ model, options, result }) => {
    expect((await currentStatistics(model, { ...options, workers: 1 })).certificate.result).toBe(result);
  });
});
