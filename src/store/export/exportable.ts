/** What can be exported. */
import type { Ensemble } from "../../ensemble/result.ts";
import type { SteadyState } from "../../ensemble/steadyState.ts";
import { MesofluxError } from "../../errors.ts";
import type { Moments } from "../../kernel.ts";
import type { Model } from "../../model.ts";

export const FORMATS = ["csv", "npz", "parquet"] as const;
export type Format = (typeof FORMATS)[number];

/** A result of N cells, of an ensemble at T times or a steady state, and the samples of its replicas if they were kept. */
export interface Exportable {
  readonly model: Model;
  readonly result: Ensemble<Moments> | SteadyState;
  /**
   * Batches in the order of replicas; read again from the start at each call. Undefined when no samples were kept, as for
   * every steady state.
   */
  readonly samples: (() => Iterable<SampleBatch>) | undefined;
}

export interface SampleBatch {
  /** Numbers of the replicas: first, ..., first + replicas - 1. */
  readonly first: number;
  readonly replicas: number;
  /** replicas x T x N, in the model's unit. */
  readonly energies: Float64Array;
  /** replicas x T x (N+1): energy carried from cell k to k+1 since time 0. */
  readonly current: Float64Array;
}

/**
 * The samples, all of them: a result merged before the last chunks came in must not go with their samples.
 * @throws MesofluxError at the end if they are not of as many replicas as the result.
 */
export function* allSamples(samples: () => Iterable<SampleBatch>, replicas: number): Iterable<SampleBatch> {
  let seen = 0;
  for (const batch of samples()) {
    seen += batch.replicas;
    yield batch;
  }
  if (seen !== replicas) {
    throw new MesofluxError(`samples of ${seen} replicas go with a result of ${replicas}: merge again, then export`);
  }
}
