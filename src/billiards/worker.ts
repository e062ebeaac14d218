/** The script of a worker that simulates billiards. Built into workerSource.ts. */
import { serve } from "../ensemble/workerLoop.ts";
import { BilliardsKernel } from "./kernel.ts";
import { runChunk, type BilliardsPlan } from "./run.ts";

serve<BilliardsPlan>({
  start: () => Promise.resolve(),
  // An engine of its own for each run: it starts in a millisecond, and never gives back memory.
  async prepare(plan, module) {
    const kernel = await BilliardsKernel.of(module);
    kernel.setTable(plan.table);
    return (chunk, watch) => runChunk(kernel, plan, chunk, watch);
  },
});
