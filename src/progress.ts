/** Counts the work of a run and reports it. No result depends on its clock. */

import { clock } from "./turns.ts";

/** Work so far, for a progress bar. */
export interface Progress {
  /** Replicas finished. */
  readonly finished: number;
  /** Replicas asked for. */
  readonly replicas: number;
  /** Exchanges in the finished replicas that this run has made; steps for "mesoscopic". */
  readonly events: number;
  /** Seconds since the run began. */
  readonly seconds: number;
  /** A guess of the seconds left; Infinity before there is anything to go by. */
  readonly secondsLeft: number;
}

/** Work that was done. */
export interface WorkDone {
  readonly replicas: number;
  readonly events: number;
}

/** Milliseconds between two reports. */
const INTERVAL = 100;

export class ProgressMeter {
  private readonly start: number;
  private last: number;
  private whole: WorkDone = { replicas: 0, events: 0 };
  /** Work done in unfinished chunks, by their first replica. */
  private readonly running = new Map<number, WorkDone>();

  constructor(
    private readonly replicas: number,
    private onProgress: ((progress: Progress) => void) | undefined,
    /** Replicas that were finished before the run. */
    private readonly before = 0,
    private readonly now = clock,
  ) {
    this.start = this.last = now();
  }

  /** Notes the work done in the chunk that begins at `first`. */
  advance(first: number, done: WorkDone): void {
    this.running.set(first, done);
    this.reportIfDue();
  }

  /** Notes a chunk that is finished, or that has stopped for good. */
  finish(first: number, done: WorkDone): void {
    this.running.delete(first);
    this.whole = sum(this.whole, done);
    this.reportIfDue();
  }

  /** Replicas of finished chunks, and of those that stopped. */
  get finished(): number {
    return this.before + this.whole.replicas;
  }

  report(): void {
    this.last = this.now();
    const { replicas, events } = [...this.running.values()].reduce(sum, this.whole);
    const finished = this.before + replicas;
    const seconds = (this.last - this.start) / 1000;
    const secondsLeft = replicas > 0 ? (seconds / replicas) * (this.replicas - finished) : Infinity;
    const { onProgress } = this;
    // A listener that throws ends the run and is not called again.
    this.onProgress = undefined;
    onProgress?.({ finished, replicas: this.replicas, events, seconds, secondsLeft });
    this.onProgress = onProgress;
  }

  private reportIfDue(): void {
    if (this.now() - this.last >= INTERVAL) this.report();
  }
}

const sum = (a: WorkDone, b: WorkDone): WorkDone => ({
  replicas: a.replicas + b.replicas,
  events: a.events + b.events,
});
