/**
 * The chain, the path being run, and the memory they live in: the only address arithmetic.
 *
 * The heap, every array on a 16-byte boundary, all f64. First come the sites, if bonds differ (P numbers for each), then
 *
 *   ┌──────────┬──────────┬────────┬────────┬─────────┬─────────┬───────────┬────────┐
 *   │ energies │ scaled   │ tilts  │ rates  │ tilted  │ alphas  │ betas     │ gammas │   N+2 each, and room for
 *   │ E_0..    │ Ê_0..    │ s_0..  │ f_0..  │ f_k c_k │ s_k Ê_k │ s_k Ê_k+1 │ γ_0..  │   two pairs more
 *   └──────────┴──────────┴────────┴────────┴─────────┴─────────┴───────────┴────────┘
 *   ┌─────────┬────────┬───────────┬───────────┬───────────────┬──────────┬─────────────┬──────────┬─────────┐
 *   │ initial │ times  │ momenta   │ path      │ gains         │ result   │ clones      │ others   │ weights │
 *   │ N       │ S+1    │ (S+1) x N │ (S+1) x N │ (S+1) x N x N │ N+3      │ C x N       │ C x N    │ C       │
 *   └─────────┴────────┴───────────┴───────────┴───────────────┴──────────┴─────────────┴──────────┴─────────┘
 *
 * E_0 = T_L, E_{N+1} = T_R. Ê is M E/(M-1) of a cell, its energy where M = 1, and T of a bath (kernel.ts).
 * Arrays by bond end in pairs that are no bonds, so that bonds are rated two at a time without asking which are.
 */
import {
  REGION_GAINS,
  REGION_INITIAL,
  REGION_MOMENTA,
  REGION_PATH,
  REGION_RESULT,
  REGION_SITES,
  REGION_TIMES,
  RESULT_NUMBERS,
} from "./abi";

/** N, M and the speed: bonds ring at speed x f. */
export let cells: i32 = 0;
export let particles: f64 = 1;
export let speed: f64 = 1;
/** T_L, T_R. */
export let leftTemperature: f64 = 1;
export let rightTemperature: f64 = 1;
/** M/(M-1), or 1 where M = 1; 1/(M-1). */
let scaling: f64 = 1;
export let exponent: f64 = 1;

/** Address of the sites, and of what comes after them. */
export const sitesAt: usize = (__heap_base + 15) & ~15;
let endOfSites: usize = sitesAt;

let energiesAt: usize = 0;
let scaledAt: usize = 0;
let tiltsAt: usize = 0;
let ratesAt: usize = 0;
let tiltedAt: usize = 0;
let alphasAt: usize = 0;
let betasAt: usize = 0;
let gammasAt: usize = 0;
export let initialAt: usize = 0;
export let timesAt: usize = 0;
export let momentaAt: usize = 0;
export let pathAt: usize = 0;
export let gainsAt: usize = 0;
export let resultAt: usize = 0;
export let clonesAt: usize = 0;
export let othersAt: usize = 0;
export let weightsAt: usize = 0;

export function setChain(newCells: i32, M: f64, left: f64, right: f64, newSpeed: f64): void {
  cells = newCells;
  particles = M;
  leftTemperature = left;
  rightTemperature = right;
  speed = newSpeed;
  scaling = M > 1 ? M / (M - 1) : 1;
  exponent = 1 / (M - 1);
}

/** Bytes of so many numbers, rounded up to 16. */
function aligned(numbers: f64): f64 {
  return ceil(numbers / 2) * 16;
}

/** Grows the memory to this many bytes, if it can. */
function hasRoom(bytes: f64): bool {
  if (bytes > 4294901760) return false;
  const missing = <i32>ceil(bytes / 65536) - memory.size();
  return missing <= 0 || memory.grow(missing) >= 0;
}

/** Makes room for so many numbers for each bond. */
export function placeSites(numbers: f64): bool {
  const end = <f64>sitesAt + <f64>(cells + 1) * aligned(numbers);
  if (!hasRoom(end)) return false;
  endOfSites = <usize>end;
  return true;
}

/** Bytes of memory for S intervals and C clones; a float, so that no demand can overflow. */
export function bytesNeeded(intervals: f64, clones: f64): f64 {
  const N = <f64>cells;
  const grid = intervals + 1;
  return (
    <f64>endOfSites +
    8 * aligned(N + 6) +
    aligned(N) +
    aligned(grid) +
    2 * aligned(grid * N) +
    aligned(grid * N * N) +
    aligned(N + RESULT_NUMBERS) +
    2 * aligned(clones * N) +
    aligned(clones)
  );
}

