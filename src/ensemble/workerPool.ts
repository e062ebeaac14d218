/**
 * Workers that share the chunks of a run. Each has an engine and a memory of its own and is always one chunk ahead, so
 * that it need not wait for its owner. A worker that crashes is replaced, and the chunks that it had are run again.
 *
 * Starting a worker takes a tenth of a second in Node, so an idle one is kept for a while for the next run.
 */
import { OutOfMemoryError, WorkerError } from "../errors.ts";
import { openWorker, type OpenWorker, type WorkerPort } from "../platform.ts";
import type { WorkDone } from "../progress.ts";
import { WORKER } from "../workerSource.ts";
import type { Chunk } from "./alignedTree.ts";
import type { ChunkResult } from "./runChunk.ts";
import type { RunPlan } from "./runPlan.ts";
import type { Answer, Order } from "./worker.ts";

/** The work that the workers of a pool share. */
export interface PoolTask {
  readonly module: WebAssembly.Module;
  readonly plan: RunPlan;
  /** Hears a few times a second what is done of the chunk that begins at `first`. */
  readonly onDone: (first: number, done: WorkDone) => void;
}

/** Chunks that a worker has at a time. */
const AHEAD = 2;
/** A chunk that loses this many workers is at fault itself. */
const MOST_LOSSES = 3;
/** Milliseconds that an idle worker is kept, with its memory. */
const IDLE = 5000;

const NOTHING: ChunkResult = { replicas: 0, events: 0, nodes: [], leftAt: undefined };

export class WorkerPool {
  /** Chunks that can be run at a time. */
  readonly concurrency: number;
  private readonly workers: PooledWorker[];
  private aborted = false;

  private constructor(
    size: number,
    private readonly task: PoolTask,
    private readonly open: OpenWorker | undefined,
  ) {
    this.concurrency = AHEAD * size;
    this.workers = Array.from({ length: size }, () => PooledWorker.engage(task, open));
  }

  /**
   * Opens that many workers.
   * @param open the way to open one; tests open some that crash.
   * @throws WorkerError if there are none to be had; OutOfMemoryError if one has no room for a chunk.
   */
  static async open(size: number, task: PoolTask, open?: OpenWorker): Promise<WorkerPool> {
    let pool: WorkerPool | undefined;
    try {
      pool = new WorkerPool(size, task, open);
      await Promise.all(pool.workers.map((worker) => worker.isReady));
      return pool;
    } catch (error) {
      pool?.close();
      throw notStarted(error);
    }
  }

  /** @param place the chunk's place among those that run at a time, 0 to `concurrency` - 1. */
  async run(chunk: Chunk, place: number): Promise<ChunkResult> {
    const at = place % this.workers.length;
    for (let losses = 1; ; losses++) {
      const worker = this.workers[at];
      try {
        return await worker.run(chunk);
      } catch (error) {
        if (!(error instanceof LostError)) throw error;
        if (this.aborted) return NOTHING;
        if (losses === MOST_LOSSES) {
          const replicas = `replicas ${chunk.first} to ${chunk.first + 2 ** chunk.level - 1}`;
          throw new WorkerError(`${losses} workers have crashed over ${replicas}: ${error.message}`);
        }
        // The other chunk of the same worker may have been here first.
        if (this.workers[at] === worker) this.workers[at] = this.successor();
      }
    }
  }

  private successor(): PooledWorker {
    try {
      return PooledWorker.engage(this.task, this.open);
    } catch (error) {
      throw notStarted(error);
    }
  }

  /** Makes all chunks answer soon, with what was finished of them. */
  abort(): void {
    this.aborted = true;
    for (const worker of this.workers) worker.post({ kind: "abort" });
  }

  close(): void {
    for (const worker of this.workers) worker.release();
  }
}

/** The error that says why there are no workers. */
function notStarted(error: unknown): Error {
  if (error instanceof OutOfMemoryError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new WorkerError(`workers cannot be started here: ${reason}; run with workers: 1`);
}

/** A worker has ended without answering all its chunks. */
class LostError extends Error {}

interface Waiting<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (reason: Error) => void;
}

class PooledWorker {
  private static readonly idle: PooledWorker[] = [];
  /** Resolves when it has taken up its task. */
  isReady!: Promise<void>;
  private readonly port: WorkerPort;
  private task: PoolTask | undefined;
  private starting: Waiting<void> | undefined;
  /** Chunks that it has, by their first replica. */
  private readonly unanswered = new Map<number, Waiting<ChunkResult>>();
  private lost: Error | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  private constructor(private readonly open: OpenWorker) {
    this.port = open(WORKER);
    this.port.onEnd((reason) => this.fail(new LostError(reason)));
    this.port.onMessage((message) => this.hear(message as Answer));
  }

  /** A worker for a task: an idle one, or a new one. */
  static engage(task: PoolTask, open: OpenWorker = openWorker): PooledWorker {
    const at = PooledWorker.idle.findIndex((worker) => worker.open === open);
    const worker = at < 0 ? new PooledWorker(open) : PooledWorker.idle.splice(at, 1)[0];
    worker.begin(task);
    return worker;
  }

  run(chunk: Chunk): Promise<ChunkResult> {
    return new Promise((resolve, reject) => {
      if (this.lost) return reject(this.lost);
      this.unanswered.set(chunk.first, { resolve, reject });
      this.post({ kind: "run", chunk });
    });
  }

  post(order: Order): void {
    this.port.post(order);
  }

  /** Keeps it for the next run, or closes it if it is lost or still busy. */
  release(): void {
    if (this.lost || this.starting || this.unanswered.size > 0) {
      this.port.close();
      return;
    }
    this.task = undefined;
    this.port.hold(false);
    PooledWorker.idle.push(this);
    this.timer = setTimeout(() => this.close(), IDLE);
    if (typeof this.timer === "object") this.timer.unref();
  }

  private begin(task: PoolTask): void {
    clearTimeout(this.timer);
    this.port.hold(true);
    this.task = task;
    this.isReady = new Promise((resolve, reject) => (this.starting = { resolve, reject }));
    // Nobody awaits a worker that replaces another: its chunks hear of its failure.
    this.isReady.catch(() => undefined);
    this.post({ kind: "open", module: task.module, plan: task.plan });
  }

  private close(): void {
    const at = PooledWorker.idle.indexOf(this);
    if (at >= 0) PooledWorker.idle.splice(at, 1);
    this.port.close();
  }

  private hear(answer: Answer): void {
    if (answer.kind === "ready") {
      this.starting?.resolve();
      this.starting = undefined;
    } else if (answer.kind === "out of memory") {
      this.fail(new OutOfMemoryError(answer.bytes, answer.advice));
    } else if (answer.kind === "done") {
      try {
        this.task?.onDone(answer.first, answer.done);
      } catch (error) {
        // An error of the user's listener ends the run.
        this.fail(error as Error);
      }
    } else {
      this.unanswered.get(answer.first)?.resolve(answer.result);
      this.unanswered.delete(answer.first);
    }
  }

  private fail(reason: Error): void {
    this.lost ??= reason;
    this.starting?.reject(this.lost);
    for (const { reject } of this.unanswered.values()) reject(this.lost);
    this.unanswered.clear();
    this.close();
  }
}
