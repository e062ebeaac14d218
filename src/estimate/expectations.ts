/**
 * Expectations of the process at large M, for a fraction of the replicas that plain means of a simulation take.
 *
 * The moments of x = Θ^M - Θ̄ obey exact equations (moments.ts), in which all but small remainders is known: where flux
 * and noise differ from their Taylor polynomials at Θ̄. Those remainders alone are measured, on exact paths. So nothing is
 * neglected, at any M, while the error of a mean and of a covariance is of order M^-2 for each replica, where the plain
 * estimators' are of order M^{-1/2} and M^{-1}: variances fall by factors of order M³ and M².
 */
import type { Progress } from "../ensemble/options.ts";
import type { Certificate, Ensemble } from "../ensemble/result.ts";
import { runEnsemble } from "../ensemble/run.ts";
import { AbortedError } from "../errors.ts";
import { Kernel } from "../kernel.ts";
import type { Model } from "../model.ts";
import { initialEnergies } from "../theory/initial.ts";
import { rateOf } from "../theory/rates.ts";
import { unitsOf } from "../theory/units.ts";
import { courseOf } from "./course.ts";
import { type Known, knownPart } from "./known.ts";
import { layoutOf } from "./moments.ts";
import { type ExpectationsOptions, readExpectationsOptions, type Settled } from "./options.ts";
import { panelsOf } from "./panels.ts";
import { type Batch, pool, type Quantities } from "./pool.ts";

/** Independent groups of replicas whose scatter gives the errors, to 9%. */
const BATCHES = 64;
/** Bytes of samples that are held at a time. */
const MOST_BYTES = 1e8;

/** Expectations at T times, N cells: row-major; energies in the model's unit. */
export interface Expectations extends Quantities {
  readonly times: Float64Array;
  /** Replicas that are in the result. */
  readonly replicas: number;
  /** Exchanges that happened in all of them. */
  readonly events: number;
  // The three estimates, of `Quantities`: mean T×N of E_k; covariance T×N×N of the energies; current T×(N+1), mean energy
  // carried from cell k to k+1 since time 0, cells 0 and N+1 being the baths.
  readonly standardError: Quantities;
  /** Standard errors of plain means, covariances and currents of the same replicas. */
  readonly plainError: Quantities;
  /** Plain variance over the estimate's: how many times as many replicas the plain estimator would need. */
  readonly gain: Quantities;
  /** Of the ensembles that were run, in order of their replicas: one, unless its samples would not fit in 100 MB. */
  readonly certificates: readonly Certificate[];
}

/**
 * Mean, covariance and current of the process at the given times, from the model's deterministic start.
 *
 * Unbiased at every M but for quadrature in time, far below the statistical error (panels.ts). It pays where displacements
 * from the limit equation are small: M of 100 or more. The result depends on the model, method, seed, replicas and times
 * alone, bit for bit.
 * @throws InvalidInputError listing every fault in the options, or if the chain has more than 64 cells; OutOfMemoryError;
 *   AbortedError, with what was finished as `partial`, when `signal` aborts.
 */
export async function expectations(model: Model, options: ExpectationsOptions): Promise<Expectations> {
  return estimate(model, readExpectationsOptions(model, options), 2);
}

/**
 * `expectations` with the length of a panel chosen, for tests.
 * @param resolution panels in a time in which a bond rings M times, at the hottest.
 */
