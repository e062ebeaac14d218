/**
 * Bins: which disks and walls are near. A bin's edge is 2r at least, so that disks which touch lie in neighbouring bins, and
 * the disks of a bin are a list. Cells stand side by side in one grid; the bins on both sides of a hole are neighbours.
 */
import {
  arcCentre,
  arcReach,
  Bin,
  binHeight,
  bins,
  binWidth,
  cellOf,
  cells,
  columns,
  cornerHeight,
  Disk,
  flatHeight,
  halfLength,
  holeHalf,
  isFlat,
  radius,
  rows,
  stride,
  Times,
} from "./state";
import {
  LEFT_OPEN,
  NEAR_BOTTOM,
  NEAR_LEFT,
  NEAR_LEFT_HOLE,
  NEAR_RIGHT,
  NEAR_RIGHT_HOLE,
  NEAR_TOP,
  opensLeft,
  opensRight,
  RIGHT_OPEN,
} from "./walls";

/** More than any rounding. */
const MARGIN: f64 = 1.000001;

/** Empties all bins and finds their walls. */
export function prepareBins(): void {
  for (let bin = 0; bin < bins(); bin++) {
    Bin.setFirst(bin, -1);
    Bin.setWalls(bin, 0);
  }
  for (let cell = 0; cell < cells; cell++) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++)
        Bin.setWalls(binOf(cell, column, row), wallsOf(cell, column, row));
    }
  }
}

function wallsOf(cell: i32, column: i32, row: i32): i32 {
  const left = columnEdge(column);
  const right = columnEdge(column + 1);
  const below = rowEdge(row);
  const above = rowEdge(row + 1);
  let walls = (reachesTop(left, right, above) ? NEAR_TOP : 0) | (reachesTop(left, right, -below) ? NEAR_BOTTOM : 0);
  // Of two disks that touch through a hole one has |y| < a, the other is within 2r of it.
  const isHigh = above < -(holeHalf + 2 * radius * MARGIN) || below > holeHalf + 2 * radius * MARGIN;
  if (column == columns - 1) {
    walls |= NEAR_RIGHT;
    if (opensRight(cell)) walls |= RIGHT_OPEN | (isHigh ? 0 : NEAR_RIGHT_HOLE);
  }
  if (column == 0) {
    walls |= NEAR_LEFT;
    if (opensLeft(cell)) walls |= LEFT_OPEN | (isHigh ? 0 : NEAR_LEFT_HOLE);
  }
  return walls;
}

/** Whether a disk with its centre between `left` and `right`, at most as high as `above`, can touch the top. */
function reachesTop(left: f64, right: f64, above: f64): bool {
  if (isFlat) return above * MARGIN >= flatHeight - radius * 1e-6;
  const x = left > 0 ? left : right < 0 ? right : 0;
  const y = min(above, arcCentre) - arcCentre;
  return x * x + y * y <= arcReach * MARGIN;
}

/** Where a column begins, relative to the cell's centre; and a row. */
export function columnEdge(column: i32): f64 {
  return <f64>column * binWidth - halfLength;
}
export function rowEdge(row: i32): f64 {
  return <f64>row * binHeight - cornerHeight;
}

export function binOf(cell: i32, column: i32, row: i32): i32 {
  return (row + 1) * stride + cell * columns + column + 1;
}

/** Puts a disk in the bin of a place in its cell. */
export function enterAt(disk: i32, x: f64, y: f64): void {
  const at = Disk.at(disk);
  Disk.setColumn(at, columnAt(x));
  Disk.setRow(at, rowAt(y));
  enter(disk, at, binOf(cellOf(disk), Disk.column(at), Disk.row(at)));
}

/** The bin of a place in a cell. */
export function binAt(cell: i32, x: f64, y: f64): i32 {
  return binOf(cell, columnAt(x), rowAt(y));
}

function columnAt(x: f64): i32 {
  return min(max(<i32>floor((x + halfLength) / binWidth), 0), columns - 1);
}
function rowAt(y: f64): i32 {
  return min(max(<i32>floor((y + cornerHeight) / binHeight), 0), rows - 1);
}

function enter(disk: i32, at: usize, bin: i32): void {
  Disk.setBin(at, bin);
  Disk.setNext(at, Bin.first(bin));
  Bin.setFirst(bin, disk);
}

/** Takes a disk out of its bin, which has so few that it is soon found. */
export function leave(disk: i32): void {
  const at = Disk.at(disk);
  const bin = Disk.bin(at);
  let before = Bin.first(bin);
  if (before == disk) return Bin.setFirst(bin, Disk.next(at));
  while (Disk.next(Disk.at(before)) != disk) before = Disk.next(Disk.at(before));
  Disk.setNext(Disk.at(before), Disk.next(at));
}

/** Predicts when a disk leaves its bin, and where to: that is no event of its path, which stays as it is. */
export function predictCrossing(disk: i32): void {
  const at = Disk.at(disk);
  const vx = Disk.vx(at);
  const vy = Disk.vy(at);
  const right = i32(vx > 0);
  const up = i32(vy > 0);
  const column = Disk.column(at) + right;
  const row = Disk.row(at) + up;
  // A first column has no edge at its left, nor a last one at its right.
  const across = column > 0 && column < columns && vx != 0 ? (columnEdge(column) - Disk.x(at)) / vx : Infinity;
  const along = row > 0 && row < rows && vy != 0 ? (rowEdge(row) - Disk.y(at)) / vy : Infinity;
  const isAlong = along < across;
  const time = Disk.time(at) + (isAlong ? along : across);
  Times.setCrossing(disk, time, isAlong ? (up ? stride : -stride) : right ? 1 : -1);
}

/** Moves a disk whose crossing is due to the next bin. */
export function crossOver(disk: i32, direction: i32): void {
  const at = Disk.at(disk);
  leave(disk);
  if (direction == 1 || direction == -1) Disk.setColumn(at, Disk.column(at) + direction);
  else Disk.setRow(at, Disk.row(at) + (direction > 0 ? 1 : -1));
  enter(disk, at, Disk.bin(at) + direction);
}
