/** The billiards' engine as its host sees it. */
// Fills the tables of logarithms.
import "../functions";
import { Normal } from "../normal";
import { PURPOSE_BILLIARDS, PURPOSE_CONTACTS, Random } from "../random";
import {
  BILLIARDS_ABI,
  REGION_BATCH,
  REGION_CHECKPOINT,
  REGION_ENERGIES,
  REGION_POSITIONS,
  STATUS_DENSE,
  STATUS_DONE,
  STATUS_NO_MEMORY,
} from "./abi";
import { drawBath, isBath } from "./baths";
import { enterAt, prepareBins } from "./bins";
import { COUNTS, prepareContacts } from "./contact";
import { begin, now, origin } from "./events";
import { beginBatch, integrate } from "./observe";
import { drawVelocities, placeAll } from "./start";
import {
  allocate,
  bath,
  batchAt,
  cells,
  checkpointAt,
  Disk,
  disks,
  energiesAt,
  layOutBins,
  leftTemperature,
  particles,
  positionsAt,
  recordsAt,
  rightTemperature,
  setChain,
  setTable,
} from "./state";

export { restore, save } from "./checkpoint";
export { advance } from "./events";
export { record, records } from "./observe";

export function abiVersion(): i32 {
  return BILLIARDS_ABI;
}

/** Sets the table and makes room for it; `arc` is 0 for flat walls. */
export function setUp(
  cellCount: i32,
  particleCount: i32,
  kind: i32,
  left: f64,
  right: f64,
  neck: f64,
  arc: f64,
  corner: f64,
  length: f64,
  radius: f64,
  hole: f64,
): i32 {
  Normal.prepare();
  setChain(cellCount, particleCount, kind, left, right);
  setTable(neck, arc, corner, length, radius, hole);
  layOutBins();
  return allocate() ? STATUS_DONE : STATUS_NO_MEMORY;
}

/**
 * Begins a replica at time 0: a closed table of total energy `energy`, uniform over all states of it; a chain between baths
 * with its cells' energies on the line from one temperature to the other.
 */
export function start(seed: u64, replica: u64, energy: f64): i32 {
  Random.start(seed, replica, PURPOSE_BILLIARDS);
  prepareBins();
  if (!placeAll()) return STATUS_DENSE;
  if (bath == 0) drawVelocities(0, disks, energy);
  else {
    for (let cell = 0; cell < cells; cell++) {
      if (isBath(cell)) drawBath(cell);
      else {
        const part = <f64>cell / <f64>(cells - 1);
        drawVelocities(cell * particles, particles, leftTemperature + (rightTemperature - leftTemperature) * part);
      }
    }
  }
  begin();
  return STATUS_DONE;
}

/** Begins at time 0 with the positions and velocities that stand at REGION_POSITIONS. */
export function startFrom(): void {
  prepareBins();
  readDisks();
  begin();
}

export function region(code: i32): usize {
  if (code == REGION_POSITIONS) return positionsAt;
  if (code == REGION_BATCH) return batchAt;
  if (code == REGION_CHECKPOINT) return checkpointAt;
  return code == REGION_ENERGIES ? energiesAt : recordsAt;
}

/** The present. */
export function time(): f64 {
  return origin + now;
}

/** Extends the batch to the present. */
export function closeBatch(): void {
  integrate(now);
}

/** Begins a batch at the present. */
export function nextBatch(): void {
  beginBatch(now);
}

/** Writes x, y, vx, vy of each disk at the present, x relative to the centre of its cell. */
export function writeDisks(): void {
  let to = positionsAt;
  for (let disk = 0; disk < disks; disk++, to += 32) {
    const at = Disk.at(disk);
    v128.store(to, Disk.placeAt(at, now));
    v128.store(to, Disk.velocity(at), 16);
  }
}

function readDisks(): void {
  let from = positionsAt;
  for (let disk = 0; disk < disks; disk++, from += 32) {
    const at = Disk.at(disk);
    Disk.setPlace(at, v128.load(from));
    Disk.setVelocity(at, v128.load(from, 16));
    Disk.setTime(at, 0);
    enterAt(disk, Disk.x(at), Disk.y(at));
  }
}

/** Starts C(M)'s Monte Carlo for a table of two cells. */
export function startContacts(seed: u64, replica: u64): i32 {
  Random.start(seed, replica, PURPOSE_CONTACTS);
  return prepareContacts() ? STATUS_DONE : STATUS_DENSE;
}

export function contactCounts(): usize {
  return COUNTS;
}

export { contactMeasure, pairMeasure, tryContacts } from "./contact";
