/** Plans a run: everything that decides how it is simulated and reduced, as plain data that can be posted to workers. */
import { describe, InvalidInputError } from "../errors.ts";
import { blockLayout, type Kernel, type Method } from "../kernel.ts";
import { defineModel, isDrawn, type Model, type ModelInput } from "../model.ts";
import { setupOf } from "../rate/expression.ts";
import type { RateSetup } from "../rate/rate.ts";
import { equilibrium } from "../theory/equilibrium.ts";
import { initialEnergies } from "../theory/initial.ts";
import { slowestRate } from "../theory/stationary.ts";
import { hottestRate } from "../theory/units.ts";
import type { Span } from "./alignedTree.ts";
import { chunkLevel } from "./chunkLevel.ts";
import { withStep } from "./mesoscopicStep.ts";
import type { EnsembleSettings, RunSettings, SteadyStateSettings } from "./options.ts";
import { engineLayout, rowsOf, type MeasuredRun, type Observable } from "./reducers/index.ts";
import { checkRoomForSamples } from "./reducers/samples.ts";
import { checkRoomForSums, type LookPlan, type Reference } from "./reducers/steadyState.ts";
import { specOf, type RunSpec } from "./runSpec.ts";

export interface RunPlan extends MeasuredRun {
  readonly spec: RunSpec;
  /** The model as the engine runs it: a steady state starts at E*, whatever the model says. */
  readonly model: Model;
  /** Its rate, as the engine is told of it. */
  readonly rate: RateSetup;
  readonly seed: bigint;
  readonly method: Method;
  readonly step: number | undefined;
  readonly outsideCone: "error" | "follow" | undefined;
  /** The replicas that were asked for. */
  readonly span: Span;
  /** The largest chunk is 2^level replicas. */
  readonly level: number;
  /** Expected events in all of them. */
  readonly events: number;
}

/**
 * The one way to the engine and to a certificate, so that no model gets there unchecked.
 * @param parts the least number of chunks, given the expected events of the run.
 * @throws InvalidInputError if it cannot be run; OutOfMemoryError if the result has no room.
 */
export function planRun(
  kernel: Kernel,
  input: ModelInput,
  options: RunSettings,
  parts: (events: number) => number,
): RunPlan {
  const model = defineModel(input);
  return options.times === "stationary"
    ? planSteadyState(kernel, model, options, parts)
    : planEnsemble(model, options, parts);
}

function planEnsemble(model: Model, options: EnsembleSettings, parts: (events: number) => number): RunPlan {
  const settings = withStep(model, options);
  const { times, moments, samples, rateRatio, replicas } = settings;
  if (samples) checkRoomForSamples(model.cells, times.length, replicas);
  return {
    ...commonPlan(model, settings, times, parts, [
      { kind: "moments", moments },
      // Samples come last: a run folder does not merge them.
      ...(samples ? [{ kind: "samples" } as const] : []),
      ...(rateRatio ? [{ kind: "rateRatio" } as const] : []),
    ]),
    spec: specOf(model, settings, { times, moments }),
  };
}

function planSteadyState(
  kernel: Kernel,
  model: Model,
  options: SteadyStateSettings,
  parts: (events: number) => number,
): RunPlan {
  const fromEquilibrium: Model = { ...model, initial: "equilibrium" };
  const settings = withStep(fromEquilibrium, options);
  checkRoomForSums(model.cells, settings.replicas);
  const measured = measurementTimes(kernel, model, settings);
  const reference = referenceOf(kernel, model, settings.seed, measured);
  const { burnIn, looks, spacing } = measured;
  return {
    ...commonPlan(fromEquilibrium, settings, timesOf(measured), parts, [{ kind: "steadyState", measured, reference }]),
    spec: specOf(model, settings, { times: "stationary", stationary: { burnIn, looks, spacing } }),
  };
}

