/** The event loop: takes the next event, moves those who take part, and predicts what comes next for them. */
import { BATH_EXPONENTIAL, STATUS_DONE, STATUS_FULL, STATUS_MORE } from "./abi";
import { drawBath, isBath, shuffleBath, waitOf } from "./baths";
import { crossOver, enterAt, predictCrossings, prepareBins } from "./bins";
import {
  beginBatch,
  countCollision,
  countCrossing,
  integrate,
  integratedTo,
  isFull,
  observe,
  setIntegrated,
  sumEnergy,
} from "./observe";
import { predict, predictAfterCrossing } from "./predictions";
import { clearQueue, nextDisk, takenEvents } from "./queue";
import {
  bath,
  binHeight,
  binWidth,
  cellOf,
  cells,
  Disk,
  disks,
  earlier,
  isOneBin,
  length,
  particles,
  Times,
} from "./state";
import { Vector } from "./vector";
import { NOBODY, reflect } from "./walls";

/** Time goes on from 0 again after so many collisions a disk, or positions would lose digits to it. */
const COLLISIONS: i32 = 64;

/** The present, since the clock's start; the clock's start, since time 0; collisions since. */
export let now: f64 = 0;
export let origin: f64 = 0;
export let collisions: i32 = 0;
/** When the baths are drawn next, for "maxwell". */
export let leftDraw: f64 = Infinity;
export let rightDraw: f64 = Infinity;

/** Sets the clock. */
export function setClock(present: f64, start: f64, since: i32, left: f64, right: f64): void {
  now = present;
  origin = start;
  collisions = since;
  leftDraw = left;
  rightDraw = right;
}

/** Begins at time 0 with the disks as they are. */
export function begin(): void {
  setClock(0, 0, 0, waitOf(0), waitOf(cells - 1));
  for (let cell = 0; cell < cells; cell++) sumEnergy(cell);
  beginBatch(0);
  predictAll(guessedRate());
}

/** Goes on at the present with disks that were read from a checkpoint. */
export function resume(): void {
  prepareBins();
  for (let disk = 0; disk < disks; disk++) {
    const place = Disk.placeAt(Disk.at(disk), now);
    enterAt(disk, f64x2.extract_lane(place, 0), f64x2.extract_lane(place, 1));
  }
  predictAll(guessedRate());
}

/** Goes on to a time, for about `budget` events at most. */
export function advance(until: f64, budget: i32): i32 {
  for (let left = budget; left > 0; left--) {
    if (isFull()) return STATUS_FULL;
    const end = until - origin;
    const draw = earlier(leftDraw, rightDraw);
    const disk = nextDisk(earlier(end, draw));
    if (disk >= 0) {
      take(disk);
      if (collisions >= COLLISIONS * disks) rebase();
    } else if (draw <= end) {
      drawAt(draw);
    } else {
      now = end;
      integrate(end);
      return STATUS_DONE;
    }
  }
  return STATUS_MORE;
}

/** The next event is one of this disk. */
function take(disk: i32): void {
  const at = Disk.at(disk);
  const collision = Disk.collision(at);
  const crossing = Times.crossing(disk);
  if (crossing < collision) {
    now = crossing;
    return cross(disk);
  }
  now = collision;
  const partner = Disk.partner(at);
  if (partner < 0) return throwBack(disk, at, partner);
  const other = Disk.at(partner);
  if (Disk.partner(other) == disk && Disk.collision(other) == collision) return collide(disk, at, partner, other);
  // Its partner has collided with someone else since, or will.
  Disk.setCollision(at, Infinity, NOBODY);
  predict(disk);
}

function cross(disk: i32): void {
  const direction = crossOver(disk);
  predictAfterCrossing(disk, direction);
  countCrossing();
}

function throwBack(disk: i32, at: usize, wall: i32): void {
  Disk.moveTo(at, now);
  reflect(at, wall);
  forget(disk, at);
  predict(disk);
  count();
}

