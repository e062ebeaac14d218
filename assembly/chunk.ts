/**
 * A chunk: 2^level replicas from an aligned number on, run one or two at a time and summed up in one block.
 *
 * The reduction is the aligned binary tree over replica numbers: blocks of 2^j replicas merge pairwise, always left with
 * right. Replicas come in order, so a stack does it: a finished replica is pushed as a leaf, and each trailing 1 of its
 * place in the chunk merges the two blocks on top. Any cut of an ensemble into aligned chunks gives the same bits.
 */
import { STATUS_DONE, STATUS_INVALID, STATUS_LEFT_CONE, STATUS_MORE, STATUS_RATE, STATUS_UNKNOWN } from "./abi";
import { Check } from "./check";
import { Fault } from "./fault";
import { Method } from "./method";
import { Moments } from "./moments";
import { nextObservation, observations, State } from "./state";

let first: u64 = 0;
let count: u64 = 0;
/** Replicas that are finished, and how many blocks lie on the stack. */
let finished: u64 = 0;
let depth: i32 = 0;

/**
 * Begins replicas `newFirst` to `newFirst` + 2^level - 1. Returns STATUS_DONE, STATUS_UNKNOWN if there is no such method, or
 * STATUS_INVALID.
 */
export function beginChunk(method: i32, newFirst: u64, level: i32): i32 {
  if (!Method.choose(method)) return STATUS_UNKNOWN;
  if (!Check.energies() || !Check.times()) return STATUS_INVALID;
  first = newFirst;
  count = (<u64>1) << level;
  finished = 0;
  depth = 0;
  Fault.forget();
  begin();
  return STATUS_DONE;
}

/**
 * Goes on with the chunk until it is finished, about `budget` more candidates have been tried, or a replica has left the
 * cone of positive energies, for good: the lowest that does. Where it stops has no influence on any number.
 */
export function advance(budget: f64): i32 {
  while (finished < count) {
    if (Fault.found) return STATUS_RATE;
    if (leftAt() >= 0) return STATUS_LEFT_CONE;
    if (!(budget > 0)) return STATUS_MORE;
    budget -= 1 + Method.advance();
    if (nextObservation == observations) finish();
  }
  return Fault.found ? STATUS_RATE : STATUS_DONE;
}

/** The number of replicas of the chunk that are finished. */
export function finishedReplicas(): f64 {
  return <f64>finished;
}

/** The time at which the replica after the finished ones left the cone, or -1. */
export function leftAt(): f64 {
  return Method.leftAt(<i32>(finished & (<u64>(lanes() - 1))));
}

/** The number of replicas that run at once. */
function lanes(): i32 {
  return count > 1 ? Method.lanes : 1;
}

function begin(): void {
  const replica = first + finished;
  Method.begin(replica, replica + <u64>(lanes() - 1), finished);
}

/** Adds the replicas that have reached their last observation, in order, up to one that left the cone. */
function finish(): void {
  for (let lane = 0; lane < lanes() && leftAt() < 0; lane++) push();
  if (finished < count && leftAt() < 0) begin();
}

function push(): void {
  Moments.leaf(State.block(depth++), State.start(finished), State.observation(finished));
  for (let bits = finished; bits & 1; bits >>= 1) {
    depth--;
    Moments.merge(State.block(depth - 1), State.block(depth));
  }
  finished++;
}
