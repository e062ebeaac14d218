/** A thread of a worker: BullMQ loads this file there and calls it with one job after another. */
import { UnrecoverableError } from "bullmq";
import { LeftConeError, StoreError } from "../errors.ts";
import { RunFolder } from "../store/index.ts";
import type { ChunkJob } from "./chunkJob.ts";

/** The folder of the last job: jobs of one run follow one another, and opening a folder takes time. */
let last: RunFolder | undefined;

/**
 * Runs a chunk, unless its file is there already: a job that comes twice does no harm.
 * @throws UnrecoverableError if it would fail again; whatever RunFolder throws.
 */
export default async function run({ data }: { readonly data: ChunkJob }): Promise<void> {
  const folder = await open(data);
  try {
    await folder.ensure(data.chunk);
  } catch (error) {
    if (error instanceof LeftConeError) throw new UnrecoverableError(error.message);
    throw error;
  }
}

async function open({ folder: path, run }: ChunkJob): Promise<RunFolder> {
  if (last?.path === path && last.id === run && (await last.isCurrent())) return last;
  last = undefined;
  const folder = await RunFolder.open(path);
  // The job may be older than the run that is in the folder now, which must not get a foreign chunk.
  if (folder.id !== run) throw new StoreError(path, "holds another run than when this chunk was queued");
  return (last = folder);
}
