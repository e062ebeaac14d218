/**
 * Keeps the queue filled with missing chunks and finds those that have failed. It talks to Redis in the background, so that
 * the producer, which watches the folder, never waits for Redis.
 */
import { resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Job, Queue } from "bullmq";
import type { Redis } from "ioredis";
import { ChunkError } from "../errors.ts";
import type { Chunk, RunFolder } from "../store/index.ts";
import { load, patient, type QueueOptions } from "./options.ts";
import { jobId, type ChunkJob } from "./chunkJob.ts";

/** Milliseconds after which the queue is filled again; sooner if half of its chunks are finished. */
const PERIOD = 3000;
/** Chunks in the queue at most: enough for thousands of workers, and few for Redis however long the run is. */
const MOST = 4096;
/** Milliseconds that `close` may take. */
const LEAVE = 2000;

/** A chunk that fails, by a full disk or a damaged machine, gets two more attempts. Failed jobs are kept a day. */
const JOB = {
  attempts: 3,
  backoff: { type: "exponential", delay: 1000 },
  removeOnComplete: true,
  removeOnFail: { age: 86_400, count: 1000 },
};

export class Feeder {
  private fed: readonly Chunk[] = [];
  private fedAt = -Infinity;
  private isFeeding = false;
  private lastRound: Promise<void> = Promise.resolve();
  private isFirst = true;
  private failure: ChunkError | undefined;

  private constructor(
    private readonly folder: RunFolder,
    private readonly redis: Redis,
    private readonly queue: Queue,
    private onError: (error: Error) => void,
  ) {
    queue.on("error", (error) => this.onError(error));
  }

  /** @throws MissingPackageError */
  static async open(folder: RunFolder, { connection, queue, onError }: Required<QueueOptions>): Promise<Feeder> {
    const { Queue, Redis } = await load();
    const { url, ...options } = patient(connection);
    // A client of our own can be disconnected at any time, connected or not.
    const redis = url === undefined ? new Redis(options) : new Redis(url, options);
    return new Feeder(folder, redis, new Queue(queue, { connection: redis }), onError);
  }

  /**
   * Puts the first of these chunks into the queue when it is time, without waiting for Redis.
   * @throws ChunkError if one of them has failed for good.
   */
  feed(missing: readonly Chunk[]): void {
    const { failure } = this;
    if (failure && missing.some(({ first }) => first === failure.chunk.first)) throw failure;
    const isHungry =
      2 * missing.filter(({ first }) => first <= (this.fed.at(-1)?.first ?? -1)).length < this.fed.length;
    if (this.isFeeding || !(isHungry || performance.now() - this.fedAt > PERIOD)) return;
    this.isFeeding = true;
    this.lastRound = this.round(missing)
      .catch((error: Error) => this.onError(error))
      .finally(() => {
        this.isFeeding = false;
        this.fedAt = performance.now();
      });
  }

  /** Removes chunks that no worker has begun from the queue, if Redis can be reached, and disconnects. */
  async close(): Promise<void> {
    this.onError = () => undefined;
    if (this.redis.status === "ready") {
      const withdrawn = this.lastRound.then(() => this.withdraw()).catch(this.onError);
      await Promise.race([withdrawn, pause(LEAVE, undefined, { ref: false })]);
    }
    this.redis.disconnect();
  }

  private async round(missing: readonly Chunk[]): Promise<void> {
    for (const job of (await this.queue.getFailed()) as Job<ChunkJob>[]) {
      if (job.data.run !== this.folder.id) continue;
      const { chunk } = job.data;
      // Jobs that failed under an earlier producer are tried again.
      if (this.isFirst) await job.remove();
      else if (missing.some(({ first }) => first === chunk.first))
        this.failure = new ChunkError(chunk, job.failedReason);
    }
    this.isFirst = false;
    this.fed = missing.slice(0, MOST);
    // BullMQ ignores a job whose id is in the queue already.
    await this.queue.addBulk(
      this.fed.map((chunk) => {
        const data = this.dataOf(chunk);
        return { name: "chunk", data, opts: { ...JOB, jobId: jobId(data) } };
      }),
    );
  }

  private async withdraw(): Promise<void> {
    await Promise.all(this.fed.map((chunk) => this.queue.remove(jobId(this.dataOf(chunk)))));
  }

  private dataOf(chunk: Chunk): ChunkJob {
    return { folder: resolve(this.folder.path), run: this.folder.id, chunk };
  }
}
