/**
 * The rate of collisions through the hole between the two cells of a closed table (BILLIARDS 6.1 to 6.4, 6.7), by
 * Liouville's theorem: velocities do not depend on positions, and so
 *
 *   ν(E1, E2) = C <g>,   C = (2r/π) M² G χ / A1²,   φ(M) = C <g> over all states of the table
 *   χ = P_c/P_u: the chance to find room for two disks in contact among the others, over that for two anywhere
 *   χ ~ χ0/(1 - M² χ0 V_ov/A1²),   χ0 = [(1 - ā/A1)/(1 - V̄/A1)]^(2(M-1))
 *
 * where χ0 has each of the other disks find room for itself alone, and the divisor is the chance that no two disks overlap
 * through the hole. It is exact for M = 1, where χ0 is 1.
 * Rates per unit of the table's own time. 1/ν is the mean wait for a collision, however cold a cell is.
 */
import { power, square } from "../../billiards/trigonometry.ts";
import { diskRadius } from "../../billiards/geometry.ts";
import { contactMeasure, overlapMeasure } from "./contacts.ts";
import { excludedArea, excludedAreaAtContact } from "./exclusion.ts";
import { freeArea, freeOutline, type Outline } from "./freeArea.ts";
import { meanRelativeSpeed, microcanonicalRelativeSpeed } from "./relativeSpeed.ts";

/** C with the χ that is in it. */
export interface RateConstant {
  /** C, per unit of length. */
  readonly value: number;
  /** χ, after Enskog. */
  readonly chi: number;
  /** Whether χ is the caller's, exact, or an estimate. */
  readonly source: "given" | "exact" | "estimate";
}

/**
 * C. Where there are more disks than one in a cell, χ is an estimate: on the table of BILLIARDS 2 it is within 0.3 % at M = 2
 * and 2 % up to M = 5, and 3 to 5 % too low from M = 10 on. It takes half a second.
 * @param chi χ, if it has been measured.
 */
export function rateConstant(outline: Outline, chi?: number): RateConstant {
  const { particles: M } = outline;
  const A1 = freeArea(outline, 1);
  const factor = chi ?? chiOf(outline, A1);
  return {
    value: ((2 * diskRadius(outline)) / Math.PI) * square(M) * contactMeasure(outline) * (factor / square(A1)),
    chi: factor,
    source: chi !== undefined ? "given" : M === 1 ? "exact" : "estimate",
  };
}

/** χ: exact for M = 1, otherwise the estimate. */
function chiOf(outline: Outline, A1: number): number {
  const { particles: M } = outline;
  const room = M === 1 ? 1 : (A1 - excludedAreaAtContact(outline)) / (A1 - excludedArea(outline));
  const alone = power(room, 2 * (M - 1));
  return alone / (1 - (square(M) * alone * overlapMeasure(outline)) / square(A1));
}

/** ν(E1, E2), for C of `rateConstant`. */
export function rateGiven(C: number, particles: number, E1: number, E2: number): number {
  return C * meanRelativeSpeed(particles, E1, E2);
}

/** φ(M), for C of `rateConstant`: the mean rate on a closed table of two cells and total energy Et. */
export function meanRate(C: number, particles: number, energy: number): number {
  return C * microcanonicalRelativeSpeed(2, particles, energy);
}

/** |∂Q| v/(π A1), after Santaló: the rate at which the disk of a table of one cell, M = 1, meets walls; v = √E. */
export function wallRate(outline: Outline, energy: number): number {
  return (freeOutline(outline) * Math.sqrt(energy)) / (Math.PI * freeArea(outline, 0));
}
