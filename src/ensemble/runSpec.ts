/**
 * The specification of a run: all that decides its bits, as plain data that JSON can hold. With the fingerprint of its
 * result it is a certificate.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import * as z from "zod/mini";
import { engineFor } from "../engine.ts";
import { METHODS, MOMENTS, STREAM_VERSION, type Method, type Moments } from "../kernel.ts";
import type { Model, ModelInput } from "../model.ts";
import { defineModel } from "../model.ts";
import { expressionOf } from "../rate/expression.ts";
import { optional, read } from "../validate.ts";
import { VERSION, WASM_SHA256 } from "../wasm.ts";
import { coverage, type Block, type Span } from "./alignedTree.ts";
import {
  isStationary,
  OUTSIDE_CONE,
  type LookOptions,
  type RunSettings,
  type SimulateOptions,
  type SteadyStateOptions,
} from "./options.ts";

export interface RunSpec {
  /** Version of the package. */
  readonly mesoflux: string;
  /** Version of its random streams: a run can be repeated by any package that has the same. */
  readonly stream: number;
  /** sha256 of its release engine. */
  readonly wasm: string;
  /** The chain. */
  readonly model: Model;
  /** The form of an expression that decides the bits of a run; none for a law by its name. */
  readonly rate?: {
    /** The expression with every operation in parentheses and parameters as numbers. */
    readonly text: string;
    /** sha256 of the engine with its code. */
    readonly wasm: string;
  };
  /** The method of simulation. */
  readonly method: Method;
  /** The longest step; for "mesoscopic" alone. */
  readonly step?: number;
  /** The answer to negative energies; for "mesoscopic" alone. */
  readonly outsideCone?: "error" | "follow";
  /** Decimal digits, since JSON has no 64-bit integers. */
  readonly seed: string;
  /** Number of the first replica. */
  readonly firstReplica: number;
  /** Replicas that are in the result. */
  readonly replicas: number;
  /** Observation times, in units of the model's timescale; or the steady state. */
  readonly times: readonly number[] | "stationary";
  /** The moments kept; for an ensemble at given times alone. */
  readonly moments?: Moments;
  /** The times of its measurements; for a steady state alone. */
  readonly stationary?: Required<LookOptions>;
}

/** The specification of a run and the fingerprint of its result: enough for anyone to run it again. Plain data. */
export interface Certificate extends RunSpec {
  /** The replicas that were run, where they are not all from the first to the last: of a run that stopped early. */
  readonly spans?: readonly Span[];
  /** sha256 of the reduced block, little-endian: counts, means and second moments, or the sums of a steady state. */
  readonly result: string;
}

/** @param spans the replicas that are in the block. */
export function certify(spec: RunSpec, spans: readonly Span[], block: Block): Certificate {
  return {
    ...spec,
    ...coverage(spans),
    result: hexOf(new Uint8Array(block.buffer)),
  };
}

/** @param measured the times, and what is kept of the replicas. */
export function specOf(
  model: Model,
  options: Pick<RunSettings, "method" | "step" | "outsideCone" | "seed" | "firstReplica" | "replicas">,
  measured: Pick<RunSpec, "times" | "moments" | "stationary">,
): RunSpec {
  const { method, step, outsideCone, seed, firstReplica, replicas } = options;
  return {
    ...{ mesoflux: VERSION, stream: STREAM_VERSION, wasm: WASM_SHA256, model },
    ...("expression" in model.rate && { rate: codeOf(model) }),
    method,
    ...(step !== undefined && { step, outsideCone: outsideCone ?? "error" }),
    ...{ seed: String(seed), firstReplica, replicas },
    ...measured,
  };
}

/** The engine's code for a rate by its hash, which takes 2 ms to find. */
const codes = new Map<string, string>();

function codeOf(model: Model): NonNullable<RunSpec["rate"]> {
  const { text, key } = expressionOf(model);
  const wasm = codes.get(key) ?? hexOf(engineFor(model));
  codes.set(key, wasm);
  return { text, wasm };
}

const hexOf = (bytes: Uint8Array) => bytesToHex(sha256(bytes));

/** The fields of a specification that may come from anywhere. */
const common = {
  mesoflux: z.string({ error: "a version" }),
  stream: z.literal(STREAM_VERSION, {
    error: `stream version ${STREAM_VERSION}; install the mesoflux version that made it`,
  }),
  wasm: z.string({ error: "a sha256" }),
  // `defineModel` has the words for what is none.
  model: z.custom<ModelInput>((value) => value !== undefined, "a model"),
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
      /** Options of an ensemble at given times. */
      readonly options: SimulateOptions;
    }
  | {
      /** The chain. */
      readonly model: Model;
      /** Options of its steady state. */
      readonly options: SteadyStateOptions;
    };

/**
 * The request that makes `simulate` run a specification again.
 * @param error what `value` is expected to be.
 * @throws InvalidInputError listing every fault, or if it is of another stream version.
 */
export function requestOf(subject: string, value: unknown, error: string): Request {
  const { ensemble, steadyState } = schemas(error);
  const spec = isStationary(value) ? read(subject, steadyState, value) : read(subject, ensemble, value);
  const { method, step, outsideCone, seed, firstReplica, replicas } = spec;
  const options = { method, step, outsideCone, seed: BigInt(seed), firstReplica, replicas };
  const model = defineModel(spec.model);
  return spec.times === "stationary"
    ? { model, options: { ...options, times: spec.times, stationary: spec.stationary } }
    : { model, options: { ...options, times: spec.times, moments: spec.moments } };
}
