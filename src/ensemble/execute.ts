/** A run from its plan to its result: chunks are run, their blocks folded, and one thing made of the whole. */
import { AbortedError, LeftConeError } from "../errors.ts";
import type { Kernel } from "../kernel.ts";
import type { OpenWorker } from "../platform.ts";
import { safeParticles } from "./cone.ts";
import type { Job } from "./job.ts";
import { Meter, type Progress } from "./meter.ts";
import { perform, workersFor } from "./perform.ts";
import { chunks, type Chunk, type Span } from "./plan.ts";
import type { Recipe } from "./recipe.ts";
import { Reduction, type Merge } from "./reduction.ts";
import { Samples } from "./samples.ts";

/** A run as planned. */
export interface Run<Result> {
  readonly recipe: Recipe;
  readonly job: Job;
  /** The replicas that were asked for. */
  readonly span: Span;
  /** Events in all of them, about. */
  readonly events: number;
  /** Merges blocks; `kernel` is set up for the job. */
  readonly merge: Merge;
  /** @param spans the replicas that are in the block; @param samples theirs, if the job keeps any. */
  result(
    block: Float64Array<ArrayBuffer>,
    spans: readonly Span[],
    samples?: Pick<Samples, "energies" | "current">,
  ): Result;
}

export interface ExecuteOptions {
  readonly workers: number | "auto";
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** These replicas only, in order. */
  readonly spans?: readonly Span[] | undefined;
  /** How workers are opened; tests open some that crash. */
  readonly open?: OpenWorker | undefined;
}

/** @throws OutOfMemoryError before the run starts; WorkerError; AbortedError; LeftConeError. */
export async function execute<Result>(
  kernel: Kernel,
  run: Run<Result>,
  { workers, signal, onProgress, spans = [run.span], open }: ExecuteOptions,
): Promise<Result> {
  const { job, span } = run;
  const replicas = spans.reduce((sum, part) => sum + part.replicas, 0);
  const samples = job.samples ? new Samples(span, job.times.length, job.initial) : undefined;
  const reduction = new Reduction(run.merge);
  const meter = new Meter(replicas, onProgress);
  const outcome = await perform({
    kernel,
    job,
    chunks: chunksOf(spans, job.level),
    workers: workersFor(workers, run.events, replicas),
    orHere: workers === "auto",
    signal,
    meter,
    take({ first }, { nodes, observed }) {
      if (observed) samples?.add(first, observed);
      for (const node of nodes) reduction.add(node);
    },
    open,
  });
  /** What there is of the replicas below `end`. */
  const resultUpTo = (end?: number) => {
    const whole = reduction.result(end);
    return whole && run.result(whole.block, whole.spans, samples?.of(whole.spans));
  };
  meter.report();
  const { left, aborted } = outcome;
  if (left) {
    const safe = safeParticles(kernel, job.model, { replicas, times: job.times });
    throw new LeftConeError(left.replica, left.time, safe, resultUpTo(left.replica));
  }
  if (aborted) throw new AbortedError(resultUpTo(), meter.finished, replicas);
  return resultUpTo()!;
}

function* chunksOf(spans: readonly Span[], level: number): Generator<Chunk, void> {
  for (const span of spans) yield* chunks(span, level);
}
