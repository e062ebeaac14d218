/** The options of `simulateBilliards` and `followBilliards`: schemas and defaults. */
import * as z from "zod/mini";
import { type AbortSignalLike, signal } from "../aborts.ts";
import { listener, numberedReplicas, replicaNumber, seed, workers } from "../ensemble/commonOptions.ts";
import type { Progress } from "../progress.ts";
import { integer, LARGEST, optional, orElse, read, strict } from "../validate.ts";
import type { Checkpoint } from "./checkpoint.ts";

/** Options of `simulateBilliards`. */
export interface BilliardsOptions {
  /** Independent copies, an integer >= 1. */
  replicas: number;
  /** The time for which each is measured, positive. */
  time: number;
  /**
   * The time for which each runs before, >= 0. Default: none for a closed table, which starts in equilibrium; a quarter of
   * `time` between baths. A chain of N cells needs about N² M/(2ν), ν the collisions through a barrier a unit of time.
   */
  burnIn?: number;
  /** Key of the random streams, 0 to 2^64 - 1. Default 0. */
  seed?: bigint | number;
  /** Number of the first replica: replica r is the same in any ensemble. Default 0. */
  firstReplica?: number;
  /** Parts of each replica's time, whose differences give the errors. Default: so many that there are 32 in all. */
  batches?: number;
  /** The most collisions through barriers to keep of each replica, its first. Default 0. */
  events?: number;
  /** Keep the replicas' states at the end, to go on from. Default false. */
  checkpoint?: boolean;
  /** Go on from there: replicas, seed and table are the checkpoint's, and there is no burn-in. */
  resume?: Checkpoint;
  /**
   * Workers that share the run, 1 being the thread that calls. Default "auto": as many as are worth starting. No number
   * depends on it.
   */
  workers?: number | "auto";
  /** Aborts the run: AbortedError with what was finished. Null is none. */
  signal?: AbortSignalLike | null | undefined;
  /** Called a few times a second. */
  onProgress?: (progress: Progress) => void;
}

/** Options of `followBilliards`. */
export interface FollowBilliardsOptions {
  /** Key of the random streams, 0 to 2^64 - 1. Default 0. */
  seed?: bigint | number;
  /** Number of the replica, an integer >= 0. Default 0. */
  replica?: number;
}

/** Batches in all, where the options do not say: the errors are then known to an eighth. */
const BATCHES = 32;
/** Collisions that fit into an array. */
const MOST_EVENTS = 2 ** 24;

const time = (error: string, least: typeof z.gt) =>
  z.number({ error }).check(least(0, { error }), z.maximum(LARGEST, { error }));

const schema = strict({
  replicas: integer(1, Number.MAX_SAFE_INTEGER),
  time: time("a time above 0", z.gt),
  burnIn: optional(time("a time from 0 on", z.gte)),
  seed,
  firstReplica: orElse(replicaNumber, 0),
  batches: optional(integer(1, 2 ** 20)),
  events: orElse(integer(0, MOST_EVENTS), 0),
  checkpoint: orElse(z.boolean({ error: "true or false" }), false),
  resume: optional(z.custom<Checkpoint>((value) => typeof value === "object" && value !== null, "a checkpoint")),
  workers,
  signal,
  onProgress: optional(listener<Progress>()),
}).check(
  numberedReplicas,
  z.refine(({ burnIn, resume }) => resume === undefined || (burnIn ?? 0) === 0, {
    path: ["burnIn"],
    error: "none where a run goes on",
    when: ({ issues }) => issues.length === 0,
  }),
);

const followSchema = strict({ seed, replica: orElse(replicaNumber, 0) });

/** Options with their defaults filled in. */
export type BilliardsSettings = Omit<z.output<typeof schema>, "burnIn" | "batches"> & {
  readonly burnIn: number;
  readonly batches: number;
};

/** @throws InvalidInputError listing every fault. */
export function readBilliardsOptions(options: BilliardsOptions, hasBaths: boolean): BilliardsSettings {
  const settings = read("options", schema, options);
  const { time, replicas, resume } = settings;
  const { burnIn = hasBaths && !resume ? time / 4 : 0, batches = Math.ceil(BATCHES / replicas) } = settings;
  return { ...settings, burnIn, batches };
}

/** @throws InvalidInputError listing every fault. */
export const readFollowBilliardsOptions = (options: FollowBilliardsOptions) => read("options", followSchema, options);
