/** Counts what a run has done, and reports it. No number depends on the clock. */

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

/** What was done of something. */
export interface Done {
  readonly replicas: number;
  readonly events: number;
}

/** Milliseconds between two reports. */
const INTERVAL = 100;

export class Meter {
  private readonly start = performance.now();
  private last = this.start;
  private whole: Done = { replicas: 0, events: 0 };
  /** Of chunks that are not finished, by their first replica. */
  private readonly running = new Map<number, Done>();

  constructor(
    private readonly replicas: number,
    private onProgress: ((progress: Progress) => void) | undefined,
    /** Replicas that were finished before the run. */
    private readonly before = 0,
  ) {}

  /** Takes note of what is done of the chunk that begins at `first`. */
  advance(first: number, done: Done): void {
    this.running.set(first, done);
    if (performance.now() - this.last >= INTERVAL) this.report();
  }

  /** Takes note of a chunk that is finished, or as much of it as will be. */
  finish(first: number, done: Done): void {
    this.running.delete(first);
    this.whole = sum(this.whole, done);
    if (performance.now() - this.last >= INTERVAL) this.report();
  }

  /** Replicas of finished chunks, and of those that stopped. */
  get finished(): number {
    return this.before + this.whole.replicas;
  }

  report(): void {
    this.last = performance.now();
    const { replicas, events } = [...this.running.values()].reduce(sum, this.whole);
    const finished = this.before + replicas;
    const seconds = (this.last - this.start) / 1000;
    const secondsLeft = replicas > 0 ? (seconds / replicas) * (this.replicas - finished) : Infinity;
    const { onProgress } = this;
    // One who fails ends the run, and is not called again.
    this.onProgress = undefined;
    onProgress?.({ finished, replicas: this.replicas, events, seconds, secondsLeft });
    this.onProgress = onProgress;
  }
}

const sum = (a: Done, b: Done): Done => ({ replicas: a.replicas + b.replicas, events: a.events + b.events });
