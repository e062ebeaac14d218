/**
 * The script of a worker: runs the chunks that it is sent, one after the other, of any number of runs. Built into
 * workerSource.ts, and into dist/worker.js.
 */
import { OutOfMemoryError, RateBoundError, type RateFault } from "../errors.ts";
import { Kernel, keyIn } from "../kernel.ts";
import { ownerPort } from "../platform.ts";
import type { WorkDone } from "../progress.ts";
import type { Chunk } from "./alignedTree.ts";
import { NOTHING, prepareToRun, runChunk, type ChunkResult } from "./runChunk.ts";
import type { RunPlan } from "./runPlan.ts";

/** Messages to a worker. Runs have numbers. */
export type Order =
  | { readonly kind: "start"; readonly module: WebAssembly.Module }
  | { readonly kind: "plan"; readonly run: number; readonly plan: RunPlan; readonly module: WebAssembly.Module }
  | { readonly kind: "run"; readonly run: number; readonly chunk: Chunk }
  /** Stops the present chunk, if it is of that run, and skips those that wait: they are answered with what was finished. */
  | { readonly kind: "forget"; readonly run: number };

/** Messages from a worker. Chunks are answered in the order in which they were sent. */
export type Answer =
  | { readonly kind: "ready" }
  /** Work done in the present chunk. */
  | { readonly kind: "done"; readonly done: WorkDone }
  | { readonly kind: "result"; readonly result: ChunkResult }
  | { readonly kind: "out of memory"; readonly bytes: number; readonly advice: string }
  | { readonly kind: "rate fault"; readonly fault: RateFault };

/** An engine with more memory than this is not kept for another run, which may need less: it never gives any back. */
const MOST_BYTES = 2 ** 26;

const owner = ownerPort();
const answer = (message: Answer, transfer: ArrayBuffer[] = []) => owner.post(message, transfer);

let kernel: Kernel;
const plans = new Map<number, { readonly plan: RunPlan; readonly module: WebAssembly.Module }>();
/** The run that the engine is set up for. */
let present: number | undefined;

async function run(run: number, chunk: Chunk): Promise<void> {
  const order = plans.get(run);
  if (!order) return answer({ kind: "result", result: NOTHING });
  let result: ChunkResult;
  try {
    await prepare(run, order.plan, order.module);
    result = await runChunk(kernel, order.plan, chunk, {
      isAborted: () => !plans.has(run),
      onDone: (_, done) => answer({ kind: "done", done }),
    });
  } catch (error) {
    if (error instanceof RateBoundError) return answer({ kind: "rate fault", fault: error.fault });
    if (!(error instanceof OutOfMemoryError)) throw error;
    return answer({ kind: "out of memory", bytes: error.bytes, advice: error.advice });
  }
  const arrays = result.nodes.flatMap(({ blocks }) => blocks);
  answer(
    { kind: "result", result },
    arrays.map(({ buffer }) => buffer),
  );
}

async function prepare(run: number, plan: RunPlan, module: WebAssembly.Module): Promise<void> {
  if (run === present) return;
  present = undefined;
  // Modules that are posted are never the same object.
  if (kernel.memoryBytes > MOST_BYTES || kernel.key !== keyIn(module)) kernel = await Kernel.of(module);
  prepareToRun(kernel, plan);
  present = run;
}

async function start(module: WebAssembly.Module): Promise<void> {
  kernel = await Kernel.of(module);
  answer({ kind: "ready" });
}

/** Chunks are run one after the other; an error ends the worker, which its owner hears of. */
let last: Promise<void> = Promise.resolve();
function enqueue(work: () => Promise<void>): void {
  last = last.then(work).catch((error: unknown) =>
    queueMicrotask(() => {
      throw error;
    }),
  );
}

owner.onMessage((message) => {
  const order = message as Order;
  if (order.kind === "start") enqueue(() => start(order.module));
  else if (order.kind === "plan") plans.set(order.run, order);
  else if (order.kind === "run") enqueue(() => run(order.run, order.chunk));
  else plans.delete(order.run);
});
