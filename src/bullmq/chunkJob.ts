/** A job of the queue: the chunk to run, and the folder to which its result is written. */
import { fileName } from "../store/chunkFile.ts";
import type { Chunk } from "../store/index.ts";

export interface ChunkJob {
  /** Path of the run folder, the same for producers and workers. */
  readonly folder: string;
  /** The id of the run. */
  readonly run: string;
  readonly chunk: Chunk;
}

/** The id of a chunk's job, the same for all producers, so that the queue holds it once. */
export function jobId({ run, chunk }: ChunkJob): string {
  return `${run}-${fileName(chunk)}`;
}
