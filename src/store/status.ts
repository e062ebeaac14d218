/** The progress of a run folder, and its rate. */
import { replicasIn, spansOf, type Span } from "../ensemble/alignedTree.ts";
import type { Refused, Survey } from "./chunkStore.ts";

/** Progress of a run. */
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
  /** Rate over the last chunks that were written; NaN with fewer than two. */
  readonly eventsPerSecond: number;
  /** The same rate in replicas. */
  readonly replicasPerSecond: number;
  /** Time left at that rate; NaN if there is none. */
  readonly secondsLeft: number;
  /** Time since the last chunk was written; NaN before the first. */
  readonly secondsSinceLast: number;
  /** Replicas that are missing, in order. */
  readonly missing: readonly Span[];
  /** Files that are not what their name says. */
  readonly refused: readonly Refused[];
}

/** Number of chunks that a rate is taken over. */
const RECENT = 32;

/** @param now in seconds. */
export function statusOf({ finished, missing, refused }: Survey, now: number): Status {
  const replicas = replicasIn(finished.map(({ chunk }) => chunk));
  const left = replicasIn(missing);
  const recent = [...finished].sort((a, b) => a.written - b.written).slice(-RECENT);
  const seconds = recent.length > 1 ? recent.at(-1)!.written - recent[0].written : NaN;
  // The first was finished when the clock of the rate starts.
  const counted = recent.slice(1);
  const replicasPerSecond = replicasIn(counted.map(({ chunk }) => chunk)) / seconds;
  return {
    finished: replicas,
    replicas: replicas + left,
    finishedChunks: finished.length,
    chunks: finished.length + missing.length,
    events: finished.reduce((sum, { events }) => sum + events, 0),
    eventsPerSecond: counted.reduce((sum, { events }) => sum + events, 0) / seconds,
    replicasPerSecond,
    secondsLeft: left / replicasPerSecond,
    secondsSinceLast: recent.length > 0 ? now - recent.at(-1)!.written : NaN,
    missing: spansOf(missing),
    refused,
  };
}
