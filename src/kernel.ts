/** One instance of the engine and its memory: the only file that touches WASM memory. */
import type { ASUtil } from "@assemblyscript/loader";
import * as abi from "../assembly/abi.ts";
import { EngineMismatchError, InvalidInputError, OutOfMemoryError, RateBoundError } from "./errors.ts";
import { HostError, instantiate, webAssembly } from "./host.ts";
import type { Bath, Exchange, Model } from "./model.ts";
import { RATE_LAWS, type RateLaw, type RateSetup } from "./rate/rate.ts";

export { STREAM_VERSION } from "../assembly/abi.ts";

/** The methods, which `Method` describes. */
export const METHODS = ["exact", "direct", "mesoscopic"] as const;
/** The moments that can be kept of the replicas, from few to many. */
export const MOMENTS = ["mean", "variance", "covariance"] as const;
/**
 * "exact": thinning, fast at any size. "direct": Gillespie's direct method, the readable reference. Same law.
 * "mesoscopic": the mesoscopic limit equation (3.3), whose law is theirs to order 1/M.
 */
export type Method = (typeof METHODS)[number];
/** The moments that are kept of the replicas, each with all before it. */
export type Moments = (typeof MOMENTS)[number];

/** A word as it stands in the name of its code: "sqrt-sum" is SQRT_SUM. */
type Code<Word extends string> = Word extends `${infer First}-${infer Rest}`
  ? `${Uppercase<First>}_${Code<Rest>}`
  : Uppercase<Word>;
type Kind = { LAW: RateLaw; BATH: Bath; EXCHANGE: Exchange; METHOD: Method; MOMENTS: Moments };
/** The engine's codes by their names. The compiler refuses a word that has none in assembly/abi.ts. */
const CODES: { readonly [K in keyof Kind as `${K}_${Code<Kind[K]>}`]: number } = {
  LAW_CONSTANT: abi.LAW_CONSTANT,
  LAW_SQRT_SUM: abi.LAW_SQRT_SUM,
  LAW_SQRT_HARMONIC: abi.LAW_SQRT_HARMONIC,
  LAW_SQRT_MIN: abi.LAW_SQRT_MIN,
  BATH_EXPONENTIAL: abi.BATH_EXPONENTIAL,
  BATH_THERMAL: abi.BATH_THERMAL,
  EXCHANGE_UNIFORM: abi.EXCHANGE_UNIFORM,
  EXCHANGE_KINETIC: abi.EXCHANGE_KINETIC,
  METHOD_EXACT: abi.METHOD_EXACT,
  METHOD_DIRECT: abi.METHOD_DIRECT,
  METHOD_MESOSCOPIC: abi.METHOD_MESOSCOPIC,
  MOMENTS_MEAN: abi.MOMENTS_MEAN,
  MOMENTS_VARIANCE: abi.MOMENTS_VARIANCE,
  MOMENTS_COVARIANCE: abi.MOMENTS_COVARIANCE,
};

export function codeOf<K extends keyof Kind>(kind: K, word: Kind[K]): number {
  return CODES[`${kind}_${word.toUpperCase().replaceAll("-", "_")}` as keyof typeof CODES];
}

/** Cells, observations, moments, levels, samples, 1 where each replica draws its start, and 1 where W_f is kept. */
type Sizes = readonly [number, number, number, number, number, number, number];

/** The engine's exports (assembly/index.ts). */
interface Engine extends Required<Pick<ASUtil, "memory">> {
  abiVersion(): number;
  setModel(
    particles: number,
    left: number,
    right: number,
    bath: number,
    exchange: number,
    speed: number,
    seed: bigint,
  ): number;
  setRate(law: number, scale: number, inverseCap: number, isCostly: boolean, isGuarded: boolean): number;
  fault(i: number): number;
  setStep(longest: number, anywhere: boolean): number;
  rate(k: number, a: number, b: number): number;
  placeSites(cells: number, numbers: number): number;
  bytesNeeded(...sizes: Sizes): number;
  allocate(...sizes: Sizes): number;
  region(code: number): number;
  beginChunk(method: number, first: bigint, level: number): number;
  advance(budget: number): number;
  finishedReplicas(): number;
  leftAt(): number;
  beginPath(method: number, replica: bigint): number;
  measureAt(time: number): number;
  follow(budget: number): number;
  pathEvents(): number;
  pathLeftAt(): number;
  mergeBlocks(left: number, right: number): void;
  log(x: number): number;
  startShares(stream: bigint): void;
  nextShares(): number;
}

