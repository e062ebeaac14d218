/** An ensemble at given times, and one trajectory. */
import { loadKernel } from "../engine.ts";
import type { Kernel, Moments } from "../kernel.ts";
import type { Model } from "../model.ts";
import { initialEnergies } from "../theory/initial.ts";
import { execute, type ExecuteOptions, type Run } from "./execute.ts";
import {
  readSimulateOptions,
  readTrajectoryOptions,
  type Settled,
  type SimulateOptions,
  type TrajectoryOptions,
} from "./options.ts";
import { partsFor } from "./perform.ts";
import { recipeOf } from "./recipe.ts";
import { toEnsemble, type Ensemble } from "./result.ts";
import { sized } from "./size.ts";
import { withStep } from "./step.ts";

/** An ensemble at given times, on a given engine. */
export async function runEnsemble<M extends Moments = "covariance">(
  kernel: Kernel,
  model: Model,
  options: SimulateOptions<M>,
  special: Pick<ExecuteOptions, "spans" | "open"> = {},
): Promise<Ensemble<M>> {
  const settled = readSimulateOptions(options);
  const run = planEnsemble(kernel, model, settled, (events) => partsFor(settled.workers, events, settled.replicas));
  return await execute(kernel, run, { ...settled, ...special });
}

/** @throws InvalidInputError if it cannot be run. */
export function planEnsemble(
  kernel: Kernel,
  model: Model,
  options: Settled,
  parts: (events: number) => number,
): Run<Ensemble> {
  const settled = withStep(model, options);
  const { seed, method, step, outsideCone, times, moments, samples, firstReplica, replicas } = settled;
  const job = {
    ...{ model, initial: initialEnergies(model), seed, method, step, outsideCone },
    ...{ times, moments, samples, reference: undefined },
  };
  const recipe = { ...recipeOf(model, settled, { times, moments }), times, moments };
  return {
    ...sized(kernel, job, { first: firstReplica, replicas }, parts),
    recipe,
    merge: (left, right) => kernel.merge(left, right),
    result: (block, spans, samples) => toEnsemble(recipe, block, spans, samples),
  };
}

/** One path: the replica of that number and seed, as it is in any ensemble. */
export interface Trajectory {
  /** T: the observation times, in units of the model's timescale. */
  readonly times: Float64Array;
  /** T x N: E_k, row-major, in the model's unit. */
  readonly energies: Float64Array;
  /** T x (N+1): energy carried from cell k to k+1 since time 0. */
  readonly current: Float64Array;
  /** Exchanges that happened; steps for "mesoscopic". */
  readonly events: number;
}

/**
 * Simulates one replica.
 * @throws InvalidInputError listing every fault in the options; OutOfMemoryError before the run starts; LeftConeError when
 *   "mesoscopic" makes an energy negative.
 */
export async function trajectory(model: Model, options: TrajectoryOptions): Promise<Trajectory> {
  const { replica, ...rest } = readTrajectoryOptions(options);
  const { times, mean, current, events } = await runEnsemble(await loadKernel(), model, {
    ...rest,
    firstReplica: replica,
    replicas: 1,
    moments: "mean",
  });
  return { times, energies: mean, current, events };
}
