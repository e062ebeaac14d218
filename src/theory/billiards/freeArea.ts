/**
 * Where the centre of a disk can be: the cell less a margin r along walls, and a pocket at each hole, into which a disk
 * bulges as far as the hole's edges let it (BILLIARDS 2). Lengths in the table's unit.
 */
import { acos, asin, square } from "../../billiards/trigonometry.ts";
import { cos, sin } from "../../rate/elementary.ts";
import { areaBetweenArcs, diskRadius, holeHalfWidth } from "../../billiards/geometry.ts";
import type { Billiards } from "../../billiards/table.ts";
import { integral } from "./integral.ts";

/** What places of a centre depend on. */
export type Outline = Pick<Billiards, "particles" | "radius" | "hole" | "shape">;

/** Holes of a cell: none, one at the right, or one at either side. */
export type Holes = 0 | 1 | 2;

/** Y(x), the largest height of a centre under the arc at x from mid-cell. */
export function heightUnderArc({ shape: { neck, arc }, ...disks }: Outline, x: number): number {
  const r = diskRadius(disks);
  return arc === "flat" ? neck - r : neck + arc - Math.sqrt(square(arc + r) - square(x));
}

/** Y(x) where it counts the holes too: 0 where no centre can be. */
export function heightOf(outline: Outline, holes: Holes, x: number): number {
  const r = diskRadius(outline);
  const u = outline.shape.length / 2 - Math.abs(x);
  const height = heightUnderArc(outline, x);
  if (u >= r) return height;
  const open = holes === 2 || (holes === 1 && x > 0);
  return open ? Math.max(0, Math.min(height, holeHalfWidth(outline) - Math.sqrt(square(r) - square(u)))) : 0;
}

/** r √(2ε - ε²), the least distance of a centre from the barrier's plane. */
export function leastDistance(outline: Outline): number {
  return Math.sqrt(square(diskRadius(outline)) - square(holeHalfWidth(outline)));
}

/** A1: the free area of a disk's centre, the others away. */
export function freeArea(outline: Outline, holes: Holes): number {
  const r = diskRadius(outline);
  const { length } = outline.shape;
  // x = L/2 - r sin ψ.
  const slice = (angle: number) => 2 * heightOf(outline, 2, length / 2 - r * sin(angle)) * r * cos(angle);
  const pocket = integral(slice, acos(1 - outline.hole), Math.PI / 2);
  return areaBetweenArcs(outline.shape, length / 2 - r, r) + holes * pocket;
}

/** |∂Q|: the length of the walls that a centre can be at, in a cell without holes. */
export function freeOutline(outline: Outline): number {
  const { length, arc } = outline.shape;
  const r = diskRadius(outline);
  const h = length / 2 - r;
  const walls = 4 * heightUnderArc(outline, h);
  return arc === "flat" ? walls + 4 * h : walls + 4 * (arc + r) * asin(h / (arc + r));
}
