/** One replica of the exact method on one thread, timed by the clock on the wall: the same in Node and in a page. */
import { eventsOf, finishChunk, prepareKernel } from "./engine.mjs";

/** @returns a function that runs the replica from 0 to `time`: always the same one, so the same work. */
export async function prepareReplica(chain, time) {
  const { kernel, initial } = await prepareKernel(chain);
  kernel.allocate(initial, { times: [time], moments: "mean", level: 0, samples: false });
  return () => {
    kernel.beginChunk("exact", 0, 0);
    const start = performance.now();
    finishChunk(kernel);
    const nanoseconds = 1e6 * (performance.now() - start);
    const events = eventsOf(kernel);
    return { events, cost: nanoseconds / events };
  };
}
