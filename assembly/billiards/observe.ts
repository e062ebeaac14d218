/** What is measured: the energies of cells, which change at barriers alone, and what passes through those. */
import { BATCH_BARRIER, BATCH_CELL, BATCH_HEADER, batchLength, RECORD, RECORDS } from "./abi";
import { batchAt, cells, Disk, energiesAt, particles, recordsAt } from "./state";

/** When the integrals of the energies are as of. */
let integrated: f64 = 0;
let isRecording: bool = false;
let recorded: i32 = 0;

/** Whether collisions through barriers are to be recorded; forgets those that are. */
export function record(isOn: bool): void {
  isRecording = isOn;
  recorded = 0;
}

export function records(): i32 {
  return recorded;
}

export function isFull(): bool {
  return isRecording && recorded == RECORDS;
}

export class Energy {
  @inline static of(cell: i32): f64 {
    return load<f64>(energiesAt + ((<usize>cell) << 3));
  }
  @inline static set(cell: i32, energy: f64): void {
    store<f64>(energiesAt + ((<usize>cell) << 3), energy);
  }
}

/** Sums the energies of a cell's disks to its own. */
export function sumEnergy(cell: i32): void {
  let sum: f64 = 0;
  for (let disk = cell * particles; disk < (cell + 1) * particles; disk++) sum += Disk.energy(Disk.at(disk));
  Energy.set(cell, sum);
}

/** Begins a batch at a time. */
export function beginBatch(time: f64): void {
  memory.fill(batchAt, 0, (<usize>batchLength(cells)) << 3);
  integrated = time;
}

/** When the present batch's integrals are as of, for a checkpoint; and after one, or a shift of the clock. */
export function integratedTo(): f64 {
  return integrated;
}
export function setIntegrated(time: f64): void {
  integrated = time;
}

/** Extends the integrals of E and E² to a time. */
export function integrate(time: f64): void {
  const span = time - integrated;
  integrated = time;
  add(0, span);
  let at = BATCH_HEADER + BATCH_BARRIER * (cells - 1);
  for (let cell = 0; cell < cells; cell++) {
    const energy = Energy.of(cell);
    add(at, energy * span);
    add(at + 1, energy * energy * span);
    at += BATCH_CELL;
  }
}

export function countCollision(): void {
  add(1, 1);
}
export function countCrossing(): void {
  add(2, 1);
}

/** Books a collision of the disks of neighbouring cells, `left` of cell `barrier`, with the energies they had before. */
export function observe(time: f64, clock: f64, barrier: i32, left: usize, right: usize, e1: f64, e2: f64): void {
  integrate(time);
  const E1 = Energy.of(barrier);
  const E2 = Energy.of(barrier + 1);
  const after1 = Disk.energy(left);
  const after2 = Disk.energy(right);
  Energy.set(barrier, E1 + (after1 - e1));
  Energy.set(barrier + 1, E2 + (after2 - e2));
  const at = BATCH_HEADER + BATCH_BARRIER * barrier;
  add(at, 1);
  add(at + 1, after2 - e2);
  add(at + 2, <f64>particles * (e1 + e2));
  if (isRecording && recorded < RECORDS) {
    const to = recordsAt + <usize>(RECORD * 8 * recorded);
    recorded++;
    store<f64>(to, clock);
    store<f64>(to, <f64>barrier, 8);
    store<f64>(to, E1, 16);
    store<f64>(to, E2, 24);
    store<f64>(to, e1, 32);
    store<f64>(to, e2, 40);
    store<f64>(to, after1, 48);
    store<f64>(to, after2, 56);
  }
}

function add(i: i32, amount: f64): void {
  const at = batchAt + ((<usize>i) << 3);
  store<f64>(at, load<f64>(at) + amount);
}
