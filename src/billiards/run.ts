/** Runs of billiards: what decides them, and their chunks on the engine of a thread. */
import { chunks, joined, Reduction, type Block, type Chunk, type Span } from "../ensemble/alignedTree.ts";
import type { ChunkResult, ChunkWatch } from "../ensemble/work.ts";
import { turnIfDue } from "../turns.ts";
import { BatchMoments } from "./batchMoments.ts";
import { type BilliardsKernel, cellsOf, RECORD } from "./kernel.ts";
import type { Billiards } from "./table.ts";

/** All that decides the result of a run; plain data. */
export interface BilliardsPlan {
  readonly table: Billiards;
  readonly seed: bigint;
  readonly span: Span;
  readonly time: number;
  readonly burnIn: number;
  readonly batches: number;
  /** The most collisions to keep of each replica. */
  readonly events: number;
  /** Keep the states at the end. */
  readonly checkpoint: boolean;
  /** States to go on from, of the replicas from the span's first on. */
  readonly states: readonly Float64Array[] | undefined;
}

/** A replica's number, then a record of the engine's. */
export const KEPT = 1 + RECORD;

/** Merges blocks: the batches', the kept collisions, the states. */
export function mergeBlocks({ table }: BilliardsPlan): (left: readonly Block[], right: readonly Block[]) => Block[] {
  const moments = new BatchMoments(cellsOf(table));
  return ([batches, ...kept], [others, ...more]) => [
    moments.merge(batches, others),
    ...kept.map((block, i) => joined(block, more[i])),
  ];
}

/** Runs a chunk until it is finished or the run is aborted. The kernel has the plan's table. */
export async function runChunk(
  kernel: BilliardsKernel,
  plan: BilliardsPlan,
  chunk: Chunk,
  { isAborted, onDone }: ChunkWatch,
): Promise<ChunkResult> {
  const finished = new Reduction(mergeBlocks(plan));
  let [replicas, events] = [0, 0];
  const pause = async () => {
    if (await turnIfDue(isAborted)) onDone(chunk.first, { replicas, events: events + kernel.batchCollisions });
  };
  for (const { first: replica } of chunks({ first: chunk.first, replicas: 2 ** chunk.level }, 0)) {
    const blocks = await runReplica(kernel, plan, replica, pause, isAborted);
    if (!blocks) break;
    finished.add({ first: replica, level: 0, blocks });
    replicas++;
    events += blocks[0][1];
  }
  return { replicas, events, nodes: finished.nodes(), leftAt: undefined };
}

/** The blocks of a replica; undefined if the run is aborted. */
async function runReplica(
  kernel: BilliardsKernel,
  plan: BilliardsPlan,
  replica: number,
  pause: () => Promise<void>,
  isAborted: () => boolean,
): Promise<Block[] | undefined> {
  const { table, seed, span, states, time, burnIn, batches } = plan;
  const moments = new BatchMoments(cellsOf(table));
  if (states) kernel.restore(states[replica - span.first]);
  else kernel.start(table, seed, replica);
  const begin = kernel.time + burnIn;
  const kept: Float64Array[] = [];
  let room = plan.events;

  /** Keeps what the record has, which goes on as long as there is room. */
  function drain(): void {
    const records = kernel.recorded.subarray(0, RECORD * room);
    kept.push(records);
    room -= records.length / RECORD;
    kernel.record(room > 0);
  }

  async function reach(end: number, isMeasured: boolean): Promise<boolean> {
    while (!isAborted()) {
      if (kernel.advance(end)) return true;
      if (isMeasured && plan.events > 0) drain();
      await pause();
    }
    return false;
  }

  kernel.record(false);
  if (burnIn > 0 && !(await reach(begin, false))) return undefined;
  kernel.takeBatch();
  kernel.record(room > 0);
  let sum: Block | undefined;
  for (let batch = 1; batch <= batches; batch++) {
    if (!(await reach(begin + time * (batch / batches), true))) return undefined;
    const block = moments.leaf(kernel.takeBatch());
    sum = sum ? moments.merge(sum, block) : block;
  }
  if (plan.events > 0) drain();
  return [sum!, ...(plan.events > 0 ? [numbered(kept, replica)] : []), ...(plan.checkpoint ? [kernel.save()] : [])];
}

/** Records with the replica's number before each. */
function numbered(kept: readonly Float64Array[], replica: number): Block {
  const count = kept.reduce((sum, part) => sum + part.length / RECORD, 0);
  const block = new Float64Array(KEPT * count);
  let to = 0;
  for (const part of kept) {
    for (let from = 0; from < part.length; from += RECORD, to += KEPT) {
      block[to] = replica;
      block.set(part.subarray(from, from + RECORD), to + 1);
    }
  }
  return block;
}
