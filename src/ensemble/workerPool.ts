/**
 * The workers of a thread, which all its runs share: at most as many as there are cores. A chunk goes to the worker with the
 * most room, from the run whose turn it is, so that no run waits for another to end. A worker that crashes is replaced, and
 * the chunks that it had are run again.
 *
 * Starting a worker takes a tenth of a second in Node, so idle ones are kept for a while.
 */
import { WorkerError } from "../errors.ts";
import { cores, waysToOpen, type OpenWorker } from "../platform.ts";
import type { WorkDone } from "../progress.ts";
import { afterTime } from "../turns.ts";
import type { Chunk } from "./alignedTree.ts";
import { AHEAD, PooledWorker, type Job, type Owner, type WorkerEvents } from "./pooledWorker.ts";
import { NOTHING, type ChunkResult, type PlannedWork, type WorkerScript } from "./work.ts";

/** A chunk that loses this many workers is at fault itself. */
const MOST_LOSSES = 3;
/** Milliseconds that idle workers are kept, with their memory. */
const IDLE = 5000;

/** What a program has said of its workers. */
let settings: { readonly most?: number; readonly url?: string } = {};
/** The pools of this thread, by the source of their workers' script. */
const pools = new Map<string, WorkerPool>();

/** The most workers of this thread at a time. */
export const mostWorkers = () => settings.most ?? cores();

/** Sets the most workers, or the address of their script. What is left out stays as it is. */
export function useWorkers(changes: typeof settings): void {
  settings = { ...settings, ...changes };
  // The new address may be allowed where others were refused.
  if (changes.url !== undefined) pools.clear();
}

/** The address of mesoflux/worker.js, where a program has named it. */
export const workerUrl = () => settings.url;

/** The pool of this thread for a script. Its workers start on this build of the engine, if there is none yet. */
export function poolFor({ source, url }: WorkerScript, module: WebAssembly.Module): WorkerPool {
  const pool = pools.get(source) ?? new WorkerPool(source, module, waysToOpen(url()));
  pools.set(source, pool);
  return pool;
}

export class WorkerPool implements WorkerEvents {
  private readonly workers: PooledWorker[] = [];
  /** Workers that are being started. */
  private readonly starting = new Set<Promise<void>>();
  /** In the order of their turns. */
  private readonly runs = new Set<PooledRun>();
  /** The way in which workers have been opened. */
  private proven: OpenWorker | undefined;
  private refusal: unknown = new Error("there are none");
  /** Ends the rest of idle workers. */
  private wake = () => undefined as void;

  /** @param ways to open a worker, the best first: one that is refused is not tried again. */
  constructor(
    private readonly source: string,
    private readonly module: WebAssembly.Module,
    private ways: readonly OpenWorker[],
    private readonly most: () => number = mostWorkers,
  ) {}

  /**
   * Lets a run share the workers.
   * @param share the most workers that it can keep busy.
   * @param onDone hears a few times a second what is done of the chunk that begins at `first`.
   * @throws WorkerError if there are none to be had.
   */
  async join(work: PlannedWork, share: number, onDone: (first: number, done: WorkDone) => void): Promise<PooledRun> {
    const run = new PooledRun(this, work, share, onDone);
    this.runs.add(run);
    this.wake();
    for (const worker of this.workers) worker.hold(true);
    this.grow();
    try {
      if (this.workers.length === 0) await Promise.any(this.starting);
    } catch (error) {
      this.leave(run);
      throw (error as AggregateError).errors[0];
    }
    return run;
  }

  /** Ends a run's part in it; chunks that it has here are stopped. */
  leave(run: PooledRun): void {
    this.runs.delete(run);
    this.forget(run);
    if (this.runs.size === 0) this.rest();
  }

  forget(run: PooledRun): void {
    for (const worker of this.workers) worker.forget(run);
  }

  /** Gives waiting chunks to workers that have room. */
  dispatch(): void {
    for (;;) {
      const run = [...this.runs].find(({ waiting }) => waiting.length > 0);
      const [worker] = [...this.workers].sort((a, b) => b.room - a.room);
      if (!run || !worker?.room) return;
      // To the end of the line.
      this.runs.delete(run);
      this.runs.add(run);
      worker.give(run.waiting.shift()!);
    }
  }

  onFree(): void {
    this.dispatch();
  }

