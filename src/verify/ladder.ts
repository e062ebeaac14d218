/** Simulates one model at growing M: what the law of large numbers and the central limit theorem are checked on. */
import { AbortedError } from "../errors.ts";
import type { Progress } from "../ensemble/options.ts";
import { runEnsemble } from "../ensemble/run.ts";
import type { Ensemble } from "../ensemble/result.ts";
import { Kernel } from "../kernel.ts";
import { defineModel, type Model } from "../model.ts";
import { covariance } from "../theory/covariance.ts";
import { limit } from "../theory/limit.ts";
import type { Settled } from "./options.ts";

/** The ensemble at one M. */
export interface Rung {
  readonly particles: number;
  readonly replicas: number;
  readonly ensemble: Ensemble<"covariance">;
}

export interface Ladder {
  readonly model: Model;
  readonly times: readonly number[];
  readonly rungs: readonly Rung[];
  /** T x N: the limit equation, (3.1). */
  readonly limit: Float64Array;
  /** T x N x N: C(t), (3.2). */
  readonly covariance: Float64Array;
  /** Natural logarithm, the engine's own. */
  readonly log: (x: number) => number;
}

/** @throws AbortedError when the signal aborts; nothing partial is kept, since every check needs the whole ladder. */
export async function climb(model: Model, options: Settled): Promise<Ladder> {
  const { particles, replicas, times, seed, signal, onProgress } = options;
  const kernel = await Kernel.load();
  const fast = defineModel({ ...model, timescale: "fast" });
  // Events grow as M times replicas.
  const total = particles.reduce((sum, M, i) => sum + M * replicas[i], 0);
  const start = performance.now();
  const rungs: Rung[] = [];
  let before = 0;
  let firstReplica = 0;
  for (const [i, M] of particles.entries()) {
    const run = {
      replicas: replicas[i],
      // No replica number twice: the rungs are independent, as the error of a slope over them takes for granted.
      firstReplica,
      times,
      seed,
      ...(signal && { signal }),
      onProgress: ({ finished }: Progress) =>
        onProgress?.({
          stage: `M = ${M}`,
          done: (before + M * finished) / total,
          seconds: (performance.now() - start) / 1000,
        }),
    };
    const ensemble = await runEnsemble(kernel, defineModel({ ...fast, particles: M }), run).catch((error: unknown) => {
      throw error instanceof AbortedError ? new AbortedError(undefined, error.finished, error.replicas) : error;
    });
    rungs.push({ particles: M, replicas: replicas[i], ensemble });
    before += M * replicas[i];
    firstReplica += replicas[i];
  }
  return {
    model: fast,
    times,
    rungs,
    limit: limit(fast, times),
    covariance: covariance(fast, times),
    log: (x) => kernel.log(x),
  };
}
