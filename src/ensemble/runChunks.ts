/** Runs chunks, on this thread or on workers, and hands on their results as they come. */
import { WorkerError } from "../errors.ts";
import type { Kernel } from "../kernel.ts";
import { cores, EventLoopPauses, type OpenWorker } from "../platform.ts";
import type { ProgressMeter, WorkDone } from "../progress.ts";
import type { Chunk } from "./alignedTree.ts";
import { prepareToMerge, prepareToRun, runChunk, type ChunkResult, type ChunkWatch } from "./runChunk.ts";
import type { RunPlan } from "./runPlan.ts";
import { WorkerPool } from "./workerPool.ts";

export interface RunChunksOptions {
  readonly kernel: Kernel;
  readonly plan: RunPlan;
  /** In order; asked for one by one. */
  readonly chunks: Iterator<Chunk, void>;
  /** Workers, 1 being this thread. */
  readonly workers: number;
  /** True if this thread runs the chunks where workers cannot be had. */
  readonly orHere: boolean;
  readonly signal: AbortSignal | undefined;
  readonly meter: ProgressMeter;
  /** Takes the results of chunks in any order: complete, or with what was finished when the run stopped. */
  readonly take: (chunk: Chunk, result: ChunkResult) => void | Promise<void>;
  readonly open?: OpenWorker | undefined;
}

/** The end of a run before its last chunk. */
export interface Outcome {
  /** The lowest replica that left the cone of positive energies, and when; every replica below it has been run. */
  readonly left: { readonly replica: number; readonly time: number } | undefined;
  /** True if some chunk was not run to its end. */
  readonly aborted: boolean;
}

/** A place where chunks are run. */
type Runner = Pick<WorkerPool, "concurrency" | "run" | "abort" | "close">;

/**
 * Runs chunks until there are no more, the signal aborts or a replica leaves the cone. On several workers the kernel is
 * left as `merge` needs it; on this thread it is between chunks while `take` runs.
 * @throws OutOfMemoryError, WorkerError, and whatever `take` throws, when all that was running has stopped.
 */
export async function runChunks(options: RunChunksOptions): Promise<Outcome> {
  const { chunks, signal, meter, take } = options;
  const runner = await runnerOf(options);
  const lost: { replica: number; time: number }[] = [];
  let failure: { readonly error: unknown } | undefined;
  /** The lowest replica that an abort has left out. */
  let cut = Infinity;
  const abort = () => runner.abort();

  async function runOneByOne(place: number): Promise<void> {
    while (!failure && lost.length === 0 && !signal?.aborted) {
      const { done, value: chunk } = chunks.next();
      if (done) return;
      const result = await runner.run(chunk, place);
      const { replicas, leftAt: time } = result;
      const next = chunk.first + replicas;
      if (time !== undefined) lost.push({ replica: next, time });
      else if (replicas < 2 ** chunk.level) cut = Math.min(cut, next);
      // Results are taken before the user's listener hears of them, since it may end the run.
      await take(chunk, result);
      meter.finish(chunk.first, result);
    }
  }

  try {
    signal?.addEventListener("abort", abort);
    const places = Array.from({ length: runner.concurrency }, (_, place) =>
      runOneByOne(place).catch((error: unknown) => {
        failure ??= { error };
        runner.abort();
      }),
    );
    await Promise.all(places);
  } finally {
    signal?.removeEventListener("abort", abort);
    runner.close();
  }
  if (failure) throw failure.error;
  const [left] = lost.sort((a, b) => a.replica - b.replica);
  // Replicas below it that were not run may leave the cone, too: it is not known to be the lowest.
  if (left && cut < left.replica) return { left: undefined, aborted: true };
  return { left, aborted: !left && (cut < Infinity || !chunks.next().done) };
}

async function runnerOf({ kernel, plan, workers, orHere, meter, signal, open }: RunChunksOptions): Promise<Runner> {
  const onDone = (first: number, done: WorkDone) => meter.advance(first, done);
  if (workers > 1) {
    try {
      const pool = await WorkerPool.open(workers, { module: kernel.module, plan, onDone }, open);
      prepareToMerge(kernel, plan);
      return pool;
    } catch (error) {
      if (!(error instanceof WorkerError && orHere)) throw error;
    }
  }
  prepareToRun(kernel, plan);
  const watch: ChunkWatch = { pauses: new EventLoopPauses(), isAborted: () => signal?.aborted === true, onDone };
  return {
    concurrency: 1,
    run: (chunk) => runChunk(kernel, plan, chunk, watch),
    abort: () => undefined,
    close: () => undefined,
  };
}

/** Events that are worth a worker of their own: a few tenths of a second, of which it takes a tenth to start. */
const EVENTS_A_WORKER = 2 ** 24;
/** Chunks that each of several workers is to have at least, so that all end at about the same time. */
const PARTS_A_WORKER = 64;

/** The workers of a run of about so many events. */
export function workersFor(asked: number | "auto", events: number, replicas: number): number {
  const most = asked === "auto" ? Math.min(cores(), Math.floor(events / EVENTS_A_WORKER)) : asked;
  return Math.max(1, Math.min(most, replicas));
}

/** The least number of chunks of such a run. */
export function partsFor(asked: number | "auto", events: number, replicas: number): number {
  const workers = workersFor(asked, events, replicas);
  return workers > 1 ? PARTS_A_WORKER * workers : 1;
}
