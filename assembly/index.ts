/** What the host may call. */
import { ABI_VERSION } from "./abi";
import { Elementary } from "./elementary";
import { Moments } from "./moments";
import { Rate } from "./rates";
import { State } from "./state";

export { allocate, bytesNeeded, region, setModel } from "./state";
export { advance, beginChunk, finishedReplicas, leftAt } from "./chunk";
export { setStep } from "./mesoscopic";
export { beginPath, follow, lookAt, pathEvents, pathLeftAt } from "./path";
export { nextShares, startShares } from "./shares";

export function abiVersion(): i32 {
  return ABI_VERSION;
}

export function setRate(law: i32, scale: f64, inverseCap: f64): void {
  Rate.set(law, scale, inverseCap);
}

/** Folds the block at this height of the stack into the one below it. */
export function mergeBlocks(left: i32, right: i32): void {
  Moments.merge(State.block(left), State.block(right));
}

/** f(a, b): the host compares it with the theory's, and predicts the work from it. */
export function rate(a: f64, b: f64): f64 {
  return Rate.of(a, b);
}

/** log x, for figures that the host publishes: its own Math.log differs from engine to engine. */
export function log(x: f64): f64 {
  return Elementary.log1(x);
}
