/** The rate f(a, b) of a bond: f = s g, g the law or the code that the host puts there (../laws.ts), and f/(1 + f/K) with a cap K. */
import { ownRate } from "../laws";
import { Chain } from "./state";

let scale: f64 = 1;
let inverseCap: f64 = 0;

export function setScale(newScale: f64, newInverseCap: f64): void {
  scale = newScale;
  inverseCap = newInverseCap;
}

/** f of bond k at the present energies. */
export function rateOf(k: i32): f64 {
  const f = scale * ownRate(Chain.energy(k), Chain.energy(k + 1), (<usize>k) << 4);
  return f / (1 + f * inverseCap);
}
