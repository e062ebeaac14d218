/** The worker: runs the chunks of a queue, as many at a time as there are cores. */
import { cores } from "../platform.ts";
import { integer, optional, orElse, read, strict } from "../validate.ts";
import { load, patient, queueShape, type QueueOptions } from "./options.ts";

/** Options of `work`. */
export interface WorkOptions extends QueueOptions {
  /** Number of chunks run at a time, each on a thread of its own. Default: the number of cores. */
  concurrency?: number;
  /**
   * Milliseconds without a sign of life after which a worker counts as dead. Its chunks are run again after the sum of
   * this and `stalledInterval` at most. Default 10 000.
   */
  lockDuration?: number;
  /** Milliseconds between two searches for dead workers. Default 5000. */
  stalledInterval?: number;
}

/** A worker at work. */
export interface Working {
  /**
   * Finishes the chunks that are running, and begins no others. It waits for Redis if that cannot be reached; killing the
   * process instead does no harm.
   */
  close(): Promise<void>;
}

const milliseconds = integer(10, 2 ** 31 - 1);

const schema = strict({
  ...queueShape,
  concurrency: optional(integer(1, 1024)),
  lockDuration: orElse(milliseconds, 10_000),
  stalledInterval: orElse(milliseconds, 5000),
});

/** Workers that may die while they run a chunk before the chunk fails: workers of a cluster die for other reasons, too. */
const LOSSES = 100;

/**
 * Runs chunks until it is closed.
 * @throws InvalidInputError; MissingPackageError. Once it works nothing ends it: errors of a chunk are reported to the
 *   producer, errors of Redis to `onError`.
 */
export async function work(options: WorkOptions): Promise<Working> {
  const { connection, queue, onError, concurrency = cores(), ...rhythm } = read("options", schema, options);
  const { Worker } = await load();
  // On this thread a chunk would keep the worker from giving signs of life, and be run again for ever.
  const worker = new Worker(queue, new URL("./processor.js", import.meta.url), {
    ...{ connection: patient(connection), concurrency, ...rhythm },
    ...{ useWorkerThreads: true, maxStalledCount: LOSSES },
    // Flags such as --input-type are for the program that was started, not for the threads.
    workerThreadsOptions: { execArgv: [] },
  });
  worker.on("error", onError);
  return { close: () => worker.close() };
}