/** The section of a build that says which rate it is for (src/rate/specialise.ts). */
export const RATE_SECTION = "mesoflux.rate";

/** The key of the rate that a build is for, or undefined. */
export function keyIn(module: WebAssembly.Module): string | undefined {
  const [key] = webAssembly().Module.customSections(module, RATE_SECTION);
  return key && String.fromCharCode(...new Uint8Array(key));
}

/** Candidates after which a path that is followed comes back to the host. */
const BUDGET = 2 ** 20;

/** The sizes of a run, by which the memory is laid out. */
export interface Layout {
  readonly times: ArrayLike<number>;
  readonly moments: Moments;
  /** The largest chunk is 2^level replicas. */
  readonly level: number;
  /** Keep the observations of every replica of a chunk. */
  readonly samples: boolean;
  /** Each replica draws its start, and E(0) are the temperatures that it draws from. */
  readonly drawn?: boolean;
  /** Keep W_f of every replica of a chunk. */
  readonly ratios?: boolean;
}

export class Kernel {
  private cells = 0;
  private observations = 0;
  /** Rows of N+1 numbers that a replica has before its observations: its start, if it draws that. */
  private startRows = 0;
  private moments: Moments = "covariance";
  private level = 0;

  private constructor(
    /** The build that this is an instance of, which can be posted to workers. */
    readonly module: WebAssembly.Module,
    private readonly engine: Engine,
    /** The key of the rate that the build has in its loops, or undefined where it has the laws. */
    readonly key: string | undefined,
  ) {}

  /**
   * A new instance of a build of the engine.
   * @throws EngineMismatchError when the build is of another ABI version than this host; HostError where it does not run.
   */
  static async of(module: WebAssembly.Module): Promise<Kernel> {
    return new Kernel(module, await instantiate<Engine>(module, abi.ABI_VERSION), keyIn(module));
  }

  /**
   * Sets the model, its rate, and the seed of the streams, a 64-bit unsigned integer.
   * @throws EngineMismatchError if the engine does not know the rate or the bath; InvalidInputError for numbers that no
   *   chain has.
   */
  setModel(model: Model, rate: RateSetup, seed: bigint): void {
    const [left, right] = model.temperatures;
    const speed = model.timescale === "fast" ? model.particles : 1;
    const bath = codeOf("BATH", model.bath);
    const exchange = codeOf("EXCHANGE", model.exchange ?? "uniform");
    accepted(this.engine.setModel(model.particles, left, right, bath, exchange, speed, seed), "bath", model.bath);
    this.setRate(model, rate);
  }

  private setRate({ cells, rate: { scale, cap } }: Model, rate: RateSetup): void {
    this.checkRate(rate);
    const { law = "constant", isCostly, isGuarded, tables } = rate;
    const stride = 2 * Math.ceil(tables.length / 2);
    if (this.engine.placeSites(cells, tables.length) !== abi.STATUS_DONE) {
      throw new OutOfMemoryError(8 * stride * (cells + 1), "ask for fewer cells");
    }
    const sites = this.numbers(abi.REGION_SITES, stride * (cells + 1));
    tables.forEach((table, j) => table.forEach((entry, k) => (sites[stride * k + j] = entry)));
    const inverseCap = cap === null ? 0 : 1 / cap;
    accepted(
      this.engine.setRate(codeOf("LAW", law), scale, inverseCap, isCostly && !isGuarded, isGuarded),
      "rate",
      law,
    );
  }

