/** What every chunk of a run is made with, and how one is run: all that a worker knows. */
import type { Kernel, Method, Moments, TreeNode } from "../kernel.ts";
import type { Model } from "../model.ts";
import { carriedIn } from "./carried.ts";
import type { Done } from "./meter.ts";
import type { Chunk } from "./plan.ts";
import { Reduction } from "./reduction.ts";
import { addSums, sumsOf, type Reference } from "./replicaSums.ts";
import type { Turns } from "./turns.ts";

/** Plain data, which can be posted. */
export interface Job {
  readonly model: Model;
  /** N: E(0). */
  readonly initial: Float64Array;
  readonly seed: bigint;
  readonly method: Method;
  readonly step: number | undefined;
  readonly outsideCone: "error" | "follow" | undefined;
  readonly times: readonly number[];
  readonly moments: Moments;
  /** Whether the observations of every replica are handed on. */
  readonly samples: boolean;
  /** Of a steady state: what a replica's sums are counted from. They take the place of moments. */
  readonly reference: Reference | undefined;
  /** The largest chunk is 2^level replicas. */
  readonly level: number;
}

/** What a chunk gives, all of it or what was finished when it stopped. */
export interface Harvest extends Done {
  readonly nodes: readonly TreeNode[];
  /** replicas x times x (E_1..E_N, inflow), if the job asks for them. */
  readonly observed: Float64Array<ArrayBuffer> | undefined;
  /** When the next replica left the cone of positive energies, where the chunk stopped. */
  readonly leftAt: number | undefined;
}

/** Where chunks are run: so many at a time. */
export interface Runner {
  readonly lanes: number;
  run(chunk: Chunk, lane: number): Promise<Harvest>;
  /** Has all chunks answered soon, with what was finished of them. */
  abort(): void;
  close(): void;
}

/** Candidates between two looks at the clock: some milliseconds. */
const BUDGET = 2 ** 17;

/**
 * Sets the engine up for the chunks of a job, or only to merge its blocks.
 * @throws OutOfMemoryError
 */
export function setUp(kernel: Kernel, job: Job, use: "run" | "merge" = "run"): void {
  kernel.setModel(job.model, job.seed);
  if (job.step !== undefined) kernel.setStep(job.step, job.outsideCone === "follow");
  const { initial, times, moments, samples, reference, level } = job;
  const layout = use === "run" ? { level, samples: samples || reference !== undefined } : { level: 0, samples: false };
  kernel.allocate(initial, { times, moments, ...layout });
}

/** Who watches over the chunks of a job. */
export interface Watch {
  readonly turns: Turns;
  readonly isAborted: () => boolean;
  /** Hears a few times a second what is done of the chunk that begins at `first`. */
  readonly onDone: (first: number, done: Done) => void;
}

/** Runs a chunk until it is finished or the watch says that the run is aborted. */
export async function runChunk(
  kernel: Kernel,
  job: Job,
  { first, level }: Chunk,
  { turns, isAborted, onDone }: Watch,
): Promise<Harvest> {
  const done = () => ({ replicas: kernel.finishedReplicas, events: kernel.finishedEvents });
  kernel.beginChunk(job.method, first, level);
  do {
    if (await turns.take()) onDone(first, done());
  } while (!isAborted() && !kernel.advance(BUDGET));
  const { replicas, events } = done();
  const observed = job.samples || job.reference ? kernel.observed(replicas) : undefined;
  return {
    replicas,
    events,
    nodes: job.reference
      ? sumsOfChunk(observed!, replicas, first, events, job.reference)
      : kernel.finishedBlocks(first),
    observed: job.samples ? observed!.slice() : undefined,
    leftAt: kernel.leftAt,
  };
}

/** The sums of a chunk's replicas, each a leaf of the tree of reduction.ts; the events are with the first node's. */
function sumsOfChunk(observed: Float64Array, replicas: number, first: number, events: number, reference: Reference) {
  const reduction = new Reduction(addSums);
  const width = observed.length / replicas;
  for (let r = 0; r < replicas; r++) {
    const ofReplica = observed.subarray(r * width, (r + 1) * width);
    const block = sumsOf(ofReplica, carriedIn(ofReplica, reference.energies), reference);
    reduction.add({ first: first + r, level: 0, block });
  }
  const nodes = reduction.nodes();
  if (nodes.length > 0) nodes[0].block[1] = events;
  return nodes;
}
