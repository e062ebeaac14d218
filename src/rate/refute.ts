/** Searches for energies at which a rate is not positive, not finite, or falls. */
import { exp, log } from "./elementary.ts";
import { numbersOf } from "./numbers.ts";
import type { Tabulated } from "./sites.ts";

export interface Counterexample {
  readonly a: number;
  readonly b: number;
  /** f(a, b). */
  readonly rate: number;
  /** The property that is missing there: f > 0 and finite, or that f does not fall. */
  readonly fault: "positive" | "monotone";
  /** In words, with numbers. */
  readonly text: string;
}

/** Points of the grid along each axis, and the factor by which it goes beyond the given energies. */
const POINTS = 49;
const BEYOND = 1e6;
/** A slope of less than this, relative to f/a, may be rounding, such as that of log(1 + x) at small x. */
const ROUNDING = 1e-6;

/**
 * The first counterexample of the given energies and then of a logarithmic grid around them, or undefined. Of a rate
 * that is proven only its values at the given energies are asked: far from them e^{-1/a} is 0 in floating point.
 */
export function refute(
  { graph, tables }: Tabulated,
  coldest: number,
  hottest: number,
  isProven: boolean,
): Counterexample | undefined {
  const { value, slope } = numbersOf(graph, tables);

  function faultAt(a: number, b: number, k: number): Counterexample | undefined {
    const rate = value(a, b, k);
    const found = (fault: Counterexample["fault"], shown: number, more = "") => {
      return { a, b, rate, fault, text: `f(${a}, ${b})${tables.length > 0 ? ` on bond ${k}` : ""} = ${shown}${more}` };
    };
    if (!(rate > 0 && rate < Infinity)) return found("positive", rate);
    if (isProven) return undefined;
    for (const [name, energy, da, db] of [["a", a, 1, 0] as const, ["b", b, 0, 1] as const]) {
      const steepness = slope(a, b, da, db, k);
      if (!(steepness * energy < -ROUNDING * rate)) continue;
      return found("monotone", brief(rate), ` falls in ${name}: its slope is ${brief(steepness)}`);
    }
    return undefined;
  }

  const given = [coldest, hottest];
  const [from, to] = [log(coldest / BEYOND), log(hottest * BEYOND)];
  const grid = Array.from({ length: POINTS }, (_, i) => brief(exp(from + ((to - from) * i) / (POINTS - 1)), 2));
  const bonds = extremesOf(tables);
  for (const energies of isProven ? [given] : [given, grid]) {
    for (const a of energies) {
      for (const b of energies) {
        for (const k of bonds) {
          const found = faultAt(a, b, k);
          if (found) return found;
        }
      }
    }
  }
  return undefined;
}

/** The bonds at which some table is least or largest, or is no number; bond 0 if there are none. */
function extremesOf(tables: Tabulated["tables"]): ReadonlySet<number> {
  const bonds = new Set([0]);
  for (const table of tables) {
    for (const end of [Math.min, Math.max]) {
      const extreme = table.reduce((x, y) => end(x, y));
      bonds.add(table.findIndex((entry) => Object.is(entry, extreme)));
    }
  }
  return bonds;
}

const brief = (x: number, digits = 4) => Number(x.toPrecision(digits));
