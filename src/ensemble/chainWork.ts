/** Runs of chains as work for the pool. */
import type { Kernel } from "../kernel.ts";
import { WORKER } from "../workerSource.ts";
import { prepareToMerge, prepareToRun } from "./runChunk.ts";
import type { RunPlan } from "./runPlan.ts";
import type { Work, WorkerScript } from "./work.ts";
import { workerUrl } from "./workerPool.ts";

export const CHAIN_SCRIPT: WorkerScript = { source: WORKER, url: workerUrl };

/** A run of a plan. This thread's part in it is made on the kernel. */
export function workOf(kernel: Kernel, plan: RunPlan): Work {
  return {
    plan,
    module: kernel.module,
    script: CHAIN_SCRIPT,
    prepareToMerge: () => prepareToMerge(kernel, plan),
    prepareToRun: () => prepareToRun(kernel, plan),
  };
}
