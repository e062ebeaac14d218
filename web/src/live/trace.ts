/** What a chart over time shows of a path: a few hundred samples, evenly spaced, however long it lasts. */

import { sum } from "../sum.ts";

/** As arrays of one length, ready for a chart. */
export interface TraceData {
  readonly times: Float64Array;
  /** Currents from left to right since half of the time: through the first bond, mean over all, through the last. */
  readonly first: Float64Array;
  readonly mean: Float64Array;
  readonly last: Float64Array;
  readonly total: Float64Array;
  readonly limitTotal: Float64Array;
}

interface Sample {
  readonly time: number;
  /** N+1: energy that each bond has carried since time 0. */
  readonly carried: Float64Array;
  readonly total: number;
  readonly limitTotal: number;
}

const MOST = 400;

export class Trace {
  private samples: Sample[] = [];
  /** Looks from a sample to the next. */
  private stride = 1;

  /** Takes in the look of this number, if it is one of the samples. */
  add(look: number, sample: () => Sample): void {
    if (look % this.stride !== 0) return;
    this.samples.push(sample());
    if (this.samples.length <= MOST) return;
    this.samples = this.samples.filter((_, i) => i % 2 === 0);
    this.stride *= 2;
  }

  get data(): TraceData {
    const { samples } = this;
    const column = (value: (sample: Sample, i: number) => number) => Float64Array.from(samples, value);
    return {
      times: column(({ time }) => time),
      first: column((sample, i) => rate(samples[Math.floor(i / 2)], sample, ([first]) => first)),
      mean: column((sample, i) => rate(samples[Math.floor(i / 2)], sample, (carried) => sum(carried) / carried.length)),
      last: column((sample, i) => rate(samples[Math.floor(i / 2)], sample, (carried) => carried.at(-1)!)),
      total: column(({ total }) => total),
      limitTotal: column(({ limitTotal }) => limitTotal),
    };
  }
}

/** By how much something of what was carried has grown, per unit of time. */
function rate(from: Sample, to: Sample, of: (carried: Float64Array) => number): number {
  return from === to ? NaN : (of(to.carried) - of(from.carried)) / (to.time - from.time);
}
