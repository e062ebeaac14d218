/** The script of a worker that simulates chains. Built into workerSource.ts, and into dist/worker.js. */
import { Kernel, keyIn } from "../kernel.ts";
import { prepareToRun } from "./runChunk.ts";
import type { RunPlan } from "./runPlan.ts";
import { serve } from "./workerLoop.ts";

/** An engine with more memory than this is not kept for another run, which may need less: it never gives any back. */
const MOST_BYTES = 2 ** 26;

let kernel: Kernel | undefined;

serve<RunPlan>(async (module, plan) => {
  // Modules that are posted are never the same object.
  if (!kernel || kernel.memoryBytes > MOST_BYTES || kernel.key !== keyIn(module)) kernel = await Kernel.of(module);
  return plan && prepareToRun(kernel, plan);
});
