/**
 * Refuses numbers with which a loop of the engine might never end. The host has checked them before (src/model.ts): this is
 * what holds if some door to it was left open.
 */
import { cells, observations, State } from "./state";

export class Check {
  static isPositive(x: f64): bool {
    return x > 0 && x < Infinity;
  }

  /** True if all energies at time 0 are positive. */
  static energies(): bool {
    for (let k = 1; k <= cells; k++) if (!Check.isPositive(State.initialEnergy(k))) return false;
    return true;
  }

  /** True if the observation times increase, from 0 on. */
  static times(): bool {
    let last: f64 = -1;
    for (let i = 0; i < observations; i++) {
      const time = State.time(i);
      if (!(time > last && time >= 0 && time < Infinity)) return false;
      last = time;
    }
    return observations > 0;
  }
}
