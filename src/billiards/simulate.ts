/** The public entries: an ensemble of billiards, and the replay of its certificate. */
import { beforeRun } from "../aborts.ts";
import { chunksOf, coverage, Reduction, type Block, type Span } from "../ensemble/alignedTree.ts";
import { chunkLevel } from "../ensemble/chunkLevel.ts";
import { partsFor, runChunks, workersFor } from "../ensemble/runChunks.ts";
import type { Replay } from "../ensemble/simulate.ts";
import type { Work } from "../ensemble/work.ts";
import type { Ran } from "../ensemble/workerPool.ts";
import { AbortedError } from "../errors.ts";
import { withJson } from "../json.ts";
import { ProgressMeter } from "../progress.ts";
import { BatchMoments } from "./batchMoments.ts";
import { certifyBilliards, requestOf, type BilliardsCertificate } from "./certificate.ts";
import { checkResume, type Checkpoint } from "./checkpoint.ts";
import { diskRadius } from "./geometry.ts";
import { BilliardsKernel, billiardsModule, cellsOf, STREAM_VERSION } from "./kernel.ts";
import { type BilliardsOptions, type BilliardsSettings, readBilliardsOptions } from "./options.ts";
import { KEPT, mergeBlocks, runChunk, type BilliardsPlan } from "./run.ts";
import { defineBilliards, type Billiards, type BilliardsInput } from "./table.ts";
import { WORKER } from "./workerSource.ts";

/**
 * What was measured of N cells and B barriers between them: N+1 between baths, N-1 where the table is closed. Errors are
 * standard errors from the differences between batches, NaN where there is one.
 */
export interface BilliardsResult {
  /** Replicas that are in the result. */
  readonly replicas: number;
  /** Batches in all of them. */
  readonly batches: number;
  /** The time of each replica that was measured. */
  readonly time: number;
  /** Collisions of any kind in all of them. */
  readonly collisions: number;
  /** B: collisions through each barrier a unit of time. */
  readonly rate: Float64Array;
  /** B: its standard error. */
  readonly rateError: Float64Array;
  /** B: energy that passes each barrier to the right a unit of time. */
  readonly flux: Float64Array;
  /** B: its standard error. */
  readonly fluxError: Float64Array;
  /** N: mean energy of each cell. */
  readonly energies: Float64Array;
  /** N: its standard error. */
  readonly energiesError: Float64Array;
  /** N: its variance. */
  readonly energyVariance: Float64Array;
  /** N: its standard error. */
  readonly energyVarianceError: Float64Array;
  /** B: M times the mean energy of a disk that is about to collide through the barrier. */
  readonly collidingEnergy: Float64Array;
  /** B: its standard error. */
  readonly collidingEnergyError: Float64Array;
  /** The collisions through barriers, where asked for. */
  readonly events: BarrierCollisions | undefined;
  /** The states at the end, where asked for; none of a run that stopped with gaps. */
  readonly checkpoint: Checkpoint | undefined;
  /** The run and the fingerprint of its result. */
  readonly certificate: BilliardsCertificate;
  /** Where the run was made. No other field depends on it. */
  readonly ran: Ran;
}

/** Collisions through barriers, replica by replica, in order of time. Energies of two are those of the left and the right one. */
export interface BarrierCollisions {
  /** Collisions. */
  readonly count: number;
  /** The number of the replica. */
  readonly replica: Float64Array;
  /** Since the replica's start, burn-in included. */
  readonly time: Float64Array;
  /** The barrier, 0 to B-1 from the left. */
  readonly barrier: Float64Array;
  /** count x 2: the cells' energies before. */
  readonly energies: Float64Array;
  /** count x 2: the disks' energies v²/M before. */
  readonly before: Float64Array;
  /** count x 2: the disks' energies after. */
  readonly after: Float64Array;
}

/**
 * Simulates `replicas` independent tables and sums them up.
 *
 * The result depends on the table, seed, replicas, time, burn-in and batches alone, bit for bit, on every engine, for any
 * number of workers.
 * @throws InvalidInputError listing every fault; OutOfMemoryError; CrowdedTableError if the disks do not fit in at random;
 *   AbortedError, with what was finished as `partial`, when `signal` aborts; WorkerError.
 */
export async function simulateBilliards(input: BilliardsInput, options: BilliardsOptions): Promise<BilliardsResult> {
  return runSpans(defineBilliards(input), options);
}

/** @param spans these replicas only, in order. */
async function runSpans(
  table: Billiards,
  options: BilliardsOptions,
  spans?: readonly Span[],
): Promise<BilliardsResult> {
  const settings = readBilliardsOptions(options, table.temperatures !== undefined);
  const module = await beforeRun(settings.signal, settings.replicas, billiardsModule);
  const plan = planOf(table, settings);
  return runPlan(await BilliardsKernel.of(module), plan, settings, spans ?? [plan.span]);
}

function planOf(table: Billiards, settings: BilliardsSettings): BilliardsPlan {
  const { seed, firstReplica, replicas, time, burnIn, batches, events, checkpoint, resume } = settings;
  return {
    ...{ table, seed, time, burnIn, batches, events, checkpoint, states: resume?.states },
    span: { first: firstReplica, replicas },
  };
}

