/** What a second thread gives: two workers, each with half the replicas, against one with all of them. */
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { growUntil } from "./engine.mjs";
import { spread } from "./statistics.mjs";

const MODEL = { cells: 10, particles: 1e3, temperatures: [1, 2] };
const THREADS = 2;

/** @returns the speed-up over one thread, or null on a machine with one core. Workers are started beforehand. */
export async function measureWorkers({ rounds, seconds }) {
  if (availableParallelism() < THREADS) return null;
  const workers = Array.from({ length: THREADS }, () => new Worker(new URL("worker.mjs", import.meta.url)));
  try {
    let replicas = 0;
    await growUntil(seconds, (events) => {
      replicas = THREADS * Math.ceil(events / 2e4);
      return timeReplicas(workers.slice(0, 1), replicas);
    });
    await timeReplicas(workers, replicas);
    const speedups = [];
    for (let round = 1; round <= rounds; round++) {
      console.log(`Running "workers, round ${round} of ${rounds}"...`);
      const one = await timeReplicas(workers.slice(0, 1), replicas);
      speedups.push(one / (await timeReplicas(workers, replicas)));
    }
    return { threads: THREADS, replicas, speedup: spread(speedups), speedups };
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** Nanoseconds until these workers have made that many replicas between them. */
async function timeReplicas(workers, replicas) {
  const share = replicas / workers.length;
  const start = process.hrtime.bigint();
  await Promise.all(
    workers.map((worker, i) => {
      worker.postMessage({ model: MODEL, options: { times: [1], replicas: share, firstReplica: i * share } });
      return once(worker, "message");
    }),
  );
  return Number(process.hrtime.bigint() - start);
}
