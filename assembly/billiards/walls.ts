/** The walls of a cell, and how a disk is thrown back by them. */
import {
  arcCentre,
  arcReach,
  cells,
  contact,
  cornerHeight,
  Disk,
  edgeReach,
  flatHeight,
  halfLength,
  holeHalf,
  isFlat,
  radius,
} from "./state";
import { Vector } from "./vector";

/** Partners of a collision that are no disks. */
export const NOBODY: i32 = -1;
export const TOP: i32 = -2;
export const BOTTOM: i32 = -3;
export const RIGHT: i32 = -4;
export const LEFT: i32 = -5;
/** The ends of the holes in the barriers: points. */
export const RIGHT_EDGE_ABOVE: i32 = -6;
export const RIGHT_EDGE_BELOW: i32 = -7;
export const LEFT_EDGE_ABOVE: i32 = -8;
export const LEFT_EDGE_BELOW: i32 = -9;

/** What a disk may touch: bits of a bin's walls. OPEN: the barrier has a hole. HOLE: its edges and the disks beyond are near. */
export const NEAR_TOP: i32 = 1;
export const NEAR_BOTTOM: i32 = 2;
export const NEAR_RIGHT: i32 = 4;
export const NEAR_LEFT: i32 = 8;
export const NEAR_RIGHT_HOLE: i32 = 16;
export const NEAR_LEFT_HOLE: i32 = 32;
export const RIGHT_OPEN: i32 = 64;
export const LEFT_OPEN: i32 = 128;

/** Whether the barrier at the right of a cell has a hole, and that at its left. */
export function opensRight(cell: i32): bool {
  return cell < cells - 1;
}
export function opensLeft(cell: i32): bool {
  return cell > 0;
}

/** Throws a disk back that touches a wall. */
export function reflect(at: usize, wall: i32): void {
  if (wall == RIGHT || wall == LEFT) return Disk.setVelocity(at, Vector.of(-Disk.vx(at), Disk.vy(at)));
  if (wall == TOP || wall == BOTTOM) {
    if (isFlat) return Disk.setVelocity(at, Vector.of(Disk.vx(at), -Disk.vy(at)));
    return bounce(at, 0, wall == TOP ? arcCentre : -arcCentre);
  }
  const isRight = wall == RIGHT_EDGE_ABOVE || wall == RIGHT_EDGE_BELOW;
  const isAbove = wall == RIGHT_EDGE_ABOVE || wall == LEFT_EDGE_ABOVE;
  bounce(at, isRight ? halfLength : -halfLength, isAbove ? holeHalf : -holeHalf);
}

/** v -= 2 (v·d)/(d·d) d, d from the disk to the centre of what it touches; d need not be normalised, which would cost bits. */
function bounce(at: usize, centreX: f64, centreY: f64): void {
  const d = f64x2.sub(Vector.of(centreX, centreY), Disk.place(at));
  const v = Disk.velocity(at);
  const w = 2 * (Vector.dot(v, d) / Vector.dot(d, d));
  Disk.setVelocity(at, Vector.sum(v, -w, d));
}

/** Whether a disk can be at (x, y) of a cell, as far as its walls are concerned. */
export function isInside(cell: i32, x: f64, y: f64): bool {
  const above = abs(y);
  if (isFlat ? above > flatHeight : x * x + (arcCentre - above) * (arcCentre - above) < arcReach) return false;
  const beside = halfLength - abs(x);
  if (beside >= radius) return above < cornerHeight;
  if (!(x > 0 ? opensRight(cell) : opensLeft(cell))) return false;
  return beside >= 0 && above < holeHalf && beside * beside + (holeHalf - above) * (holeHalf - above) >= edgeReach;
}

/** Whether two disks at a distance (dx, dy) overlap. */
export function overlaps(dx: f64, dy: f64): bool {
  return dx * dx + dy * dy < contact;
}
