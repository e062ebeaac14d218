/**
 * Where the expansion in 1/M holds. It needs a drift with two derivatives (THEORY 6), which every smooth law has: "sqrt-min"
 * is not one. Its φ has a kink in the slope wherever the two energies of a bond are equal. While the energies on either side of every
 * bond keep their order along Θ̄, they stay clear of the kink and the expansion holds all the same.
 */
import { describe, InvalidInputError } from "../errors.ts";
import type { Model } from "../model.ts";
import { forEachBond } from "./bonds.ts";
import { rateOf } from "./rates.ts";

/** The expansion in 1/M does not hold for this model: two energies beside each other become equal under "sqrt-min". */
export class NotSmoothError extends InvalidInputError {
  override name = "NotSmoothError";
  constructor(
    model: Model,
    /** The bond, 0..N, whose energies meet. */
    readonly bond: number,
  ) {
    const name = (k: number) => (k === 0 ? "T_L" : k === model.cells + 1 ? "T_R" : `cell ${k}`);
    super("model", [
      {
        field: "rate",
        expected:
          `a law that is smooth where ${name(bond)} and ${name(bond + 1)} have the same energy (any other law is), ` +
          "or temperatures and initial energies such that neighbours keep their order",
        got: describe(model.rate.law),
      },
    ]);
  }
}

/** -1, 0 or 1 for each bond k = 0..N: the sign of E_k - E_{k+1}. */
function ordersOf(model: Model, energies: ArrayLike<number>): Int8Array {
  const orders = new Int8Array(model.cells + 1);
  forEachBond(model, energies, (k, left, right) => {
    orders[k] = left < right ? -1 : left > right ? 1 : 0;
  });
  return orders;
}

/**
 * A watch over a course that begins at `start`; call it with the energies of later times. Smooth laws are not watched.
 * @throws NotSmoothError, now or then, if a bond's energies are equal or have changed their order.
 */
export function watchOrder(model: Model, start: ArrayLike<number>): (energies: ArrayLike<number>) => void {
  if (rateOf(model).isSmooth) return () => {};
  const orders = ordersOf(model, start);
  const watch = (energies: ArrayLike<number>) => {
    const bond = ordersOf(model, energies).findIndex((order, k) => order === 0 || order !== orders[k]);
    if (bond >= 0) throw new NotSmoothError(model, bond);
  };
  watch(start);
  return watch;
}
