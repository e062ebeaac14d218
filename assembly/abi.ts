/**
 * What the engine and its host both must know: compiled by asc into the engine and by tsc into the host.
 * Codes are stable within one ABI version; the host refuses an engine of another.
 */
export const ABI_VERSION = 8;

/** Streams of random numbers: the same seed and stream version give the same numbers for ever. */
export const STREAM_VERSION = 2;

/** Rate laws f(a, b), before `scale` and `cap`. */
export const LAW_CONSTANT = 0;
export const LAW_SQRT_SUM = 1;
export const LAW_SQRT_HARMONIC = 2;
export const LAW_SQRT_MIN = 3;

/** Baths, by the packet that one of temperature T puts up: B·Exp(T), the paper's, or Exp(T/M). */
export const BATH_EXPONENTIAL = 0;
export const BATH_THERMAL = 1;

/** Exchanges (collision.ts). */
export const EXCHANGE_UNIFORM = 0;
export const EXCHANGE_KINETIC = 1;

export const METHOD_EXACT = 0;
export const METHOD_DIRECT = 1;
export const METHOD_MESOSCOPIC = 2;

/** Moments that a block keeps of its replicas. */
export const MOMENTS_MEAN = 0;
export const MOMENTS_VARIANCE = 1;
export const MOMENTS_COVARIANCE = 2;

/** Answers of the functions that can fail or be unfinished. */
export const STATUS_DONE = 0;
export const STATUS_MORE = 1;
export const STATUS_NO_MEMORY = 2;
export const STATUS_LEFT_CONE = 3;
/** A law, bath, method or kind of moments that the engine does not know. */
export const STATUS_UNKNOWN = 4;
/** Numbers that no chain has (check.ts). */
export const STATUS_INVALID = 5;
/** A rate that no chain can have, or that is above its bound (fault.ts). */
export const STATUS_RATE = 6;

/** Arrays in the engine's memory that the host reads or writes, by the address that `region` gives. */
export const REGION_TIMES = 0;
export const REGION_INITIAL = 1;
export const REGION_OBSERVATIONS = 2;
export const REGION_BLOCKS = 3;
export const REGION_SITES = 4;
export const REGION_RATIOS = 5;

/** Shares that `nextShares` draws at a time. */
export const SHARES = 1024;

/**
 * The layout of a block (drawn in moments.ts), in numbers: a header, then a record for each time. In a record of N `cells`
 * these give where the means of the transferred energies begin, the second moments of those, and those of the energies.
 */
export const BLOCK_HEADER = 2;

export function transfersIn(cells: number): number {
  return cells;
}

export function transferSquaresIn(cells: number): number {
  return transfersIn(cells) + (cells + 1);
}

export function energySquaresIn(cells: number): number {
  return transferSquaresIn(cells) + (cells + 1);
}

export function recordLength(cells: number, moments: number): number {
  if (moments === MOMENTS_MEAN) return transferSquaresIn(cells);
  return energySquaresIn(cells) + (moments === MOMENTS_COVARIANCE ? (cells * (cells + 1)) / 2 : cells);
}

export function blockLength(cells: number, observations: number, moments: number): number {
  return BLOCK_HEADER + observations * recordLength(cells, moments);
}
