/** The loop of a worker: runs the chunks that it is sent, one after the other, of any number of runs. */
import { OutOfMemoryError, RateBoundError, type RateFault } from "../errors.ts";
import { ownerPort } from "../platform.ts";
import type { WorkDone } from "../progress.ts";
import type { Chunk } from "./alignedTree.ts";
import { NOTHING, type ChunkResult, type RunChunk } from "./work.ts";

/** Messages to a worker. Runs have numbers. */
export type Order =
  | { readonly kind: "start"; readonly module: WebAssembly.Module }
  | { readonly kind: "plan"; readonly run: number; readonly plan: object; readonly module: WebAssembly.Module }
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

/**
 * Does what its owner says, for as long as the worker lives.
 * @param prepare makes it ready for the chunks of a plan on a build of the engine; without a plan, for that build.
 */
export function serve<Plan extends object>(
  prepare: (module: WebAssembly.Module, plan?: Plan) => Promise<RunChunk | undefined>,
): void {
  const owner = ownerPort();
  const answer = (message: Answer, transfer: ArrayBuffer[] = []) => owner.post(message, transfer);
  const plans = new Map<number, { readonly plan: object; readonly module: WebAssembly.Module }>();
  /** The run that the engine is set up for. */
  let present: number | undefined;
  let runChunk: RunChunk | undefined;

  async function run(run: number, chunk: Chunk): Promise<void> {
    const order = plans.get(run);
    if (!order) return answer({ kind: "result", result: NOTHING });
    let result: ChunkResult;
    try {
      if (present !== run) {
        present = undefined;
        runChunk = await prepare(order.module, order.plan as Plan);
        present = run;
      }
      result = await runChunk!(chunk, {
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

  async function start(module: WebAssembly.Module): Promise<void> {
    await prepare(module);
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
}
