/** One instance of the billiards' engine and its memory: the only file of the billiards that touches WASM memory. */
import * as abi from "../../assembly/billiards/abi.ts";
import { bytesOf } from "../bytes.ts";
import { OutOfMemoryError } from "../errors.ts";
import { compile, instantiate } from "../host.ts";
import { CrowdedTableError } from "./errors.ts";
import { cornerHeight, diskRadius, holeHalfWidth } from "./geometry.ts";
import type { BilliardBath, Billiards } from "./table.ts";
import { WASM } from "./wasm.ts";

export { STREAM_VERSION } from "../../assembly/abi.ts";

/** The engine's exports (assembly/billiards/index.ts). */
interface Engine {
  readonly memory: WebAssembly.Memory;
  abiVersion(): number;
  setUp(
    cells: number,
    particles: number,
    bath: number,
    left: number,
    right: number,
    neck: number,
    arc: number,
    corner: number,
    length: number,
    radius: number,
    hole: number,
  ): number;
  start(seed: bigint, replica: bigint, energy: number): number;
  startFrom(): void;
  advance(until: number, budget: number): number;
  closeBatch(): void;
  nextBatch(): void;
  time(): number;
  record(isOn: boolean): void;
  records(): number;
  writeDisks(): void;
  save(): void;
  restore(): void;
  region(code: number): number;
  startContacts(seed: bigint, replica: bigint): number;
  tryContacts(sweeps: number): void;
  contactCounts(): number;
  contactMeasure(): number;
  pairMeasure(): number;
}

const BATHS: { readonly [B in BilliardBath]: number } = {
  exponential: abi.BATH_EXPONENTIAL,
  maxwell: abi.BATH_MAXWELL,
};

/** Collisions and crossings between two looks at the host: some milliseconds. V8 improves a function's code between calls. */
const BUDGET = 2 ** 13;

/** Numbers of a recorded collision: time, barrier, E and e of the left and the right one, e' of both. */
export const RECORD = abi.RECORD;

/** Cells of a table, with those of the baths. */
export const cellsOf = ({ cells, temperatures }: Billiards): number => (temperatures ? cells + 2 : cells);

/** What a batch has of the table: the engine's sums (assembly/billiards/abi.ts). */
export const batchLayout = (cells: number) => ({
  header: abi.BATCH_HEADER,
  barrier: abi.BATCH_BARRIER,
  cell: abi.BATCH_CELL,
  length: abi.batchLength(cells),
});

let module: Promise<WebAssembly.Module> | undefined;

/** The engine, compiled once. @throws HostError where the host does not let it be. */
export function billiardsModule(): Promise<WebAssembly.Module> {
  if (module) return module;
  const compiled = compile(bytesOf(WASM));
  module = compiled;
  // A refusal is not for good.
  compiled.catch(() => (module = undefined));
  return compiled;
}

export class BilliardsKernel {
  private cells = 0;
  private disks = 0;
  private particles = 0;

  private constructor(
    /** The build that this is an instance of, which can be posted to workers. */
    readonly module: WebAssembly.Module,
    private readonly engine: Engine,
  ) {}

  /** @throws EngineMismatchError when the build is of another ABI version than this host; HostError where it does not run. */
  static async of(module: WebAssembly.Module): Promise<BilliardsKernel> {
    return new BilliardsKernel(module, await instantiate<Engine>(module, abi.BILLIARDS_ABI));
  }

  /** Sets the table and makes room for it. @throws OutOfMemoryError when the memory cannot be had. */
  setTable(table: Billiards): void {
    const { particles, shape, temperatures = [0, 0], bath } = table;
    this.cells = cellsOf(table);
    this.disks = this.cells * particles;
    this.particles = particles;
    const status = this.engine.setUp(
      table.cells,
      particles,
      bath ? BATHS[bath] : abi.BATH_NONE,
      ...temperatures,
      shape.neck,
      shape.arc === "flat" ? 0 : shape.arc,
      cornerHeight(shape),
      shape.length,
      diskRadius(table),
      holeHalfWidth(table),
    );
    if (status !== abi.STATUS_DONE) throw new OutOfMemoryError(BYTES_A_DISK * this.disks, "ask for fewer disks");
  }

