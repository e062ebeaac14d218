/** What a queue carries: which chunk is to be run, and in which folder. What comes of it goes to the folder alone. */
import { fileName } from "../store/chunkFile.ts";
import type { Chunk } from "../store/index.ts";

export interface Order {
  /** As producers and workers alike reach it. */
  readonly folder: string;
  /** The id of the run that is there. */
  readonly run: string;
  readonly chunk: Chunk;
}

/** The name of a chunk's job, the same whoever queues it, so that the queue has it once. */
export function jobId({ run, chunk }: Order): string {
  return `${run}-${fileName(chunk)}`;
}
