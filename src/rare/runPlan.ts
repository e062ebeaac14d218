/** Hands out the chunks of a plan, on this thread or on workers, and merges what they leave. */
import type { AbortSignalLike } from "../aborts.ts";
import { chunksOf, coverage, Reduction, type Block, type Span } from "../ensemble/alignedTree.ts";
import { chunkLevel } from "../ensemble/chunkLevel.ts";
import { partsFor, runChunks, workersFor } from "../ensemble/runChunks.ts";
import type { Work } from "../ensemble/work.ts";
import type { Ran } from "../ensemble/workerPool.ts";
import type { ProgressMeter } from "../progress.ts";
import { clock } from "../turns.ts";
import { GROWTH_BLOCK } from "./growth.ts";
import type { RareKernel } from "./kernel.ts";
import { mergeOf, prepare, runChunk, type Plan } from "./run.ts";
import { BLOCK } from "./weights.ts";
import { WORKER } from "./workerSource.ts";

/** What is finished of a run. */
export interface FinishedPaths {
  readonly block: Block;
  readonly spans: readonly Span[];
}

/** All of a run, or what there was when it stopped. */
export interface Finished extends FinishedPaths {
  readonly ran: Ran;
}

/** A guided event, in events of a chain, by which the pool judges. */
const COST = 4;
/** Chunks at least, where someone wants to hear of them; and milliseconds between two times. */
const PARTS = 128;
const INTERVAL = 100;

/** @param onFinished is told a few times a second what is finished so far. */
export async function runPlan(
  kernel: RareKernel,
  plan: Plan,
  { workers, signal }: { readonly workers: number | "auto"; readonly signal?: AbortSignalLike | undefined },
  spans: readonly Span[],
  meter: ProgressMeter,
  onFinished?: (soFar: FinishedPaths) => void,
): Promise<{ readonly finished: Finished | undefined; readonly aborted: boolean }> {
  const { replicas } = coverage(spans);
  const eventsPerReplica = COST * plan.events;
  const events = replicas * eventsPerReplica;
  const level = chunkLevel({
    ...{ eventsPerReplica, replicas, parts: Math.max(partsFor(workers, events, replicas), onFinished ? PARTS : 1) },
    ...{ blockBytes: 8 * Math.max(BLOCK, GROWTH_BLOCK), observedBytes: 0 },
  });
  const merge = mergeOf(plan);
  const reduction = new Reduction(merge);
  let last = clock();
  const tell = () => {
    if (!onFinished || clock() - last < INTERVAL) return;
    last = clock();
    // Merging overwrites blocks, which are still wanted.
    const copies = new Reduction(merge);
    for (const { blocks, ...node } of reduction.nodes()) {
      copies.add({ ...node, blocks: blocks.map((block) => block.slice()) });
    }
    const soFar = copies.result();
    if (soFar) onFinished({ block: soFar.blocks[0], spans: soFar.spans });
  };
  const work: Work = {
    plan,
    module: kernel.module,
    script: { source: WORKER, url: () => undefined },
    prepareToMerge: () => undefined,
    prepareToRun: () => {
      prepare(kernel, plan);
      return (chunk, watch) => runChunk(kernel, plan, chunk, watch);
    },
  };
  const { aborted, ran } = await runChunks({
    work,
    chunks: chunksOf(spans, level),
    asked: workers,
    workers: workersFor(workers, events, replicas),
    signal,
    meter,
    take: (_chunk, { nodes }) => {
      for (const node of nodes) reduction.add(node);
      tell();
    },
  });
  const whole = reduction.result();
  return { finished: whole && { block: whole.blocks[0], spans: whole.spans, ran }, aborted };
}