  /** Begins a replica at time 0. @throws CrowdedTableError */
  start({ energy = 0 }: Billiards, seed: bigint, replica: number): void {
    this.placed(this.engine.start(seed, BigInt(replica), energy));
  }

  /** Begins at time 0 with x, y, vx, vy of each disk, x relative to the centre of its cell. */
  startFrom(disks: Float64Array): void {
    this.numbers(abi.REGION_POSITIONS, 4 * this.disks).set(disks);
    this.engine.startFrom();
  }

  /**
   * Goes on for some events, or to a time.
   * @returns true when it is there; false if there is more to do, or the record is full.
   */
  advance(until: number): boolean {
    return this.engine.advance(until, BUDGET) === abi.STATUS_DONE;
  }

  /** Goes on by one event, of a disk or of the grid's. */
  step(): void {
    this.engine.advance(Infinity, 1);
  }

  /** The present. */
  get time(): number {
    return this.engine.time();
  }

  /** A copy of the batch's sums up to the present, where the next one begins. */
  takeBatch(): Float64Array<ArrayBuffer> {
    this.engine.closeBatch();
    const batch = this.numbers(abi.REGION_BATCH, abi.batchLength(this.cells)).slice();
    this.engine.nextBatch();
    return batch;
  }

  /** Collisions of any kind in the present batch so far. */
  get batchCollisions(): number {
    return this.numbers(abi.REGION_BATCH, abi.BATCH_HEADER)[1];
  }

  /** Whether collisions through barriers are recorded from now on. Forgets those that are. */
  record(isOn: boolean): void {
    this.engine.record(isOn);
  }

  /** Copies of the recorded collisions, RECORD numbers each. They stay until `record` forgets them. */
  get recorded(): Float64Array<ArrayBuffer> {
    return this.numbers(abi.REGION_RECORDS, abi.RECORD * this.engine.records()).slice();
  }

  /** x, y, vx, vy of each disk at the present, x relative to the centre of its cell: a view. */
  get state(): Float64Array<ArrayBuffer> {
    this.engine.writeDisks();
    return this.numbers(abi.REGION_POSITIONS, 4 * this.disks);
  }

  /** A copy of the energies of all cells. */
  get energies(): Float64Array<ArrayBuffer> {
    return this.numbers(abi.REGION_ENERGIES, this.cells).slice();
  }

  /** All that decides how the replica goes on. */
  save(): Float64Array<ArrayBuffer> {
    this.engine.save();
    return this.numbers(abi.REGION_CHECKPOINT, this.checkpointLength).slice();
  }

  /** Goes on where `save` was called. */
  restore(state: Float64Array): void {
    this.numbers(abi.REGION_CHECKPOINT, this.checkpointLength).set(state);
    this.engine.restore();
  }

  get checkpointLength(): number {
    return abi.checkpointLength(this.cells, this.disks);
  }

  /** Begins a Monte Carlo of contacts, for a closed table of two cells. @throws CrowdedTableError */
  startContacts(seed: bigint, replica: number): void {
    this.placed(this.engine.startContacts(seed, BigInt(replica)));
  }

  /** Goes on with it for so many sweeps. */
  tryContacts(sweeps: number): void {
    this.engine.tryContacts(sweeps);
  }

  /** The contacts tried and free, and the pairs; and the measures over which either are drawn. */
  get contacts() {
    const counts = new Float64Array(this.engine.memory.buffer, this.engine.contactCounts() >>> 0, 4);
    const [contacts, freeContacts, pairs, freePairs] = counts;
    const [contactMeasure, pairMeasure] = [this.engine.contactMeasure(), this.engine.pairMeasure()];
    return { contacts, freeContacts, pairs, freePairs, contactMeasure, pairMeasure };
  }

  private placed(status: number): void {
    if (status === abi.STATUS_DONE) return;
    throw new CrowdedTableError(this.particles);
  }

  private numbers(region: number, length: number): Float64Array<ArrayBuffer> {
    return new Float64Array(this.engine.memory.buffer, this.engine.region(region) >>> 0, length);
  }
}

/** The disk, its times, position and place in a checkpoint, buckets and bins. */
const BYTES_A_DISK = 256;
