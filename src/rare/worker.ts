/** The script of a worker that simulates rare events. Built into workerSource.ts. */
import { serve } from "../ensemble/workerLoop.ts";
import { RareKernel } from "./kernel.ts";
import { prepare, runChunk, type RarePlan } from "./run.ts";

// An engine of its own for each run: it starts in a millisecond, and never gives back memory.
serve<RarePlan>(async (module, plan) => {
  const kernel = await RareKernel.of(module);
  if (!plan) return undefined;
  prepare(kernel, plan);
  return (chunk, watch) => runChunk(kernel, plan, chunk, watch);
});
