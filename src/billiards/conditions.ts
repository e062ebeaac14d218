/**
 * The conditions on a cell under which disks stay in it, none is stuck, and cells exchange energy (section 2.1 of the paper).
 *
 * With r = R/√M, a = (1-ε) r and τ = √(2ε-ε²), the centre of a disk keeps a distance r from the walls: it is below
 * T(x) = H + ρ - √((ρ+r)² - x²), and where L/2 - r < |x| it is in a pocket, |y| <= a - √(r² - (L/2-|x|)²), whose tip is at
 * |x| = L/2 - τr. The conditions are those of a cell with holes on both sides, whatever the number of cells. They are enough:
 *
 * - No escape: L/2 - |x| >= τr > 0. The part of a disk beyond its barrier has |y| < a < r < H, so that it meets no other wall.
 * - No trap for a disk: all y allowed at one x are an interval about 0, and (x, 0) is allowed for all |x| <= L/2 - τr because
 *   T >= H - r > 0. So every place is connected to every other, past a hole's edge close to an arc too.
 * - No trap in a corner: the boundary rises with |x| along an arc and then falls along a barrier or an edge, so that two of
 *   its pieces meet at less than 180° and more than 0°: a disk leaves a corner after finitely many collisions. The corner of
 *   the table itself is never touched.
 * - No stuck pair: in |x| <= L/2 - r, |y| <= H - r the displacement of two disks may turn through the whole circle of radius
 *   2r ("pass", "turn"). Three or more can block each other in places, but below "packing" they are a dilute fluid.
 * - No pair stuck in a hole: of two disks that touch through it the one nearer to y = 0 is free to withdraw.
 * - Contact: two disks at y = 0 in the tips of a hole would be 2τr < 2r apart. So they collide for every 0 < ε < 1, since a
 *   barrier has no thickness; this needs no condition.
 */
import { type Cell, cellArea, diskRadius, holeHalfWidth, packing } from "./geometry.ts";

/** A condition on a cell, with the words for a cell that breaks it. */
export interface Condition {
  readonly name: string;
  /** Path of the field that is reported. */
  readonly field: string;
  readonly holds: (cell: Cell) => boolean;
  /** The condition in the numbers of `cell`, its reason, its name and a remedy. */
  readonly expected: (cell: Cell) => string;
  readonly got: (cell: Cell) => string;
}

/** Disks that cover more than this of a cell may not find a place when they are put into it at random one by one. */
const MOST_PACKING = 0.4;

/** Rounding moves a disk by about 1e-14 of the longest length in a collision. */
const ROUNDING = 1e-9;

/** (2-τ) r: a disk that is farther from a barrier cannot be touched through its hole. */
function reach(cell: Cell): number {
  return (2 - Math.sqrt(cell.hole * (2 - cell.hole))) * diskRadius(cell);
}

function longest({ length, neck, arc }: Cell["shape"]): number {
  return Math.max(length, neck, arc === "flat" ? 0 : arc);
}

const short = (x: number) => String(Number(x.toPrecision(4)));

export const CONDITIONS = [
  {
    name: "dispersing",
    field: "shape.arc",
    holds: ({ shape: { length, arc } }) => arc === "flat" || arc > length / 2,
    expected: ({ shape: { length } }) =>
      `more than length/2 = ${short(length / 2)}, so that an arc spans the cell ("dispersing"): a larger arc, or "flat"`,
    got: ({ shape: { arc } }) => String(arc),
  },
  {
    name: "fit",
    field: "radius",
    holds: (cell) => diskRadius(cell) < Math.min(cell.shape.neck, cell.shape.length / 2),
    expected: ({ shape: { neck, length } }) =>
      `a disk of radius r = R/√M below the neck ${short(neck)} and below length/2 = ${short(length / 2)}, so that it ` +
      'fits at mid-cell ("fit"): a smaller radius, or a larger shape',
    got: (cell) => `r = ${short(diskRadius(cell))}`,
  },
  {
    name: "pass",
    field: "shape.neck",
    holds: (cell) => cell.particles === 1 || cell.shape.neck > 2 * diskRadius(cell),
    expected: (cell) =>
      `more than 2r = ${short(2 * diskRadius(cell))}, so that two disks pass each other from left to right ("pass"): a ` +
      "higher neck, a smaller radius or more particles",
    got: ({ shape: { neck } }) => String(neck),
  },
  {
    // Less is needed where pockets lengthen the cell, but they are not always free.
    name: "turn",
    field: "shape.length",
    holds: (cell) => cell.particles === 1 || cell.shape.length > 4 * diskRadius(cell),
    expected: (cell) =>
      `more than 4r = ${short(4 * diskRadius(cell))}, so that two disks pass each other from top to bottom ("turn"): a ` +
      "longer cell, a smaller radius or more particles",
    got: ({ shape: { length } }) => String(length),
  },
  {
    name: "reach",
    field: "shape.length",
    holds: (cell) => cell.shape.length > 2 * reach(cell),
    expected: (cell) =>
      `more than 2(2-τ)r = ${short(2 * reach(cell))}, so that no disk is within reach of both holes ("reach"): a longer ` +
      "cell, a smaller radius or a smaller hole",
    got: ({ shape: { length } }) => String(length),
  },
  {
    // Arcs that do not span the cell enclose no area: they are reported as such.
    name: "packing",
    field: "radius",
    holds: (cell) => !(packing(cell) >= MOST_PACKING),
    expected: ({ shape }) =>
      `disks that cover less than ${MOST_PACKING} of the area ${short(cellArea(shape))} of a cell, so that they can be put ` +
      'into it at random ("packing"): a smaller radius, or a larger shape',
    got: (cell) => `πR²/A = ${short(packing(cell))}`,
  },
  {
    // A single disk could bounce for ever between the barriers, at a height where it meets neither an arc nor an edge. A
    // closed table of one cell has no edges, and keeps such orbits, which are of measure zero.
    name: "neutral",
    field: "shape.neck",
    holds: (cell) => cell.particles > 1 || cell.shape.neck - diskRadius(cell) < holeHalfWidth(cell),
    expected: (cell) =>
      `less than (2-ε)r = ${short(diskRadius(cell) + holeHalfWidth(cell))}, so that a single disk does not bounce between ` +
      'barriers for ever ("neutral"): a lower neck, a larger radius, or 2 particles at least',
    got: ({ shape: { neck } }) => String(neck),
  },
  {
    // The same between top and bottom.
    name: "curved",
    field: "shape.arc",
    holds: ({ particles, shape: { arc } }) => particles > 1 || arc !== "flat",
    expected: () =>
      'a radius, so that a single disk does not bounce between top and bottom for ever ("curved"): an arc, or 2 ' +
      "particles at least",
    got: () => '"flat"',
  },
  {
    // A disk lacks εr on either side to pass a hole, and its distance from an arc is a difference of lengths near ρ.
    name: "rounding",
    field: "hole",
    holds: (cell) => cell.hole * diskRadius(cell) > ROUNDING * longest(cell.shape),
    expected: (cell) =>
      `εr above ${ROUNDING} of the longest length ${short(longest(cell.shape))}, so that rounding lets no disk through ` +
      '("rounding"): a larger ε or radius, a smaller arc, or "flat"',
    got: (cell) => `εr = ${short(cell.hole * diskRadius(cell))}`,
  },
] as const satisfies readonly Condition[];

export type ConditionName = (typeof CONDITIONS)[number]["name"];
