/** What runs in a worker: the chunks that it is sent, one after the other. Built into workerSource.ts. */
import { OutOfMemoryError } from "../errors.ts";
import { Kernel } from "../kernel.ts";
import { ownerPort } from "../platform.ts";
import { runChunk, setUp, type Harvest, type Job, type Watch } from "./job.ts";
import type { Done } from "./meter.ts";
import type { Chunk } from "./plan.ts";
import { Turns } from "./turns.ts";

/** What a worker is told. */
export type Order =
  | { readonly kind: "open"; readonly module: WebAssembly.Module; readonly job: Job }
  | { readonly kind: "run"; readonly chunk: Chunk }
  /** Stops the present chunk and all that wait: they are answered with what was finished. */
  | { readonly kind: "abort" };

/** What it says. Chunks are named by their first replica. */
export type Answer =
  | { readonly kind: "ready" }
  | { readonly kind: "out of memory"; readonly bytes: number; readonly advice: string }
  | { readonly kind: "done"; readonly first: number; readonly done: Done }
  | { readonly kind: "harvest"; readonly first: number; readonly harvest: Harvest };

const owner = ownerPort();
const answer = (message: Answer, transfer: ArrayBuffer[] = []) => owner.post(message, transfer);

let kernel: Kernel;
let job: Job;
let aborted = false;
const watch: Watch = {
  turns: new Turns(),
  isAborted: () => aborted,
  onDone: (first, done) => answer({ kind: "done", first, done }),
};

async function open(module: WebAssembly.Module): Promise<void> {
  kernel = await Kernel.of(module);
  try {
    setUp(kernel, job);
    answer({ kind: "ready" });
  } catch (error) {
    if (!(error instanceof OutOfMemoryError)) throw error;
    answer({ kind: "out of memory", bytes: error.bytes, advice: error.advice });
  }
}

async function run(chunk: Chunk): Promise<void> {
  const harvest = await runChunk(kernel, job, chunk, watch);
  const arrays = harvest.nodes.map(({ block }) => block);
  if (harvest.observed) arrays.push(harvest.observed);
  answer(
    { kind: "harvest", first: chunk.first, harvest },
    arrays.map(({ buffer }) => buffer),
  );
}

/** Orders are carried out one after the other; what goes wrong ends the worker, which its owner hears of. */
let last: Promise<void> = Promise.resolve();
owner.onMessage((message) => {
  const order = message as Order;
  if (order.kind === "abort") {
    aborted = true;
    return;
  }
  if (order.kind === "open") {
    job = order.job;
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
