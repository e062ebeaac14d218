/** Runs one chunk on the engine of this thread. */
import type { Kernel, Layout } from "../kernel.ts";
import { turnIfDue } from "../turns.ts";
import type { Chunk, TreeNode } from "./alignedTree.ts";
import { engineLayout, reducersOf, rowsOf } from "./reducers/index.ts";
import type { RunPlan } from "./runPlan.ts";
import type { ChunkResult, ChunkWatch, RunChunk } from "./work.ts";

/** Candidates between two readings of the clock: some milliseconds. */
const BUDGET = 2 ** 17;

/**
 * Sets the engine up for the chunks of a plan.
 * @returns what runs them.
 * @throws OutOfMemoryError
 */
export function prepareToRun(kernel: Kernel, plan: RunPlan): RunChunk {
  kernel.setModel(plan.model, plan.rate, plan.seed);
  if (plan.step !== undefined) kernel.setStep(plan.step, plan.outsideCone === "follow");
  allocate(kernel, plan, plan.level, engineLayout(plan.observables));
  return (chunk, watch) => runChunk(kernel, plan, chunk, watch);
}

/**
 * Sets the engine up to merge the moments of a plan and nothing else, which needs less memory.
 * @throws OutOfMemoryError
 */
export function prepareToMerge(kernel: Kernel, plan: RunPlan): void {
  allocate(kernel, plan, 0, { samples: false, ratios: false });
}

function allocate(kernel: Kernel, plan: RunPlan, level: number, kept: Pick<Layout, "samples" | "ratios">): void {
  const { initial, drawn, times, observables } = plan;
  kernel.allocate(initial, { ...kept, times, moments: engineLayout(observables).moments, level, drawn });
}

/** Runs a chunk until it is finished, the run is aborted, or a replica leaves the cone. */
export async function runChunk(
  kernel: Kernel,
  plan: RunPlan,
  chunk: Chunk,
  { isAborted, onDone }: ChunkWatch,
): Promise<ChunkResult> {
  const done = () => ({ replicas: kernel.finishedReplicas, events: kernel.finishedEvents });
  kernel.beginChunk(plan.method, chunk.first, chunk.level);
  do {
    if (await turnIfDue(isAborted)) onDone(chunk.first, done());
  } while (!isAborted() && !kernel.advance(BUDGET));
  return { ...done(), nodes: finishedNodes(kernel, plan, chunk.first), leftAt: kernel.leftAt };
}

/** The finished nodes of the chunk that begins at `first`, with a block for each observable. */
function finishedNodes(kernel: Kernel, plan: RunPlan, first: number): TreeNode[] {
  const reducers = reducersOf(plan);
  const width = rowsOf(plan) * (plan.initial.length + 1);
  let place = 0;
  return kernel.finishedLevels.map((level, i) => {
    const replicas = 2 ** level;
    const [from, to] = [place, (place += replicas)];
    const finished = {
      replicas,
      events: kernel.finishedBlock(i)[1],
      moments: () => kernel.finishedBlock(i).slice(),
      observed: () => kernel.observed(to).subarray(from * width),
      ratios: () => kernel.ratios(to).subarray(from * plan.times.length),
    };
    return { first: first + from, level, blocks: reducers.map(({ leaf }) => leaf(finished)) };
  });
}
