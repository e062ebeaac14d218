/**
 * The exact method: the law of `direct.ts` at a cost per event that does not grow with N or M.
 *
 * Thinning. While no energy is above its ceiling, no bond rings faster than its bound (bounds.ts). Candidates come as a
 * Poisson process at the sum of the bounds; each is a uniform point of the area under them, and an event where it lies
 * below its bond's rate. That is the process in which bond k rings at rate f_k, exactly, with no clocks to keep.
 *
 * No waiting times. Over an interval of fixed length the number of candidates is Poisson, and only their order matters.
 *
 * Raising bounds. An exchange may lift a cell above its ceiling. Candidates at the raised bounds are those at the old ones
 * together with an independent Poisson number in the area between, each at a uniform place among the rest. Those that
 * would have come before this event would all have been refused: until then the rates were below the old bounds. So the
 * added ones are dealt among the candidates passed and those to come, and the interval goes on as if it had begun with
 * the raised bounds. Those to come are points of the raised area, of which only the number is known: they are drawn anew.
 *
 * At the end of an interval, a fixed time, the process starts afresh (Markov), with new bounds when the old have had their
 * time.
 */
import { Bounds } from "./bounds";
import { candidate, CANDIDATES, Candidates, endOfCandidates } from "./candidates";
import { passCandidates } from "./exchange";
import { Fractions } from "./fractions";
import { Poisson } from "./poisson";
import { Random } from "./random";
import { begin, nextObservation, observations, observe, seed, State } from "./state";

/** The most candidates that an interval is meant to have. */
const MOST_CANDIDATES: f64 = 4096;

/** Time left until the next observation. */
let remaining: f64 = 0;
/** The candidates that the present bounds are still meant for. */
let life: f64 = 0;

export class Exact {
  static begin(replica: u64, place: u64): void {
    begin(place);
    if (place == 0) Bounds.forget();
    Random.startBoth(seed, replica);
    Fractions.forget();
    remaining = State.time(0);
    life = Bounds.start();
  }

  /** Runs one interval, or up to the next observation if that is nearer. Returns the number of its candidates. */
  static advance(): f64 {
    let spent: f64 = 0;
    if (remaining > 0) {
      if (life < 1) life = Bounds.renew();
      const rate = Bounds.rate;
      const length = min(remaining, min(life, MOST_CANDIDATES) / rate);
      spent = run(length, length == remaining && nextObservation == observations - 1);
      life -= rate * length;
      remaining -= length;
      if (remaining > 0) return spent;
    }
    observe();
    if (nextObservation < observations) Exact.aim();
    return spent;
  }

  /** Makes the next observation the one to run to. */
  static aim(): void {
    remaining = State.interval;
  }
}

/** Runs an interval of this length, the last of the replica or not. Returns the number of its candidates. */
function run(length: f64, last: bool): f64 {
  let total = Poisson.sample(Bounds.rate * length);
  let passed: f64 = 0;
  Candidates.forget();
  while (passed < total) {
    const block = <i32>min(<f64>CANDIDATES, total - passed);
    if (candidate == endOfCandidates) Candidates.draw(block);
    Fractions.draw(block, last ? total - passed : Infinity);
    const from = candidate;
    const lifted = passCandidates();
    passed += <f64>((candidate - from) >> 3);
    if (lifted < 0) continue;
    const before = Bounds.rate;
    Bounds.raise(lifted);
    if (Bounds.rate == before) continue;
    // Each added candidate falls into one of the total + 1 gaps, and total - passed + 1 of those lie ahead.
    for (let added = Poisson.sample((Bounds.rate - before) * length); added > 0; added--) {
      if (Random.uniform() * (total + 1) >= total - passed + 1) passed++;
      total++;
    }
    Candidates.forget();
  }
  return total;
}
