/**
 * A chunk: 2^level replicas from an aligned number on, run one after the other and summed up in one block.
 *
 * The reduction is the aligned binary tree over replica numbers: blocks of 2^j replicas merge pairwise, always left with
 * right. Replicas come in order, so a stack does it: a finished replica is pushed as a leaf, and each trailing 1 of its
 * place in the chunk merges the two blocks on top. Any cut of an ensemble into aligned chunks gives the same bits.
 */
import { METHOD_DIRECT, STATUS_DONE, STATUS_MORE } from "./abi";
import { Direct } from "./direct";
import { Exact } from "./exact";
import { Moments } from "./moments";
import { nextObservation, observations, State } from "./state";

let method: i32 = 0;
let first: u64 = 0;
let count: u64 = 0;
/** Replicas finished, and blocks on the stack. */
let finished: u64 = 0;
let height: i32 = 0;

export function beginChunk(newMethod: i32, newFirst: u64, level: i32): void {
  method = newMethod;
  first = newFirst;
  count = (<u64>1) << level;
  finished = 0;
  height = 0;
  beginReplica();
}

/**
 * Goes on with the chunk until it is finished or about `budget` more candidates have been tried.
 * Where it stops has no influence on any number.
 */
export function advance(budget: f64): i32 {
  while (finished < count) {
    if (budget <= 0) return STATUS_MORE;
    budget -= 1 + (method == METHOD_DIRECT ? Direct.advance() : Exact.advance());
    if (nextObservation == observations) finishReplica();
  }
  return STATUS_DONE;
}

/** Replicas of the chunk that are finished. */
export function finishedReplicas(): f64 {
  return <f64>finished;
}

function beginReplica(): void {
  if (method == METHOD_DIRECT) Direct.begin(first + finished, finished);
  else Exact.begin(first + finished, finished);
}

function finishReplica(): void {
  Moments.leaf(State.block(height++), State.observation(finished));
  for (let bits = finished; bits & 1; bits >>= 1) {
    height--;
    Moments.merge(State.block(height - 1), State.block(height));
  }
  finished++;
  if (finished < count) beginReplica();
}
