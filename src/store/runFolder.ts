/**
 * A run in a folder: its manifest, and one file for each finished chunk. Processes that share the folder share the run, and
 * may come and go; what any of them finished is kept, whatever becomes of the others.
 */
import * as z from "zod/mini";
import { loadKernelFor } from "../engine.ts";
import { safeParticles } from "../ensemble/mesoscopicStep.ts";
import { workOf } from "../ensemble/chainWork.ts";
import { prepareToMerge, prepareToRun, runChunk } from "../ensemble/runChunk.ts";
import { type AbortSignalLike, signal } from "../aborts.ts";
import { type Progress, ProgressMeter } from "../progress.ts";
import { listener, workers } from "../ensemble/commonOptions.ts";
import type { SimulateOptions } from "../ensemble/options.ts";
import { runChunks, workersFor } from "../ensemble/runChunks.ts";
import { MOST_LEVEL } from "../ensemble/chunkLevel.ts";
import type { RunPlan } from "../ensemble/runPlan.ts";
import { Reduction, replicasIn, type Chunk } from "../ensemble/alignedTree.ts";
import { mergeBy, reducersOf } from "../ensemble/reducers/index.ts";
import { resultOf } from "../ensemble/simulate.ts";
import { requestOf, type Request } from "../ensemble/runSpec.ts";
import type { Ensemble } from "../ensemble/reducers/moments.ts";
import type { SteadyState } from "../ensemble/reducers/steadyState.ts";
import { unpackSamples } from "../ensemble/reducers/samples.ts";
import { AbortedError, describe, InvalidInputError, LeftConeError, StoreError } from "../errors.ts";
import type { Kernel } from "../kernel.ts";
import { defineModel } from "../model.ts";
import { optional, orElse, read, strict } from "../validate.ts";
import { VERSION, WASM_SHA256 } from "../wasm.ts";
import { ChunkStore, type Refused, type Survey } from "./chunkStore.ts";
import type { SampleBatch } from "./export/exportable.ts";
import { makeFolder } from "./files.ts";
import { manifestOf, readManifest, writeManifest, type Manifest } from "./manifest.ts";
import { planOf } from "./plan.ts";
import { statusOf, type Status } from "./status.ts";

/** Part `index` of `count`, from 1 on: as many chunks as the others, one after the other. */
export interface Shard {
  /** 1 to `count`. */
  readonly index: number;
  /** Number of parts that the run is split into. */
  readonly count: number;
}

/** Options of `RunFolder.compute`. */
export interface ComputeOptions extends Pick<SimulateOptions, "workers" | "signal" | "onProgress"> {
  /** The part of the run that is computed. Default: all of it. */
  readonly shard?: Shard;
}

const WHOLE: Shard = { index: 1, count: 1 };

const computeSchema = strict({
  workers,
  signal,
  onProgress: optional(listener<Progress>()),
  shard: orElse(z.custom<Shard>(isShard, "an index from 1 to count, whole numbers"), WHOLE),
});

function isShard(value: unknown): boolean {
  const { index, count } = Object(value) as Partial<Shard>;
  return Number.isInteger(index) && Number.isInteger(count) && 1 <= index! && index! <= count!;
}

/** The merged result of a run's finished chunks. */
export interface Merged {
  /** The result of the finished replicas; if some are missing, its certificate says which are finished. */
  readonly result: Ensemble | SteadyState;
  /** Progress of the run, with what is missing or refused. */
  readonly status: Status;
}

/** A run in a folder, which any number of processes may share. */
export class RunFolder {
  private readonly store: ChunkStore;

  private constructor(
    /** Path of the folder. */
    readonly path: string,
    /** The model, and the options of `simulate`. */
    readonly request: Request,
    /** The run's id, unique to it. */
    readonly id: string,
    private readonly plan: RunPlan,
    /** Used to merge. Chunks run on engines of their own, since callers may merge while chunks run. */
    private readonly kernel: Kernel,
  ) {
    this.store = new ChunkStore(path, id, plan);
  }

  /**
   * Begins a run in a folder, made if need be, or finds the same run there.
   * @param level the largest chunk is 2^level replicas; by default about a second of work.
   * @throws InvalidInputError listing every fault in the options; StoreError if the folder cannot be written to, or holds
   *   another run; OutOfMemoryError.
   */
  static async create(path: string, request: Request, level?: number): Promise<RunFolder> {
    if (level !== undefined && !(Number.isInteger(level) && level >= 0 && level <= MOST_LEVEL)) {
      refuse("level", `a whole number from 0 to ${MOST_LEVEL}`, level);
    }
    const kernel = await loadKernelFor(defineModel(request.model));
    const plan = planOf(kernel, request, level);
    const wanted = manifestOf({ spec: plan.spec, samples: keepsSamples(plan), level: plan.level });
    let found = await readManifest(path);
    if (!found) {
      await makeFolder(path);
      await writeManifest(path, wanted);
      // Another process may have begun another run here at the same time.
      found = (await readManifest(path)) ?? wanted;
    }
    refuseOther(path, found, level === undefined ? { ...wanted, level: found.level } : wanted);
    return RunFolder.open(path);
  }

