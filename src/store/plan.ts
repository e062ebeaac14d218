/** What is run in a folder, as planned. */
import type { Run } from "../ensemble/execute.ts";
import { readSimulateOptions } from "../ensemble/options.ts";
import type { Request } from "../ensemble/recipe.ts";
import type { Ensemble } from "../ensemble/result.ts";
import { planEnsemble } from "../ensemble/run.ts";
import { planSteadyState } from "../ensemble/stationary.ts";
import { isStationary, readSteadyStateOptions } from "../ensemble/stationaryOptions.ts";
import type { SteadyState } from "../ensemble/steadyState.ts";
import type { Kernel } from "../kernel.ts";

/**
 * Chunks that there should be at least. It does not depend on workers, so that processes which start a run at the same
 * time, on unlike machines, cut it alike.
 */
const PARTS = 64;

/**
 * @param level of the largest chunks; by default about a second of work.
 * @throws InvalidInputError listing every fault; OutOfMemoryError.
 */
export function planOf(kernel: Kernel, { model, options }: Request, level?: number): Run<Ensemble | SteadyState> {
  const run = isStationary(options)
    ? planSteadyState(kernel, model, readSteadyStateOptions(options), () => PARTS)
    : planEnsemble(kernel, model, readSimulateOptions(options), () => PARTS);
  if (level === undefined) return run;
  // No chunk is larger than the run, and the engine's memory need not be.
  let fitting = level;
  while (fitting > 0 && 2 ** fitting > run.span.replicas) fitting--;
  return { ...run, job: { ...run.job, level: fitting } };
}
