/** The script of a worker that simulates chains. Built into workerSource.ts, and into dist/worker.js. */
import { Kernel, keyIn } from "../kernel.ts";
import { prepareToRun, runChunk } from "./runChunk.ts";
import type { RunPlan } from "./runPlan.ts";
import { serve } from "./workerLoop.ts";

/** An engine with more memory than this is not kept for another run, which may need less: it never gives any back. */
const MOST_BYTES = 2 ** 26;

let kernel: Kernel;

serve<RunPlan>({
  async start(module) {
    kernel = await Kernel.of(module);
  },
  async prepare(plan, module) {
    // Modules that are posted are never the same object.
    if (kernel.memoryBytes > MOST_BYTES || kernel.key !== keyIn(module)) kernel = await Kernel.of(module);
    prepareToRun(kernel, plan);
    return (chunk, watch) => runChunk(kernel, plan, chunk, watch);
  },
});