  /** True if a folder holds a run, of whatever kind. */
  static async exists(path: string): Promise<boolean> {
    return (await readManifest(path)) !== undefined;
  }

  /**
   * The run in a folder.
   * @throws StoreError if there is none, or one of another version of the package.
   */
  static async open(path: string): Promise<RunFolder> {
    const manifest = await readManifest(path);
    if (!manifest) throw new StoreError(path, "holds no run: there is no manifest.json");
    const { spec, samples, level } = manifest;
    if (spec.mesoflux !== VERSION || spec.wasm !== WASM_SHA256) {
      const [made, here] = [spec, { mesoflux: VERSION, wasm: WASM_SHA256 }].map(
        ({ mesoflux, wasm }) => `${mesoflux} (engine ${String(wasm).slice(0, 8)})`,
      );
      throw new StoreError(path, `was begun by mesoflux ${made}, and this is ${here}; go on with that one`);
    }
    const { model, options } = requestOf("manifest", spec, "the manifest of a run folder");
    const request = { model, options: samples ? { ...options, samples } : options } as Request;
    const kernel = await loadKernelFor(model);
    return new RunFolder(path, request, manifest.id, planOf(kernel, request, level), kernel);
  }

  /** All chunks, in order. */
  chunks(): Generator<Chunk, void> {
    return this.store.all();
  }

  /** Reads every file: the chunks that are finished, missing and refused. */
  survey(): Promise<Survey> {
    return this.store.survey();
  }

  /** The chunks of the run, or of a shard of it, that have no file, in order. Lists names and reads no file: fast, but a damaged file is not noticed. */
  async unwritten(shard: Shard = WHOLE): Promise<Chunk[]> {
    const mine = new Set(this.chunksOf(shard).map(({ first }) => first));
    return (await this.store.unwritten()).filter(({ first }) => mine.has(first));
  }

  private chunksOf({ index, count }: Shard): Chunk[] {
    const all = [...this.chunks()];
    return all.slice(...[index - 1, index].map((i) => Math.floor((i * all.length) / count)));
  }

  /** True if the folder still holds this run, and not another that has taken its place. */
  async isCurrent(): Promise<boolean> {
    return (await readManifest(this.path))?.id === this.id;
  }

  /**
   * Moves refused files aside, so that their chunks are without a file.
   * @returns the refused files.
   * @throws StoreError
   */
  async clear(): Promise<readonly Refused[]> {
    const { missing, refused } = await this.survey();
    await this.makeRoom(missing);
    return refused;
  }

  /** Reads every file: progress and rate of the run, with what is missing or refused. */
  async status(): Promise<Status> {
    return statusOf(await this.survey(), Date.now() / 1000);
  }

  /**
   * Runs the missing chunks of the run, or of a shard of it. Refused files are moved aside, and their chunks run again.
   * @returns the refused files.
   * @throws AbortedError, LeftConeError, WorkerError and StoreError, when what was finished has been written.
   */
  async compute(options: ComputeOptions = {}): Promise<readonly Refused[]> {
    const { workers, signal, onProgress, shard } = read("options", computeSchema, options);
    const { plan } = this;
    const mine = this.chunksOf(shard);
    const { missing, refused } = await this.store.readAll(mine);
    await this.makeRoom(missing);
    const [replicas, left] = [mine, missing].map(replicasIn);
    const meter = new ProgressMeter(replicas, onProgress, replicas - left);
    let finished = replicas - left;
    const outcome = await runChunks({
      work: workOf(await loadKernelFor(plan.model), plan),
      chunks: this.stillMissing(missing),
      workers: workersFor(workers, (plan.events / plan.span.replicas) * left, left),
      asked: workers,
      signal,
      meter,
      take: async (chunk, { replicas, nodes: [node] }) => {
        if (replicas < 2 ** chunk.level) return;
        await this.store.write(chunk, node.blocks);
        finished += replicas;
      },
    });
    meter.report();
    if (outcome.left) throw this.leftCone(outcome.left.replica, outcome.left.time);
    if (outcome.aborted) {
      const kept = `what was finished is in ${this.path}`;
      throw new AbortedError(undefined, finished, replicas, { kept, cause: signal?.reason });
    }
    return refused;
  }

