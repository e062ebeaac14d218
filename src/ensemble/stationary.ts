/** Runs the steady state: replicas from E* on, each looked at several times after a burn-in, summed up one by one. */
import type { Kernel } from "../kernel.ts";
import type { Model } from "../model.ts";
import { equilibrium } from "../theory/equilibrium.ts";
import { carriedBy } from "./carried.ts";
import { lookTimes, planLooks, type LookPlan } from "./lookPlan.ts";
import { Reduction } from "./reduction.ts";
import { addSums, checkRoom, sumsOf, type Reference } from "./replicaSums.ts";
import { perform } from "./run.ts";
import { withStep } from "./step.ts";
import { readSteadyStateOptions, type SteadyStateOptions } from "./stationaryOptions.ts";
import { toSteadyState, type SteadyState } from "./steadyState.ts";

/**
 * The steady state, on a given engine. It does not depend on `model.initial`: every replica starts at E*.
 *
 * A replica is a leaf of the aligned tree of reduction.ts, so the result does not depend on how the run was cut.
 */
export async function runSteadyState(kernel: Kernel, model: Model, options: SteadyStateOptions): Promise<SteadyState> {
  const fromEquilibrium: Model = { ...model, initial: "equilibrium" };
  const settled = withStep(fromEquilibrium, readSteadyStateOptions(options));
  checkRoom(model.cells, settled.replicas);
  const plan = planLooks(kernel, model, settled);
  const reference = referenceOf(kernel, model, settled.seed, plan);
  const reduction = new Reduction(addSums);
  let events = 0;
  const result = () => {
    const sums = reduction.result()!;
    sums[1] = events;
    return toSteadyState(model, settled, plan, reference, sums);
  };
  const run = { ...settled, times: lookTimes(plan), moments: "mean", samples: true } as const;
  await perform(kernel, fromEquilibrium, run, {
    take(chunk) {
      const replicas = kernel.finishedReplicas;
      const observed = kernel.observed(replicas);
      for (let r = 0, width = observed.length / replicas; r < replicas; r++) {
        const ofReplica = observed.subarray(r * width, (r + 1) * width);
        const sums = sumsOf(ofReplica, carriedIn(ofReplica, reference.energies), reference);
        reduction.add({ first: chunk.first + r, level: 0 }, sums);
      }
      for (const { block } of kernel.finishedBlocks(chunk.first)) events += block[1];
    },
    partial: result,
  });
  return result();
}

/** What each bond carried from the first look to the last: N+1. */
function carriedIn(observed: Float64Array, start: Float64Array): Float64Array {
  const width = start.length + 1;
  const before = new Float64Array(width);
  const carried = new Float64Array(width);
  carriedBy(observed.subarray(0, width), start, before);
  carriedBy(observed.subarray(-width), start, carried);
  return carried.map((Q, k) => Q - before[k]);
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
