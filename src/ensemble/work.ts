/** Work that is cut into chunks: what the pool of workers and the thread that calls must know of it, whatever is simulated. */
import type { WorkDone } from "../progress.ts";
import type { Chunk, TreeNode } from "./alignedTree.ts";

/** The outcome of a chunk: all of it, or what was finished when it stopped. */
export interface ChunkResult extends WorkDone {
  /** The finished replicas as nodes of the tree, the largest first: one node if the chunk is complete. */
  readonly nodes: readonly TreeNode[];
  /** The time at which the next replica left the cone of positive energies, where the chunk stopped. */
  readonly leftAt: number | undefined;
}

/** The outcome of a chunk that was not begun. */
export const NOTHING: ChunkResult = { replicas: 0, events: 0, nodes: [], leftAt: undefined };

/** The surroundings of a chunk that is being run. */
export interface ChunkWatch {
  readonly isAborted: () => boolean;
  /** Hears a few times a second what is done of the chunk that begins at `first`. */
  readonly onDone: (first: number, done: WorkDone) => void;
}

export type RunChunk = (chunk: Chunk, watch: ChunkWatch) => Promise<ChunkResult>;

/** The script of a worker (workerLoop.ts): its text, and the address of the same file where a page serves it. */
export interface WorkerScript {
  readonly source: string;
  readonly url: () => string | undefined;
}

/** A run, as its workers know it. */
export interface PlannedWork {
  /** Plain data, which the worker's script understands. */
  readonly plan: object;
  /** The build of the engine that it runs on. */
  readonly module: WebAssembly.Module;
}

/** A run, for those who hand its chunks out. */
export interface Work extends PlannedWork {
  readonly script: WorkerScript;
  /** Makes this thread ready to merge what workers return. */
  readonly prepareToMerge: () => void;
  /** Makes this thread ready to run chunks. @throws OutOfMemoryError */
  readonly prepareToRun: () => RunChunk;
}
