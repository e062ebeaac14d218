/**
 * Expectations of the process at large M, for a fraction of the replicas that plain means of a simulation take.
 *
 * The moments of x = Θ^M - Θ̄ obey exact equations (moments.ts), in which all but small remainders is known: where flux
 * and noise differ from their Taylor polynomials at Θ̄. Those remainders alone are measured, on exact paths. So nothing is
 * neglected, at any M, while the error of a mean and of a covariance is of order M^-2 for each replica, where the plain
 * estimators' are of order M^{-1/2} and M^{-1}: variances fall by factors of order M³ and M².
 */
import { ProgressMeter } from "../progress.ts";
import type { Ensemble } from "../ensemble/reducers/moments.ts";
import { run } from "../ensemble/simulate.ts";
import { EventLoopPauses } from "../platform.ts";
import { AbortedError } from "../errors.ts";
import { loadKernel } from "../engine.ts";
import type { Model } from "../model.ts";
import { initialEnergies } from "../theory/initial.ts";
import { rateOf } from "../theory/rates.ts";
import { energyRange, unitsOf } from "../theory/units.ts";
import { courseOf } from "./course.ts";
import { knownPart } from "./known.ts";
import { type ExpectationsOptions, readExpectationsOptions, type Settled } from "./options.ts";
import { panelsOf } from "./panels.ts";
import { plainMeansOf } from "./plain.ts";
import { isWithinReach } from "./reach.ts";
import { type Expectations, Tally } from "./result.ts";

/** Independent groups of replicas whose scatter gives the errors, to 9%. */
const BATCHES = 64;

/** What tests vary. */
export interface Effort {
  /** Panels in a time in which a bond rings M times, at the hottest. */
  readonly resolution: number;
  /** Bytes of samples that are held at a time. */
  readonly bytes: number;
}

const EFFORT: Effort = { resolution: 2, bytes: 1e8 };

/**
 * Mean, covariance and current of the process at the given times, from the model's deterministic start.
 *
 * Unbiased at every M but for quadrature in time, which a million replicas did not see (panels.ts). The ensembles depend on
 * the model, method, seed, replicas and times alone, bit for bit; the rest is right to some 1e-13 of the largest entry,
 * as the theory's integration is. Where the theory is of no help (reach.ts) the estimates are the plain ones, with gain 1.
 * Work beside the simulation grows as N³, times replicas and times time.
 * @throws InvalidInputError listing every fault in the options, or if the chain has more than 64 cells; OutOfMemoryError;
 *   AbortedError, with what was finished as `partial`, when `signal` aborts.
 */
export async function expectations(model: Model, options: ExpectationsOptions): Promise<Expectations> {
  return estimate(model, readExpectationsOptions(model, options), EFFORT);
}

/** `expectations` with some effort. */
export async function estimate(model: Model, options: Settled, { resolution, bytes }: Effort): Promise<Expectations> {
  const { replicas, firstReplica, seed, method, step, tolerance, outsideCone, times, workers, signal, onProgress } =
    options;
  const kernel = await loadKernel();
  const N = model.cells;
  const units = unitsOf(model, initialEnergies(model));
  const panels = isWithinReach(model) ? panelsOf(times, longestPanel(model, resolution)) : [];
  const simulated = [...new Set([...times, ...panels.flatMap(({ nodes }) => nodes)])].sort((a, b) => a - b);
  const at = times.map((time) => simulated.indexOf(time));
  const known = knownPart(model, units, method, times);
  const course = panels.length > 0 ? courseOf(model, units, method, panels, times, simulated) : undefined;
  const plainMeans = plainMeansOf(units, known, at, simulated.length);
  const tally = new Tally(model, units.energy, times, known);
  const bounds = boundsOf(replicas);
  const most = bytes / (8 * simulated.length * (2 * N + 1));
  const pauses = new EventLoopPauses();
  const meter = new ProgressMeter(replicas, onProgress);

  for (let first = 0, last; first < bounds.length - 1; first = last) {
    // As many whole batches as fit, one at least.
    last = first + 1;
    while (last < bounds.length - 1 && bounds[last + 1] - bounds[first] <= most) last++;
    const done = bounds[first];
    try {
      const ensemble = await run(kernel, model, {
        replicas: bounds[last] - done,
        firstReplica: firstReplica + done,
        times: simulated,
        seed,
        method,
        step,
        tolerance,
        outsideCone,
        samples: true,
        moments: "mean",
        workers,
        ...(signal && { signal }),
        onProgress: ({ finished, events }) => meter.advance(done, { replicas: finished, events }),
      });
      meter.finish(done, ensemble);
      await take(ensemble, bounds.slice(first, last + 1));
    } catch (error) {
      if (!(error instanceof AbortedError)) throw error;
      if (error.partial) await take(error.partial as Ensemble, bounds.slice(first, last + 1));
      throw new AbortedError(tally.result(), done + error.finished, replicas);
    }
  }
  meter.report();
  return tally.result()!;

  /** Splits an ensemble, of fewer replicas than asked for if it was aborted, into its batches. */
  async function take(ensemble: Ensemble, bounds: readonly number[]): Promise<void> {
    tally.ensembles.push(ensemble);
    for (let b = 0; b < bounds.length - 1; b++) {
      const from = bounds[b] - bounds[0];
      const to = Math.min(bounds[b + 1] - bounds[0], ensemble.replicas);
      if (to <= from) return;
      const part = (samples: Float64Array, width: number) =>
        samples.subarray(from * simulated.length * width, to * simulated.length * width);
      const energies = part(ensemble.samples!, N);
      const plain = plainMeans(energies, part(ensemble.currentSamples!, N + 1), to - from);
      tally.add(plain, course?.(energies, to - from));
      await pauses.pauseIfDue();
    }
  }
}

/** In the unit of the model's times. */
function longestPanel(model: Model, resolution: number): number {
  const { most: hottest } = energyRange(model, initialEnergies(model));
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
