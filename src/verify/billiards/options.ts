/** The options of the verification of section 2.1. */
import * as z from "zod/mini";
import { type AbortSignalLike, signal } from "../../aborts.ts";
import { listener, seed, workers } from "../../ensemble/commonOptions.ts";
import { optional, orElse, read, strict } from "../../validate.ts";
import type { VerifyProgress } from "../options.ts";

/** Options of `verifyBilliards`. */
export interface BilliardsVerifyOptions {
  /** A tenth of the time: fewer collisions, which find larger defects only. Default false. */
  quick?: boolean;
  /** Key of the random streams, 0 to 2^64 - 1. Default 0. */
  seed?: bigint | number;
  /** Workers that share each simulation. Default "auto". No number depends on it. */
  workers?: number | "auto";
  /** Aborts the verification: AbortedError. */
  signal?: AbortSignalLike | null | undefined;
  /** Called a few times a second. */
  onProgress?: (progress: VerifyProgress) => void;
}

const schema = strict({
  quick: orElse(z.boolean({ error: "true or false" }), false),
  seed,
  workers,
  signal,
  onProgress: optional(listener<VerifyProgress>()),
});

export type BilliardsSettled = z.output<typeof schema>;

/** @throws InvalidInputError listing every fault. */
export const readBilliardsVerifyOptions = (options: BilliardsVerifyOptions): BilliardsSettled =>
  read("options", schema, options);
