/** Runs of the billiards that can be timed, like those in engine.mjs: a collision is their event. */
import { billiardsModule, BilliardsKernel } from "../dist/src/billiards/kernel.js";
import { defineBilliards } from "../dist/src/billiards/table.js";
import { growUntil, SEED, timeRun } from "./engine.mjs";

/** Part of a run's time that goes before it, for caches to fill and for the queue to learn the rate of events. */
const WARM_UP = 0.25;

/** Prepares one replica of a closed table that takes at least `seconds`, and warms it up. Always the same replica. */
export async function prepareCollisions({ cells = 2, particles }, seconds) {
  const table = defineBilliards({ cells, particles });
  const kernel = await BilliardsKernel.of(await billiardsModule());
  kernel.setTable(table);
  kernel.start(table, SEED, 0);
  const start = kernel.state.slice();
  const run = {
    table,
    start,
    /** When the run begins and ends, and the collisions between. */
    from: 0,
    until: 0,
    events: 0,
    begin() {
      kernel.startFrom(start);
      advance(kernel, run.from);
      kernel.takeBatch();
    },
    simulate: () => advance(kernel, run.until),
    /** x, y, vx, vy of each disk. */
    state: () => kernel.state,
  };
  const runFor = (span) => {
    run.from = WARM_UP * span;
    run.until = run.from + span;
    const nanoseconds = timeRun(run);
    run.events = kernel.batchCollisions;
    return nanoseconds;
  };
  // A thousand collisions or so.
  runFor(1e3 / particles ** 1.5);
  const rate = run.events / (run.until - run.from);
  await growUntil(seconds, (events) => runFor(events / rate));
  return run;
}

function advance(kernel, until) {
  while (!kernel.advance(until));
}