  /** @throws HostError unless this build can have such a rate: its own, or a law where it has those. */
  checkRate({ key, law }: Pick<RateSetup, "key" | "law">): void {
    if (this.key === undefined ? law : this.key === key) return;
    const has = this.key === undefined ? `the laws ${RATE_LAWS.join(", ")}` : `the rate ${this.key}`;
    throw new HostError(
      `the engine that was handed over has ${has}, and the model's rate is ${key}; make one for it by ` +
        "`mesoflux engine`, or let the host compile WebAssembly and hand none over",
    );
  }

  /** For "mesoscopic": the longest step, on the model's timescale, and whether energies may be negative. */
  setStep(longest: number, anywhere: boolean): void {
    accepted(this.engine.setStep(longest, anywhere), "step", longest);
  }

  /** Natural logarithm of a normal number from 2^-1022 to 2^1023, the same bits on every engine. */
  log(x: number): number {
    return this.engine.log(x);
  }

  /** Draws of one particle's share B ~ Beta(1, M-1) of a cell's energy, from the stream of this number. */
  shares(stream: number, count: number): Float64Array {
    this.engine.startShares(BigInt(stream));
    const shares = new Float64Array(count);
    for (let at = 0; at < count; at += abi.SHARES) {
      const drawn = new Float64Array(this.engine.memory.buffer, this.engine.nextShares() >>> 0, abi.SHARES);
      shares.set(drawn.subarray(0, count - at), at);
    }
    return shares;
  }

  /** f(a, b) of the model on bond k, 0..N. */
  rate(a: number, b: number, k = 0): number {
    return this.engine.rate(k, a, b);
  }

  /**
   * Makes room for runs of one layout and sets the energies at time 0.
   * @throws OutOfMemoryError when the memory cannot be had.
   */
  allocate(initial: Float64Array, layout: Layout): void {
    // One level at least: two blocks must fit for `merge`, and two replicas where they run side by side.
    const levels = Math.max(layout.level, 1);
    const samples = layout.samples ? 2 ** levels : 2;
    const moments = codeOf("MOMENTS", layout.moments);
    const startRows = layout.drawn ? 1 : 0;
    const sizes: Sizes = [
      initial.length,
      layout.times.length,
      moments,
      levels,
      samples,
      startRows,
      layout.ratios ? 1 : 0,
    ];
    const status = this.engine.allocate(...sizes);
    accepted(status, "moments", layout.moments);
    if (status !== abi.STATUS_DONE) {
      throw new OutOfMemoryError(this.engine.bytesNeeded(...sizes), memoryAdvice(layout));
    }
    this.cells = initial.length;
    this.observations = layout.times.length;
    this.startRows = startRows;
    this.moments = layout.moments;
    this.level = layout.level;
    this.numbers(abi.REGION_TIMES, this.observations).set(layout.times);
    this.numbers(abi.REGION_INITIAL, this.cells).set(initial);
  }

  /** Starts replicas `first` to `first` + 2^level - 1. */
  beginChunk(method: Method, first: number, level: number): void {
    accepted(this.engine.beginChunk(codeOf("METHOD", method), BigInt(first), level), "method", method);
  }

  /**
   * Tries about `budget` more candidate events; whether the chunk is then finished, or stopped at `leftAt`.
   * @throws RateBoundError
   */
  advance(budget: number): boolean {
    return this.unlessFaulty(this.engine.advance(budget)) !== abi.STATUS_MORE;
  }

  /** When the replica after the finished ones left the cone of positive energies, which ends the chunk; or undefined. */
  get leftAt(): number | undefined {
    return unlessNegative(this.engine.leftAt());
  }

  /** Replicas of the present chunk that are finished. */
  get finishedReplicas(): number {
    return this.engine.finishedReplicas();
  }

