/** The steady state: replicas from E* on, each looked at several times after a burn-in, summed up one by one. */
import type { Kernel } from "../kernel.ts";
import type { Model } from "../model.ts";
import { equilibrium } from "../theory/equilibrium.ts";
import { initialEnergies } from "../theory/initial.ts";
import { execute, type ExecuteOptions, type Run } from "./execute.ts";
import { lookTimes, planLooks, type LookPlan } from "./lookPlan.ts";
import { partsFor } from "./perform.ts";
import { recipeOf } from "./recipe.ts";
import { addSums, checkRoom, type Reference } from "./replicaSums.ts";
import { sized } from "./size.ts";
import { readSteadyStateOptions, type SettledSteadyState, type SteadyStateOptions } from "./stationaryOptions.ts";
import { toSteadyState, type SteadyState } from "./steadyState.ts";
import { withStep } from "./step.ts";

/** The steady state, on a given engine. It does not depend on `model.initial`: every replica starts at E*. */
export async function runSteadyState(
  kernel: Kernel,
  model: Model,
  options: SteadyStateOptions,
  special: Pick<ExecuteOptions, "spans" | "open"> = {},
): Promise<SteadyState> {
  const settled = readSteadyStateOptions(options);
  const run = planSteadyState(kernel, model, settled, (events) => partsFor(settled.workers, events, settled.replicas));
  return execute(kernel, run, { ...settled, ...special });
}

/** @throws InvalidInputError if it cannot be run; OutOfMemoryError if its sums have no room. */
export function planSteadyState(
  kernel: Kernel,
  model: Model,
  options: SettledSteadyState,
  parts: (events: number) => number,
): Run<SteadyState> {
  const fromEquilibrium: Model = { ...model, initial: "equilibrium" };
  const settled = withStep(fromEquilibrium, options);
  const { seed, method, step, outsideCone, firstReplica, replicas } = settled;
  checkRoom(model.cells, replicas);
  const plan = planLooks(kernel, model, settled);
  const reference = referenceOf(kernel, model, seed, plan);
  const job = {
    ...{ model: fromEquilibrium, initial: initialEnergies(fromEquilibrium), seed, method, step, outsideCone },
    ...({ times: lookTimes(plan), moments: "mean", samples: false, reference } as const),
  };
  const { burnIn, looks, spacing } = plan;
  const recipe = recipeOf(model, settled, { times: "stationary", stationary: { burnIn, looks, spacing } });
  return {
    ...sized(kernel, job, { first: firstReplica, replicas }, parts),
    recipe,
    merge: addSums,
    result: (sums, spans) => toSteadyState(recipe, plan, reference, sums, spans),
  };
}

/** The unit of Q is √(f T² span/(M (N+1))) at the hotter bath, about the standard deviation of what bonds carry. */
function referenceOf(kernel: Kernel, model: Model, seed: bigint, { window }: LookPlan): Reference {
  const { cells, particles, timescale, temperatures } = model;
  const { energies, flux } = equilibrium(model);
  const span = timescale === "slow" ? window / particles : window;
  const hot = Math.max(...temperatures);
  kernel.setModel(model, seed);
  const unit = hot * Math.sqrt((kernel.rate(hot, hot) * span) / (particles * (cells + 1)));
  return { energies, flux, span, unit };
}
