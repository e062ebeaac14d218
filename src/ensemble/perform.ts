/** Runs the chunks of a job, here or on workers, and hands on what they give as it comes. */
import { WorkerError } from "../errors.ts";
import type { Kernel } from "../kernel.ts";
import { cores, type OpenWorker } from "../platform.ts";
import { Crew } from "./crew.ts";
import { runChunk, setUp, type Harvest, type Job, type Runner, type Watch } from "./job.ts";
import type { Done, Meter } from "./meter.ts";
import type { Chunk } from "./plan.ts";
import { Turns } from "./turns.ts";

export interface PerformOptions {
  readonly kernel: Kernel;
  readonly job: Job;
  /** In order; asked for one by one. */
  readonly chunks: Iterator<Chunk, void>;
  /** Workers, 1 being this thread. */
  readonly workers: number;
  /** Whether this thread will do where no workers are to be had. */
  readonly orHere: boolean;
  readonly signal: AbortSignal | undefined;
  readonly meter: Meter;
  /** Takes what a chunk gave, in any order of chunks, all of it or what was finished when the run stopped. */
  readonly take: (chunk: Chunk, harvest: Harvest) => void | Promise<void>;
  readonly open?: OpenWorker | undefined;
}

/** How a run ended before its last chunk. */
export interface Outcome {
  /** The lowest replica that left the cone of positive energies, and when; every replica below it has been run. */
  readonly left: { readonly replica: number; readonly time: number } | undefined;
  /** Whether some chunk was not run to its end. */
  readonly aborted: boolean;
}

/**
 * Runs chunks until there are no more, the signal aborts or a replica leaves the cone. On several workers the kernel is
 * left as `merge` needs it; on this thread it is between chunks while `take` runs.
 * @throws OutOfMemoryError, WorkerError, and whatever `take` throws, when all that was running has stopped.
 */
export async function perform(options: PerformOptions): Promise<Outcome> {
  const { chunks, signal, meter, take } = options;
  const runner = await runnerOf(options);
  const lost: { replica: number; time: number }[] = [];
  let failure: { readonly error: unknown } | undefined;
  /** The lowest replica that an abort has left out. */
  let cut = Infinity;
  const abort = () => runner.abort();

  async function work(lane: number): Promise<void> {
    while (!failure && lost.length === 0 && !signal?.aborted) {
      const { done, value: chunk } = chunks.next();
      if (done) return;
      const harvest = await runner.run(chunk, lane);
      const { replicas, leftAt: time } = harvest;
      const next = chunk.first + replicas;
      if (time !== undefined) lost.push({ replica: next, time });
      else if (replicas < 2 ** chunk.level) cut = Math.min(cut, next);
      // What is finished is taken before the listener hears of it, who may end the run.
      await take(chunk, harvest);
      meter.finish(chunk.first, harvest);
    }
  }

  try {
    signal?.addEventListener("abort", abort);
    const lanes = Array.from({ length: runner.lanes }, (_, lane) =>
      work(lane).catch((error: unknown) => {
        failure ??= { error };
        runner.abort();
      }),
    );
    await Promise.all(lanes);
  } finally {
    signal?.removeEventListener("abort", abort);
    runner.close();
  }
  if (failure) throw failure.error;
  const [left] = lost.sort((a, b) => a.replica - b.replica);
  // Below it some were not run, which may leave the cone, too: it is not known to be the lowest.
  if (left && cut < left.replica) return { left: undefined, aborted: true };
  return { left, aborted: !left && (cut < Infinity || !chunks.next().done) };
}

async function runnerOf({ kernel, job, workers, orHere, meter, signal, open }: PerformOptions): Promise<Runner> {
  const onDone = (first: number, done: Done) => meter.advance(first, done);
  if (workers > 1) {
    try {
      const crew = await Crew.open(workers, { module: kernel.module, job, onDone }, open);
      setUp(kernel, job, "merge");
      return crew;
    } catch (error) {
      if (!(error instanceof WorkerError && orHere)) throw error;
    }
  }
  setUp(kernel, job);
  const watch: Watch = { turns: new Turns(), isAborted: () => signal?.aborted === true, onDone };
  return {
    lanes: 1,
    run: (chunk) => runChunk(kernel, job, chunk, watch),
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

/** The chunks that such a run is to have at least. */
export function partsFor(asked: number | "auto", events: number, replicas: number): number {
  const workers = workersFor(asked, events, replicas);
  return workers > 1 ? PARTS_A_WORKER * workers : 1;
}
