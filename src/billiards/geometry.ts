/**
 * Lengths and areas of a table. A cell is |x| < L/2 between two arcs of radius ρ about (0, ±(H+ρ)); its barriers stand at
 * x = ±L/2, without thickness, with holes |y| < a.
 */
import { asin, square } from "./trigonometry.ts";

/** The outline of a cell, in the table's unit of length. */
export interface Shape {
  /** L: from barrier to barrier. */
  readonly length: number;
  /** H: half the height at mid-cell, the lowest. */
  readonly neck: number;
  /** ρ: radius of the arcs at top and bottom, convex inward; "flat": straight walls. */
  readonly arc: number | "flat";
}

/** A cell and its disks. */
export interface Cell {
  /** M >= 1: disks in each cell. */
  readonly particles: number;
  /** R: a disk's radius is r = R/√M, so that the disks of a cell cover π R². */
  readonly radius: number;
  /** ε, 0 to 1: a hole is 2 (1-ε) r wide. */
  readonly hole: number;
  /** The outline of a cell. */
  readonly shape: Shape;
}

type Disks = Pick<Cell, "particles" | "radius">;

/** r = R/√M. */
export function diskRadius({ particles, radius }: Disks): number {
  return radius / Math.sqrt(particles);
}

/** a = (1-ε) r. */
export function holeHalfWidth(cell: Disks & Pick<Cell, "hole">): number {
  return (1 - cell.hole) * diskRadius(cell);
}

/** Half the height at the barriers, the largest. */
export function cornerHeight({ length, neck, arc }: Shape): number {
  return arc === "flat" ? neck : neck + arc - Math.sqrt(square(arc) - square(length) / 4);
}

/** A: the area of a cell. */
export function cellArea(shape: Shape): number {
  return areaBetweenArcs(shape, shape.length / 2, 0);
}

/** The area of |x| < h between the arcs, each moved inward by `margin`. */
export function areaBetweenArcs({ neck, arc }: Shape, h: number, margin: number): number {
  if (arc === "flat") return 4 * (neck - margin) * h;
  return 2 * ((neck + arc) * 2 * h - 2 * segment(arc + margin, h));
}

/** ∫_0^q √(c² - x²) dx. */
export function segment(c: number, q: number): number {
  return (q * Math.sqrt(square(c) - square(q)) + square(c) * asin(q / c)) / 2;
}

/** π R²/A: the part of a cell that its disks cover. */
export function packing({ radius, shape }: Pick<Cell, "radius" | "shape">): number {
  return (Math.PI * square(radius)) / cellArea(shape);
}
