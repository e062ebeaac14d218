/** Runs chunks, on this thread or on workers, and hands on their results as they come. */
import { type AbortSignalLike, onAbort, unlessAborted } from "../aborts.ts";
import { WorkerError } from "../errors.ts";
import type { ProgressMeter, WorkDone } from "../progress.ts";
import type { Chunk } from "./alignedTree.ts";
import type { ChunkResult, ChunkWatch, Work } from "./work.ts";
import { mostWorkers, poolFor, type PooledRun, type Ran, type WorkerPool } from "./workerPool.ts";

export interface RunChunksOptions {
  readonly work: Work;
  /** In order; asked for one by one. */
  readonly chunks: Iterator<Chunk, void>;
  /** Workers as asked for; and how many that is for this run (`workersFor`). */
  readonly asked: number | "auto";
  readonly workers: number;
  readonly signal: AbortSignalLike | undefined;
  readonly meter: ProgressMeter;
  /** Takes the results of chunks in any order: complete, or with what was finished when the run stopped. */
  readonly take: (chunk: Chunk, result: ChunkResult) => void | Promise<void>;
  /** Default: that of this thread. */
  readonly pool?: WorkerPool | undefined;
}

/** The end of a run before its last chunk. */
export interface Outcome {
  /** The lowest replica that left the cone of positive energies, and when; every replica below it has been run. */
  readonly left: { readonly replica: number; readonly time: number } | undefined;
  /** True if some chunk was not run to its end. */
  readonly aborted: boolean;
  readonly ran: Ran;
}

/** A place where chunks are run. */
type Runner = Pick<PooledRun, "concurrency" | "ran" | "run" | "abort" | "close">;

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
  const deafen = onAbort(signal, () => runner.abort());

  async function runOneByOne(): Promise<void> {
    while (!failure && lost.length === 0 && !signal?.aborted) {
      const { done, value: chunk } = chunks.next();
      if (done) return;
      const result = await runner.run(chunk);
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
    const places = Array.from({ length: runner.concurrency }, () =>
      runOneByOne().catch((error: unknown) => {
        failure ??= { error };
        runner.abort();
      }),
    );
    await Promise.all(places);
  } finally {
    deafen();
    runner.close();
  }
  if (failure) throw failure.error;
  const [left] = lost.sort((a, b) => a.replica - b.replica);
  // Replicas below it that were not run may leave the cone, too: it is not known to be the lowest.
  const { ran } = runner;
  if (left && cut < left.replica) return { left: undefined, aborted: true, ran };
  return { left, aborted: !left && (cut < Infinity || !chunks.next().done), ran };
}

async function runnerOf(options: RunChunksOptions): Promise<Runner> {
  const { work, asked, workers, meter, signal, pool = poolFor(work.script, work.module) } = options;
  const onDone = (first: number, done: WorkDone) => meter.advance(first, done);
  let why = asked === "auto" ? "the run is short, or has one replica or one core" : `workers: ${asked}`;
  if (workers > 0) {
    work.prepareToMerge();
    const joining = pool.join(work, workers, onDone);
    try {
      const run = await unlessAborted(signal, () => joining);
      if (run) return run;
      joining.then((late) => late.close()).catch(() => undefined);
      why = "it was aborted before a worker had started";
    } catch (error) {
      if (!(error instanceof WorkerError && asked === "auto")) throw error;
      why = error.message;
    }
  }
  const runChunk = work.prepareToRun();
  const watch: ChunkWatch = { isAborted: () => signal?.aborted === true, onDone };
  return {
    ran: { threads: 0, why },
    concurrency: 1,
    run: (chunk) => runChunk(chunk, watch),
    abort: () => undefined,
    close: () => undefined,
  };
}

/** Events that are worth a worker of their own: a few tenths of a second, of which it takes a tenth to start. */
const EVENTS_A_WORKER = 2 ** 24;
/** Chunks that each of several workers is to have at least, so that all end at about the same time. */
const PARTS_A_WORKER = 64;

/** The workers that a run of about so many events can share, 0 being this thread. */
export function workersFor(asked: number | "auto", events: number, replicas: number): number {
  const most = mostWorkers();
  const useful = Math.min(replicas, asked === "auto" ? Math.floor(events / EVENTS_A_WORKER) : asked);
  return useful <= 1 || (asked === "auto" && most === 1) ? 0 : Math.min(useful, most);
}

/** The least number of chunks of such a run. */
export function partsFor(asked: number | "auto", events: number, replicas: number): number {
  const workers = workersFor(asked, events, replicas);
  return workers > 0 ? PARTS_A_WORKER * workers : 1;
}
