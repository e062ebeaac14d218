/** The public entries: an ensemble or a steady state, one trajectory, and the replay of a certificate. */
import * as z from "zod/mini";
import { beforeRun } from "../aborts.ts";
import { loadKernelFor } from "../engine.ts";
import { AbortedError, LeftConeError } from "../errors.ts";
import { withJson } from "../json.ts";
import type { Kernel, Moments } from "../kernel.ts";
import { defineModel, isDrawn, type Model, type ModelInput } from "../model.ts";
import { ProgressMeter } from "../progress.ts";
import { turnIfDue } from "../turns.ts";
import { read } from "../validate.ts";
import { chunksOf, coverage, Reduction, type Block, type Span } from "./alignedTree.ts";
import { workOf } from "./chainWork.ts";
import { safeParticles } from "./mesoscopicStep.ts";
import { spans } from "./commonOptions.ts";
import {
  readRunOptions,
  readTrajectoryOptions,
  type RunSettings,
  type SimulateOptions,
  type SteadyStateOptions,
  type TrajectoryOptions,
} from "./options.ts";
import { fieldsOf, mergeBy, reducersOf } from "./reducers/index.ts";
import type { Ensemble } from "./reducers/moments.ts";
import type { SteadyState } from "./reducers/steadyState.ts";
import { partsFor, runChunks, workersFor } from "./runChunks.ts";
import type { Ran, WorkerPool } from "./workerPool.ts";
import { planRun, type RunPlan } from "./runPlan.ts";
import { certify, requestOf, type Certificate } from "./runSpec.ts";

/**
 * Simulates `replicas` independent copies of the process and sums them up: at a list of times from `model.initial` on,
 * or, with `times: "stationary"`, in the steady state, which does not depend on a start.
 *
 * The result depends on the model, method, seed, replicas and times (and `stationary`, `step`) alone, bit for bit, on
 * every engine, for any number of workers.
 * @throws InvalidInputError listing every fault in the options; OutOfMemoryError before the run starts;
 *   AbortedError, with what was finished as `partial`, when `signal` aborts; LeftConeError, likewise, when a replica of
 *   "mesoscopic" has an energy below zero; WorkerError when workers that were asked for cannot be had, or crash again and
 *   again.
 */
export function simulate(model: ModelInput, options: SteadyStateOptions): Promise<SteadyState & WhereRan>;
export function simulate<M extends Moments = "covariance">(
  model: ModelInput,
  options: SimulateOptions<M>,
): Promise<Ensemble<M> & WhereRan>;
export async function simulate(
  model: ModelInput,
  options: SimulateOptions | SteadyStateOptions,
): Promise<(Ensemble | SteadyState) & WhereRan> {
  // Read before anything is awaited: the caller may change them then.
  const [chain, settings] = [defineModel(model), readRunOptions(options)];
  // Many runs that begin together take turns in that.
  await turnIfDue(() => settings.signal?.aborted === true);
  const load = () => loadKernelFor(chain);
  return runSettings(await beforeRun(settings.signal, settings.replicas, load), chain, settings);
}

/** What `simulate` adds to a result. */
export interface WhereRan {
  /** Where the run was made. No other field depends on it. */
  readonly ran: Ran;
}

/** Settings that only replays and tests need. */
export interface SpecialSettings {
  /** These replicas only, in order. */
  readonly spans?: readonly Span[] | undefined;
  /** Workers; tests have some that crash. */
  readonly pool?: WorkerPool | undefined;
}

/** `simulate` on a given engine. */
export function run(
  kernel: Kernel,
  model: ModelInput,
  options: SteadyStateOptions,
  special?: SpecialSettings,
): Promise<SteadyState & WhereRan>;
export function run<M extends Moments = "covariance">(
  kernel: Kernel,
  model: ModelInput,
  options: SimulateOptions<M>,
  special?: SpecialSettings,
): Promise<Ensemble<M> & WhereRan>;
export function run(
  kernel: Kernel,
  model: ModelInput,
  options: SimulateOptions | SteadyStateOptions,
  special?: SpecialSettings,
): Promise<(Ensemble | SteadyState) & WhereRan>;
export async function run(
  kernel: Kernel,
  model: ModelInput,
  options: SimulateOptions | SteadyStateOptions,
  special?: SpecialSettings,
): Promise<(Ensemble | SteadyState) & WhereRan> {
  return runSettings(kernel, defineModel(model), readRunOptions(options), special);
}

async function runSettings(
  kernel: Kernel,
  model: Model,
  settings: RunSettings,
  { spans, pool }: SpecialSettings = {},
): Promise<(Ensemble | SteadyState) & WhereRan> {
  const { replicas, workers, signal, onProgress } = settings;
  const plan = planRun(kernel, model, settings, (events) => partsFor(workers, events, replicas));
  return runPlan(kernel, plan, { workers, signal, onProgress, spans, pool });
}

