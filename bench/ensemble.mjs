/** The cost of an ensemble besides its events: `simulate` with all statistics against the kernel with the fewest. */
import { defineModel, simulate } from "../dist/src/index.js";
import { eventsOf, finishChunk, prepareKernel, prepareRun, SEED } from "./engine.mjs";
import { rangeOf } from "./statistics.mjs";

const CHAIN = { cells: 10, particles: 1e3 };
const OBSERVATIONS = 50;

/** Replicas of some 50 events, so that what each costs besides them counts. */
const TINY = { cells: 5, particles: 10 };
const TINY_REPLICAS = 1e6;

/** @returns for each end time: nanoseconds per event of both, and what `simulate` takes more, as a share. */
export async function measureOverhead(endTimes, { rounds, seconds }) {
  const cases = [];
  for (const end of endTimes) cases.push(await prepareCase(end, seconds));
  for (let round = 1; round <= rounds; round++) {
    console.log(`Running "ensemble, round ${round} of ${rounds}"...`);
    for (const each of cases) await each.measure();
  }
  return cases.map((each) => each.result());
}

/** The number of replicas, a power of 2, that take the kernel that long. */
async function prepareCase(end, seconds) {
  const { kernel, model, initial } = await prepareKernel(CHAIN);
  const times = Array.from({ length: OBSERVATIONS }, (_, i) => (end * (i + 1)) / OBSERVATIONS);
  let level = -1;
  const runKernel = () => {
    kernel.beginChunk("exact", 0, level);
    finishChunk(kernel);
    return { events: eventsOf(kernel) };
  };
  do kernel.allocate(initial, { times: [end], moments: "mean", level: ++level, samples: false });
  while ((await time(runKernel)).nanoseconds < 1e9 * seconds);
  const runEnsemble = () => simulate(model, { replicas: 2 ** level, times, seed: SEED, workers: 1 });
  await runEnsemble();
  const costs = { kernel: [], ensemble: [] };
  const overheads = [];
  return {
    async measure() {
      const least = (await time(runKernel)).cost;
      const whole = (await time(runEnsemble)).cost;
      costs.kernel.push(least);
      costs.ensemble.push(whole);
      overheads.push(whole / least - 1);
    },
    result: () => ({
      end,
      replicas: 2 ** level,
      observations: OBSERVATIONS,
      nanoseconds: { kernel: rangeOf(costs.kernel), ensemble: rangeOf(costs.ensemble) },
      overhead: rangeOf(overheads),
      overheads,
    }),
  };
}

/** @returns nanoseconds per event of many tiny replicas by `simulate` and of one long one by the kernel, and their speeds' ratio. */
export async function measureTiny({ rounds, seconds }) {
  const long = await prepareRun(TINY, seconds);
  const model = defineModel({ ...TINY, temperatures: [1, 2] });
  const runTiny = () => simulate(model, { replicas: TINY_REPLICAS, times: [1], seed: SEED, workers: 1 });
  const { events } = await runTiny();
  const costs = { kernel: [], ensemble: [] };
  const speeds = [];
  for (let round = 1; round <= rounds; round++) {
    console.log(`Running "tiny replicas, round ${round} of ${rounds}"...`);
    long.begin();
    const least = (await time(() => (long.simulate(), long))).cost;
    const whole = (await time(runTiny)).cost;
    costs.kernel.push(least);
    costs.ensemble.push(whole);
    speeds.push(least / whole);
  }
  return {
    ...TINY,
    replicas: TINY_REPLICAS,
    eventsPerReplica: events / TINY_REPLICAS,
    nanoseconds: { kernel: rangeOf(costs.kernel), ensemble: rangeOf(costs.ensemble) },
    speed: rangeOf(speeds),
    speeds,
  };
}

/**
 * The core's time, and that which the ensemble spends waiting for the host's event loop; what other programs take
 * meanwhile does not count. `cost` is that of an event.
 */
async function time(run) {
  const cpu = process.cpuUsage();
  const loop = performance.eventLoopUtilization();
  const { events } = await run();
  const { idle } = performance.eventLoopUtilization(loop);
  const { user, system } = process.cpuUsage(cpu);
  const nanoseconds = 1e3 * (user + system) + 1e6 * idle;
  return { nanoseconds, cost: nanoseconds / events };
}
