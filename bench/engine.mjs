/** Runs of the engine that can be timed: everything is set up beforehand, `simulate` only makes events. */
import { defineModel } from "../dist/src/index.js";
import { loadKernelFor } from "../dist/src/engine.js";
import { initialEnergies } from "../dist/src/theory/initial.js";
import { setupOf } from "../dist/src/rate/expression.js";

export const SEED = 42n;
/** Candidates between two returns from the engine: some milliseconds. */
const BUDGET = 1e6;

/** Prepares one replica that takes at least `seconds`, and warms it up. Always the same replica, so the same work. */
export async function prepareRun({ method = "exact", ...chain }, seconds) {
  const { kernel, initial, model } = await prepareKernel(chain);
  const [left, right] = model.temperatures;
  const eventRate = model.particles * totalRate(kernel, [left, ...initial, right]);
  const run = {
    /** Model time of the run, and events in it. */
    time: 0,
    events: 0,
    /** Puts the replica back to time 0. */
    begin: () => kernel.beginChunk(method, 0, 0),
    simulate: () => finishChunk(kernel),
  };
  await growUntil(seconds, (events) => {
    run.time = events / eventRate;
    kernel.allocate(initial, { times: [run.time], moments: "mean", level: 0, samples: false });
    const nanoseconds = timeRun(run);
    run.events = eventsOf(kernel);
    return nanoseconds;
  });
  return run;
}

/** An engine with a model and no memory yet; `load` is for others than the package's own for the model. */
export async function prepareKernel({
  cells,
  particles,
  temperatures = [1, 2],
  rate = "sqrt-harmonic",
  initial = "linear",
  exchange = "uniform",
  bath = exchange === "kinetic" ? "thermal" : "exponential",
  load = loadKernelFor,
}) {
  const model = defineModel({ cells, particles, temperatures, rate, initial, exchange, bath });
  const kernel = await load(model);
  kernel.setModel(model, setupOf(model), SEED);
  return { kernel, model, initial: initialEnergies(model) };
}

/** Runs the chunk that has begun to its end. */
export function finishChunk(kernel) {
  while (!kernel.advance(BUDGET));
}

/** Events of the finished chunk that began at replica 0. */
export function eventsOf(kernel) {
  return kernel.finishedBlock(0)[1];
}

/** Nanoseconds that the events of a run take. */
export function timeRun(run) {
  run.begin();
  return coreNanoseconds(run.simulate);
}

/** This process's time on a core, as the peers measure theirs: what other programs take meanwhile does not count. */
export function coreNanoseconds(work) {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return 1e3 * (user + system);
}

/** Calls `measure(events)`, which returns nanoseconds, with more and more events until it takes that many seconds. */
export async function growUntil(seconds, measure) {
  let events = 1e5;
  for (;;) {
    const share = (await measure(events)) / (1e9 * seconds);
    if (share >= 1) return events;
    events = Math.ceil(events * Math.min(10, 1.2 / share));
  }
}

/** Sum of f over the bonds, from the energies of the cells and, at both ends, the temperatures of the baths. */
function totalRate(kernel, energies) {
  let sum = 0;
  for (let k = 1; k < energies.length; k++) sum += kernel.rate(energies[k - 1], energies[k]);
  return sum;
}
