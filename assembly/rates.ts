/**
 * The rate f(a, b) at which two neighbours of energies a and b exchange (paper, (a)-(c)): f = s g, g the model's law or its own
 * expression (laws.ts), and f/(1 + f/K) where there is a cap K, which keeps f bounded, as (c) wants.
 */
import { Collision, kinetic } from "./collision";
import { Elementary } from "./elementary";
import { ownRate } from "./laws";

let scale: f64 = 1;
let inverseCap: f64 = 0;
/** True where lower bounds spare most evaluations of a costly f (bounds.ts); where f is only said to rise (fault.ts). */
export let squeezed: bool = false;
export let guarded: bool = false;
/** True if there is a cap K; and s/K, or 0: in units of s the rate is f/(1 + f s/K). */
export let capped: bool = false;
export let saturation: f64 = 0;

export class Rate {
  static set(newScale: f64, newInverseCap: f64, newSqueezed: bool, newGuarded: bool): void {
    squeezed = newSqueezed;
    guarded = newGuarded;
    scale = newScale;
    inverseCap = newInverseCap;
    capped = inverseCap != 0;
    saturation = scale * inverseCap;
  }

  /** f(a, b) on bond k; of a kinetic exchange the rate of candidates. */
  static of(k: i32, a: f64, b: f64): f64 {
    if (kinetic) return scale * Collision.rate(k, a, b);
    const f = scale * ownRate(a, b, (<usize>k) << 4);
    return capped ? f / (1 + f * inverseCap) : f;
  }

  /** f(a, b) / s of a clock, in the unit that bounds and marks are kept in; a bond has one, or two (collision.ts). */
  static inUnits(k: i32, a: f64, b: f64): f64 {
    if (kinetic) return Collision.part(k, a, b);
    const f = ownRate(a, b, (<usize>k) << 4);
    return capped ? f / (1 + f * scale * inverseCap) : f;
  }

  /** log f(a, b)/f(c, d) on bond k: what an exchange from a and b to c and d adds to W_f. */
  static logRatio(k: i32, a: f64, b: f64, c: f64, d: f64): f64 {
    return Elementary.log1(Rate.inUnits(k, a, b) / Rate.inUnits(k, c, d));
  }

  static get unit(): f64 {
    return scale;
  }
}