  /**
   * Runs one chunk on this thread, unless it is finished.
   * @returns true if it was run.
   * @throws as `compute`.
   */
  async ensure(chunk: Chunk, signal?: AbortSignalLike | null): Promise<boolean> {
    const { store, plan } = this;
    const isOurs = [...this.chunks()].some(({ first, level }) => first === chunk.first && level === chunk.level);
    if (!isOurs) refuse("chunk", "a chunk of this run", chunk);
    if (typeof store.read(chunk) === "object") return false;
    await this.makeRoom([chunk]);
    const kernel = await loadKernelFor(plan.model);
    prepareToRun(kernel, plan);
    const watch = { isAborted: () => signal?.aborted === true, onDone: () => undefined };
    const { replicas, leftAt, nodes } = await runChunk(kernel, plan, chunk, watch);
    if (leftAt !== undefined) throw this.leftCone(chunk.first + replicas, leftAt);
    if (replicas < 2 ** chunk.level) {
      throw new AbortedError(undefined, replicas, 2 ** chunk.level, { cause: signal?.reason });
    }
    await store.write(chunk, nodes[0].blocks);
    return true;
  }

  /** True if every replica's energies and currents are kept. */
  get hasSamples(): boolean {
    return keepsSamples(this.plan);
  }

  /** Energies and currents of every finished replica, chunk by chunk in order. */
  *samples(): Generator<SampleBatch, void> {
    const { observables, initial, drawn, times } = this.plan;
    const at = observables.findIndex(({ kind }) => kind === "samples");
    for (const chunk of this.chunks()) {
      const blocks = this.store.read(chunk);
      if (typeof blocks !== "object" || at < 0) continue;
      const { energies, transferred } = unpackSamples(blocks[at], initial, times.length, drawn);
      yield { first: chunk.first, replicas: 2 ** chunk.level, energies, transferred, current: transferred };
    }
  }

  /**
   * Merges the finished chunks.
   * @throws StoreError if there is none.
   */
  async merge(): Promise<Merged> {
    const { kernel, plan, store } = this;
    prepareToMerge(kernel, plan);
    // Samples, which come last, grow with the replicas: `samples` reads them chunk by chunk.
    const reduced = plan.observables.length - (this.hasSamples ? 1 : 0);
    const reduction = new Reduction(mergeBy(reducersOf(plan), kernel));
    const survey = await store.survey((chunk, blocks) => reduction.add({ ...chunk, blocks: blocks.slice(0, reduced) }));
    const whole = reduction.result();
    if (!whole) throw new StoreError(this.path, "no chunk is finished");
    if (survey.missing.length === 0) await store.tidy();
    return { result: resultOf(plan, whole.blocks, whole.spans), status: statusOf(survey, Date.now() / 1000) };
  }

  /** Prepares the writing of these chunks: makes the folder and moves refused files aside. */
  private async makeRoom(chunks: readonly Chunk[]): Promise<void> {
    if (chunks.length > 0) await this.store.prepare();
    for (const chunk of chunks) {
      // Read again: another process may have finished it since.
      if (typeof this.store.read(chunk) === "string") await this.store.setAside(chunk);
    }
  }

  /** Chunks that no other process has finished when they are asked for. */
  private *stillMissing(chunks: readonly Chunk[]): Generator<Chunk, void> {
    for (const chunk of chunks) if (!this.store.has(chunk)) yield chunk;
  }

  private leftCone(replica: number, time: number): LeftConeError {
    const { model, span, times } = this.plan;
    const safe = safeParticles(this.kernel, model, { replicas: span.replicas, times });
    return new LeftConeError(replica, time, safe, undefined);
  }
}

const keepsSamples = ({ observables }: RunPlan) => observables.some(({ kind }) => kind === "samples");

function refuse(field: string, expected: string, got: unknown): never {
  throw new InvalidInputError("options", [{ field, expected, got: describe(got) }]);
}

/** @throws StoreError naming what differs. */
function refuseOther(path: string, found: Manifest, wanted: Manifest): void {
  const [theirs, ours] = [found, wanted].map(({ spec, samples, level }): Record<string, unknown> => {
    return { ...spec, samples, chunk: 2 ** level };
  });
  const differ = [...new Set([...Object.keys(theirs), ...Object.keys(ours)])].filter(
    (field) => JSON.stringify(theirs[field]) !== JSON.stringify(ours[field]),
  );
  if (differ.length === 0) return;
  const list = differ.map(
    (field) => `  ${field}: ${JSON.stringify(theirs[field])}, not ${JSON.stringify(ours[field])}`,
  );
  throw new StoreError(path, `holds another run:\n${list.join("\n")}\ntake another folder`);
}