  /** Exchanges in those; steps for "mesoscopic". */
  get finishedEvents(): number {
    return this.finishedLevels.reduce((sum, _, i) => sum + this.finishedBlock(i)[1], 0);
  }

  /**
   * The levels of the nodes of the aligned tree that they make up, the largest first: one for each 1 in their number
   * (assembly/chunk.ts).
   */
  get finishedLevels(): number[] {
    const finished = this.finishedReplicas;
    const levels = Array.from({ length: this.level + 1 }, (_, i) => this.level - i);
    return levels.filter((level) => Math.floor(finished / 2 ** level) % 2 === 1);
  }

  /** A view of the block of the i-th of those nodes. */
  finishedBlock(i: number): Float64Array<ArrayBuffer> {
    const length = this.blockLength;
    return this.numbers(abi.REGION_BLOCKS, (i + 1) * length).subarray(i * length);
  }

  /**
   * Puts a replica at time 0, to be followed to measurements whose times are not known ahead (assembly/path.ts).
   * @throws OutOfMemoryError when the memory cannot be had.
   */
  beginPath(method: Method, replica: number, initial: Float64Array, drawn = false): void {
    this.allocate(initial, { times: [0, 0, 0], moments: "mean", level: 0, samples: false, drawn });
    accepted(this.engine.beginPath(codeOf("METHOD", method), BigInt(replica)), "method", method);
  }

  /**
   * Runs to a time not before the last measurement and measures there; false if the replica left the cone before.
   * @throws RateBoundError
   */
  follow(time: number): boolean {
    accepted(this.engine.measureAt(time), "time", time);
    let status: number;
    do status = this.unlessFaulty(this.engine.follow(BUDGET));
    while (status === abi.STATUS_MORE);
    return status === abi.STATUS_DONE;
  }

  /** The last measurement of the path: E_1..E_N, inflow, copied; exchanges so far; when it left the cone, or undefined. */
  get measurement(): { observed: Float64Array; events: number; leftAt: number | undefined } {
    const rows = this.observed(1);
    const from = (this.startRows + 1) * (this.cells + 1);
    const observed = rows.slice(from, from + this.cells + 1);
    return { observed, events: this.engine.pathEvents(), leftAt: unlessNegative(this.engine.pathLeftAt()) };
  }

  /** E(0) of the path, copied, where it was drawn. */
  get drawnStart(): Float64Array {
    return this.observed(1).slice(0, this.cells);
  }

  /** The block of the replicas of both: `left` are the lower numbers. Overwrites the present chunk. */
  merge(left: Float64Array, right: Float64Array): Float64Array<ArrayBuffer> {
    const length = this.blockLength;
    const stack = this.numbers(abi.REGION_BLOCKS, 2 * length);
    stack.set(left);
    stack.set(right, length);
    this.engine.mergeBlocks(0, 1);
    return stack.slice(0, length);
  }

  /** Bytes of the engine's memory. */
  get memoryBytes(): number {
    return this.engine.memory.buffer.byteLength;
  }

  /**
   * A view of the rows of the chunk's first `replicas`: replicas x times x (E_1..E_N, inflow), with one more row before those
   * of each replica that has drawn its start, E_1(0)..E_N(0) and a number without meaning.
   */
  observed(replicas: number): Float64Array<ArrayBuffer> {
    return this.numbers(abi.REGION_OBSERVATIONS, replicas * (this.startRows + this.observations) * (this.cells + 1));
  }

  /** A view of W_f of the chunk's first `replicas`, where it is kept: replicas x times. */
  ratios(replicas: number): Float64Array<ArrayBuffer> {
    return this.numbers(abi.REGION_RATIOS, replicas * this.observations);
  }

  private unlessFaulty(status: number): number {
    if (status !== abi.STATUS_RATE) return status;
    const [bond, left, right, rate, bound] = [0, 1, 2, 3, 4].map((i) => this.engine.fault(i));
    throw new RateBoundError({ bond, energies: [left, right], rate, bound });
  }

  private get blockLength(): number {
    return blockLayout(this.cells, this.observations, this.moments).length;
  }

