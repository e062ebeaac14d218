/**
 * A producer's hold on the queue: puts chunks into it and hears which have failed. It looks at Redis alone and in its own
 * time, so that whoever watches the folder never waits for Redis.
 */
import { resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Job, Queue } from "bullmq";
import type { Redis } from "ioredis";
import { ChunkError } from "../errors.ts";
import type { Chunk, RunFolder } from "../store/index.ts";
import { load, patient, type QueueOptions } from "./options.ts";
import { jobId, type Order } from "./order.ts";

/** Milliseconds after which the queue is fed again, sooner if half of what it got is finished. */
const PERIOD = 3000;
/** Chunks in the queue at most: enough for thousands of workers, and no burden to Redis however long the run is. */
const MOST = 4096;
/** Milliseconds that taking leave may last. */
const LEAVE = 2000;

/** A chunk that failed, by a full disk or a damaged machine, gets two more attempts. Those that failed are kept a day. */
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
    // A client of its own can be dropped at any moment, whether it is connected or not.
    const redis = url === undefined ? new Redis(options) : new Redis(url, options);
    return new Feeder(folder, redis, new Queue(queue, { connection: redis }), onError);
  }

  /**
   * Sees to it that the first of these chunks are in the queue, now and then, and without waiting for Redis.
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

  /** Takes out of the queue what nobody has begun, if Redis can be reached, and lets go of it. */
  async close(): Promise<void> {
    this.onError = () => undefined;
    if (this.redis.status === "ready") {
      const withdrawn = this.lastRound.then(() => this.withdraw()).catch(this.onError);
      await Promise.race([withdrawn, pause(LEAVE, undefined, { ref: false })]);
    }
    this.redis.disconnect();
  }

  private async round(missing: readonly Chunk[]): Promise<void> {
    for (const job of (await this.queue.getFailed()) as Job<Order>[]) {
      if (job.data.run !== this.folder.id) continue;
      const { chunk } = job.data;
      // What failed under an earlier producer is tried again.
      if (this.isFirst) await job.remove();
      else if (missing.some(({ first }) => first === chunk.first))
        this.failure = new ChunkError(chunk, job.failedReason);
    }
    this.isFirst = false;
    this.fed = missing.slice(0, MOST);
    // A job that is there already, waiting or being run, is left as it is.
    await this.queue.addBulk(
      this.fed.map((chunk) => {
        const order = this.order(chunk);
        return { name: "chunk", data: order, opts: { ...JOB, jobId: jobId(order) } };
      }),
    );
  }

  private async withdraw(): Promise<void> {
    await Promise.all(this.fed.map((chunk) => this.queue.remove(jobId(this.order(chunk)))));
  }

  private order(chunk: Chunk): Order {
    return { folder: resolve(this.folder.path), run: this.folder.id, chunk };
  }
}
