/** What a chart over time shows of a path: a few hundred samples, evenly spaced, however long it lasts. */

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
  /** Energy carried since time 0 by the first bond, by the mean of all and by the last. */
  readonly carried: { readonly first: number; readonly mean: number; readonly last: number };
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
    /** By how much what was carried has grown since half of the time, per unit of time. */
    const current = (by: keyof Sample["carried"]) =>
      column((to, i) => {
        const from = samples[Math.floor(i / 2)];
        return from === to ? NaN : (to.carried[by] - from.carried[by]) / (to.time - from.time);
      });
    return {
      times: column(({ time }) => time),
      first: current("first"),
      mean: current("mean"),
      last: current("last"),
      total: column(({ total }) => total),
      limitTotal: column(({ limitTotal }) => limitTotal),
    };
  }
}
