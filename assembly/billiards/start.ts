/**
 * States drawn from equilibrium: positions uniform over all that do not overlap (Liouville), velocities uniform on the sphere
 * of an energy, so that a disk's share of its cell's energy is Beta(1, M-1) and momentum is whatever it is.
 *
 * Positions: disks are put in one by one, which alone is not uniform; then sweeps take each disk out and put it back at a
 * place drawn from all that are free, a step of Gibbs's sampler.
 */
import { Normal } from "../normal";
import { Random } from "../random";
import { binAt, enterAt, leave } from "./bins";
import { Bin, cellOf, cells, cornerHeight, Disk, disks, halfLength, length, particles, stride } from "./state";
import { Vector } from "./vector";
import { isInside, NEAR_LEFT, NEAR_LEFT_HOLE, NEAR_RIGHT, NEAR_RIGHT_HOLE, overlaps } from "./walls";

/** Tries to find a free place: for the last disk of a dense cell one in hundreds succeeds. */
const TRIES: i32 = 1 << 14;
/** Starts of a cell after which it is too dense: in narrow ones disks that stand in each other's way take a few. */
const STARTS: i32 = 1 << 10;

/** Sweeps after which a start is uniform: about half of all places that are tried are free at usual densities. */
const SWEEPS: i32 = 20;

/** Two uniforms, then two normals. */
const PAIR: usize = memory.data(16, 16);

/** Whether all disks have found a place. */
export function placeAll(): bool {
  for (let cell = 0; cell < cells; cell++) {
    let starts = 0;
    while (!fill(cell)) if (++starts == STARTS) return false;
  }
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (let cell = 0; cell < cells; cell++) sweepCell(cell, 0);
  }
  return true;
}

/** Puts the disks of an empty cell in one by one; leaves it empty if one of them finds no place. */
function fill(cell: i32): bool {
  const first = cell * particles;
  for (let disk = first; disk < first + particles; disk++) {
    if (place(disk, 0)) continue;
    while (--disk >= first) leave(disk);
    return false;
  }
  return true;
}

/** Puts each disk of a cell at a new place at a time. */
export function sweepCell(cell: i32, time: f64): void {
  for (let disk = cell * particles; disk < (cell + 1) * particles; disk++) putBack(disk, time);
}

/** Takes a disk out and puts it back anywhere in its cell; where it was, if no other place is found. */
export function putBack(disk: i32, time: f64): void {
  leave(disk);
  if (place(disk, time)) return;
  const at = Disk.at(disk);
  Disk.moveTo(at, time);
  enterAt(disk, Disk.x(at), Disk.y(at));
}

/** Puts a disk that is in no bin at a free place of its cell, if one is found. */
function place(disk: i32, time: f64): bool {
  const cell = cellOf(disk);
  for (let tries = 0; tries < TRIES; tries++) {
    const x = (2 * Random.uniform() - 1) * halfLength;
    const y = (2 * Random.uniform() - 1) * cornerHeight;
    if (!isFree(cell, x, y, time)) continue;
    const at = Disk.at(disk);
    Disk.setPlace(at, Vector.of(x, y));
    Disk.setTime(at, time);
    enterAt(disk, x, y);
    return true;
  }
  return false;
}

/** Whether a disk could be at a place of a cell at a time. */
export function isFree(cell: i32, x: f64, y: f64, time: f64): bool {
  if (!isInside(cell, x, y)) return false;
  const bin = binAt(cell, x, y);
  const walls = Bin.walls(bin);
  const from = (walls & (NEAR_LEFT | NEAR_LEFT_HOLE)) == NEAR_LEFT ? 0 : -1;
  const to = (walls & (NEAR_RIGHT | NEAR_RIGHT_HOLE)) == NEAR_RIGHT ? 0 : 1;
  for (let row = bin - stride; row <= bin + stride; row += stride) {
    for (let column = from; column <= to; column++) {
      for (let other = Bin.first(row + column); other >= 0; other = Disk.next(Disk.at(other))) {
        const centre = Disk.placeAt(Disk.at(other), time);
        const shift = <f64>(cellOf(other) - cell) * length;
        if (overlaps(f64x2.extract_lane(centre, 0) + shift - x, f64x2.extract_lane(centre, 1) - y)) return false;
      }
    }
  }
  return true;
}

/** Draws the velocities of `count` disks uniformly on the sphere of an energy. */
export function drawVelocities(first: i32, count: i32, energy: f64): void {
  let sum: f64 = 0;
  for (let disk = first; disk < first + count; disk++) {
    store<f64>(PAIR, Random.uniform());
    store<f64>(PAIR, Random.uniform(), 8);
    Normal.fromUniforms(PAIR, PAIR + 16);
    const at = Disk.at(disk);
    Disk.setVelocity(at, v128.load(PAIR));
    sum += Disk.energy(at);
  }
  const scale = sqrt(energy / sum);
  for (let disk = first; disk < first + count; disk++) {
    const at = Disk.at(disk);
    Disk.setVelocity(at, f64x2.mul(Disk.velocity(at), f64x2.splat(scale)));
  }
}
