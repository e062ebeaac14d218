/**
 * Observables: what is kept of the replicas of a run. Each is one file here that makes a reducer, and one entry in the list
 * below; whatever merges on the aligned tree then works in memory, on workers, in run folders and on queues alike.
 */
import type { Kernel, Layout } from "../../kernel.ts";
import type { Model } from "../../model.ts";
import type { Block, Merge, Reducer } from "../alignedTree.ts";
import { momentsReducer, unpackMoments, type MomentsObservable } from "./moments.ts";
import {
  rateRatioReducer,
  samplesReducer,
  unpackSamples,
  type RateRatioObservable,
  type SamplesObservable,
} from "./samples.ts";
import { steadyStateReducer, unpackSums, type SteadyStateObservable } from "./steadyState.ts";

/** An observable of a plan: plain data, which can be posted. */
export type Observable = MomentsObservable | SamplesObservable | RateRatioObservable | SteadyStateObservable;

/** The part of a run's plan that reducers need. */
export interface MeasuredRun {
  readonly model: Model;
  /** N: E(0), or the temperatures from which each replica draws its own. */
  readonly initial: Float64Array;
  readonly drawn: boolean;
  /** T. */
  readonly times: readonly number[];
  /** The observables that are kept of the replicas. */
  readonly observables: readonly Observable[];
}

/** The rows of N+1 numbers that the engine keeps of a replica: its observations, after its start if it draws that. */
export const rowsOf = ({ drawn, times }: Pick<MeasuredRun, "drawn" | "times">) => times.length + (drawn ? 1 : 0);

/** A reducer for each observable of a run. */
export function reducersOf(run: MeasuredRun): Reducer[] {
  const { model, times, observables } = run;
  const { cells } = model;
  return observables.map((observable) => {
    switch (observable.kind) {
      case "moments":
        return momentsReducer(cells, times.length, observable.moments);
      case "samples":
        return samplesReducer(cells, rowsOf(run));
      case "rateRatio":
        return rateRatioReducer(times.length);
      case "steadyState":
        return steadyStateReducer(cells, observable);
    }
  });
}

/** The public fields of a result, from a block for each observable, or for the first of them. */
export function fieldsOf({ model, initial, drawn, times, observables }: MeasuredRun, blocks: readonly Block[]): object {
  const fields = blocks.map((block, i) => {
    const observable = observables[i];
    switch (observable.kind) {
      case "moments":
        return unpackMoments(block, initial, times, observable.moments);
      case "samples": {
        const { energies, transferred } = unpackSamples(block, initial, times.length, drawn);
        return { samples: energies, transferredSamples: transferred, currentSamples: transferred };
      }
      case "rateRatio":
        return { rateRatioSamples: block };
      case "steadyState":
        return unpackSums(model, observable, block);
    }
  });
  return Object.assign({}, ...fields) as object;
}

/** The engine's part: the moments that it reduces, and what else it holds of a chunk for the other reducers. */
export function engineLayout(
  observables: readonly Observable[],
): Required<Pick<Layout, "moments" | "samples" | "ratios">> {
  const reduced = observables.find((observable) => observable.kind === "moments");
  return {
    moments: reduced?.moments ?? "mean",
    samples: observables.some(({ kind }) => kind !== "moments"),
    ratios: observables.some(({ kind }) => kind === "rateRatio"),
  };
}

/** Merges the blocks of two nodes, reducer by reducer; `kernel` is set up for the plan. */
export function mergeBy(reducers: readonly Reducer[], kernel: Kernel): Merge {
  return (left, right) => left.map((block, i) => reducers[i].merge(block, right[i], kernel));
}
