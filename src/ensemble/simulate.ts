/** The public `simulate`: an ensemble at given times, or the steady state. */
import { loadKernel } from "../engine.ts";
import type { Kernel, Moments } from "../kernel.ts";
import type { Model } from "../model.ts";
import type { ExecuteOptions } from "./execute.ts";
import type { SimulateOptions } from "./options.ts";
import type { Ensemble } from "./result.ts";
import { runEnsemble } from "./run.ts";
import { runSteadyState } from "./stationary.ts";
import { isStationary, type SteadyStateOptions } from "./stationaryOptions.ts";
import type { SteadyState } from "./steadyState.ts";

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
export function simulate(model: Model, options: SteadyStateOptions): Promise<SteadyState>;
export function simulate<M extends Moments = "covariance">(
  model: Model,
  options: SimulateOptions<M>,
): Promise<Ensemble<M>>;
export async function simulate(
  model: Model,
  options: SimulateOptions | SteadyStateOptions,
): Promise<Ensemble | SteadyState> {
  return runRequest(await loadKernel(), model, options);
}

/** The same on a given engine. */
export function runRequest(
  kernel: Kernel,
  model: Model,
  options: SimulateOptions | SteadyStateOptions,
  special?: Pick<ExecuteOptions, "spans" | "open">,
): Promise<Ensemble | SteadyState> {
  return isStationary(options)
    ? runSteadyState(kernel, model, options, special)
    : runEnsemble(kernel, model, options, special);
}
