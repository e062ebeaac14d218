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
import { bathsAreCells, Collision, kinetic } from "./collision";
import { passCollisions } from "./collisions";
import { passCandidates } from "./exchange";
import { Fractions } from "./fractions";
import { Poisson } from "./poisson";
import { Random } from "./random";
import { guarded } from "./rates";
import { Start } from "./start";
import { begin, cells, drawsStart, nextObservation, observations, observe, seed, State } from "./state";
import { Velocities } from "./velocities";

/** The most candidates that an interval is meant to have. */
const MOST_CANDIDATES: f64 = 4096;
/** The most that are passed before the host has control again: raised bounds can give an interval any number of them. */
const AT_A_TIME: f64 = 65536;

/** Time left until the next observation. */
let remaining: f64 = 0;
/** The candidates that the present bounds are still meant for. */
let life: f64 = 0;

/** The present interval: its length, and whether it is the replica's last. */
let length: f64 = 0;
let isLast: bool = false;
/** Its candidates, how many of them are passed, and how many that raised bounds have added are still to be dealt. */
let total: f64 = 0;
let passed: f64 = 0;
let undealt: f64 = 0;
/** True until all of them are passed. */
let isOpen: bool = false;

export class Exact {
  static begin(replica: u64, place: u64): void {
    Start.draw(replica, place);
    begin(place);
    Random.startBoth(seed, replica);
    if (bathsAreCells) {
      Collision.drawBath(0);
      Collision.drawBath(cells + 1);
    }
    // Starts and baths that are drawn have other energies in each replica.
    if (place == 0 || drawsStart || bathsAreCells) Bounds.forget();
    Fractions.forget();
    Velocities.forget();
    remaining = State.time(0);
    life = Bounds.start();
    isOpen = false;
  }

  /**
   * Runs one interval, or up to the next observation if that is nearer, or a part of it. Returns the number of candidates
   * passed.
   */
  static advance(): f64 {
    let spent: f64 = 0;
    if (remaining > 0) {
      if (!isOpen) open();
      spent = run();
      if (isOpen) return spent;
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

/** Begins an interval. */
function open(): void {
  if (life < 1) {
    if (guarded) Bounds.guard(0, cells);
    life = Bounds.renew();
  }
  const rate = Bounds.rate;
  length = min(remaining, min(life, MOST_CANDIDATES) / rate);
  isLast = length == remaining && nextObservation == observations - 1;
  life -= rate * length;
  total = Poisson.sample(rate * length);
  passed = 0;
  undealt = 0;
  isOpen = true;
  Candidates.forget();
}

/** Goes on with the interval, to its end if that is near. Returns the number of candidates passed. */
function run(): f64 {
  let spent: f64 = 0;
  while ((passed < total || undealt > 0) && spent < AT_A_TIME) {
    if (undealt > 0) {
      spent += deal();
      continue;
    }
    const block = <i32>min(<f64>CANDIDATES, total - passed);
    if (candidate == endOfCandidates) Candidates.draw(block);
    if (kinetic) Velocities.draw();
    else Fractions.draw(block, isLast ? total - passed : Infinity);
    const from = candidate;
    const lifted = kinetic ? passCollisions() : passCandidates();
    const tried = <f64>((candidate - from) >> 3);
    passed += tried;
    spent += tried;
    if (lifted < 0) continue;
    const before = Bounds.rate;
    Bounds.raise(lifted);
    if (Bounds.rate == before) continue;
    undealt = Poisson.sample((Bounds.rate - before) * length);
    Candidates.forget();
  }
  isOpen = passed < total || undealt > 0;
  return spent;
}

/** Deals added candidates: each falls into one of the total + 1 gaps, and total - passed + 1 of those lie ahead. */
function deal(): f64 {
  const dealt = min(undealt, AT_A_TIME);
  for (let i: f64 = 0; i < dealt; i++) {
    if (Random.uniform() * (total + 1) >= total - passed + 1) passed++;
    total++;
  }
  undealt -= dealt;
  return dealt;
}
