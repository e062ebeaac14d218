/** How far a run folder is, and how fast it grows. */
import { replicasIn, spansOf, type Span } from "../ensemble/alignedTree.ts";
import type { Refused, Survey } from "./chunkStore.ts";

/** How far a run is. */
export interface Status {
  /** Replicas finished. */
  readonly finished: number;
  /** Replicas asked for. */
  readonly replicas: number;
  /** Chunks finished. */
  readonly finishedChunks: number;
  /** Chunks in all. */
  readonly chunks: number;
  /** Exchanges in the finished replicas; steps for "mesoscopic". */
  readonly events: number;
  /** Over the last chunks that were written; NaN with fewer than two. */
  readonly eventsPerSecond: number;
  /** Likewise. */
  readonly replicasPerSecond: number;
  /** At that rate; NaN if there is none. */
  readonly secondsLeft: number;
  /** Since the last chunk was written; NaN before the first. */
  readonly secondsSinceLast: number;
  /** Replicas that are missing, in order. */
  readonly missing: readonly Span[];
  /** Files that are not what their name says. */
  readonly refused: readonly Refused[];
}

/** Chunks that a rate is taken over. */
const RECENT = 32;

/** @param now in seconds. */
export function statusOf({ finished, missing, refused }: Survey, now: number): Status {
  const replicas = replicasIn(finished.map(({ chunk }) => chunk));
  const left = replicasIn(missing);
  const recent = [...finished].sort((a, b) => a.written - b.written).slice(-RECENT);
  const seconds = recent.length > 1 ? recent.at(-1)!.written - recent[0].written : NaN;
  // What was made between the first of them and the last.
  const made = recent.slice(1);
  const replicasPerSecond = replicasIn(made.map(({ chunk }) => chunk)) / seconds;
  return {
    finished: replicas,
    replicas: replicas + left,
    finishedChunks: finished.length,
    chunks: finished.length + missing.length,
    events: finished.reduce((sum, { events }) => sum + events, 0),
    eventsPerSecond: made.reduce((sum, { events }) => sum + events, 0) / seconds,
    replicasPerSecond,
    secondsLeft: left / replicasPerSecond,
    secondsSinceLast: recent.length > 0 ? now - recent.at(-1)!.written : NaN,
    missing: spansOf(missing),
    refused,
  };
}
