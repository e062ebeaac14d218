/** What a chart over time shows of a path: a few hundred samples, evenly spaced, however long it lasts. */

/** As arrays of one length, ready for a chart. */
export interface TraceData {
  readonly times: Float64Array;
  /** Current from left to right, mean over the bonds, between two samples. */
  readonly current: Float64Array;
  /** The same since half of the time. */
  readonly longCurrent: Float64Array;
  readonly total: Float64Array;
  readonly limitTotal: Float64Array;
}

interface Sample {
  readonly time: number;
  /** Energy carried since time 0, mean over the bonds. */
  readonly carried: number;
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
      current: column((_, i) => rate(samples[i - 1], samples[i])),
      longCurrent: column((sample, i) => rate(samples[Math.floor(i / 2)], sample)),
      total: column(({ total }) => total),
      limitTotal: column(({ limitTotal }) => limitTotal),
    };
  }
}

function rate(from: Sample | undefined, to: Sample): number {
  return from === undefined || from === to ? NaN : (to.carried - from.carried) / (to.time - from.time);
}
