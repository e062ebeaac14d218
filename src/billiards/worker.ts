/** The script of a worker that simulates billiards. Built into workerSource.ts. */
import { serve } from "../ensemble/workerLoop.ts";
import { BilliardsKernel } from "./kernel.ts";
import { runChunk, type BilliardsPlan } from "./run.ts";

// An engine of its own for each run: it starts in a millisecond, and never gives back memory.
serve<BilliardsPlan>(async (module, plan) => {
  const kernel = await BilliardsKernel.of(module);
  if (!plan) return undefined;
  kernel.setTable(plan.table);
  return (chunk, watch) => runChunk(kernel, plan, chunk, watch);
});
