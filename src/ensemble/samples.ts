/** What is kept of each replica: its energies, R x T x N, and what its bonds have carried since time 0, R x T x (N+1). */
import { OutOfMemoryError } from "../errors.ts";
import { carriedBy } from "./carried.ts";
import type { Span } from "./plan.ts";

export class Samples {
  readonly energies: Float64Array;
  readonly current: Float64Array;

  /** @throws OutOfMemoryError */
  constructor(
    private readonly span: Span,
    private readonly times: number,
    private readonly initial: Float64Array,
  ) {
    const observations = span.replicas * times;
    const cells = initial.length;
    try {
      this.energies = new Float64Array(observations * cells);
      this.current = new Float64Array(observations * (cells + 1));
    } catch {
      throw new OutOfMemoryError(
        8 * observations * (2 * cells + 1),
        "run without samples, or ask for fewer replicas or times",
      );
    }
  }

  /** Takes in the observations of replicas from `first` on: replicas x times x (E_1..E_N, inflow). */
  add(first: number, observed: Float64Array): void {
    const { span, times, initial, energies, current } = this;
    const cells = initial.length;
    const width = cells + 1;
    for (let from = 0, to = (first - span.first) * times; from < observed.length; from += width, to++) {
      energies.set(observed.subarray(from, from + cells), to * cells);
      carriedBy(observed.subarray(from, from + width), initial, current.subarray(to * width, (to + 1) * width));
    }
  }

  /** Those of some spans only, one after the other; moves them together. */
  of(spans: readonly Span[]): Pick<Samples, "energies" | "current"> {
    const { span, times, initial, energies, current } = this;
    let kept = 0;
    for (const { first, replicas } of spans) {
      for (const [array, width] of [
        [energies, times * initial.length],
        [current, times * (initial.length + 1)],
      ] as const) {
        array.copyWithin(kept * width, (first - span.first) * width, (first - span.first + replicas) * width);
      }
      kept += replicas;
    }
    const observations = kept * times;
    return {
      energies: energies.subarray(0, observations * initial.length),
      current: current.subarray(0, observations * (initial.length + 1)),
    };
  }
}
