/** Certificates of rare events: a run and the fingerprint of its result, enough for anyone to run it again. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import * as z from "zod/mini";
import { coverage, type Block, type Span } from "../ensemble/alignedTree.ts";
import { spans } from "../ensemble/commonOptions.ts";
import { defineModel, type Model, type ModelInput } from "../model.ts";
import type { RareEvent } from "../theory/largeDeviations/event.ts";
import { read, word } from "../validate.ts";
import { STREAM_VERSION } from "./kernel.ts";
import { RARE_METHODS, type RareEventOptions } from "./options.ts";
import type { RareMethod } from "./run.ts";
import { VERSION, WASM_SHA256 } from "./wasm.ts";

/** A run and the fingerprint of its result. Plain data. */
export interface RareEventCertificate {
  /** Version of the package. */
  readonly mesoflux: string;
  /** Version of its random streams: a run can be repeated by any package that has the same, and the same guide. */
  readonly stream: number;
  /** sha256 of its engine, before the model's rate is put in. */
  readonly wasm: string;
  /** The model. */
  readonly model: Model;
  /** The event. */
  readonly event: RareEvent;
  /** How paths were run. */
  readonly method: RareMethod;
  /** Decimal digits, since JSON has no 64-bit integers. */
  readonly seed: string;
  /** Number of the first path. */
  readonly firstReplica: number;
  /** Paths that are in the result. */
  readonly replicas: number;
  /** The paths that were run, where they are not all from the first to the last: of a run that stopped early. */
  readonly spans?: readonly Span[];
  /** sha256 of the sums over all paths, little-endian. */
  readonly result: string;
}

/** The sha256 of a block's numbers. */
export const fingerprint = ({ buffer, byteOffset, byteLength }: Block): string =>
  bytesToHex(sha256(new Uint8Array(buffer, byteOffset, byteLength)));

/** What a certificate says of any run on this engine. */
export const engineFields = { mesoflux: VERSION, stream: STREAM_VERSION, wasm: WASM_SHA256 } as const;

/** Fields that are read of a certificate of any run on this engine. */
export const certifiedFields = (maker: string) => ({
  stream: z.literal(STREAM_VERSION, {
    error: `stream version ${STREAM_VERSION}; install the mesoflux version that made it`,
  }),
  model: z.custom<ModelInput>((value) => value !== undefined, "a model"),
  seed: z.string({ error: "decimal digits" }).check(z.regex(/^\d+$/, { error: "decimal digits" })),
  firstReplica: z.number({ error: `a replica number, as ${maker} gives it` }),
  replicas: z.number({ error: "a number of replicas" }),
  result: z.string({ error: "a sha256" }),
});

/** @param spans the paths that are in the block. */
export function certify(
  run: Pick<RareEventCertificate, "model" | "event" | "method"> & { readonly seed: bigint },
  spans: readonly Span[],
  block: Block,
): RareEventCertificate {
  const { model, event, method, seed } = run;
  return {
    ...{ ...engineFields, model, event, method, seed: String(seed), ...coverage(spans) },
    result: fingerprint(block),
  };
}

const schema = z.object(
  {
    ...certifiedFields("`rareEvent`"),
    event: z.custom<RareEvent>((value) => typeof value === "object" && value !== null, "an event"),
    method: word(RARE_METHODS),
    spans,
  },
  { error: "a certificate as `rareEvent` gives it" },
);

/** The run that a certificate is of. @throws InvalidInputError if it is none, or of another stream version. */
export function requestOf(certificate: RareEventCertificate): {
  readonly model: Model;
  readonly options: RareEventOptions;
  readonly spans: readonly Span[] | undefined;
  readonly result: string;
} {
  const { model, event, method, seed, firstReplica, replicas, ...rest } = read("certificate", schema, certificate);
  const options = { ...event, method, seed: BigInt(seed), firstReplica, replicas, check: false };
  return { model: defineModel(model), options, spans: rest.spans, result: rest.result };
}
