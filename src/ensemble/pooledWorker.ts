/** One worker of a pool: an engine and a memory of its own, and always one chunk ahead, so that it need not wait. */
import { OutOfMemoryError, RateBoundError } from "../errors.ts";
import type { WorkerPort } from "../platform.ts";
import type { WorkDone } from "../progress.ts";
import type { Chunk } from "./alignedTree.ts";
import { NOTHING, type ChunkResult, type PlannedWork } from "./work.ts";
import type { Answer, Order } from "./workerLoop.ts";

/** A run as its workers know it. */
export interface Owner {
  /** Unlike that of any other run. */
  readonly id: number;
  readonly work: PlannedWork;
  /** Hears a few times a second what is done of the chunk that begins at `first`. */
  onDone(first: number, done: WorkDone): void;
  /** Takes back a chunk whose worker was lost. */
  retry(job: Job): void;
}

/** A chunk and whoever waits for it. */
export interface Job {
  readonly owner: Owner;
  readonly chunk: Chunk;
  /** Workers that were lost over it. */
  losses: number;
  readonly resolve: (result: ChunkResult) => void;
  readonly reject: (error: unknown) => void;
}

/** What a worker tells its pool. */
export interface WorkerEvents {
  /** It has room for another chunk. */
  onFree(): void;
  /** It has ended, and these chunks were not answered: the first is the one that it was at. */
  onLost(worker: PooledWorker, unanswered: readonly Job[], reason: string): void;
}

/** Chunks that a worker has at a time. */
export const AHEAD = 2;

export class PooledWorker {
  /** Resolves when it can work; rejects with the reason if it never will. */
  readonly isReady: Promise<void>;
  private jobs: Job[] = [];
  /** The runs whose plans it has. */
  private readonly known = new Set<number>();
  private isLost = false;

  constructor(
    private readonly port: WorkerPort,
    module: WebAssembly.Module,
    private readonly events: WorkerEvents,
  ) {
    this.isReady = new Promise((resolve, reject) => {
      port.onMessage((message) => {
        const answer = message as Answer;
        if (answer.kind === "ready") resolve();
        // What it said before its end may come after it: its chunks are with others by now.
        else if (!this.isLost) this.hear(answer);
      });
      port.onEnd((reason, cause = new Error(reason)) => {
        reject(cause);
        this.lose(reason);
      });
    });
    this.post({ kind: "start", module });
  }

  /** Chunks that it can be given. */
  get room(): number {
    return this.isLost ? 0 : AHEAD - this.jobs.length;
  }

  give(job: Job): void {
    const { id, work } = job.owner;
    if (!this.known.has(id)) this.post({ kind: "plan", run: id, plan: work.plan, module: work.module });
    this.known.add(id);
    this.jobs.push(job);
    this.post({ kind: "run", run: id, chunk: job.chunk });
  }

  /** Makes the chunks of a run answer soon, with what was finished of them: those it has not begun, at once. */
  forget({ id }: Owner): void {
    if (!this.known.delete(id)) return;
    this.post({ kind: "forget", run: id });
    for (const { owner, resolve } of this.jobs.slice(1)) if (owner.id === id) resolve(NOTHING);
  }

  /** Sets whether it keeps its owner's process from ending. */
  hold(isHolding: boolean): void {
    this.port.hold(isHolding);
  }

  close(): void {
    this.isLost = true;
    this.port.close();
  }

  private post(order: Order): void {
    this.port.post(order);
  }

  private hear(answer: Exclude<Answer, { kind: "ready" }>): void {
    if (answer.kind === "done") {
      const { owner, chunk } = this.jobs[0];
      return owner.onDone(chunk.first, answer.done);
    }
    const { resolve, reject } = this.jobs.shift()!;
    if (answer.kind === "result") resolve(answer.result);
    else if (answer.kind === "rate fault") reject(new RateBoundError(answer.fault));
    else reject(new OutOfMemoryError(answer.bytes, answer.advice));
    this.events.onFree();
  }

  private lose(reason: string): void {
    if (this.isLost) return;
    this.close();
    const unanswered = this.jobs;
    this.jobs = [];
    this.events.onLost(this, unanswered, reason);
  }
}
