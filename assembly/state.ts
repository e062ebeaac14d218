/**
 * The model, the state of the replica being run, and the memory they live in: the only address arithmetic.
 *
 * The heap, from the first address after the static data, every array on a 16-byte boundary (f64 throughout). First come the
 * sites, if bonds differ, which a model brings with it: P numbers for each bond, N+1 times 16 ceil(P/2) bytes. Then those of
 * a run:
 *
 *   ┌───────┬─────────┬─────────────┬─────────────────┬──────────┬────────────┬─────────────────┬───────────────┬────────────────┐
 *   │ times │ initial │ cells       │ floors          │ rates    │ start      │ slots           │ observations  │ blocks         │
 *   │ T     │ N       │ (N+2) x     │ (N+2) x         │ f_0..f_N │ cells,     │ (bottom,bond) x │ S x T x       │ (levels + 1) x │
 *   │       │         │ (E_k, c_k)  │ (floor, sure_k) │          │ .., rates  │ slotsFor(N)     │ (E_1..inflow) │ blockLength    │
 *   └───────┴─────────┴─────────────┴─────────────────┴──────────┴────────────┴─────────────────┴───────────────┴────────────────┘
 *
 * E_0 = T_L, E_{N+1} = T_R. The ceilings c_k, the floors, the start (these and the rates as a replica begins) and the slots
 * belong to the exact method (bounds.ts), where f_k is an upper bound and sure_k a lower one. `mesoscopic.ts` has its own
 * arrays in the place of the slots (lanes.ts).
 * An observation is E_1 .. E_N and the inflow; W_f, where it is kept, has S x T numbers of its own between these and the blocks. Where each replica draws its start, initial holds the temperatures T_k that it
 * draws from, and the start is one more row of the replica, before its observations.
 * S is 2, the replicas that `mesoscopic.ts` runs at once, or those of a chunk when their samples are kept: a power of 2.
 * `inflow` is the energy the left bath has given since time 0. A block (see moments.ts) sums up some replicas; a chunk of
 * 2^levels needs levels + 1 of them at once.
 */
import {
  blockLength,
  MOMENTS_COVARIANCE,
  MOMENTS_MEAN,
  REGION_BLOCKS,
  REGION_INITIAL,
  REGION_OBSERVATIONS,
  REGION_RATIOS,
  REGION_SITES,
  STATUS_DONE,
  STATUS_NO_MEMORY,
  STATUS_UNKNOWN,
} from "./abi";

/** N, M and the number of observation times. */
export let cells: i32 = 0;
export let particles: f64 = 1;
export let observations: i32 = 0;
/** T_L, T_R. */
export let leftTemperature: f64 = 1;
export let rightTemperature: f64 = 1;
/** A bond rings at rate speed x f: M on the fast timescale, 1 on the slow one. */
export let speed: f64 = 1;
export let moments: i32 = MOMENTS_COVARIANCE;
export let seed: u64 = 0;

/** The replica being run: the energy its left bath has given, its events, and its next observation. */
export let inflow: f64 = 0;
/** W_f, the sum over its events of log f(before)/f(after) of the bond that rang (THEORY 12.1), where that is asked for. */
let ratio: f64 = 0;
export let events: f64 = 0;
export let nextObservation: i32 = 0;

/** Address of the sites, and of what comes after them. */
export const sitesAt: usize = (__heap_base + 15) & ~15;
let endOfSites: usize = sitesAt;
/** Bytes from the address of cell k to 16 k bytes into the sites, which are those of bond k where it has two at most. */
export let toSites: usize = 0;
let timesAt: usize = 0;
let initialAt: usize = 0;
export let cellsAt: usize = 0;
let floorsAt: usize = 0;
let ratesAt: usize = 0;
let startAt: usize = 0;
let slotsAt: usize = 0;
/** The slots that there is room for. */
export let slotCapacity: i32 = 0;
let observationsAt: usize = 0;
let ratiosAt: usize = 0;
let blocksAt: usize = 0;
/** S. */
let places: u64 = 2;
/** True where each replica draws its start; and where W_f is kept, see `ratio`. */
export let drawsStart: bool = false;
export let keepsRatio: bool = false;