/** Lays out the memory. Returns whether there is so much. */
export function allocate(intervals: f64, clones: f64): bool {
  if (!hasRoom(bytesNeeded(intervals, clones))) return false;
  const N = <f64>cells;
  const bonds = <usize>aligned(N + 6);
  const grid = intervals + 1;
  energiesAt = endOfSites;
  scaledAt = energiesAt + bonds;
  tiltsAt = scaledAt + bonds;
  ratesAt = tiltsAt + bonds;
  tiltedAt = ratesAt + bonds;
  alphasAt = tiltedAt + bonds;
  betasAt = alphasAt + bonds;
  gammasAt = betasAt + bonds;
  initialAt = gammasAt + bonds;
  timesAt = initialAt + <usize>aligned(N);
  momentaAt = timesAt + <usize>aligned(grid);
  pathAt = momentaAt + <usize>aligned(grid * N);
  gainsAt = pathAt + <usize>aligned(grid * N);
  resultAt = gainsAt + <usize>aligned(grid * N * N);
  clonesAt = resultAt + <usize>aligned(N + RESULT_NUMBERS);
  othersAt = clonesAt + <usize>aligned(clones * N);
  weightsAt = othersAt + <usize>aligned(clones * N);
  memory.fill(energiesAt, 0, initialAt - energiesAt);
  Chain.setBaths();
  return true;
}

/** The address of an array that the host reads or writes. */
export function region(code: i32): usize {
  switch (code) {
    case REGION_SITES:
      return sitesAt;
    case REGION_INITIAL:
      return initialAt;
    case REGION_TIMES:
      return timesAt;
    case REGION_MOMENTA:
      return momentaAt;
    case REGION_PATH:
      return pathAt;
    case REGION_GAINS:
      return gainsAt;
    default:
      return resultAt;
  }
}

/** Writes what a replica leaves: its energies, and the numbers after them. */
export function writeResult(carried: f64, logWeight: f64, events: f64): void {
  Chain.writeAll(resultAt);
  const numbers = Numbers.at(resultAt, cells);
  store<f64>(numbers, carried);
  store<f64>(numbers, logWeight, 8);
  store<f64>(numbers, events, 16);
}

/** Swaps the clones and the others. */
export function swapClones(): void {
  const at = clonesAt;
  clonesAt = othersAt;
  othersAt = at;
}

export class Numbers {
  /** Address of number i of an array. */
  @inline static at(array: usize, i: i32): usize {
    return array + ((<usize>i) << 3);
  }
  /** Two numbers that have been stored one by one: a load of both would wait until they are in the cache. */
  @inline static oneByOne(address: usize): v128 {
    return v128.load64_lane(address, v128.load64_zero(address), 1, 8);
  }
}

export class Chain {
  @inline static energy(k: i32): f64 {
    return load<f64>(Numbers.at(energiesAt, k));
  }
  /** Sets the energy of a cell. */
  @inline static setEnergy(k: i32, energy: f64): void {
    store<f64>(Numbers.at(energiesAt, k), energy);
    store<f64>(Numbers.at(scaledAt, k), energy * scaling);
  }
  /** Puts both baths at their temperatures. */
  @inline static setBaths(): void {
    store<f64>(energiesAt, leftTemperature);
    store<f64>(scaledAt, leftTemperature);
    store<f64>(Numbers.at(energiesAt, cells + 1), rightTemperature);
    store<f64>(Numbers.at(scaledAt, cells + 1), rightTemperature);
  }
  /** E_k and E_{k+1}. */
  @inline static energies(k: i32): v128 {
    return Numbers.oneByOne(Numbers.at(energiesAt, k));
  }
  /** Ê_k and Ê_{k+1}. */
  @inline static scaled(k: i32): v128 {
    return Numbers.oneByOne(Numbers.at(scaledAt, k));
  }
  @inline static tilt(k: i32): f64 {
    return load<f64>(Numbers.at(tiltsAt, k));
  }
  /** s_k and s_{k+1}. */
  @inline static tilts(k: i32): v128 {
    return v128.load(Numbers.at(tiltsAt, k));
  }
  @inline static setTilt(k: i32, tilt: f64): void {
    store<f64>(Numbers.at(tiltsAt, k), tilt);
  }
  /** f of bond k. */
  @inline static rate(k: i32): f64 {
    return load<f64>(Numbers.at(ratesAt, k));
  }
  @inline static setRates(k: i32, rates: v128): void {
    v128.store(Numbers.at(ratesAt, k), rates);
  }
  /** f c of bond k. */
  @inline static tilted(k: i32): f64 {
    return load<f64>(Numbers.at(tiltedAt, k));
  }
  @inline static setTilted(k: i32, rates: v128): void {
    v128.store(Numbers.at(tiltedAt, k), rates);
  }
  @inline static alpha(k: i32): f64 {
    return load<f64>(Numbers.at(alphasAt, k));
  }
  @inline static beta(k: i32): f64 {
    return load<f64>(Numbers.at(betasAt, k));
  }
  @inline static gamma(k: i32): f64 {
    return load<f64>(Numbers.at(gammasAt, k));
  }
  @inline static setKernel(k: i32, alphas: v128, betas: v128, gammas: v128): void {
    v128.store(Numbers.at(alphasAt, k), alphas);
    v128.store(Numbers.at(betasAt, k), betas);
    v128.store(Numbers.at(gammasAt, k), gammas);
  }
  /** Puts all cells at the energies of an array of N. */
  static setAll(from: usize): void {
    for (let k = 1; k <= cells; k++) Chain.setEnergy(k, load<f64>(Numbers.at(from, k - 1)));
  }
  /** Writes the energies of all cells to an array of N. */
  static writeAll(to: usize): void {
    memory.copy(to, Numbers.at(energiesAt, 1), (<usize>cells) << 3);
  }
}
