/**
 * Lengths and areas of a table. A cell is |x| < L/2 between two arcs of radius ρ about (0, ±(H+ρ)); its barriers stand at
 * x = ±L/2, without thickness, with holes |y| < a.
 */
import type { Billiards, Shape } from "./table.ts";

type Disks = Pick<Billiards, "particles" | "radius">;

/** r = R/√M. */
export function diskRadius({ particles, radius }: Disks): number {
  return radius / Math.sqrt(particles);
}

/** a = (1-ε) r. */
export function holeHalfWidth(table: Disks & Pick<Billiards, "hole">): number {
  return (1 - table.hole) * diskRadius(table);
}

/** Half the height at the barriers, the largest. */
export function cornerHeight({ length, neck, arc }: Shape): number {
  return arc === "flat" ? neck : neck + arc - Math.sqrt(arc ** 2 - length ** 2 / 4);
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
  return (q * Math.sqrt(c ** 2 - q ** 2) + c ** 2 * Math.asin(q / c)) / 2;
}

/** π R²/A: the part of a cell that its disks cover. */
export function packing({ radius, shape }: Pick<Billiards, "radius" | "shape">): number {
  return (Math.PI * radius ** 2) / cellArea(shape);
}
