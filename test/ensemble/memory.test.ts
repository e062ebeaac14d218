/** Memory does not grow with time or with replicas. */
import { expect, test } from "vitest";
import { runEnsemble } from "../../src/ensemble/run.ts";
import { defineModel } from "../../src/index.ts";
import { Kernel } from "../../src/kernel.ts";

/** Bytes of the engine's memory after a run, and the most that the host's heap and buffers grew meanwhile. */
async function footprint(replicas: number, time: number) {
  const kernel = await Kernel.load();
  const model = defineModel({ cells: 5, particles: 10, temperatures: [1, 2] });
  let most = 0;
  const onProgress = () => {
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    most = Math.max(most, heapUsed + arrayBuffers);
  };
  onProgress();
  const before = most;
  await runEnsemble(kernel, model, { replicas, times: [time / 2, time], onProgress });
  return { engine: kernel.memoryBytes, host: most - before };
}

/** What the host may allocate between two garbage collections, whatever it runs. */
const SLACK = 32 * 2 ** 20;

test("from T to 10 T", async () => {
  const [short, long] = [await footprint(20_000, 1), await footprint(20_000, 10)];
  expect(long.engine).toBe(short.engine);
  expect(long.host).toBeLessThan(SLACK);
});

test("from R to 10 R replicas", async () => {
  const [few, many] = [await footprint(50_000, 1), await footprint(500_000, 1)];
  expect(many.engine).toBe(few.engine);
  // Half a million blocks kept would be 400 MB.
  expect(many.host).toBeLessThan(SLACK);
});

test("a run that keeps no samples needs a few pages", async () => {
  expect((await footprint(1000, 1)).engine).toBeLessThan(2 ** 20);
});
