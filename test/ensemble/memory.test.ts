/** Memory does not grow with time or with replicas. */
import { expect, test } from "vitest";
import { run } from "../../src/ensemble/simulate.ts";
import { defineModel } from "../../src/index.ts";
import { loadKernel } from "../../src/engine.ts";
import type { Kernel } from "../../src/kernel.ts";

const model = defineModel({ cells: 5, particles: 10, temperatures: [1, 2] });

type Simulation = (kernel: Kernel, onProgress: () => void) => Promise<unknown>;

/** Bytes of the engine's memory after a run, and the most that the host's heap and buffers grew meanwhile. */
async function footprintOf(simulation: Simulation) {
  const kernel = await loadKernel();
  let most = 0;
  const onProgress = () => {
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    most = Math.max(most, heapUsed + arrayBuffers);
  };
  onProgress();
  const before = most;
  await simulation(kernel, onProgress);
  return { engine: kernel.memoryBytes, host: most - before };
}

const footprint = (replicas: number, time: number) =>
  footprintOf((kernel, onProgress) => run(kernel, model, { replicas, times: [time / 2, time], onProgress }));

/** Bytes that the host may allocate between two garbage collections, whatever it runs. */
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

test("of a steady state, from R to 10 R replicas", async () => {
  const stationary = { burnIn: 0.5, looks: 4, spacing: 0.1 };
  const steady = (replicas: number) =>
    footprintOf((kernel, onProgress) => run(kernel, model, { replicas, times: "stationary", stationary, onProgress }));
  const [few, many] = [await steady(20_000), await steady(200_000)];
  // A chunk's observations may take 16 MiB, however many replicas there are.
  for (const { engine } of [few, many]) expect(engine).toBeLessThan(2 ** 24 + 2 ** 20);
  // The sums of every replica kept would be 160 MB.
  expect(many.host).toBeLessThan(2 * SLACK);
});

test("a run that keeps no samples needs a few pages", async () => {
  expect((await footprint(1000, 1)).engine).toBeLessThan(2 ** 20);
});
