/**
 * The chains for which Taylor polynomials at Θ̄ are of use. An exchange brings a cell up to a share 1/M of a neighbour's
 * energy: where that is as much as the cell has at the start, remainders are larger than the terms that they correct, and
 * plain means are the better estimates (found by simulation: gains fall to 1 there, and far below beyond). Kinks beside
 * a = b make the polynomials jump along Θ̄, over which remainders cannot be interpolated. Disks that collide have a drift
 * that is known as M grows alone. The choice depends on the model and the method and on no data, so that it makes no bias.
 */
import type { Method } from "../kernel.ts";
import type { Model } from "../model.ts";
import { forEachBond } from "../theory/bonds.ts";
import { initialEnergies } from "../theory/initial.ts";
import { rateOf } from "../theory/rates.ts";

/** True if `expectations` uses the theory, as it always does at rate "constant", where the polynomials are exact. */
export function isWithinReach(model: Model, method: Method): boolean {
  if (model.exchange === "kinetic" && method !== "mesoscopic") return false;
  const { isConstant, kinks } = rateOf(model);
  if (isConstant) return true;
  if (kinks === "elsewhere") return false;
  const { cells: N, particles: M } = model;
  let steepest = 0;
  forEachBond(model, initialEnergies(model), (k, left, right) => {
    if (k > 0) steepest = Math.max(steepest, right / left);
    if (k < N) steepest = Math.max(steepest, left / right);
  });
  return steepest < M;
}