  onLost(worker: PooledWorker, unanswered: readonly Job[], reason: string): void {
    const at = this.workers.indexOf(worker);
    if (at < 0) return;
    this.workers.splice(at, 1);
    const [present] = unanswered;
    if (present) present.losses++;
    for (const job of [...unanswered].reverse()) {
      const { chunk, losses } = job;
      const replicas = `replicas ${chunk.first} to ${chunk.first + 2 ** chunk.level - 1}`;
      if (losses < MOST_LOSSES) job.owner.retry(job);
      else job.reject(new WorkerError(`${losses} workers have crashed over ${replicas}: ${reason}`));
    }
    this.grow();
    this.dispatch();
  }

  /** Starts the workers that the present runs can use. */
  private grow(): void {
    const wanted = [...this.runs].reduce((sum, { share }) => sum + share, 0);
    while (this.workers.length + this.starting.size < Math.min(wanted, this.most())) {
      const started = this.start();
      this.starting.add(started);
      started.then(
        () => this.starting.delete(started),
        (error: unknown) => {
          this.starting.delete(started);
          if (this.workers.length + this.starting.size === 0) for (const run of this.runs) run.fail(error);
        },
      );
    }
  }

  /** Starts a worker in the first way that works. */
  private async start(): Promise<void> {
    const [open] = this.ways;
    if (!open) throw notStarted(this.refusal);
    try {
      const worker = new PooledWorker(open(this.source), this.module, this);
      await worker.isReady;
      this.proven = open;
      this.workers.push(worker);
    } catch (error) {
      // A way that has worked is only short of something now.
      if (open === this.proven) throw notStarted(error);
      this.refusal = error;
      // It may have been refused to another worker at the same time.
      if (open === this.ways[0]) this.ways = this.ways.slice(1);
      return this.start();
    }
    if (this.runs.size === 0) this.rest();
    this.dispatch();
  }

  private rest(): void {
    this.wake();
    for (const worker of this.workers) worker.hold(false);
    this.wake = afterTime(IDLE, () => {
      for (const worker of this.workers.splice(0)) worker.close();
    });
  }
}

/** The error that says why there are no workers. */
function notStarted(cause: unknown): WorkerError {
  // Not by its class, since it may be of another realm.
  const reason = (cause as Partial<Error> | undefined)?.message ?? String(cause);
  return new WorkerError(`workers cannot be started here: ${reason}; run with workers: 1`, { cause });
}

/** Where a run was made: the one part of a result that depends on the host. */
export interface Ran {
  /** Workers that it shared with others, at most; 0 is the thread that called. */
  readonly threads: number;
  /** Why it was the thread that called. */
  readonly why?: string;
}

let runs = 0;

/** A run and its chunks that wait for a worker. */
export class PooledRun implements Owner {
  readonly id = runs++;
  readonly waiting: Job[] = [];
  /** Chunks that can be run at a time. */
  readonly concurrency: number;
  readonly ran: Ran;
  private isOver = false;
  private failure: { readonly error: unknown } | undefined;

  constructor(
    private readonly pool: WorkerPool,
    readonly work: PlannedWork,
    readonly share: number,
    private readonly listener: (first: number, done: WorkDone) => void,
  ) {
    this.concurrency = AHEAD * share;
    this.ran = { threads: share };
  }

  async run(chunk: Chunk): Promise<ChunkResult> {
    const result = await new Promise<ChunkResult>((resolve, reject) =>
      this.enqueue({ owner: this, chunk, losses: 0, resolve, reject }, this.waiting.length),
    );
    if (this.failure) throw this.failure.error;
    return result;
  }

  retry(job: Job): void {
    this.enqueue(job, 0);
  }

  onDone(first: number, done: WorkDone): void {
    try {
      this.listener(first, done);
    } catch (error) {
      // An error of the user's listener ends the run.
      this.fail(error);
    }
  }

  /** Makes all its chunks answer soon, with what was finished of them. */
  abort(): void {
    this.isOver = true;
    for (const { resolve } of this.waiting.splice(0)) resolve(NOTHING);
    this.pool.forget(this);
  }

  /** Ends it with an error. */
  fail(error: unknown): void {
    this.failure ??= { error };
    this.abort();
  }

  close(): void {
    this.pool.leave(this);
  }

  private enqueue(job: Job, at: number): void {
    if (this.isOver) return job.resolve(NOTHING);
    this.waiting.splice(at, 0, job);
    this.pool.dispatch();
  }
}
