/** The options of `rareEvent`: schemas and defaults. */
import * as z from "zod/mini";
import { type AbortSignalLike, signal } from "../aborts.ts";
import { listener, numberedReplicas, replicaNumber, seed, workers } from "../ensemble/commonOptions.ts";
import type { Model } from "../model.ts";
import type { Progress } from "../progress.ts";
import { eventFields, type RareEvent } from "../theory/largeDeviations/event.ts";
import { integer, optional, orElse, read, strict, word } from "../validate.ts";
import type { RareEventEstimate } from "./estimate.ts";
import type { RareMethod } from "./run.ts";

export const RARE_METHODS = ["tilted", "plain", "hidden"] as const satisfies readonly RareMethod[];

/** Options of `rareEvent`: the event, and the run. */
export interface RareEventOptions extends RareEvent {
  /** Independent paths, an integer >= 2. */
  replicas: number;
  /**
   * "tilted" guides paths to the event and weighs them. "hidden" averages exact tails over hidden temperatures: at rate
   * "constant", from a start `{ gamma }`, for the energy of a cell. "plain" guides nobody. Default "tilted" where baths let
   * events be rare at speed M, otherwise "hidden" where it can be.
   */
  method?: RareMethod;
  /** Compare with a plain simulation where that would see the event 20 times for the same work. Default true. */
  check?: boolean;
  /** Key of the random streams, 0 to 2^64 - 1. Default 0. */
  seed?: bigint | number;
  /** Number of the first path: a path is the same in any ensemble. Default 0. */
  firstReplica?: number;
  /**
   * Workers that share the run, 1 being the thread that calls. Default "auto": as many as are worth starting. No number
   * depends on it.
   */
  workers?: number | "auto";
  /** Aborts the run: AbortedError with what was finished. Null is none. */
  signal?: AbortSignalLike | null | undefined;
  /** Called a few times a second. */
  onProgress?: (progress: Progress) => void;
  /** Called before the first path, and then a few times a second with what the paths so far make of the probability. */
  onEstimate?: (estimate: RareEventEstimate) => void;
}

const schemaOf = (model: Model) =>
  strict({
    ...eventFields(model),
    replicas: integer(2, Number.MAX_SAFE_INTEGER),
    method: optional(word(RARE_METHODS)),
    check: orElse(z.boolean({ error: "true or false" }), true),
    seed,
    firstReplica: orElse(replicaNumber, 0),
    workers,
    signal,
    onProgress: optional(listener<Progress>()),
    onEstimate: optional(listener<RareEventEstimate>()),
  }).check(numberedReplicas);

/** Options with their defaults filled in. */
export type RareEventSettings = Omit<z.output<ReturnType<typeof schemaOf>>, keyof RareEvent> & {
  readonly event: RareEvent;
};

/** @throws InvalidInputError listing every fault. */
export function readRareEventOptions(model: Model, options: RareEventOptions): RareEventSettings {
  const { cell, bond, above, below, time, ...settings } = read("options", schemaOf(model), options);
  const event: RareEvent = {
    ...(cell !== undefined && { cell }),
    ...(bond !== undefined && { bond }),
    ...(above !== undefined && { above }),
    ...(below !== undefined && { below }),
    time,
  };
  return { ...settings, event };
}
