/**
 * What the billiards' engine and its host both must know: compiled by asc into the engine and by tsc into the host.
 * Codes are stable within one ABI version; the host refuses an engine of another.
 */
export const BILLIARDS_ABI = 1;

/** Baths (baths.ts). A table without is closed. */
export const BATH_NONE = 0;
export const BATH_EXPONENTIAL = 1;
export const BATH_MAXWELL = 2;

/** Answers of the functions that can fail or be unfinished. */
export const STATUS_DONE = 0;
/** The budget of events is used up; call again. */
export const STATUS_MORE = 1;
export const STATUS_NO_MEMORY = 2;
/** The record of collisions is full; read it and call again. */
export const STATUS_FULL = 3;
/** No free place was found for a disk. */
export const STATUS_DENSE = 4;

/** Arrays in the engine's memory that the host reads or writes, by the address that `region` gives. */
export const REGION_POSITIONS = 0;
export const REGION_BATCH = 1;
export const REGION_RECORDS = 2;
export const REGION_CHECKPOINT = 3;
export const REGION_ENERGIES = 4;

/** A record of a collision through a barrier, in numbers: time, barrier, E and e of the left and the right one, e' of both. */
export const RECORD = 8;
/** Records that fit. */
export const RECORDS = 4096;

/**
 * The layout of a batch, in numbers: its duration, collisions of any kind, and crossings of bins; then for each of the
 * barriers count, energy carried to the right, and the sum of M e over both particles; then for each of the cells the
 * integrals of E and E² over time.
 */
export const BATCH_HEADER = 3;
export const BATCH_BARRIER = 3;
export const BATCH_CELL = 2;

/** @param cells with those of the baths. */
export function batchLength(cells: number): number {
  return BATCH_HEADER + BATCH_BARRIER * (cells - 1) + BATCH_CELL * cells;
}

/** Numbers of a checkpoint: the clock, the generator, the energies and the batch, then x, y, vx, vy, t of each disk. */
export const CHECKPOINT_HEADER = 16;

export function checkpointLength(cells: number, disks: number): number {
  return CHECKPOINT_HEADER + cells + batchLength(cells) + 5 * disks;
}