/** Runs a plan to its result. */
export async function runPlan(
  kernel: Kernel,
  plan: RunPlan,
  {
    workers,
    signal,
    onProgress,
    spans = [plan.span],
    pool,
  }: Pick<RunSettings, "workers" | "signal" | "onProgress"> & SpecialSettings,
): Promise<(Ensemble | SteadyState) & WhereRan> {
  const { replicas } = coverage(spans);
  const reduction = new Reduction(mergeBy(reducersOf(plan), kernel));
  const meter = new ProgressMeter(replicas, onProgress);
  const { left, aborted, ran } = await runChunks({
    work: workOf(kernel, plan),
    chunks: chunksOf(spans, plan.level),
    asked: workers,
    workers: workersFor(workers, plan.events, replicas),
    signal,
    meter,
    take: (_chunk, { nodes }) => nodes.forEach((node) => reduction.add(node)),
    pool,
  });
  const resultBelow = (end?: number) => {
    const whole = reduction.result(end);
    return whole && withJson({ ...resultOf(plan, whole.blocks, whole.spans), ran });
  };
  meter.report();
  if (left) {
    const safe = safeParticles(kernel, plan.model, { replicas, times: plan.times });
    throw new LeftConeError(left.replica, left.time, safe, resultBelow(left.replica));
  }
  if (aborted) {
    throw new AbortedError(resultBelow(), meter.finished, replicas, { cause: signal?.reason });
  }
  return resultBelow()!;
}

/** The public result, from a block for each observable; the first of them is certified. */
export function resultOf(plan: RunPlan, blocks: readonly Block[], spans: readonly Span[]): Ensemble | SteadyState {
  const fields = { ...fieldsOf(plan, blocks), certificate: certify(plan.spec, spans, blocks[0]) };
  return withJson(fields as Ensemble | SteadyState);
}

/** One path: the replica of that number and seed, as it is in any ensemble. */
export interface Trajectory {
  /** T: the observation times, in units of the model's timescale. */
  readonly times: Float64Array;
  /** T x N: E_k, row-major, in the model's unit. */
  readonly energies: Float64Array;
  /** T x (N+1): energy transferred from cell k to k+1 since time 0. */
  readonly transferred: Float64Array;
  /** @deprecated The same as `transferred`: an energy, not a current. */
  readonly current: Float64Array;
  /** Exchanges that happened; steps for "mesoscopic". */
  readonly events: number;
}

/**
 * Simulates one replica.
 * @throws InvalidInputError listing every fault in the options; OutOfMemoryError before the run starts; AbortedError when
 *   `signal` aborts; LeftConeError when "mesoscopic" makes an energy negative.
 */
export async function trajectory(model: ModelInput, options: TrajectoryOptions): Promise<Trajectory> {
  const { replica, ...rest } = readTrajectoryOptions(options);
  // The means of one replica are its energies; only its samples know from where it has started.
  const samples = isDrawn(defineModel(model).initial);
  const ensemble = { firstReplica: replica, replicas: 1, moments: "mean", samples } as const;
  const { times, mean, events, ...kept } = await simulate(model, { ...rest, ...ensemble });
  const transferred = kept.transferredSamples ?? kept.transferred;
  return withJson({ times, energies: mean, transferred, current: transferred, events });
}

/** The fingerprint of a run, as certified and as found now. */
export interface Replay {
  /** True if the two are equal. */
  readonly same: boolean;
  /** sha256 of the result, as the certificate has it. */
  readonly certified: string;
  /** sha256 of the result of the run that was made now. */
  readonly found: string;
}

const error = "a certificate as `simulate` gives it";
const certificateSchema = z.object(
  {
    result: z.string({ error: "a sha256" }),
    spans,
  },
  { error },
);

/**
 * Repeats the run of a certificate.
 * @throws InvalidInputError when it is not a certificate, or of another stream version; and what `simulate` throws.
 */
export async function replay(
  certificate: Certificate,
  options: Pick<SimulateOptions, "workers" | "signal" | "onProgress"> = {},
): Promise<Replay> {
  const request = requestOf("certificate", certificate, error);
  const { result: certified, spans } = read("certificate", certificateSchema, certificate);
  const settings = readRunOptions({ ...request.options, ...options });
  const load = () => loadKernelFor(request.model);
  const kernel = await beforeRun(settings.signal, settings.replicas, load);
  const { certificate: found } = await runSettings(kernel, request.model, settings, { spans });
  return { same: found.result === certified, certified, found: found.result };
}