/** w = (v_i - v_j)·d/d², v_i -= w d, v_j += w d: equal masses swap their velocities along the line of centres. */
function collide(disk: i32, at: usize, partner: i32, other: usize): void {
  const cell = cellOf(disk);
  const otherCell = cellOf(partner);
  Disk.moveTo(at, now);
  Disk.moveTo(other, now);
  if (cell == otherCell) exchange(at, other, 0);
  else if (cell < otherCell) throughHole(cell, at, other);
  else throughHole(otherCell, other, at);
  count();
  forget(disk, at);
  forget(partner, other);
  let bathCell = -1;
  if (cell != otherCell && bath == BATH_EXPONENTIAL) {
    bathCell = isBath(cell) ? cell : isBath(otherCell) ? otherCell : -1;
    if (bathCell >= 0) redraw(bathCell);
  }
  // One may find the other again: neither prediction discards what is there.
  if (bathCell != cell) predict(disk);
  if (bathCell != otherCell) predict(partner);
}

function throughHole(barrier: i32, left: usize, right: usize): void {
  const e1 = Disk.energy(left);
  const e2 = Disk.energy(right);
  exchange(left, right, length);
  observe(now, origin + now, barrier, left, right, e1, e2);
}

function exchange(at: usize, other: usize, shift: f64): void {
  const d = f64x2.add(f64x2.sub(Disk.place(other), Disk.place(at)), Vector.of(shift, 0));
  const v = Disk.velocity(at);
  const u = Disk.velocity(other);
  const w = Vector.dot(f64x2.sub(v, u), d) / Vector.dot(d, d);
  Disk.setVelocity(at, Vector.sum(v, -w, d));
  Disk.setVelocity(other, Vector.sum(u, w, d));
}

/** A new path begins: what was predicted of the old one is void. */
function forget(disk: i32, at: usize): void {
  Disk.setCollision(at, Infinity, NOBODY);
  // One bin has no sides, so that the times stay as they are: 1 to 2% faster up to M = 5.
  if (!isOneBin) predictCrossings(disk);
}

function count(): void {
  collisions++;
  countCollision();
}

/** Redraws a bath at the present, and predicts its disks. Others that had one of them for a partner find out when they are due. */
function redraw(cell: i32): void {
  shuffleBath(cell, now);
  drawBath(cell);
  integrate(now);
  sumEnergy(cell);
  const first = cell * particles;
  for (let disk = first; disk < first + particles; disk++) forget(disk, Disk.at(disk));
  for (let disk = first; disk < first + particles; disk++) predict(disk);
}

/** A draw of a "maxwell" bath that is due. */
function drawAt(time: f64): void {
  now = time;
  const isLeft = leftDraw <= rightDraw;
  const cell = isLeft ? 0 : cells - 1;
  if (isLeft) leftDraw = time + waitOf(cell);
  else rightDraw = time + waitOf(cell);
  redraw(cell);
}

/** Makes the present the clock's start. */
function rebase(): void {
  const rate = <f64>takenEvents() / now;
  for (let disk = 0; disk < disks; disk++) {
    const at = Disk.at(disk);
    Disk.moveTo(at, now);
    Disk.setTime(at, 0);
  }
  setIntegrated(integratedTo() - now);
  setClock(0, origin + now, 0, leftDraw - now, rightDraw - now);
  predictAll(rate);
}

/** Predicts all anew. @param rate events a unit of time, for the queue. */
function predictAll(rate: f64): void {
  clearQueue(now, rate);
  for (let disk = 0; disk < disks; disk++) {
    Disk.setCollision(Disk.at(disk), Infinity, NOBODY);
    predictCrossings(disk);
  }
  for (let disk = 0; disk < disks; disk++) predict(disk);
}

/** Events a unit of time before any were counted: crossings, and as many collisions. */
function guessedRate(): f64 {
  let sum: f64 = 0;
  for (let disk = 0; disk < disks; disk++) {
    const at = Disk.at(disk);
    sum += abs(Disk.vx(at)) / binWidth + abs(Disk.vy(at)) / binHeight;
  }
  return 2 * sum;
}
