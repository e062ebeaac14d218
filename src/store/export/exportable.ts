/** The input of an export: a result and its samples. */
import * as z from "zod/mini";
import type { Ensemble } from "../../ensemble/reducers/moments.ts";
import type { SteadyState } from "../../ensemble/reducers/steadyState.ts";
import { describe, InvalidInputError, MesofluxError } from "../../errors.ts";
import type { Moments } from "../../kernel.ts";
import { defineModel, type Model, type ModelInput } from "../../model.ts";
import { read } from "../../validate.ts";

/** The formats that results can be written in. */
export const FORMATS = ["csv", "npz", "parquet"] as const;
/** "csv" and "parquet": a file for each table. "npz": one file of arrays, for NumPy. */
export type Format = (typeof FORMATS)[number];

/** A result of N cells, of an ensemble at T times or a steady state, and the samples of its replicas if they were kept. */
export interface Exportable {
  /** The model that was simulated. */
  readonly model: Model;
  /** The result of the simulation. */
  readonly result: Ensemble<Moments> | SteadyState;
  /**
   * Batches in the order of replicas; read again from the start at each call. Undefined when no samples were kept, as for
   * every steady state.
   */
  readonly samples: (() => Iterable<SampleBatch>) | undefined;
}

const error = "a model, a result of `simulate` and its samples";
const exportableSchema = z.object(
  {
    model: z.custom<ModelInput>(),
    result: z.object({ certificate: z.object({ model: z.custom<ModelInput>() }, { error }) }, { error }),
    samples: z.optional(z.custom<() => Iterable<SampleBatch>>((value) => typeof value === "function", "a function")),
  },
  { error },
);

/** @throws InvalidInputError unless the model is the one that the result is of. */
export function readExportable(input: Exportable): Exportable {
  const { model: given, result } = read("export", exportableSchema, input);
  const model = defineModel(given);
  const simulated = defineModel(result.certificate.model);
  if (JSON.stringify(model) !== JSON.stringify(simulated)) {
    const expected = "the model that the result is of";
    throw new InvalidInputError("export", [{ field: "model", expected, got: describe(model) }]);
  }
  return { ...input, model };
}

/** Energies and currents of some replicas, one after the other. Row-major. */
export interface SampleBatch {
  /** Number of the first replica. */
  readonly first: number;
  /** Number of replicas. */
  readonly replicas: number;
  /** replicas x T x N, in the model's unit. */
  readonly energies: Float64Array;
  /** replicas x T x (N+1): energy transferred from cell k to k+1 since time 0. */
  readonly transferred: Float64Array;
  /** @deprecated The same as `transferred`. */
  readonly current?: Float64Array;
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