export function setChain(M: f64, left: f64, right: f64, newSpeed: f64, newSeed: u64): void {
  particles = M;
  leftTemperature = left;
  rightTemperature = right;
  speed = newSpeed;
  seed = newSeed;
}

/** The slots that bounds.ts gives a bond, on average: fewer in a long chain, whose table would outgrow the core's cache. */
export function slotsPerBond(cells: f64): f64 {
  return max(4, min(16, 65536 / (cells + 1)));
}

/** The slots that there is room for: twice as many, and a few for short chains. */
function slotsFor(cells: f64): f64 {
  return 2 * ceil(slotsPerBond(cells) * (cells + 1)) + 64;
}

/**
 * Makes room for so many numbers for each of the bonds of so many cells.
 * @returns STATUS_DONE, or STATUS_NO_MEMORY.
 */
export function placeSites(cells: f64, numbers: f64): i32 {
  const end = <f64>sitesAt + (cells + 1) * aligned(numbers);
  if (!hasRoom(end)) return STATUS_NO_MEMORY;
  endOfSites = <usize>end;
  return STATUS_DONE;
}

/** Grows the memory to this many bytes, if it can. */
function hasRoom(bytes: f64): bool {
  if (bytes > 4294901760) return false;
  const missing = <i32>ceil(bytes / 65536) - memory.size();
  return missing <= 0 || memory.grow(missing) >= 0;
}

/** Bytes of memory for such a run; a float, so that no demand can overflow. */
export function bytesNeeded(
  cells: f64,
  observations: f64,
  moments: i32,
  levels: i32,
  samples: f64,
  starts: i32,
  ratios: i32,
): f64 {
  const heap =
    aligned(observations) +
    aligned(cells) +
    2 * startBytes(cells) +
    aligned(2 * slotsFor(cells)) +
    aligned(samples * (observations + <f64>starts) * (cells + 1)) +
    aligned(samples * observations * <f64>ratios) +
    aligned(<f64>(levels + 1) * blockLength(cells, observations, moments));
  return <f64>endOfSites + heap;
}

/** Bytes of the start, and of the cells, floors and rates that it is a copy of. */
function startBytes(cells: f64): f64 {
  return 2 * aligned(2 * (cells + 2)) + aligned(2 * (cells + 1));
}

/** Bytes of so many numbers, rounded up to 16. */
function aligned(numbers: f64): f64 {
  return ceil(numbers / 2) * 16;
}

/**
 * Lays out the memory for a run; `samples` is S above, `starts` 1 where each replica draws its start, `ratios` 1 where W_f is
 * kept.
 * @returns STATUS_DONE; STATUS_NO_MEMORY when the engine cannot have `bytesNeeded`; STATUS_UNKNOWN for moments it does not know.
 */
export function allocate(
  newCells: i32,
  newObservations: i32,
  newMoments: i32,
  levels: i32,
  samples: f64,
  starts: i32,
  ratios: i32,
): i32 {
  if (newMoments < MOMENTS_MEAN || newMoments > MOMENTS_COVARIANCE) return STATUS_UNKNOWN;
  const bytes = bytesNeeded(newCells, newObservations, newMoments, levels, samples, starts, ratios);
  if (!hasRoom(bytes)) return STATUS_NO_MEMORY;
  cells = newCells;
  observations = newObservations;
  moments = newMoments;
  places = <u64>samples;
  drawsStart = starts != 0;
  keepsRatio = ratios != 0;
  timesAt = endOfSites;
  initialAt = timesAt + <usize>aligned(observations);
  cellsAt = initialAt + <usize>aligned(cells);
  toSites = sitesAt - cellsAt;
  floorsAt = cellsAt + <usize>aligned(2 * (cells + 2));
  ratesAt = floorsAt + <usize>aligned(2 * (cells + 2));
  startAt = ratesAt + <usize>aligned(2 * (cells + 1));
  slotsAt = startAt + <usize>startBytes(cells);
  slotCapacity = <i32>slotsFor(cells);
  observationsAt = slotsAt + <usize>aligned(2 * <f64>slotCapacity);
  ratiosAt = observationsAt + <usize>aligned(samples * <f64>(observations + starts) * <f64>(cells + 1));
  blocksAt = ratiosAt + <usize>aligned(samples * <f64>observations * <f64>ratios);
  return STATUS_DONE;
}

