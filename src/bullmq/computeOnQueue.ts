/** The producer: gives a run to the workers of a queue and watches the run's folder until all chunks are finished. */
import { setTimeout as pause } from "node:timers/promises";
import type { Progress } from "../progress.ts";
import { type AbortSignalLike, signal, unlessAborted } from "../aborts.ts";
import { listener } from "../ensemble/commonOptions.ts";
import { replicasIn } from "../ensemble/alignedTree.ts";
import { AbortedError, describe, InvalidInputError, StoreError } from "../errors.ts";
import { type Merged, RunFolder } from "../store/index.ts";
import { optional, read, strict } from "../validate.ts";
import { Feeder } from "./feeder.ts";
import { queueShape, type QueueOptions } from "./options.ts";

/** Progress of the run. Events are not known before the end, when the files are read. */
export type QueueProgress = Omit<Progress, "events">;

/** Options of `computeOnQueue`. */
export interface ComputeOnQueueOptions extends QueueOptions {
  /** Aborts the run; the finished chunks are in the folder. */
  signal?: AbortSignalLike | null | undefined;
  /** Called about twice a second. */
  onProgress?: (progress: QueueProgress) => void;
}

const schema = strict({ ...queueShape, signal, onProgress: optional(listener<QueueProgress>()) });

/** Milliseconds between two listings of the folder, or this multiple of the time that a listing takes. */
const INTERVAL = 500;
const TIMES = 10;

/**
 * Lets the workers of a queue run the missing chunks of a run. The folder, on a file system that they share, is the only
 * record of what is finished; the queue says what to run, and is filled again every few seconds. So no chunk is lost and no
 * bit changes when Redis comes back empty, when the producer is killed and started again, or when there are two producers.
 * @throws InvalidInputError; MissingPackageError; ChunkError if a chunk has failed three times, or left the cone of positive
 *   energies; AbortedError; StoreError. What was finished is in the folder.
 */
export async function computeOnQueue(folder: RunFolder, options: ComputeOnQueueOptions): Promise<Merged> {
  const { signal, onProgress, ...queue } = read("options", schema, options);
  if (!(folder instanceof RunFolder)) {
    const got = describe(folder);
    throw new InvalidInputError("arguments", [{ field: "folder", expected: "a RunFolder of mesoflux/store", got }]);
  }
  await folder.clear();
  const replicas = replicasIn([...folder.chunks()]);
  let missing = await folder.unwritten();
  const before = replicas - replicasIn(missing);
  const begin = performance.now();
  const report = (finished: number) => {
    const seconds = (performance.now() - begin) / 1000;
    const secondsLeft = finished > before ? (seconds / (finished - before)) * (replicas - finished) : Infinity;
    onProgress?.({ finished, replicas, seconds, secondsLeft });
  };
  let took = 0;
  const feeder = await Feeder.open(folder, queue);
  try {
    while (missing.length > 0) {
      const finished = replicas - replicasIn(missing);
      report(finished);
      if (signal?.aborted) {
        const kept = `what was finished is in ${folder.path}`;
        throw new AbortedError(undefined, finished, replicas, { kept, cause: signal.reason });
      }
      feeder.feed(missing);
      await unlessAborted(signal, () => pause(Math.max(INTERVAL, TIMES * took), undefined));
      const start = performance.now();
      missing = await folder.unwritten();
      took = performance.now() - start;
    }
    report(replicas);
  } finally {
    await feeder.close();
  }
  const merged = await folder.merge();
  const { missing: lost, refused } = merged.status;
  if (lost.length === 0) return merged;
  const files = refused.map(({ path, why }) => `\n  ${path}: ${why}`);
  throw new StoreError(folder.path, `chunks that were finished are lost or damaged; run it again${files.join("")}`);
}
