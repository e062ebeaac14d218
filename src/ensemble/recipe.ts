/** What is to be run, or was: all that decides its bits, as plain data that JSON can hold. */
import * as z from "zod/mini";
import { METHODS, MOMENTS, STREAM_VERSION, type Method, type Moments } from "../kernel.ts";
import type { Model, ModelInput } from "../model.ts";
import { defineModel } from "../model.ts";
import { optional, read } from "../validate.ts";
import { VERSION, WASM_SHA256 } from "../wasm.ts";
import { OUTSIDE_CONE, type Settled, type SimulateOptions } from "./options.ts";
import { isStationary, type LookOptions, type SteadyStateOptions } from "./stationaryOptions.ts";

export interface Recipe {
  /** Version of the package. */
  readonly mesoflux: string;
  /** Version of its random streams: a run can be repeated by any package that has the same. */
  readonly stream: number;
  /** sha256 of its release engine. */
  readonly wasm: string;
  /** What was simulated. */
  readonly model: Model;
  /** How. */
  readonly method: Method;
  /** Of "mesoscopic": the longest step. */
  readonly step?: number;
  /** Of "mesoscopic": whether energies may be negative. */
  readonly outsideCone?: "error" | "follow";
  /** Decimal digits, since JSON has no 64-bit integers. */
  readonly seed: string;
  /** Number of the first replica. */
  readonly firstReplica: number;
  /** Replicas that are in the result. */
  readonly replicas: number;
  /** Observation times, in units of the model's timescale; or the steady state. */
  readonly times: readonly number[] | "stationary";
  /** Of an ensemble at given times. */
  readonly moments?: Moments;
  /** Of a steady state: when it is looked at. */
  readonly stationary?: Required<LookOptions>;
}

/** @param observed what is looked at, and when. */
export function recipeOf(
  model: Model,
  options: Pick<Settled, "method" | "step" | "outsideCone" | "seed" | "firstReplica" | "replicas">,
  observed: Pick<Recipe, "times" | "moments" | "stationary">,
): Recipe {
  const { method, step, outsideCone, seed, firstReplica, replicas } = options;
  return {
    ...{ mesoflux: VERSION, stream: STREAM_VERSION, wasm: WASM_SHA256, model, method },
    ...(step !== undefined && { step, outsideCone: outsideCone ?? "error" }),
    ...{ seed: String(seed), firstReplica, replicas },
    ...observed,
  };
}

/** The fields of a recipe, of one who may be a stranger's. */
const common = {
  mesoflux: z.string({ error: "a version" }),
  stream: z.literal(STREAM_VERSION, {
    error: `stream version ${STREAM_VERSION}; install the mesoflux version that made it`,
  }),
  wasm: z.string({ error: "a sha256" }),
  model: z.custom<ModelInput>((value) => typeof value === "object" && value !== null, "a model"),
  method: z.enum(METHODS, { error: `one of ${METHODS.join(", ")}` }),
  step: optional(z.number({ error: "a time" })),
  outsideCone: optional(z.enum(OUTSIDE_CONE, { error: `one of ${OUTSIDE_CONE.join(", ")}` })),
  seed: z.string({ error: "decimal digits" }).check(z.regex(/^\d+$/, { error: "decimal digits" })),
  firstReplica: z.number({ error: "a replica number" }),
  replicas: z.number({ error: "a number of replicas" }),
};

const time = z.number({ error: "a time" });
const schemas = (error: string) => ({
  ensemble: z.object(
    {
      ...common,
      times: z.array(time, { error: 'a list of times, or "stationary"' }),
      moments: z.enum(MOMENTS, { error: `one of ${MOMENTS.join(", ")}` }),
    },
    { error },
  ),
  steadyState: z.object(
    {
      ...common,
      times: z.literal("stationary"),
      stationary: z.object(
        { burnIn: time, looks: z.number({ error: "a number of looks" }), spacing: time },
        { error: "burnIn, looks and spacing" },
      ),
    },
    { error },
  ),
});

/** A run as `simulate` takes it. */
export type Request =
  | {
      /** The chain. */
      readonly model: Model;
      /** Of an ensemble at given times. */
      readonly options: SimulateOptions;
    }
  | {
      /** The chain. */
      readonly model: Model;
      /** Of its steady state. */
      readonly options: SteadyStateOptions;
    };

/**
 * What to ask `simulate` for to have it again.
 * @param error what `value` is expected to be.
 * @throws InvalidInputError listing every fault, or if it is of another stream version.
 */
export function requestOf(subject: string, value: unknown, error: string): Request {
  const { ensemble, steadyState } = schemas(error);
  const recipe = isStationary(value) ? read(subject, steadyState, value) : read(subject, ensemble, value);
  const { method, step, outsideCone, seed, firstReplica, replicas } = recipe;
  const options = { method, step, outsideCone, seed: BigInt(seed), firstReplica, replicas };
  const model = defineModel(recipe.model);
  return recipe.times === "stationary"
    ? { model, options: { ...options, times: recipe.times, stationary: recipe.stationary } }
    : { model, options: { ...options, times: recipe.times, moments: recipe.moments } };
}