/** The address of an array that the host reads or writes. */
export function region(code: i32): usize {
  if (code == REGION_INITIAL) return initialAt;
  if (code == REGION_OBSERVATIONS) return observationsAt;
  if (code == REGION_BLOCKS) return blocksAt;
  if (code == REGION_SITES) return sitesAt;
  if (code == REGION_RATIOS) return ratiosAt;
  return timesAt;
}

/** The third number of a slot whose bond joins two cells; and less than it, where the right one is the fast side. */
export const BETWEEN: i32 = -1;
/** Added to that of a bond with a bath where the right one is. */
const RIGHT_IS_FAST: i32 = 32;

export class State {
  /** Address of cell k, its energy; its ceiling c_k lies 8 bytes further and cell k+1 16 bytes. */
  @inline static cell(k: i32): usize {
    return cellsAt + ((<usize>k) << 4);
  }

  /** The bond whose left cell is at this address. */
  @inline static bondOf(cell: usize): i32 {
    return <i32>((cell - cellsAt) >> 4);
  }

  @inline static energy(k: i32): f64 {
    return load<f64>(State.cell(k));
  }

  @inline static setEnergy(k: i32, energy: f64): void {
    store<f64>(State.cell(k), energy);
  }

  /** The highest of E_0 .. E_{N+1}. */
  static highestEnergy(): f64 {
    let highest = max(leftTemperature, rightTemperature);
    for (let k = 1; k <= cells; k++) highest = max(highest, State.energy(k));
    return highest;
  }

  @inline static ceiling(k: i32): f64 {
    return load<f64>(State.cell(k), 8);
  }

  @inline static setCeiling(k: i32, ceiling: f64): void {
    store<f64>(State.cell(k), ceiling, 8);
  }

  /** Bytes from a cell to its floor, an energy that it is not below; its bond's sure rate lies 8 bytes further. */
  @inline static get toFloor(): usize {
    return floorsAt - cellsAt;
  }

  @inline static floor(k: i32): f64 {
    return load<f64>(State.cell(k) + State.toFloor);
  }

  @inline static setFloor(k: i32, floor: f64): void {
    store<f64>(State.cell(k) + State.toFloor, floor);
  }

  @inline static setSure(k: i32, rate: f64): void {
    store<f64>(State.cell(k) + State.toFloor, rate, 8);
  }

  /**
   * Address of the first slot; the next lies 16 bytes further.
   *   0               8                 12
   *   ┌───────────────┬─────────────────┬────────────────────────────────────────────────────────────┐
   *   │ bottom        │ address of E_k  │ BETWEEN, or from there to the cell that faces a bath: 16, 0 │
   *   └───────────────┴─────────────────┴────────────────────────────────────────────────────────────┘
   * In a kinetic exchange the last says, too, which side is the fast one: `fast` is 1 for the right one.
   */
  @inline static get slots(): usize {
    return slotsAt;
  }

  @inline static setSlot(i: i32, bottom: f64, bond: i32, fast: i32): void {
    const slot = slotsAt + ((<usize>i) << 4);
    let side = BETWEEN - fast;
    if (bond == 0) side = 16 + RIGHT_IS_FAST * fast;
    else if (bond == cells) side = RIGHT_IS_FAST * fast;
    store<f64>(slot, bottom);
    store<u64>(slot, ((<u64>side) << 32) | (<u64>State.cell(bond)), 8);
  }

  @inline static rate(k: i32): f64 {
    return load<f64>(ratesAt + ((<usize>k) << 3));
  }

