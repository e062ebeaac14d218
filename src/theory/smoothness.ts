/**
 * Where the expansion in 1/M holds. It needs a drift with two derivatives (THEORY 6), which every rate without kinks has.
 * Under "sqrt-min", and all rates whose kinks are min(a, b) and max(a, b), φ'' jumps wherever the two energies of a bond are
 * equal. While the energies on either side of every bond keep their order along Θ̄, they stay clear of that and the expansion
 * holds all the same. Under other kinks, where φ' jumps, nothing is expanded.
 */
import { describe, InvalidInputError } from "../errors.ts";
import type { Model } from "../model.ts";
import { nameOf } from "../rate/rate.ts";
import { forEachBond } from "./bonds.ts";
import { rateOf } from "./rates.ts";

/** The expansion in 1/M does not hold for this model: its rate has kinks, and two energies meet on one or may do so. */
export class NotSmoothError extends InvalidInputError {
  override name = "NotSmoothError";
  constructor(
    model: Model,
    /** The bond, 0..N, whose energies meet; undefined where the rate has kinks beside a = b. */
    readonly bond?: number,
  ) {
    const name = (k: number) => (k === 0 ? "T_L" : k === model.cells + 1 ? "T_R" : `cell ${k}`);
    super("model", [
      {
        field: "rate",
        expected:
          bond === undefined
            ? "a rate whose derivatives jump nowhere but on a = b: without abs, and with min and max of a and b alone"
            : `a rate that is smooth where ${name(bond)} and ${name(bond + 1)} have the same energy, without min, max ` +
              "and abs, or temperatures and initial energies such that neighbours keep their order",
        got: describe(nameOf(model.rate)),
      },
    ]);
  }
}

/** The expansion in 1/M is not known beyond its leading order for disks that collide: their drift depends on M. */
export class NotExpandedError extends InvalidInputError {
  override name = "NotExpandedError";
  constructor() {
    super("model", [
      {
        field: "exchange",
        expected: '"uniform" where terms beyond the leading order in 1/M are asked for',
        got: '"kinetic", whose mean flux is known as M grows alone',
      },
    ]);
  }
}

/** @throws NotExpandedError for disks that collide. */
export function checkExpansion({ exchange }: Model): void {
  if (exchange === "kinetic") throw new NotExpandedError();
}

/** @throws NotSmoothError if the rate has kinks beside a = b. */
export function checkKinks(model: Model): void {
  if (rateOf(model).kinks === "elsewhere") throw new NotSmoothError(model);
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
 * A watch over a course that begins at `start`; call it with the energies of later times. Smooth rates are not watched.
 * @throws NotSmoothError, now or then, if a bond's energies are equal or have changed their order, or for other kinks.
 */
export function watchOrder(model: Model, start: ArrayLike<number>): (energies: ArrayLike<number>) => void {
  checkKinks(model);
  if (rateOf(model).kinks === "none") return () => {};
  const orders = ordersOf(model, start);
  const watch = (energies: ArrayLike<number>) => {
    const bond = ordersOf(model, energies).findIndex((order, k) => order === 0 || order !== orders[k]);
    if (bond >= 0) throw new NotSmoothError(model, bond);
  };
  watch(start);
  return watch;
}
