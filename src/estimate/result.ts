/** What `expectations` gives back: batches collected and pooled. */
import type { Ensemble } from "../ensemble/reducers/moments.ts";
import type { Certificate } from "../ensemble/runSpec.ts";
import type { Model } from "../model.ts";
import type { Known } from "./known.ts";
import { layoutOf } from "./moments.ts";
import { type Batch, pool, type Quantities } from "./pool.ts";

/** Expectations at T times, N cells: row-major; energies in the model's unit. */
export interface Expectations extends Quantities {
  /** T: the observation times, in units of the model's timescale. */
  readonly times: Float64Array;
  /** Replicas that are in the result. */
  readonly replicas: number;
  /** Exchanges that happened in all of them. */
  readonly events: number;
  /** Standard errors of the three estimates. */
  readonly standardError: Quantities;
  /** Standard errors of plain means, covariances and currents of the same replicas. */
  readonly plainError: Quantities;
  /** Plain variance over the estimate's: how many times as many replicas the plain estimator would need. */
  readonly gain: Quantities;
  /** Of the ensembles that were run, in order of their replicas: one, unless its samples would not fit in 100 MB. */
  readonly certificates: readonly Certificate[];
}

/** Collects batches, in units of units.ts, and makes the result of them. */
export class Tally {
  readonly ensembles: Ensemble[] = [];
  private readonly estimates: Batch[][];
  private readonly plain: Batch[][];

  constructor(
    private readonly model: Model,
    private readonly unit: number,
    private readonly times: readonly number[],
    private readonly known: readonly Known[],
  ) {
    this.estimates = times.map(() => []);
    this.plain = times.map(() => []);
  }

  /** @param measured states of moments.ts, or undefined where the plain means are the estimates. */
  add(plain: readonly Batch[], measured: readonly Float64Array[] | undefined): void {
    plain.forEach((batch, t) => {
      this.plain[t].push(batch);
      this.estimates[t].push(measured ? this.batchOf(batch.replicas, this.known[t].moments, measured[t]) : batch);
    });
  }

  /** Mean and current beyond those of the limit equation. */
  private batchOf(replicas: number, known: Float64Array, measured: Float64Array): Batch {
    const { cells: N, particles: M } = this.model;
    const W = N + 2;
    const { second } = layoutOf(N);
    const entry = (i: number) => (known[i] + measured[i]) / M;
    const current = Float64Array.from({ length: N + 1 }, (_, k) => entry(k));
    return {
      replicas,
      mean: Float64Array.from({ length: N }, (_, i) => current[i] - current[i + 1]),
      second: Float64Array.from({ length: N * N }, (_, at) =>
        entry(second + (Math.floor(at / N) + 1) * W + (at % N) + 1),
      ),
      current,
    };
  }

  /** Undefined if there is no batch. */
  result(): Expectations | undefined {
    if (this.ensembles.length === 0) return undefined;
    const { unit, known } = this;
    const pooled = this.estimates.map(pool);
    const plain = this.plain.map((batches) => pool(batches).standardError);
    const square = unit * unit;
    const inModelUnits = (all: readonly Quantities[]): Quantities => ({
      mean: join(all.map(({ mean }) => mean)).map((value) => value * unit),
      covariance: join(all.map(({ covariance }) => covariance)).map((value) => value * square),
      current: join(all.map(({ current }) => current)).map((value) => value * unit),
    });
    const estimates = pooled.map(({ estimate: { mean, covariance, current } }, t) => ({
      mean: mean.map((m, k) => known[t].energies[k] + m),
      covariance,
      current: current.map((q, k) => known[t].carried[k] + q),
    }));
    const standardError = inModelUnits(pooled.map(({ standardError }) => standardError));
    const plainError = inModelUnits(plain);
    const ratio = (errors: Float64Array, over: Float64Array) =>
      errors.map((error, i) => (error / over[i]) * (error / over[i]));
    return {
      ...inModelUnits(estimates),
      times: Float64Array.from(this.times),
      replicas: this.ensembles.reduce((sum, { replicas }) => sum + replicas, 0),
      events: this.ensembles.reduce((sum, { events }) => sum + events, 0),
      standardError,
      plainError,
      gain: {
        mean: ratio(plainError.mean, standardError.mean),
        covariance: ratio(plainError.covariance, standardError.covariance),
        current: ratio(plainError.current, standardError.current),
      },
      certificates: this.ensembles.map(({ certificate }) => certificate),
    };
  }
}

function join(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
