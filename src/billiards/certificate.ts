/** Certificates of billiards: a run and the fingerprint of its result, enough for anyone to run it again. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import * as z from "zod/mini";
import { coverage, type Block, type Span } from "../ensemble/alignedTree.ts";
import { spans } from "../ensemble/commonOptions.ts";
import { optional, read } from "../validate.ts";
import { STREAM_VERSION } from "./kernel.ts";
import type { BilliardsOptions } from "./options.ts";
import type { BilliardsPlan } from "./run.ts";
import { defineBilliards, type Billiards, type BilliardsInput } from "./table.ts";
import { VERSION, WASM_SHA256 } from "./wasm.ts";

/** A run and the fingerprint of its result. Plain data. */
export interface BilliardsCertificate {
  /** Version of the package. */
  readonly mesoflux: string;
  /** Version of its random streams: a run can be repeated by any package that has the same. */
  readonly stream: number;
  /** sha256 of its engine. */
  readonly wasm: string;
  /** The table. */
  readonly billiards: Billiards;
  /** Decimal digits, since JSON has no 64-bit integers. */
  readonly seed: string;
  /** Number of the first replica. */
  readonly firstReplica: number;
  /** Replicas that are in the result. */
  readonly replicas: number;
  /** The time for which each ran before it was measured. */
  readonly burnIn: number;
  /** The time for which each was measured. */
  readonly time: number;
  /** Parts of that. */
  readonly batches: number;
  /** The replicas that were run, where they are not all from the first to the last: of a run that stopped early. */
  readonly spans?: readonly Span[];
  /** sha256 of the states that the run went on from, where it did; such a run is repeated with its checkpoint alone. */
  readonly resumed?: string;
  /** sha256 of the sums over all batches, little-endian. */
  readonly result: string;
}

function fingerprint(arrays: readonly Float64Array[]): string {
  const hash = sha256.create();
  for (const { buffer, byteOffset, byteLength } of arrays) hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  return bytesToHex(hash.digest());
}

/** @param spans the replicas that are in the block. */
export function certifyBilliards(plan: BilliardsPlan, spans: readonly Span[], block: Block): BilliardsCertificate {
  const { table, seed, burnIn, time, batches, states } = plan;
  return {
    ...{ mesoflux: VERSION, stream: STREAM_VERSION, wasm: WASM_SHA256, billiards: table },
    ...{ seed: String(seed), ...coverage(spans), burnIn, time, batches },
    ...(states && { resumed: fingerprint(states) }),
    result: fingerprint([block]),
  };
}

const number = (what: string) => z.number({ error: what });
const error = "a certificate as `simulateBilliards` gives it";
const schema = z.object(
  {
    stream: z.literal(STREAM_VERSION, {
      error: `stream version ${STREAM_VERSION}; install the mesoflux version that made it`,
    }),
    billiards: z.custom<BilliardsInput>((value) => value !== undefined, "a table"),
    seed: z.string({ error: "decimal digits" }).check(z.regex(/^\d+$/, { error: "decimal digits" })),
    firstReplica: number("a replica number"),
    replicas: number("a number of replicas"),
    burnIn: number("a time"),
    time: number("a time"),
    batches: number("a number of batches"),
    spans,
    resumed: optional(z.undefined({ error: "none: such a run is repeated with its checkpoint alone" })),
    result: z.string({ error: "a sha256" }),
  },
  { error },
);

/** The run that a certificate is of. @throws InvalidInputError if it is none, or of another stream version. */
export function requestOf(certificate: BilliardsCertificate): {
  readonly table: Billiards;
  readonly options: BilliardsOptions;
  readonly spans: readonly Span[] | undefined;
  readonly result: string;
} {
  const {
    billiards,
    seed,
    result,
    firstReplica,
    replicas,
    burnIn,
    time,
    batches,
    spans: run,
  } = read("certificate", schema, certificate);
  const options = { seed: BigInt(seed), firstReplica, replicas, burnIn, time, batches };
  return { table: defineBilliards(billiards), options, spans: run, result };
}
