/** Runs an ensemble at given times, or one trajectory: plan, kernel, reduction, result. */
import { AbortedError, InvalidInputError, LeftConeError, OutOfMemoryError } from "../errors.ts";
import { blockLayout, Kernel, type Moments } from "../kernel.ts";
import type { Model } from "../model.ts";
import { initialEnergies } from "../theory/initial.ts";
import { energyRange } from "../theory/units.ts";
import { carriedBy } from "./carried.ts";
import { safeParticles } from "./cone.ts";
import {
  readSimulateOptions,
  readTrajectoryOptions,
  type Settled,
  type SimulateOptions,
  type TrajectoryOptions,
} from "./options.ts";
import { chunkLevel, chunks, type Chunk } from "./plan.ts";
import { Reduction } from "./reduction.ts";
import { toEnsemble, type Ensemble } from "./result.ts";
import { withStep } from "./step.ts";
import { Turns } from "./turns.ts";

/** Candidates between two looks at the clock: some milliseconds. */
const BUDGET = 2 ** 17;
/** Events are counted in doubles, exactly up to here. */
const MOST_EVENTS = 2 ** 53;

/** An ensemble at given times, on a given engine. */
export async function runEnsemble<M extends Moments = "covariance">(
  kernel: Kernel,
  model: Model,
  options: SimulateOptions<M>,
): Promise<Ensemble<M>> {
  const settled = withStep(model, readSimulateOptions(options));
  const { replicas, times } = settled;
  const reduction = new Reduction((left, right) => kernel.merge(left, right));
  const samples = settled.samples ? new Samples(replicas, times.length, initialEnergies(model)) : undefined;
  await perform(kernel, model, settled, {
    take(chunk, finished) {
      samples?.add(finished, kernel.observed(kernel.finishedReplicas));
      for (const { block, ...node } of kernel.finishedBlocks(chunk.first)) reduction.add(node, block);
    },
    partial: (finished) => toEnsemble(model, settled, reduction.result()!, samples?.upTo(finished)),
  });
  return toEnsemble(model, settled, reduction.result()!, samples);
}

/** What is made of a run's chunks. */
interface Harvest {
  /** Reads the kernel's present chunk, all of it or what was finished when it stopped; `finished` replicas came before. */
  take(chunk: Chunk, finished: number): void;
  /** The result of a run that has stopped early. */
  partial(finished: number): unknown;
}

/**
 * Runs the chunks of a run, one after the other.
 * @throws OutOfMemoryError and InvalidInputError before the run starts; AbortedError; LeftConeError.
 */
export async function perform(kernel: Kernel, model: Model, settled: Settled, harvest: Harvest): Promise<void> {
  const { replicas, firstReplica, method, signal } = settled;
  const level = prepare(kernel, model, settled);
  const turns = new Turns(replicas, settled.onProgress);
  let finished = 0;
  for (const chunk of chunks(firstReplica, replicas, level)) {
    kernel.beginChunk(method, chunk.first, chunk.level);
    while (!signal?.aborted && !kernel.advance(BUDGET)) await turns.take(finished + kernel.finishedReplicas);
    const more = kernel.finishedReplicas;
    if (more > 0) harvest.take(chunk, finished);
    finished += more;
    const leftAt = kernel.leftAt;
    if (leftAt !== undefined || signal?.aborted) {
      const partial = finished > 0 ? harvest.partial(finished) : undefined;
      if (leftAt === undefined) throw new AbortedError(partial, finished, replicas);
      throw new LeftConeError(firstReplica + finished, leftAt, safeParticles(kernel, model, settled), partial);
    }
    await turns.take(finished);
  }
  turns.report(finished);
}

/** One path: the replica of that number and seed, as it is in any ensemble. */
export interface Trajectory {
  readonly times: Float64Array;
  /** T x N. */
  readonly energies: Float64Array;
  /** T x (N+1): energy carried from cell k to k+1 since time 0. */
  readonly current: Float64Array;
  readonly events: number;
}

/**
 * Simulates one replica.
 * @throws InvalidInputError listing every fault in the options.
 */
export async function trajectory(model: Model, options: TrajectoryOptions): Promise<Trajectory> {
  const { replica, ...rest } = readTrajectoryOptions(options);
  const { times, mean, current, events } = await runEnsemble(await Kernel.load(), model, {
    ...rest,
    firstReplica: replica,
    replicas: 1,
    moments: "mean",
  });
  return { times, energies: mean, current, events };
}

/** Sets the engine up for a run; returns the level of its chunks. */
function prepare(kernel: Kernel, model: Model, options: Settled): number {
  const initial = initialEnergies(model);
  kernel.setModel(model, options.seed);
  if (options.step !== undefined) kernel.setStep(options.step, options.outsideCone === "follow");
  const events = expectedEvents(kernel, model, initial, options);
  if (events * options.replicas > MOST_EVENTS) {
    const got = `about ${(events * options.replicas).toPrecision(2)} events`;
    throw new InvalidInputError("options", [
      { field: "replicas, times", expected: "a run of at most 2^53 = 9.0e15 events", got },
    ]);
  }
  const block = blockLayout(model.cells, options.times.length, options.moments).length;
  const observed = options.samples ? options.times.length * (model.cells + 1) : 0;
  const level = chunkLevel(events, options.replicas, (level) => 8 * ((level + 1) * block + 2 ** level * observed));
  kernel.allocate(initial, { ...options, level });
  return level;
}

/** Events of one replica, were every bond as busy as the hottest energy at time 0 makes it; a step is one of every bond. */
function expectedEvents(kernel: Kernel, model: Model, initial: Float64Array, { times, step }: Settled): number {
  if (step !== undefined) return (model.cells + 1) * (times.length + times.at(-1)! / step);
  const { most: hottest } = energyRange(model, initial);
  const speed = model.timescale === "fast" ? model.particles : 1;
  return speed * (model.cells + 1) * kernel.rate(hottest, hottest) * times.at(-1)!;
}

/** What is kept of each replica: its energies, R x T x N, and what its bonds have carried, R x T x (N+1). */
class Samples {
  readonly energies: Float64Array;
  readonly current: Float64Array;

  constructor(
    replicas: number,
    private readonly times: number,
    private readonly initial: Float64Array,
  ) {
    const observations = replicas * times;
    const cells = initial.length;
    try {
      this.energies = new Float64Array(observations * cells);
      this.current = new Float64Array(observations * (cells + 1));
    } catch {
      throw new OutOfMemoryError(
        8 * observations * (2 * cells + 1),
        "run without samples, or ask for fewer replicas or times",
      );
    }
  }

  /** Takes in a chunk's observations (replicas x times x (E_1..E_N, inflow)) from replica `place` on. */
  add(place: number, observed: Float64Array): void {
    const { times, initial, energies, current } = this;
    const cells = initial.length;
    const width = cells + 1;
    for (let from = 0, to = place * times; from < observed.length; from += width, to++) {
      energies.set(observed.subarray(from, from + cells), to * cells);
      carriedBy(observed.subarray(from, from + width), initial, current.subarray(to * width, (to + 1) * width));
    }
  }

  upTo(replicas: number): Pick<Samples, "energies" | "current"> {
    const observations = replicas * this.times;
    const cells = this.initial.length;
    return {
      energies: this.energies.subarray(0, observations * cells),
      current: this.current.subarray(0, observations * (cells + 1)),
    };
  }
}
