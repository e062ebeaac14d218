/** Options that all runs have, whatever is simulated. */
import * as z from "zod/mini";
import { after, integer, MOST_WORKERS, optional, orElse } from "../validate.ts";

const LARGEST_SEED = 2n ** 64n - 1n;

/** Number of a replica. */
export const replicaNumber = integer(0, Number.MAX_SAFE_INTEGER);

/** Refuses a last replica that has no number. */
export const numberedReplicas = z.refine<{ replicas: number; firstReplica: number }>(
  ({ replicas, firstReplica }) => Number.isSafeInteger(firstReplica + replicas),
  {
    path: ["firstReplica"],
    error: "firstReplica + replicas up to 2^53 - 1",
    when: ({ issues }) => issues.length === 0,
  },
);

/** The replicas of a run that stopped early, in a certificate. */
export const spans = optional(
  z
    .array(z.object({ first: replicaNumber, replicas: integer(1, Number.MAX_SAFE_INTEGER) }, { error: "a span" }), {
      error: "a list of spans",
    })
    .check(
      z.refine(
        (spans) => spans.every(({ first }, i) => i === 0 || first > spans[i - 1].first + spans[i - 1].replicas),
        { error: "spans one after the other" },
      ),
    ),
);

const seedExpected = "an integer from 0 to 2^64 - 1";
/** A 64-bit unsigned integer, as a bigint. */
export const seed = orElse(
  after(
    (value) => (Number.isSafeInteger(value) ? BigInt(value as number) : value),
    z
      .bigint({ error: seedExpected })
      .check(z.minimum(0n, { error: seedExpected }), z.maximum(LARGEST_SEED, { error: seedExpected })),
  ),
  0n,
);

/** Workers that share a run. */
export const workers = orElse(
  z.custom<number | "auto">(
    (value) => value === "auto" || (Number.isInteger(value) && value >= 1 && value <= MOST_WORKERS),
    { error: `"auto" or an integer from 1 to ${MOST_WORKERS}` },
  ),
  "auto",
);

/** A listener for progress. */
export const listener = <P>() => z.custom<(progress: P) => void>((value) => typeof value === "function", "a function");