async function runPlan(
  kernel: BilliardsKernel,
  plan: BilliardsPlan,
  { workers, signal, onProgress, resume }: BilliardsSettings,
  spans: readonly Span[],
): Promise<BilliardsResult> {
  const { table } = plan;
  const { firstReplica, replicas } = coverage(spans);
  kernel.setTable(table);
  if (resume) checkResume(resume, { table, seed: String(plan.seed), firstReplica, replicas }, kernel.checkpointLength);
  const eventsPerReplica = COST * expectedEvents(plan);
  const events = replicas * eventsPerReplica;
  const level = chunkLevel({
    ...{ eventsPerReplica, replicas, parts: partsFor(workers, events, replicas) },
    blockBytes: 8 * new BatchMoments(cellsOf(table)).length,
    observedBytes: 8 * (KEPT * plan.events + (plan.checkpoint ? kernel.checkpointLength : 0)),
  });
  const reduction = new Reduction(mergeBlocks(plan));
  const meter = new ProgressMeter(replicas, onProgress);
  const work: Work = {
    plan,
    module: kernel.module,
    script: { source: WORKER, url: () => undefined },
    prepareToMerge: () => undefined,
    prepareToRun: () => (chunk, watch) => runChunk(kernel, plan, chunk, watch),
  };
  const { aborted, ran } = await runChunks({
    work,
    chunks: chunksOf(spans, level),
    asked: workers,
    workers: workersFor(workers, events, replicas),
    signal,
    meter,
    take: (_chunk, { nodes }) => nodes.forEach((node) => reduction.add(node)),
  });
  meter.report();
  const whole = reduction.result();
  const result = whole && resultOf(plan, whole.blocks, whole.spans, ran);
  if (aborted) throw new AbortedError(result, meter.finished, replicas, { cause: signal?.reason });
  return result!;
}

/** An event here, in events of a chain, by which the pool judges. */
const COST = 20;

/** Collisions and crossings of a replica, roughly: each disk has one whenever it has gone its own width and a bit. */
function expectedEvents({ table, time, burnIn }: BilliardsPlan): number {
  const { cells, particles, temperatures, energy } = table;
  const energyOfCell = energy !== undefined ? energy / cells : Math.max(...temperatures!);
  const path = Math.min(4 * diskRadius(table), table.shape.neck);
  const disks = cellsOf(table) * particles;
  return ((time + burnIn) * disks * Math.sqrt(energyOfCell)) / path;
}

function resultOf(plan: BilliardsPlan, blocks: readonly Block[], spans: readonly Span[], ran: Ran): BilliardsResult {
  const { table, time, events, checkpoint } = plan;
  const cells = cellsOf(table);
  const sums = new BatchMoments(cells).read(blocks[0]);
  // Bath cells are no part of the chain.
  const [from, to] = table.temperatures ? [1, cells - 1] : [0, cells];
  const regular = (values: Float64Array) => values.slice(from, to);
  const { energies, energiesError, energyVariance, energyVarianceError } = sums;
  return withJson({
    ...{ replicas: coverage(spans).replicas, time },
    ...sums,
    energies: regular(energies),
    energiesError: regular(energiesError),
    energyVariance: regular(energyVariance),
    energyVarianceError: regular(energyVarianceError),
    events: events > 0 ? unpack(blocks[1]) : undefined,
    checkpoint: checkpoint && spans.length === 1 ? checkpointOf(plan, blocks.at(-1)!, spans[0]) : undefined,
    certificate: certifyBilliards(plan, spans, blocks[0]),
    ran,
  });
}

function unpack(block: Block): BarrierCollisions {
  const count = block.length / KEPT;
  const column = (at: number) => Float64Array.from({ length: count }, (_, i) => block[KEPT * i + at]);
  const pair = (at: number) =>
    Float64Array.from({ length: 2 * count }, (_, i) => block[KEPT * (i >> 1) + at + (i & 1)]);
  return {
    count,
    replica: column(0),
    time: column(1),
    barrier: column(2),
    energies: pair(3),
    before: pair(5),
    after: pair(7),
  };
}

function checkpointOf({ table, seed }: BilliardsPlan, block: Block, { first, replicas }: Span): Checkpoint {
  const length = block.length / replicas;
  return {
    ...{ stream: STREAM_VERSION, table, seed: String(seed), firstReplica: first, replicas },
    states: Array.from({ length: replicas }, (_, i) => block.slice(i * length, (i + 1) * length)),
  };
}

/**
 * Repeats the run of a certificate.
 * @throws InvalidInputError when it is none, or of another stream version; and what `simulateBilliards` throws.
 */
export async function replayBilliards(
  certificate: BilliardsCertificate,
  options: Pick<BilliardsOptions, "workers" | "signal" | "onProgress"> = {},
): Promise<Replay> {
  const { table, options: run, spans, result: certified } = requestOf(certificate);
  const { certificate: found } = await runSpans(table, { ...run, ...options }, spans);
  return { same: found.result === certified, certified, found: found.result };
}
