/** Runs of the engine that can be timed: everything is set up beforehand, `simulate` only makes events. */
import { defineModel } from "../dist/src/index.js";
import { Kernel } from "../dist/src/kernel.js";
import { initialEnergies } from "../dist/src/theory/initial.js";

const SEED = 42n;
/** Candidates between two returns from the engine: some milliseconds. */
const BUDGET = 1e6;

/** Prepares one replica that takes at least `seconds`, and warms it up. Always the same replica: the same bits, the same work. */
export async function prepareRun({ cells, particles, rate = "sqrt-harmonic", method = "exact" }, seconds) {
  const model = defineModel({ cells, particles, temperatures: [1, 2], rate, initial: "linear" });
  const initial = initialEnergies(model);
  const kernel = await Kernel.load();
  kernel.setModel(model, SEED);
  const eventRate = particles * totalRate(kernel, [1, ...initial, 2]);
  const run = {
    /** Model time of the run, and events in it. */
    time: 0,
    events: 0,
    /** Puts the replica back to time 0. */
    begin: () => kernel.beginChunk(method, 0, 0),
    simulate: () => {
      while (!kernel.advance(BUDGET));
    },
  };
  await growUntil(seconds, (events) => {
    run.time = events / eventRate;
    kernel.allocate(initial, { times: [run.time], moments: "mean", level: 0, samples: false });
    const nanoseconds = timeRun(run);
    run.events = kernel.finishedBlocks(0)[0].block[1];
    return nanoseconds;
  });
  return run;
}

/** Nanoseconds that the events of a run take. */
export function timeRun(run) {
  run.begin();
  const start = process.hrtime.bigint();
  run.simulate();
  return Number(process.hrtime.bigint() - start);
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
