/**
 * One worker of a crew, and what it has not answered yet. Starting one takes a tenth of a second in Node, so one that is
 * done rests for a while and is engaged again by the next run.
 */
import { OutOfMemoryError } from "../errors.ts";
import { openWorker, type OpenWorker, type WorkerPort } from "../platform.ts";
import { WORKER } from "../workerSource.ts";
import type { Harvest, Job } from "./job.ts";
import type { Done } from "./meter.ts";
import type { Chunk } from "./plan.ts";
import type { Answer, Order } from "./worker.ts";

/** What the workers of a crew have in common. */
export interface Task {
  readonly module: WebAssembly.Module;
  readonly job: Job;
  /** Hears a few times a second what is done of the chunk that begins at `first`. */
  readonly onDone: (first: number, done: Done) => void;
}

/** A worker is gone, with what it had not answered. */
export class LostError extends Error {}

/** Milliseconds that a worker rests, holding its memory, before it is let go. */
const REST = 5000;
const resting: Hand[] = [];

interface Waiting<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (reason: Error) => void;
}

export class Hand {
  /** Whether it has taken up its task. */
  isReady!: Promise<void>;
  private readonly port: WorkerPort;
  private task: Task | undefined;
  private starting: Waiting<void> | undefined;
  private readonly unanswered = new Map<number, Waiting<Harvest>>();
  private lost: Error | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  private constructor(private readonly open: OpenWorker) {
    this.port = open(WORKER);
    this.port.onEnd((reason) => this.lose(new LostError(reason)));
    this.port.onMessage((message) => this.hear(message as Answer));
  }

  /** A worker for a task: one that rests, or a new one. */
  static engage(task: Task, open: OpenWorker = openWorker): Hand {
    const at = resting.findIndex((hand) => hand.open === open);
    const hand = at < 0 ? new Hand(open) : resting.splice(at, 1)[0];
    hand.begin(task);
    return hand;
  }

  run(chunk: Chunk): Promise<Harvest> {
    return new Promise((resolve, reject) => {
      if (this.lost) return reject(this.lost);
      this.unanswered.set(chunk.first, { resolve, reject });
      this.tell({ kind: "run", chunk });
    });
  }

  /** Has all chunks answered soon. */
  abort(): void {
    this.tell({ kind: "abort" });
  }

  /** Lets it rest, or go if it is lost or not done. */
  dismiss(): void {
    if (this.lost || this.starting || this.unanswered.size > 0) {
      this.port.close();
      return;
    }
    this.task = undefined;
    this.port.hold(false);
    resting.push(this);
    this.timer = setTimeout(() => this.leave(), REST);
    if (typeof this.timer === "object") this.timer.unref();
  }

  private begin(task: Task): void {
    clearTimeout(this.timer);
    this.port.hold(true);
    this.task = task;
    this.isReady = new Promise((resolve, reject) => (this.starting = { resolve, reject }));
    // Of a worker that took the place of another, only its chunks ask.
    this.isReady.catch(() => undefined);
    this.tell({ kind: "open", module: task.module, job: task.job });
  }

  private leave(): void {
    const at = resting.indexOf(this);
    if (at >= 0) resting.splice(at, 1);
    this.port.close();
  }

  private hear(answer: Answer): void {
    if (answer.kind === "ready") {
      this.starting?.resolve();
      this.starting = undefined;
    } else if (answer.kind === "out of memory") {
      this.lose(new OutOfMemoryError(answer.bytes, answer.advice));
    } else if (answer.kind === "done") {
      try {
        this.task?.onDone(answer.first, answer.done);
      } catch (error) {
        // The listener's own: it ends the run.
        this.lose(error as Error);
      }
    } else {
      this.unanswered.get(answer.first)?.resolve(answer.harvest);
      this.unanswered.delete(answer.first);
    }
  }

  private lose(reason: Error): void {
    this.lost ??= reason;
    this.starting?.reject(this.lost);
    for (const { reject } of this.unanswered.values()) reject(this.lost);
    this.unanswered.clear();
    this.leave();
  }

  private tell(order: Order): void {
    this.port.post(order);
  }
}
