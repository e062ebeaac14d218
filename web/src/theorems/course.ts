/** A theorem's run on its way: one simulation after another, how far all of them are, and what cancels them. */
import type { Progress } from "mesoflux";

export class Course {
  private done = 0;

  /** @param report is told the share that is done, 0 to 1. */
  constructor(
    private readonly signal: AbortSignal,
    private readonly report: (share: number) => void,
  ) {}

  /** Runs a simulation that takes this share of the course. */
  async part<T>(
    share: number,
    run: (options: { signal: AbortSignal; onProgress: (progress: Progress) => void }) => Promise<T>,
  ): Promise<T> {
    const before = this.done;
    const onProgress = ({ finished, replicas }: Progress) => this.report(before + (share * finished) / replicas);
    const result = await run({ signal: this.signal, onProgress });
    this.done = before + share;
    this.report(this.done);
    return result;
  }
}
