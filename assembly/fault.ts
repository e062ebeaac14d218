/**
 * The first rate of a replica that no chain can have: infinite, negative, no number, or above the bound that it was said to
 * keep. Rates of this kind would make loops endless or the law wrong, so that the run ends with STATUS_RATE.
 */
import { State } from "./state";

/** Rates above this, in units of the scale, are too large: their squares times energies would overflow. */
const HIGHEST: f64 = 1e100;

/** The bond, or -1; the energies at its ends; its rate, and the bound that this is above, or infinity; both in units of s. */
let bond: i32 = -1;
let left: f64 = 0;
let right: f64 = 0;
let rate: f64 = 0;
let bound: f64 = Infinity;

export class Fault {
  static get found(): bool {
    return bond >= 0;
  }

  static forget(): void {
    bond = -1;
  }

  /** The rate of bond k at energies a and b, or 0 if there is none such. */
  static unless(k: i32, a: f64, b: f64, found: f64): f64 {
    if (found >= 0 && found <= HIGHEST) return found;
    Fault.note(k, a, b, found, Infinity);
    return 0;
  }

  /** Notes the rate of bond k at its present energies if it is above its bound, but for rounding. */
  static above(k: i32, found: f64): void {
    const most = State.rate(k);
    if (!(found <= most * (1 + 1e-12))) Fault.note(k, State.energy(k), State.energy(k + 1), found, most);
  }

  private static note(k: i32, a: f64, b: f64, found: f64, most: f64): void {
    if (bond >= 0) return;
    bond = k;
    left = a;
    right = b;
    rate = found;
    bound = most;
  }
}

/** Number i of: bond, E_k, E_{k+1}, rate, bound. */
export function fault(i: i32): f64 {
  return i == 0 ? <f64>bond : i == 1 ? left : i == 2 ? right : i == 3 ? rate : bound;
}