export async function estimate(model: Model, options: Settled, resolution: number): Promise<Expectations> {
  const { replicas, firstReplica, seed, method, times, signal, onProgress } = options;
  const kernel = await Kernel.load();
  const N = model.cells;
  const units = unitsOf(model, initialEnergies(model));
  const panels = panelsOf(times, longestPanel(model, resolution));
  const simulated = [...new Set([...times, ...panels.flatMap(({ nodes }) => nodes)])].sort((a, b) => a - b);
  const at = times.map((time) => simulated.indexOf(time));
  const known = knownPart(model, units, method, times);
  const course = courseOf(model, units, method, panels, times, simulated);
  const counted = new Tally(model, units.energy, times, known);

  const bytes = 8 * simulated.length * (2 * N + 1);
  const bounds = boundsOf(replicas);
  const start = performance.now();
  for (let first = 0; first < bounds.length - 1;) {
    // As many whole batches as fit, one at least.
    let last = first + 1;
    while (last < bounds.length - 1 && (bounds[last + 1] - bounds[first]) * bytes <= MOST_BYTES) last++;
    const done = bounds[first];
    const report = ({ finished }: Progress) => {
      const seconds = (performance.now() - start) / 1000;
      const all = done + finished;
      onProgress?.({ finished: all, replicas, seconds, secondsLeft: (seconds / all) * (replicas - all) });
    };
    const take = (ensemble: Ensemble) => {
      counted.ensembles.push(ensemble);
      for (let b = first; b < last; b++) {
        const from = bounds[b] - done;
        const to = Math.min(bounds[b + 1] - done, ensemble.replicas);
        if (to <= from) break;
        const part = (samples: Float64Array, width: number) =>
          samples.subarray(from * simulated.length * width, to * simulated.length * width);
        const energies = part(ensemble.samples!, N);
        counted.add(
          to - from,
          course(energies, to - from),
          plainMeans(energies, part(ensemble.currentSamples!, N + 1)),
        );
      }
    };
    try {
      take(
        await runEnsemble(kernel, model, {
          replicas: bounds[last] - done,
          firstReplica: firstReplica + done,
          times: simulated,
          seed,
          method,
          samples: true,
          moments: "mean",
          ...(signal && { signal }),
          onProgress: report,
        }),
      );
    } catch (error) {
      if (!(error instanceof AbortedError)) throw error;
      if (error.partial) take(error.partial as Ensemble);
      throw new AbortedError(counted.result(), done + error.finished, replicas);
    }
    first = last;
  }
  return counted.result()!;

  /** Plain means about Θ̄ at each observation. */
  function plainMeans(energies: Float64Array, carried: Float64Array): Batch[] {
    const n = energies.length / (simulated.length * N);
    return at.map((place, t) => {
      const mean = new Float64Array(N);
      const second = new Float64Array(N * N);
      const current = new Float64Array(N + 1);
      const x = new Float64Array(N);
      for (let r = 0; r < n; r++) {
        const observation = r * simulated.length + place;
        for (let i = 0; i < N; i++) {
          x[i] = energies[observation * N + i] / units.energy - known[t].energies[i];
          mean[i] += x[i] / n;
          for (let j = 0; j <= i; j++) second[i * N + j] += (x[i] * x[j]) / n;
        }
        for (let k = 0; k <= N; k++) {
          const beyond = carried[observation * (N + 1) + k] / units.energy - known[t].carried[k];
          current[k] += beyond / n;
        }
      }
      for (let i = 0; i < N; i++) for (let j = 0; j < i; j++) second[j * N + i] = second[i * N + j];
      return { replicas: n, mean, second, current };
    });
  }
}

/** In the unit of the model's times. */
function longestPanel(model: Model, resolution: number): number {
  const hottest = Math.max(...model.temperatures, ...initialEnergies(model));
  const speed = model.timescale === "fast" ? 1 : model.particles;
  // Where a kink is crossed, what is measured is less smooth.
  const panels = model.rate.law === "sqrt-min" ? 4 * resolution : resolution;
  return speed / (panels * rateOf(model).f(hottest, hottest));
}

/** Batch b is replicas bounds[b] to bounds[b + 1] - 1. */
function boundsOf(replicas: number): number[] {
  const batches = Math.min(BATCHES, replicas);
  return Array.from({ length: batches + 1 }, (_, b) => Math.floor((b / batches) * replicas));
}

/** Collects batches, in units of units.ts, and makes the result of them. */
class Tally {
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

  add(replicas: number, measured: readonly Float64Array[], plain: readonly Batch[]): void {
    measured.forEach((moments, t) => {
      this.estimates[t].push(this.batchOf(replicas, this.known[t].moments, moments));
      this.plain[t].push(plain[t]);
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
