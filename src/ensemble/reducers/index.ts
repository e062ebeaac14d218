/**
 * Observables: what is kept of the replicas of a run. Each is one file here that makes a reducer, and one entry in the list
 * below; whatever merges on the aligned tree then works in memory, on workers, in run folders and on queues alike.
 */
import type { Kernel, Moments } from "../../kernel.ts";
import type { Model } from "../../model.ts";
import type { Merge, Reducer } from "../alignedTree.ts";
import { momentsReducer, type MomentsObservable } from "./moments.ts";
import { samplesReducer, type SamplesObservable } from "./samples.ts";
import { steadyStateReducer, type SteadyStateObservable } from "./steadyState.ts";

/** An observable of a plan: plain data, which can be posted. */
export type Observable = MomentsObservable | SamplesObservable | SteadyStateObservable;

/** The part of a run's plan that reducers need. */
export interface MeasuredRun {
  readonly model: Model;
  /** N: E(0). */
  readonly initial: Float64Array;
  /** T. */
  readonly times: readonly number[];
  /** The observables that are kept of the replicas. */
  readonly observables: readonly Observable[];
}

/** A reducer for each observable of a run. */
export function reducersOf({ model, initial, times, observables }: MeasuredRun): Reducer[] {
  return observables.map((observable) => {
    switch (observable.kind) {
      case "moments":
        return momentsReducer(initial, times, observable.moments);
      case "samples":
        return samplesReducer(initial, times.length);
      case "steadyState":
        return steadyStateReducer(model, observable);
    }
  });
}

/** The engine's part: the moments that it reduces, and whether it holds the observations of a chunk for the other reducers. */
export function engineLayout(observables: readonly Observable[]): { moments: Moments; samples: boolean } {
  const reduced = observables.find((observable) => observable.kind === "moments");
  return { moments: reduced?.moments ?? "mean", samples: observables.some(({ kind }) => kind !== "moments") };
}

/** Merges the blocks of two nodes, reducer by reducer; `kernel` is set up for the plan. */
export function mergeBy(reducers: readonly Reducer[], kernel: Kernel): Merge {
  return (left, right) => left.map((block, i) => reducers[i].merge(block, right[i], kernel));
}