  @inline static setRate(k: i32, rate: f64): void {
    store<f64>(ratesAt + ((<usize>k) << 3), rate);
  }

  /** Copies the cells, floors and rates to the start. */
  static keepStart(): void {
    memory.copy(startAt, cellsAt, startAt - cellsAt);
  }

  /** Copies the start back to the cells, floors and rates. */
  static goToStart(): void {
    memory.copy(cellsAt, startAt, startAt - cellsAt);
  }

  @inline static time(i: i32): f64 {
    return load<f64>(timesAt + ((<usize>i) << 3));
  }

  @inline static setTime(i: i32, time: f64): void {
    store<f64>(timesAt + ((<usize>i) << 3), time);
  }

  /** The time from the last observation to the next. */
  @inline static get interval(): f64 {
    return State.time(nextObservation) - State.time(nextObservation - 1);
  }

  /** Bytes from a replica's first observation to its next. */
  @inline static get toNextObservation(): usize {
    return (<usize>nextObservation * <usize>(cells + 1)) << 3;
  }

  @inline static addInflow(energy: f64): void {
    inflow += energy;
  }

  @inline static addRatio(logarithm: f64): void {
    ratio += logarithm;
  }

  @inline static countEvents(made: i32): void {
    events += <f64>made;
  }

  /** E_k(0), or the T_k that it is drawn from. */
  @inline static initialEnergy(k: i32): f64 {
    return load<f64>(initialAt + ((<usize>(k - 1)) << 3));
  }

  /** Address of E_1(0) of the replica at this place in its chunk. */
  @inline static start(place: u64): usize {
    return drawsStart ? State.rows(place) : initialAt;
  }

  /** Address of the block at this depth of the stack. */
  @inline static block(depth: i32): usize {
    return blocksAt + <usize>depth * ((<usize>blockLength(cells, observations, moments)) << 3);
  }

  /** Address of the first observation of the replica at this place in its chunk. */
  @inline static observation(place: u64): usize {
    return State.rows(place) + (drawsStart ? (<usize>(cells + 1)) << 3 : 0);
  }

  /** Address of its first W_f. */
  @inline static ratios(place: u64): usize {
    return ratiosAt + ((<usize>(place & (places - 1)) * <usize>observations) << 3);
  }

  /** Address of its first row, of N+1 numbers. */
  @inline private static rows(place: u64): usize {
    const rows = <usize>(observations + <i32>drawsStart);
    return observationsAt + <usize>(place & (places - 1)) * rows * ((<usize>(cells + 1)) << 3);
  }
}

/** Address of the replica's first observation, and of its first W_f. */
let observationsOfReplica: usize = 0;
let ratiosOfReplica: usize = 0;

/** Puts a replica at time 0; `place` is its number in its chunk, from 0 on. */
export function begin(place: u64): void {
  inflow = 0;
  ratio = 0;
  events = 0;
  nextObservation = 0;
  observationsOfReplica = State.observation(place);
  ratiosOfReplica = State.ratios(place);
  const start = State.start(place);
  for (let k = 1; k <= cells; k++) State.setEnergy(k, load<f64>(start + ((<usize>(k - 1)) << 3)));
  State.setEnergy(0, leftTemperature);
  State.setEnergy(cells + 1, rightTemperature);
}

/** Writes down the energies and the inflow as the next observation. */
export function observe(): void {
  const at = observationsOfReplica + State.toNextObservation;
  for (let k = 1; k <= cells; k++) store<f64>(at + ((<usize>(k - 1)) << 3), State.energy(k));
  store<f64>(at + ((<usize>cells) << 3), inflow);
  if (keepsRatio) store<f64>(ratiosOfReplica + ((<usize>nextObservation) << 3), ratio);
  countObservation();
}

export function countObservation(): void {
  nextObservation++;
}

/** Makes the last observation the one before, and moves the next one to this time. */
export function observeAgain(time: f64): void {
  nextObservation--;
  State.setTime(nextObservation - 1, State.time(nextObservation));
  State.setTime(nextObservation, time);
}
