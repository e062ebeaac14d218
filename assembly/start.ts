/** Starts that replicas draw, each for itself: E_k = T_k Gamma(M)/M, independent, and of the path that begins there, too. */
import { Gamma } from "./gamma";
import { PURPOSE_START, Random } from "./random";
import { cells, drawsStart, particles, seed, State } from "./state";

export class Start {
  /** Draws the start of a replica, if its model has it so, from a stream of its own. Leaves the scalar stream there. */
  static draw(replica: u64, place: u64): void {
    if (!drawsStart) return;
    Random.start(seed, replica, PURPOSE_START);
    const start = State.start(place);
    for (let k = 1; k <= cells; k++) {
      store<f64>(start + ((<usize>(k - 1)) << 3), (State.initialEnergy(k) * Gamma.sample(particles)) / particles);
    }
  }
}
