/** The rate f(a, b) of a bond: f = s g, g the law or the code that the host puts there (../laws.ts), and f/(1 + f/K) with a cap K. */
import { ownRate, ownRates } from "../laws";
import { Chain } from "./state";

let scale: f64 = 1;
let inverseCap: f64 = 0;
/** Bonds have numbers of their own in the rate, which code for two of one bond alone would find. */
let bondsDiffer: bool = false;

export function setScale(newScale: f64, newInverseCap: f64): void {
  scale = newScale;
  inverseCap = newInverseCap;
}

export function setSites(numbers: f64): void {
  bondsDiffer = numbers > 0;
}

export class Rates {
  /** f of bonds k and k+1 at the present energies: anything where there is no such bond. */
  @inline static pair(k: i32): v128 {
    let f: v128;
    if (bondsDiffer) f = f64x2.replace_lane(f64x2.splat(Rates.one(k)), 1, Rates.one(k + 1));
    else f = ownRates(Chain.energies(k), Chain.energies(k + 1), (<usize>k) << 4);
    f = f64x2.mul(f, f64x2.splat(scale));
    if (inverseCap == 0) return f;
    return f64x2.div(f, f64x2.add(f64x2.splat(1), f64x2.mul(f, f64x2.splat(inverseCap))));
  }

  /** f of bond k in units of s, without its cap. */
  private static one(k: i32): f64 {
    return ownRate(Chain.energy(k), Chain.energy(k + 1), (<usize>k) << 4);
  }
}
