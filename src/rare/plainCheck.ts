/** A rare event, seen by the simulation that knows nothing of tilts, where that sees it often enough for the same work. */
import { simulate } from "../ensemble/simulate.ts";
import type { Model } from "../model.ts";
import type { Threshold } from "../theory/largeDeviations/event.ts";
import type { RareEventSettings } from "./options.ts";
import type { Weighed } from "./weights.ts";

/** The same probability from a plain simulation by the method "exact". */
export interface PlainCheck {
  /** Replicas that were simulated. */
  readonly replicas: number;
  /** Those in which the event has happened. */
  readonly hits: number;
  /** hits/replicas. */
  readonly probability: number;
  /** Of the probability. */
  readonly standardError: number;
  /** The difference of the two, this one subtracted, in standard errors of it. */
  readonly z: number;
}

/** The least number of hits that says anything, and the largest that is waited for. */
const HITS = { least: 20, most: 400 };
/** Where a difference means that something is wrong: once in 16,000 runs by chance. */
export const MOST_DEVIATIONS = 4;
/** The check has streams of its own: those of the other half of all seeds. */
const OTHER_HALF = 2n ** 63n;

/** Undefined where it would see too few events in as many exchanges as were made for the estimate. */
export async function checkPlainly(
  model: Model,
  { coordinate, bond, value, isAbove, time }: Threshold,
  estimate: Weighed & { readonly replicas: number },
  { seed, workers, signal }: Pick<RareEventSettings, "seed" | "workers" | "signal">,
): Promise<PlainCheck | undefined> {
  const { probability, standardError } = estimate;
  if (!(probability * estimate.replicas >= HITS.least)) return undefined;
  const replicas = Math.ceil(Math.min(estimate.replicas, HITS.most / probability));
  const run = { replicas, times: [time], samples: true, seed: BigInt.asUintN(64, seed + OTHER_HALF), workers } as const;
  const { samples, transferredSamples } = await simulate(model, { ...run, moments: "mean", signal });
  const { cells } = model;
  const values = bond === undefined ? samples! : transferredSamples!;
  const [width, column] = bond === undefined ? [cells, coordinate] : [cells + 1, bond];
  let hits = 0;
  for (let at = column; at < values.length; at += width) if (isAbove ? values[at] > value : values[at] < value) hits++;
  const p = hits / replicas;
  // At least the error that as many hits as expected would have.
  const own = Math.sqrt((Math.max(p, probability) * (1 - Math.min(p, probability))) / replicas);
  const z = (probability - p) / Math.sqrt(standardError * standardError + own * own);
  return { replicas, hits, probability: p, standardError: own, z };
}
