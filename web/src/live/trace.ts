/** The trace of a path for charts over time: a few hundred samples, evenly spaced, however long it lasts. */

/** The samples as arrays of one length for a chart. */
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
  /** Energy transferred since time 0 by the first bond, by the mean of all and by the last. */
  readonly transferred: { readonly first: number; readonly mean: number; readonly last: number };
  readonly total: number;
  readonly limitTotal: number;
}

const MOST = 400;

export class Trace {
  private samples: Sample[] = [];
  /** Observations from a sample to the next. */
  private stride = 1;

  /** Adds the observation of this number, if it is one of the samples. */
  add(observation: number, sample: () => Sample): void {
    if (observation % this.stride !== 0) return;
    this.samples.push(sample());
    if (this.samples.length <= MOST) return;
    this.samples = this.samples.filter((_, i) => i % 2 === 0);
    this.stride *= 2;
  }

  get data(): TraceData {
    const { samples } = this;
    const column = (value: (sample: Sample, i: number) => number) => Float64Array.from(samples, value);
    /** Energy transferred since half of the time, per unit of time. */
    const current = (by: keyof Sample["transferred"]) =>
      column((to, i) => {
        const from = samples[Math.floor(i / 2)];
        return from === to ? NaN : (to.transferred[by] - from.transferred[by]) / (to.time - from.time);
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
