/** One instance of the engine of rare events and its memory: the only file of theirs that touches WASM memory. */
import * as abi from "../../assembly/rare/abi.ts";
import { EngineMismatchError, OutOfMemoryError } from "../errors.ts";
import { instantiate } from "../host.ts";
import { codeOf } from "../kernel.ts";
import type { Model } from "../model.ts";
import type { Start } from "../theory/largeDeviations/start.ts";

export { STREAM_VERSION } from "../../assembly/abi.ts";

/** The engine's exports (assembly/rare/index.ts). */
interface Engine {
  readonly memory: WebAssembly.Memory;
  abiVersion(): number;
  setChain(
    cells: number,
    particles: number,
    left: number,
    right: number,
    bath: number,
    speed: number,
    numbers: number,
  ): number;
  setRate(law: number, scale: number, inverseCap: number): number;
  allocate(intervals: number, clones: number): number;
  bytesNeeded(intervals: number, clones: number): number;
  region(code: number): number;
  setGuide(intervals: number, bond: number, momentum: number): void;
  start(seed: bigint, replica: bigint, isDrawn: boolean): void;
  advance(budget: number): number;
  setEnd(end: number): void;
  startHidden(seed: bigint, replica: bigint): void;
  advanceHidden(budget: number): number;
  setPopulation(size: number, length: number, all: number, unmeasured: number, lambda: number): void;
  startClones(seed: bigint, replica: bigint): void;
  advanceClones(budget: number): number;
}

/** Events between two looks at the host: some milliseconds. */
const BUDGET = 2 ** 16;

/** The momenta that guide a path on a grid of S intervals: numbers on it decide how much weights vary, and nothing else. */
export interface Guide {
  /** S+1 times, from 0 on. */
  readonly times: Float64Array;
  /** (S+1) x N. */
  readonly momenta: Float64Array;
  /** (S+1) x N: the energies that the momenta belong to. */
  readonly path: Float64Array;
  /** (S+1) x N x N: the change of momenta with a deviation from them. */
  readonly gains: Float64Array;
  /** The bond whose current is observed, and the momentum on it. */
  readonly bond: number | undefined;
  readonly bondMomentum: number;
}

/** A population of clones, tilted by constant momenta. */
export interface Population {
  /** Clones. */
  readonly clones: number;
  /** The time between two resamplings, in units of the model's timescale. */
  readonly interval: number;
  /** Intervals in all, and those before anything is measured. */
  readonly intervals: number;
  readonly burnIn: number;
  /** λ. */
  readonly lambda: number;
  /** θ_1..θ_N. */
  readonly momenta: Float64Array;
  /** The energies at time 0. */
  readonly energies: Float64Array;
}

/** What a population has left. */
export interface PopulationResult {
  /** Log of the mean weights, summed over time. */
  readonly growth: number;
  /** (Σw)²/Σw² of an interval, averaged over time. */
  readonly effectiveClones: number;
  readonly events: number;
}

/** What a path has left: copies. */
export interface PathResult {
  /** E_1..E_N at the end, or their hidden temperatures. */
  readonly energies: Float64Array;
  /** The energy that the observed bond has carried from left to right; 0 where none is. */
  readonly carried: number;
  /** The logarithm of its weight: of its density in the chain's law over that in the guided one. */
  readonly logWeight: number;
  readonly events: number;
}

export class RareKernel {
  private cells = 0;
  private isDrawn = false;
  /** Goes on with the replica that was started last. */
  private goOn: "advance" | "advanceHidden" | "advanceClones" = "advance";

  private constructor(
    /** The build that this is an instance of, which can be posted to workers. */
    readonly module: WebAssembly.Module,
    private readonly engine: Engine,
  ) {}

  /** @throws EngineMismatchError when the build is of another ABI version than this host; HostError where it does not run. */
  static async of(module: WebAssembly.Module): Promise<RareKernel> {
    return new RareKernel(module, await instantiate<Engine>(module, abi.RARE_ABI));
  }

