/** Runs of the engine of rare events: what decides them, and their chunks on the engine of a thread. */
import { chunks, Reduction, type Block, type Chunk, type Merge, type Span } from "../ensemble/alignedTree.ts";
import type { ChunkResult, ChunkWatch } from "../ensemble/work.ts";
import type { Model } from "../model.ts";
import type { Threshold } from "../theory/largeDeviations/event.ts";
import { logTail } from "../theory/largeDeviations/gamma.ts";
import type { Start } from "../theory/largeDeviations/start.ts";
import { turnIfDue } from "../turns.ts";
import { growthBlock, mergeGrowth } from "./growth.ts";
import type { Guide, PathResult, Population, RareKernel } from "./kernel.ts";
import { blockOf, mergeWeights } from "./weights.ts";

/** The ways in which paths are run (options.ts). */
export type RareMethod = "tilted" | "plain" | "hidden";

/** What is said of any run. */
interface CommonPlan {
  readonly model: Model;
  /** The numbers of the model's rate that differ from bond to bond. */
  readonly tables: readonly Float64Array[];
  readonly seed: bigint;
  readonly span: Span;
  /** Exchanges of a replica, roughly. */
  readonly events: number;
}

/** All that decides the probability of an event; plain data. */
export interface RarePlan extends CommonPlan {
  readonly kind: "paths";
  readonly method: RareMethod;
  readonly event: Threshold;
  readonly start: Start;
  readonly guide: Guide;
}

/** All that decides the growth of populations, each of which is a replica; plain data. */
export interface ClonesPlan extends CommonPlan {
  readonly kind: "clones";
  readonly population: Population;
}

export type Plan = RarePlan | ClonesPlan;

/** Merges the one block that a plan has. */
export function mergeOf({ kind }: Plan): Merge {
  const merge = kind === "paths" ? mergeWeights : mergeGrowth;
  return ([left], [right]) => [merge(left, right)];
}

/** Sets the engine up for the chunks of a plan. @throws OutOfMemoryError */
export function prepare(kernel: RareKernel, plan: Plan): void {
  kernel.setChain(plan.model, plan.tables);
  if (plan.kind === "paths") kernel.setGuide(plan.start, plan.guide);
  else kernel.setPopulation(plan.population);
}

/** Runs a chunk until it is finished or the run is aborted. The kernel has been prepared. */
export async function runChunk(
  kernel: RareKernel,
  plan: Plan,
  chunk: Chunk,
  { isAborted, onDone }: ChunkWatch,
): Promise<ChunkResult> {
  const finished = new Reduction(mergeOf(plan));
  let [replicas, events] = [0, 0];
  for (const { first: replica } of chunks({ first: chunk.first, replicas: 2 ** chunk.level }, 0)) {
    start(kernel, plan, replica);
    let isDone = false;
    while (!isAborted() && !isDone) {
      isDone = kernel.advance();
      if (await turnIfDue(isAborted)) onDone(chunk.first, { replicas, events });
    }
    if (!isDone) break;
    const { block, events: made } = outcomeOf(kernel, plan);
    finished.add({ first: replica, level: 0, blocks: [block] });
    replicas++;
    events += made;
  }
  return { replicas, events, nodes: finished.nodes(), leftAt: undefined };
}

function start(kernel: RareKernel, plan: Plan, replica: number): void {
  if (plan.kind === "clones") kernel.startClones(plan.seed, replica);
  else if (plan.method === "hidden") kernel.startHidden(plan.seed, replica);
  else kernel.start(plan.seed, replica);
}

/** The block of the replica that has ended, and its events. */
function outcomeOf(kernel: RareKernel, plan: Plan): { readonly block: Block; readonly events: number } {
  if (plan.kind === "clones") {
    const { population } = kernel;
    return { block: growthBlock(population), events: population.events };
  }
  const { result } = kernel;
  return { block: blockOf(logWeightOf(plan, result), result.events), events: result.events };
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
