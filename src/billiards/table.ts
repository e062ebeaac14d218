/**
 * The billiards of section 2.1 (Li, Fourier's law and the mesoscopic limit): a row of equal cells whose barriers have holes
 * through which disks collide but cannot pass. Mass of a disk 2/M, so that a cell's energy is E = Σ v²/M over its M disks.
 */

/** The outline of a cell, in the table's unit of length. */
export interface Shape {
  /** L: from barrier to barrier. */
  readonly length: number;
  /** H: half the height at mid-cell, the lowest. */
  readonly neck: number;
  /** ρ: radius of the arcs at top and bottom, convex inward; "flat": straight walls. */
  readonly arc: number | "flat";
}

/** The redraw of a bath cell. "exponential": after each collision with the chain, the paper's; "maxwell": at Poisson times. */
export type BilliardBath = "exponential" | "maxwell";

/** A table, checked. */
export interface Billiards {
  /** N >= 1. */
  readonly cells: number;
  /** M >= 1: disks in each cell. */
  readonly particles: number;
  /** R: a disk's radius is r = R/√M, so that the disks of a cell cover π R². */
  readonly radius: number;
  /** ε, 0 to 1: a hole is 2 (1-ε) r wide. */
  readonly hole: number;
  readonly shape: Shape;
  /** The total energy of a table that is closed at both ends; none where there are baths. */
  readonly energy?: number;
  /** T_L, T_R of bath cells at both ends; none where the table is closed. */
  readonly temperatures?: readonly [number, number];
  readonly bath?: BilliardBath;
}
