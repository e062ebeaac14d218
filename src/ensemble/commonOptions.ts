/** Options that all runs have, whatever is simulated. */
import * as z from "zod/mini";
import { after, integer, MOST_WORKERS, orElse } from "../validate.ts";

const LARGEST_SEED = 2n ** 64n - 1n;

/** Number of a replica. */
export const replicaNumber = integer(0, Number.MAX_SAFE_INTEGER);

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
