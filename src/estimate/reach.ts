/**
 * Where Taylor polynomials at Θ̄ reach. An exchange brings a cell up to a share 1/M of a neighbour's energy: where that is
 * as much as the cell has at the start, remainders are larger than what they correct, and a measurement without the
 * theory is the better one (found by simulation: gains fall to 1 there, and far below beyond). No data enter, so that the
 * choice makes no bias.
 */
import type { Model } from "../model.ts";
import { forEachBond } from "../theory/bonds.ts";
import { initialEnergies } from "../theory/initial.ts";

/** Whether `expectations` makes use of the theory: at rate "constant" polynomials are exact, and it always does. */
export function isWithinReach(model: Model): boolean {
  if (model.rate.law === "constant") return true;
  const { cells: N, particles: M } = model;
  let steepest = 0;
  forEachBond(model, initialEnergies(model), (k, left, right) => {
    if (k > 0) steepest = Math.max(steepest, right / left);
    if (k < N) steepest = Math.max(steepest, left / right);
  });
  return steepest < M;
}