  private numbers(region: number, length: number): Float64Array<ArrayBuffer> {
    return new Float64Array(this.engine.memory.buffer, this.engine.region(region) >>> 0, length);
  }
}

/** The layout of a block (assembly/abi.ts): places and lengths in numbers, places counted from the start of a record. */
export function blockLayout(cells: number, observations: number, moments: Moments) {
  const code = codeOf("MOMENTS", moments);
  return {
    header: abi.BLOCK_HEADER,
    current: abi.transfersIn(cells),
    currentSquares: abi.transferSquaresIn(cells),
    squares: abi.energySquaresIn(cells),
    record: abi.recordLength(cells, code),
    length: abi.blockLength(cells, observations, code),
  };
}

/**
 * @throws EngineMismatchError if the engine answers that it does not know this word; InvalidInputError if it answers that
 *   numbers are none that a chain has.
 */
function accepted(status: number, field: string, got: string | number): void {
  if (status === abi.STATUS_INVALID) {
    const expected = "those that a chain can have, which are the ones that defineModel lets through";
    throw new InvalidInputError("engine", [{ field: "numbers", expected, got: "others" }]);
  }
  if (status !== abi.STATUS_UNKNOWN) return;
  throw new EngineMismatchError(`"${field}" expected one that the engine knows, got "${got}"; run npm run build`);
}

/** A time, or undefined for the -1 by which the engine says that there is none. */
const unlessNegative = (time: number) => (time < 0 ? undefined : time);

function memoryAdvice({ moments, samples }: Layout): string {
  const steps = [
    ...(moments === "covariance" ? ['ask for moments: "variance"'] : []),
    ...(samples ? ["run without samples"] : []),
    "ask for fewer times or cells",
  ];
  return `${steps.join(", or ")} (the engine's memory ends at 4 GiB)`;
}

/**
 * The energy that each bond has transferred from left to right, into `transferred`, N+1 numbers:
 * Q_k = Q_{k-1} - (E_k - reference E_k), from the inflow Q_0 on, as in assembly/moments.ts.
 * @param observed one observation: E_1..E_N, inflow.
 */
export function sumTransferred(observed: Float64Array, reference: Float64Array, transferred: Float64Array): void {
  const cells = reference.length;
  let sum = observed[cells];
  transferred[0] = sum;
  for (let k = 1; k <= cells; k++) {
    sum -= observed[k - 1] - reference[k - 1];
    transferred[k] = sum;
  }
}

/** The same since time 0, when the energies were `initial`, and exactly 0 beside cells that have exchanged nothing. */
export function transferredBy(observed: Float64Array, initial: Float64Array, transferred: Float64Array): void {
  sumTransferred(observed, initial, transferred);
  settleTransferred(observed, initial, transferred);
}

/** The most that rounding makes of a transferred energy, relative to the highest energy. */
const ROUNDING = 2 ** -36;

/**
 * Sets transferred energies, or their means over replicas, to 0 on both sides of every cell that has exchanged nothing, and
 * counts those further right from there: differences of energies leave some 1e-16 of the highest energy in place of 0.
 * Such a cell has the energy of time 0, bit for bit. A cell can come back to that by chance, at large M, but then what has
 * been transferred is more than rounding makes.
 * @param energies E_1..E_N, or their means.
 */
export function settleTransferred(energies: Float64Array, initial: Float64Array, transferred: Float64Array): void {
  let highest = Math.abs(transferred[0]);
  let isSettled = false;
  for (let k = 1; k <= initial.length; k++) {
    const [energy, before] = [energies[k - 1], initial[k - 1]];
    if (energy === before && Math.abs(transferred[k - 1]) <= ROUNDING * highest) {
      transferred[k - 1] = transferred[k] = 0;
      isSettled = true;
    } else if (isSettled) transferred[k] = transferred[k - 1] - (energy - before);
    highest = Math.max(highest, energy);
  }
}
