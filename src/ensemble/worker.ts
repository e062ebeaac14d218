/** The script of a worker: runs the chunks that it is sent, one after the other. Built into workerSource.ts. */
import { OutOfMemoryError } from "../errors.ts";
import { Kernel } from "../kernel.ts";
import { EventLoopPauses, ownerPort } from "../platform.ts";
import type { WorkDone } from "../progress.ts";
import type { Chunk } from "./alignedTree.ts";
import { prepareToRun, runChunk, type ChunkResult, type ChunkWatch } from "./runChunk.ts";
import type { RunPlan } from "./runPlan.ts";

/** Messages to a worker. */
export type Order =
  | { readonly kind: "open"; readonly module: WebAssembly.Module; readonly plan: RunPlan }
  | { readonly kind: "run"; readonly chunk: Chunk }
  /** Stops the present chunk and all that wait: they are answered with what was finished. */
  | { readonly kind: "abort" };

/** Messages from a worker. Chunks are named by their first replica. */
export type Answer =
  | { readonly kind: "ready" }
  | { readonly kind: "out of memory"; readonly bytes: number; readonly advice: string }
  | { readonly kind: "done"; readonly first: number; readonly done: WorkDone }
  | { readonly kind: "result"; readonly first: number; readonly result: ChunkResult };

const owner = ownerPort();
const answer = (message: Answer, transfer: ArrayBuffer[] = []) => owner.post(message, transfer);

let kernel: Kernel;
let plan: RunPlan;
let aborted = false;
const watch: ChunkWatch = {
  pauses: new EventLoopPauses(),
  isAborted: () => aborted,
  onDone: (first, done) => answer({ kind: "done", first, done }),
};

async function open(module: WebAssembly.Module): Promise<void> {
  kernel = await Kernel.of(module);
  try {
    prepareToRun(kernel, plan);
    answer({ kind: "ready" });
  } catch (error) {
    if (!(error instanceof OutOfMemoryError)) throw error;
    answer({ kind: "out of memory", bytes: error.bytes, advice: error.advice });
  }
}

async function run(chunk: Chunk): Promise<void> {
  const result = await runChunk(kernel, plan, chunk, watch);
  const arrays = result.nodes.flatMap(({ blocks }) => blocks);
  answer(
    { kind: "result", first: chunk.first, result },
    arrays.map(({ buffer }) => buffer),
  );
}

/** Orders are carried out one after the other; an error ends the worker, which its owner hears of. */
let last: Promise<void> = Promise.resolve();
owner.onMessage((message) => {
  const order = message as Order;
  if (order.kind === "abort") {
    aborted = true;
    return;
  }
  if (order.kind === "open") {
    plan = order.plan;
    aborted = false;
  }
  last = last
    .then(() => (order.kind === "open" ? open(order.module) : run(order.chunk)))
    .catch((error: unknown) =>
      queueMicrotask(() => {
        throw error;
      }),
    );
});
