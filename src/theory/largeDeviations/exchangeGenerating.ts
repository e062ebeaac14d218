/**
 * The generating function Λ(s) = lim E[e^{s M J}] of what one exchange moves over a bond, J > 0 to the right (THEORY 12.2):
 * L(σ) between cells and at "thermal" baths (generating.ts). The packet of an "exponential" bath is, as M grows, that of a
 * thermal bath whose temperature w T is drawn anew for each exchange, w ~ Exp(1), so that on its bonds
 *
 *   Λ_0(s) = ∫_0^∞ e^{-w} Λ(s; w T_L, b) dw for s <= 0, infinite for every s > 0
 *
 * and the mirror image on bond N: only what takes energy out of the chain has a finite mean (12.2, [B17]). Units: s 1/energy.
 */
import { describe, InvalidInputError } from "../../errors.ts";
import { defineModel, type Model, type ModelInput } from "../../model.ts";
import { exp } from "../../rate/elementary.ts";
import { integer, read, strict } from "../../validate.ts";
import { checkEnergies } from "../arguments.ts";
import { forEachBond } from "../bonds.ts";
import { checkLargeDeviations, hasLargeDeviations } from "./bath.ts";
import { generating, generatingOf, sigmaOf } from "./generating.ts";
import { halfLine } from "./halfLine.ts";

/**
 * Λ(s) of bond `bond` between the given energies, as M grows: 1 at s = 0, infinite outside -1/b < s < 1/a, a and b the
 * energies or temperatures at its left and right end. To 1e-14, and on the bonds of an "exponential" bath to 1e-12; at M = 1
 * that bath is a "thermal" one.
 * @param bond 0..N.
 * @param energies E_1..E_N.
 * @param s in units of 1/energy, for the energy that goes to the right, times M.
 * @throws InvalidInputError for a bond that is none, an s that is no number or energies that are not those of the chain, and
 * for disks that collide with "exponential" baths.
 */
export function exchangeGenerating(input: ModelInput, bond: number, energies: ArrayLike<number>, s: number): number {
  const model = defineModel(input);
  checkEnergies(model, energies);
  read("arguments", strict({ bond: integer(0, model.cells) }), { bond });
  if (!(Math.abs(s) < Infinity)) {
    throw new InvalidInputError("arguments", [{ field: "s", expected: "a finite number", got: describe(s) }]);
  }
  if (model.exchange === "kinetic") checkLargeDeviations(model);
  let result = NaN;
  forEachBond(model, energies, (k, a, b) => {
    if (k !== bond) return;
    // Exchanges are their own mirror images: J > 0 to the left, with a and b changed over.
    if (isUnbounded(model) && k === 0) result = fromFreshBath(a, b, s);
    else if (isUnbounded(model) && k === model.cells) result = fromFreshBath(b, a, -s);
    else result = 1 + lessOne(model, a, b, s);
  });
  return result;
}

const isUnbounded = (model: Model): boolean => !hasLargeDeviations(model);

/** Λ - 1. */
function lessOne(model: Model, a: number, b: number, s: number): number {
  return s * a < 1 && s * b > -1 ? generatingOf(model)(sigmaOf(a, b, s)).value : Infinity;
}

/** Λ_0(s), T on the left. */
function fromFreshBath(T: number, b: number, s: number): number {
  if (s === 0) return 1;
  if (s > 0 || s * b <= -1) return Infinity;
  let sum = 0;
  for (const [w, weight] of halfLine) sum += weight * exp(-w) * generating(sigmaOf(w * T, b, s)).value;
  return 1 + sum;
}
