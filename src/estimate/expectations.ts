/**
 * Expectations of the process at large M, with far fewer replicas than plain means of a simulation need.
 *
 * The moments of x = Θ^M - Θ̄ obey exact equations (momentEquations.ts). They are linear, and the sum of two parts:
 *
 *   known      Θ̄ and the Taylor polynomials of flux and noise there, from the theory alone    knownPart.ts
 *   measured   the small remainders of the polynomials, as means over exact paths            measuredPart.ts
 *
 * So nothing is neglected, at any M, while the error of a mean and of a covariance is of order M^-2 for each replica, where
 * the plain estimators' are of order M^{-1/2} and M^{-1}: variances fall by factors of order M³ and M².
 */
import { beforeRun } from "../aborts.ts";
import { ProgressMeter } from "../progress.ts";
import type { Ensemble } from "../ensemble/reducers/moments.ts";
import { run } from "../ensemble/simulate.ts";
import { AbortedError } from "../errors.ts";
import { loadKernelFor } from "../engine.ts";
import { defineModel, type Model, type ModelInput } from "../model.ts";
import { initialEnergies } from "../theory/initial.ts";
import { rateOf } from "../theory/rates.ts";
import { hottestRate, unitsOf } from "../theory/units.ts";
import { turnIfDue } from "../turns.ts";
import { knownPart } from "./knownPart.ts";
import { measuredPart } from "./measuredPart.ts";
import { type ExpectationsOptions, readExpectationsOptions, type Settled } from "./options.ts";
import { panelsOf } from "./panels.ts";
import { plainMeansOf } from "./plainMeans.ts";
import { type Batch, type Expectations, expectationsOf, totalMeans } from "./result.ts";
import { isWithinReach } from "./theoryReach.ts";

/** Batches of replicas, whose scatter gives the errors to 9%. */
const BATCHES = 64;

/** Resolution in time and memory, which tests alone vary. */
export interface Effort {
  /** Panels in the time in which the hottest bond rings M times. */
  readonly resolution: number;
  /** Bytes of samples that are held at a time. */
  readonly bytes: number;
}

const EFFORT: Effort = { resolution: 2, bytes: 1e8 };

/**
 * Mean and covariance of the energies, and mean transferred energies, of the process at the given times, from the model's deterministic start.
 *
 * Unbiased at every M but for quadrature in time, which a million replicas did not see (panels.ts). The ensembles depend on
 * the model, method, seed, replicas and times alone, bit for bit; the rest is right to some 1e-13 of the largest entry,
 * as the theory's integration is. Where the theory is of no help (theoryReach.ts) the estimates are the plain ones, with
 * gain 1. Work beside the simulation grows as N³, times replicas and times time.
 * @throws InvalidInputError listing every fault in the options, or if the chain has more than 64 cells or draws its start; OutOfMemoryError;
 *   AbortedError, with what was finished as `partial`, when `signal` aborts.
 */
export async function expectations(input: ModelInput, options: ExpectationsOptions): Promise<Expectations> {
  const model = defineModel(input);
  return estimate(model, readExpectationsOptions(model, options), EFFORT);
}

/** `expectations` with a given effort. */
export async function estimate(model: Model, options: Settled, { resolution, bytes }: Effort): Promise<Expectations> {
  const { replicas, firstReplica, method, times, signal, onProgress, ...others } = options;
  const { cells: N, particles: M } = model;
  const kernel = await beforeRun(signal, replicas, () => loadKernelFor(model));
  const units = unitsOf(model, initialEnergies(model));
  const panels = isWithinReach(model, method) ? panelsOf(times, longestPanel(model, resolution)) : [];
  const simulated = [...new Set([...times, ...panels.flatMap(({ nodes }) => nodes)])].sort((a, b) => a - b);
  const known = knownPart(model, units, method, times);
  const measure = panels.length > 0 ? measuredPart(model, units, method, panels, times, simulated) : undefined;
  const observed = times.map((time) => simulated.indexOf(time));
  const plainMeans = plainMeansOf(units, known, observed, simulated.length);
  const ensembles: Ensemble[] = [];
  const batches: Batch[] = [];
  const bounds = batchBounds(replicas);
  const most = bytes / (8 * simulated.length * (2 * N + 1));
  const meter = new ProgressMeter(replicas, onProgress);

  for (let first = 0, last; first < bounds.length - 1; first = last) {
    // As many whole batches as fit, one at least.
    last = first + 1;
    while (last < bounds.length - 1 && bounds[last + 1] - bounds[first] <= most) last++;
    const done = bounds[first];
    try {
      const ensemble = await run(kernel, model, {
        ...others,
        method,
        replicas: bounds[last] - done,
        firstReplica: firstReplica + done,
        times: simulated,
        samples: true,
        moments: "mean",
        ...(signal && { signal }),
        onProgress: ({ finished, events }) => meter.advance(done, { replicas: finished, events }),
      });
      meter.finish(done, ensemble);
      await take(ensemble, bounds.slice(first, last + 1));
    } catch (error) {
      if (!(error instanceof AbortedError)) throw error;
      if (error.partial) await take(error.partial as Ensemble, bounds.slice(first, last + 1));
      const partial = ensembles.length > 0 ? result() : undefined;
      throw new AbortedError(partial, done + error.finished, replicas, { cause: error.cause });
    }
  }
  meter.report();
  return result();

  function result(): Expectations {
    return expectationsOf(batches, ensembles, times, known, units.energy);
  }

  /** Splits an ensemble, of fewer replicas than asked for if it was aborted, into its batches. */
  async function take(ensemble: Ensemble, bounds: readonly number[]): Promise<void> {
    ensembles.push(ensemble);
    for (let b = 0; b < bounds.length - 1; b++) {
      const from = bounds[b] - bounds[0];
      const to = Math.min(bounds[b + 1] - bounds[0], ensemble.replicas);
      if (to <= from) return;
      const part = (samples: Float64Array, width: number) =>
        samples.subarray(from * simulated.length * width, to * simulated.length * width);
      const energies = part(ensemble.samples!, N);
      const plain = plainMeans(energies, part(ensemble.transferredSamples!, N + 1), to - from);
      const measured = measure?.(energies, to - from);
      const estimates = measured?.map((moments, t) => totalMeans(to - from, N, M, known[t].moments, moments));
      batches.push({ plain, estimates: estimates ?? plain });
      await turnIfDue(() => signal?.aborted === true);
    }
  }
}

/** Length of the longest panel, in the unit of the model's times. */
function longestPanel(model: Model, resolution: number): number {
  const speed = model.timescale === "fast" ? 1 : model.particles;
  // Remainders are less smooth where energies cross a kink of the rate.
  const panels = rateOf(model).kinks === "none" ? resolution : 4 * resolution;
  return speed / (panels * hottestRate(model, initialEnergies(model)));
}

/** Batch b holds replicas bounds[b] to bounds[b + 1] - 1. */
function batchBounds(replicas: number): number[] {
  const batches = Math.min(BATCHES, replicas);
  return Array.from({ length: batches + 1 }, (_, b) => Math.floor((b / batches) * replicas));
}
