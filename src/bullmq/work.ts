/** The worker: runs the chunks that a queue has, as many at a time as there are cores. */
import { cores } from "../platform.ts";
import { integer, optional, orElse, read, strict } from "../validate.ts";
import { load, patient, queueShape, type QueueOptions } from "./options.ts";

/** What `work` is asked for. */
export interface WorkOptions extends QueueOptions {
  /** Chunks that are run at a time, each on a thread of its own. Default: as many as there are cores. */
  concurrency?: number;
  /**
   * Milliseconds without a sign of life after which a worker counts as dead. What a worker had begun is run again after
   * the sum of this and `stalledInterval` at most. Default 10 000.
   */
  lockDuration?: number;
  /** Milliseconds between two looks for dead workers. Default 5000. */
  stalledInterval?: number;
}

/** A worker at work. */
export interface Working {
  /**
   * Finishes the chunks that are being run, and begins no others. It waits for Redis if that is away; a process that is
   * killed instead does no harm.
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

/** Workers that a chunk may lose. Those of a cluster die through no fault of a chunk's; one that kills them all must end. */
const LOSSES = 100;

/**
 * Runs chunks until it is closed.
 * @throws InvalidInputError; MissingPackageError. Once it works nothing ends it: what goes wrong with a chunk is told to the
 *   producer, what goes wrong with Redis to `onError`.
 */
export async function work(options: WorkOptions): Promise<Working> {
  const { connection, queue, onError, concurrency = cores(), ...rhythm } = read("options", schema, options);
  const { Worker } = await load();
  // Threads of their own: in this one a chunk would keep the worker from giving signs of life, and be run again for ever.
  const worker = new Worker(queue, new URL("./processor.js", import.meta.url), {
    ...{ connection: patient(connection), concurrency, ...rhythm },
    ...{ useWorkerThreads: true, maxStalledCount: LOSSES },
    // Flags such as --input-type are for the program that was started, not for these.
    workerThreadsOptions: { execArgv: [] },
  });
  worker.on("error", onError);
  return { close: () => worker.close() };
}
