/** Runs of rare events: what decides them, and their chunks on the engine of a thread. */
import { chunks, Reduction, type Block, type Chunk, type Span } from "../ensemble/alignedTree.ts";
import type { ChunkResult, ChunkWatch } from "../ensemble/work.ts";
import type { Model } from "../model.ts";
import type { Threshold } from "../theory/largeDeviations/event.ts";
import { logTail } from "../theory/largeDeviations/gamma.ts";
import type { Start } from "../theory/largeDeviations/start.ts";
import { turnIfDue } from "../turns.ts";
import type { Guide, PathResult, RareKernel } from "./kernel.ts";
import { blockOf, mergeWeights } from "./weights.ts";

/** The ways in which paths are run (options.ts). */
export type RareMethod = "tilted" | "plain" | "hidden";

/** All that decides the result of a run; plain data. */
export interface RarePlan {
  readonly model: Model;
  /** The numbers of the model's rate that differ from bond to bond. */
  readonly tables: readonly Float64Array[];
  readonly method: RareMethod;
  readonly event: Threshold;
  readonly start: Start;
  readonly guide: Guide;
  readonly seed: bigint;
  readonly span: Span;
}

export const mergeBlocks = ([left]: readonly Block[], [right]: readonly Block[]) => [mergeWeights(left, right)];

/** Sets the engine up for the chunks of a plan. @throws OutOfMemoryError */
export function prepare(kernel: RareKernel, { model, tables, start, guide }: RarePlan): void {
  kernel.setChain(model, tables);
  kernel.setGuide(start, guide);
}

/** Runs a chunk until it is finished or the run is aborted. The kernel has been prepared. */
export async function runChunk(
  kernel: RareKernel,
  plan: RarePlan,
  chunk: Chunk,
  { isAborted, onDone }: ChunkWatch,
): Promise<ChunkResult> {
  const finished = new Reduction(mergeBlocks);
  let [replicas, events] = [0, 0];
  for (const { first: replica } of chunks({ first: chunk.first, replicas: 2 ** chunk.level }, 0)) {
    if (plan.method === "hidden") kernel.startHidden(plan.seed, replica);
    else kernel.start(plan.seed, replica);
    let isDone = false;
    while (!isAborted() && !isDone) {
      isDone = kernel.advance();
      if (await turnIfDue(isAborted)) onDone(chunk.first, { replicas, events });
    }
    if (!isDone) break;
    const { result } = kernel;
    finished.add({ first: replica, level: 0, blocks: [blockOf(logWeightOf(plan, result), result.events)] });
    replicas++;
    events += result.events;
  }
  return { replicas, events, nodes: finished.nodes(), leftAt: undefined };
}

/** The logarithm of what a path counts; -Infinity for nothing. */
function logWeightOf({ model, method, event }: RarePlan, { energies, carried, logWeight }: PathResult): number {
  const { coordinate, bond, value, isAbove } = event;
  if (method === "hidden") {
    return logTail(model.particles, (model.particles * value) / energies[coordinate], isAbove ? "above" : "below");
  }
  const reached = bond === undefined ? energies[coordinate] : carried;
  return (isAbove ? reached > value : reached < value) ? logWeight : -Infinity;
}