function commonPlan(
  model: Model,
  { seed, method, step, outsideCone, firstReplica, replicas }: RunSettings,
  times: readonly number[],
  parts: (events: number) => number,
  observables: readonly Observable[],
): Omit<RunPlan, "spec"> {
  const initial = initialEnergies(model);
  const drawn = isDrawn(model.initial);
  const eventsPerReplica = expectedEvents(model, initial, times, step);
  const events = replicas * eventsPerReplica;
  if (events > MOST_EVENTS) {
    const got = `about ${events.toPrecision(2)} events`;
    throw new InvalidInputError("options", [
      { field: "replicas, times", expected: "a run of at most 2^53 = 9.0e15 events", got },
    ]);
  }
  const { moments, samples } = engineLayout(observables);
  const level = chunkLevel({
    ...{ eventsPerReplica, replicas, parts: parts(events) },
    blockBytes: 8 * blockLayout(model.cells, times.length, moments).length,
    observedBytes: samples ? 8 * rowsOf({ drawn, times }) * (model.cells + 2) : 0,
  });
  const span = { first: firstReplica, replicas };
  return {
    model,
    rate: setupOf(model),
    initial,
    drawn,
    seed,
    method,
    step,
    outsideCone,
    times,
    observables,
    span,
    level,
    events,
  };
}

/** Events are counted in doubles, exactly up to here. */
export const MOST_EVENTS = 2 ** 53;

/**
 * Events of a replica up to the last of these times, were every bond as busy as the hottest energy at time 0 makes it; a
 * step of the mesoscopic equation counts as an event of every bond. The one measure of cost.
 */
export function expectedEvents(
  model: Model,
  initial: Float64Array,
  times: readonly number[],
  step: number | undefined,
): number {
  const end = times.at(-1)!;
  if (step !== undefined) return (model.cells + 1) * (times.length + end / step);
  const speed = model.timescale === "fast" ? model.particles : 1;
  return speed * (model.cells + 1) * hottestRate(model, initial) * end;
}

/** Half of the slowest mode's time. */
const SPACING = 0.5;
/** The remainder of the start, in standard errors of all measurements. */
const REMAINDER = 0.1;

/**
 * The measurements of a steady state: after the burn-in come `looks` of them, `spacing` apart. With λ the rate of the
 * slowest mode (theory.slowestRate) and R replicas,
 *
 *   spacing = 1/(2 λ),   e^(-λ burnIn) = 0.1/√(R looks).
 *
 * Then the means' shift m1/M is there but for a tenth of what R looks independent measurements could resolve of one
 * standard deviation; covariances, whose modes decay at 2 λ, are closer still. Times are made from + - * /, sqrt and the
 * engine's own log, since a path depends on their last bit.
 * @throws InvalidInputError if the times cannot be told apart in double precision.
 */
function measurementTimes(kernel: Kernel, model: Model, { replicas, stationary }: SteadyStateSettings): LookPlan {
  const { looks } = stationary;
  let { burnIn, spacing } = stationary;
  if (burnIn === undefined || spacing === undefined) {
    const rate = slowestRate(model) / (model.timescale === "slow" ? model.particles : 1);
    burnIn ??= kernel.log(Math.sqrt(replicas * looks) / REMAINDER) / rate;
    spacing ??= SPACING / rate;
  }
  const times = timesOf({ burnIn, looks, spacing });
  if (!times.every((time, i) => i === 0 || time > times[i - 1])) {
    const expected = `a time that is not lost beside the last look's, ${times.at(-1)}`;
    throw new InvalidInputError("options", [{ field: "stationary.spacing", expected, got: describe(spacing) }]);
  }
  return { burnIn, looks, spacing, window: times[looks - 1] - times[0] };
}

function timesOf({ burnIn, looks, spacing }: Omit<LookPlan, "window">): number[] {
  return Array.from({ length: looks }, (_, i) => burnIn + i * spacing);
}

/** The unit of Q is √(f T² span/(M (N+1))) at the hotter bath, about the standard deviation of what bonds transfer. */
function referenceOf(kernel: Kernel, model: Model, seed: bigint, { window }: LookPlan): Reference {
  const { cells, particles, timescale, temperatures } = model;
  const { energies, flux } = equilibrium(model);
  const span = timescale === "slow" ? window / particles : window;
  const hot = Math.max(...temperatures);
  kernel.setModel(model, setupOf(model), seed);
  const unit = hot * Math.sqrt((kernel.rate(hot, hot) * span) / (particles * (cells + 1)));
  return { energies, flux, span, unit };
}
