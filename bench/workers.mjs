/** The gain of a second worker: the same ensemble on two workers and on one. */
import { availableParallelism } from "node:os";
import { defineModel, simulate } from "../dist/src/index.js";
import { rangeOf } from "./statistics.mjs";

const MODEL = defineModel({ cells: 10, particles: 1e4, temperatures: [1, 2] });
const WORKERS = 2;

/** @returns the speed-up over one thread, the start of the workers included, or null on a machine with one core. */
export async function measureWorkers({ rounds, replicas }) {
  if (availableParallelism() < WORKERS) return null;
  const seconds = async (workers) => {
    const start = process.hrtime.bigint();
    await simulate(MODEL, { replicas, times: [1], workers });
    return 1e-9 * Number(process.hrtime.bigint() - start);
  };
  const speedups = [];
  for (let round = 1; round <= rounds; round++) {
    console.log(`Running "workers, round ${round} of ${rounds}"...`);
    const one = await seconds(1);
    speedups.push(one / (await seconds(WORKERS)));
  }
  return { workers: WORKERS, replicas, speedup: rangeOf(speedups), speedups };
}