  /**
   * Sets the chain, whose rate the module has, and the numbers of its rate that differ from bond to bond.
   * @throws OutOfMemoryError
   */
  setChain(model: Model, tables: readonly Float64Array[]): void {
    const { cells, particles, temperatures, bath, timescale, rate } = model;
    this.cells = cells;
    const speed = timescale === "fast" ? particles : 1;
    const status = this.engine.setChain(cells, particles, ...temperatures, codeOf("BATH", bath), speed, tables.length);
    this.accept(status, 8 * tables.length * cells);
    const stride = 2 * Math.ceil(tables.length / 2);
    const sites = this.numbers(abi.REGION_SITES, stride * (cells + 1));
    tables.forEach((table, j) => table.forEach((entry, k) => (sites[stride * k + j] = entry)));
    this.accept(this.engine.setRate(codeOf("LAW", "constant"), rate.scale, rate.cap === null ? 0 : 1 / rate.cap), 0);
  }

  /** Makes room for a guide and sets it, and the start. Hidden temperatures have its last time. @throws OutOfMemoryError */
  setGuide({ energies, isDrawn }: Start, { times, momenta, path, gains, bond, bondMomentum }: Guide): void {
    const { cells } = this;
    const intervals = times.length - 1;
    this.allocate(intervals, 0);
    this.isDrawn = isDrawn;
    this.numbers(abi.REGION_INITIAL, cells).set(energies);
    this.numbers(abi.REGION_TIMES, times.length).set(times);
    this.numbers(abi.REGION_MOMENTA, times.length * cells).set(momenta);
    this.numbers(abi.REGION_PATH, times.length * cells).set(path);
    this.numbers(abi.REGION_GAINS, times.length * cells * cells).set(gains);
    this.engine.setGuide(intervals, bond ?? abi.NO_BOND, bondMomentum);
    this.engine.setEnd(times[intervals]);
  }

  /** Puts a guided replica at time 0. */
  start(seed: bigint, replica: number): void {
    this.engine.start(seed, BigInt(replica), this.isDrawn);
    this.goOn = "advance";
  }

  /** Puts a replica's hidden temperatures at time 0, those of the start. */
  startHidden(seed: bigint, replica: number): void {
    this.engine.startHidden(seed, BigInt(replica));
    this.goOn = "advanceHidden";
  }

  /** Makes room for a population and sets it. @throws OutOfMemoryError */
  setPopulation({ clones, interval, intervals, burnIn, lambda, momenta, energies }: Population): void {
    this.allocate(0, clones);
    this.numbers(abi.REGION_INITIAL, this.cells).set(energies);
    this.numbers(abi.REGION_MOMENTA, this.cells).set(momenta);
    this.engine.setPopulation(clones, interval, intervals, burnIn, lambda);
  }

  /** Puts a population at time 0. */
  startClones(seed: bigint, replica: number): void {
    this.engine.startClones(seed, BigInt(replica));
    this.goOn = "advanceClones";
  }

  /** Goes on for some events; whether the replica is at its end. */
  advance(): boolean {
    return this.engine[this.goOn](BUDGET) === abi.STATUS_DONE;
  }

  /** What the replica has left at its end. */
  get result(): PathResult {
    const { cells } = this;
    const numbers = this.numbers(abi.REGION_RESULT, cells + abi.RESULT_NUMBERS);
    return {
      energies: numbers.slice(0, cells),
      carried: numbers[cells + abi.RESULT_CARRIED],
      logWeight: numbers[cells + abi.RESULT_WEIGHT],
      events: numbers[cells + abi.RESULT_EVENTS],
    };
  }

  /** What the population has left at its end. */
  get population(): PopulationResult {
    const { carried: growth, logWeight: effectiveClones, events } = this.result;
    return { growth, effectiveClones, events };
  }

  private allocate(intervals: number, clones: number): void {
    this.accept(this.engine.allocate(intervals, clones), this.engine.bytesNeeded(intervals, clones));
  }

  private accept(status: number, bytes: number): void {
    if (status === abi.STATUS_DONE) return;
    if (status === abi.STATUS_NO_MEMORY) throw new OutOfMemoryError(bytes, "ask for fewer cells, intervals or clones");
    throw new EngineMismatchError("the engine does not know the bath or the rate; run npm run build");
  }

  private numbers(region: number, length: number): Float64Array<ArrayBuffer> {
    return new Float64Array(this.engine.memory.buffer, this.engine.region(region) >>> 0, length);
  }
}
