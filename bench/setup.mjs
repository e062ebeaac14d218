/** Costs before the first event: an engine in a fresh process, and the start of each replica. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { coreNanoseconds, finishChunk, prepareKernel } from "./engine.mjs";
import { rangeOf } from "./statistics.mjs";

const START = fileURLToPath(new URL("start.mjs", import.meta.url));

/** Chunks of 2^level replicas: what the larger costs more is its replicas', what both cost is the chunk's. */
const LEVELS = [6, 12];

const REPLICAS = [
  { name: "N = 10, mean at 1 time", cells: 10, moments: "mean", observations: 1 },
  { name: "N = 10, covariance at 50 times", cells: 10, moments: "covariance", observations: 50 },
  { name: "N = 1000, mean at 1 time", cells: 1000, moments: "mean", observations: 1 },
];

/** @returns milliseconds to a compiled engine and to its first replica; nanoseconds of a replica without events. */
export async function measureSetup({ rounds }) {
  const load = [];
  const firstReplica = [];
  const prepared = [];
  for (const each of REPLICAS) prepared.push({ name: each.name, costs: [], measure: await prepareReplicas(each) });
  for (let round = 1; round <= rounds; round++) {
    console.log(`Running "set-up, round ${round} of ${rounds}"...`);
    const start = JSON.parse(execFileSync(process.execPath, [START], { encoding: "utf8" }));
    load.push(start.load);
    firstReplica.push(start.firstReplica);
    for (const { costs, measure } of prepared) costs.push(measure());
  }
  return {
    milliseconds: { load: rangeOf(load), firstReplica: rangeOf(firstReplica) },
    replica: prepared.map(({ name, costs }) => ({ name, nanoseconds: rangeOf(costs) })),
  };
}

/** A function that measures one replica at t → 0, as the slope of a chunk's time over its replicas. */
async function prepareReplicas({ cells, moments, observations }) {
  const { kernel, initial } = await prepareKernel({ cells, particles: 1e3 });
  const times = Array.from({ length: observations }, (_, i) => 1e-12 * (i + 1));
  kernel.allocate(initial, { times, moments, level: LEVELS[1], samples: false });
  const measure = () => {
    const [few, many] = LEVELS.map((level) =>
      coreNanoseconds(() => {
        kernel.beginChunk("exact", 0, level);
        finishChunk(kernel);
      }),
    );
    return (many - few) / (2 ** LEVELS[1] - 2 ** LEVELS[0]);
  };
  measure();
  return measure;
}
