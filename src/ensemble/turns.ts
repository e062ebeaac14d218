/** Turns of the host's event loop, and progress, in the course of a run. No number depends on the clock. */
import type { Progress } from "./options.ts";

/** Milliseconds after which the event loop gets its turn, which costs a timer's least delay of 1. */
const TURN = 100;

export class Turns {
  private readonly start = performance.now();
  private last = this.start;

  constructor(
    private readonly replicas: number,
    private readonly onProgress: ((progress: Progress) => void) | undefined,
  ) {}

  /** Reports and lets the event loop run, if it is time. */
  async take(finished: number): Promise<void> {
    if (performance.now() - this.last < TURN) return;
    this.report(finished);
    await new Promise((resume) => setTimeout(resume));
    this.last = performance.now();
  }

  report(finished: number): void {
    const seconds = (performance.now() - this.start) / 1000;
    const secondsLeft = (seconds / finished) * (this.replicas - finished);
    this.onProgress?.({ finished, replicas: this.replicas, seconds, secondsLeft });
  }
}
