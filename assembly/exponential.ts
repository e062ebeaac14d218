/**
 * Exponential(1) by inversion: density e^-x, x = -log(u).
 *
 * u is never 0, so x is at most 36.7; the law's tail beyond that has probability 2^-53. 1 - u would do as well (the
 * paper writes -log(1 - p)); u and 1 - u have the same law.
 */
import { Elementary } from "./elementary";
import { Random } from "./random";

export class Exponential {
  @inline static sample(): f64 {
    return Exponential.from(Random.uniform());
  }

  @inline static from(u: f64): f64 {
    return -Elementary.log1(u);
  }
}
