/** Everything that the host may call. */
import { ABI_VERSION, STATUS_DONE, STATUS_INVALID, STATUS_UNKNOWN } from "./abi";
import { setBath } from "./baths";
import { Check } from "./check";
import { Elementary } from "./elementary";
import { chooseLoop } from "./exchange";
import { Moments } from "./moments";
import { Rate } from "./rates";
import { setChain, State } from "./state";
import { chooseStep } from "./step";

export { allocate, bytesNeeded, region } from "./state";
export { advance, beginChunk, finishedReplicas, leftAt } from "./chunk";
export { setStep } from "./mesoscopic";
export { beginPath, follow, measureAt, pathEvents, pathLeftAt } from "./path";
export { nextShares, startShares } from "./shares";

export function abiVersion(): i32 {
  return ABI_VERSION;
}

/** Sets all of the model but its rate. Returns STATUS_DONE, STATUS_INVALID, or STATUS_UNKNOWN if there is no such bath. */
export function setModel(particles: f64, left: f64, right: f64, bath: i32, speed: f64, seed: u64): i32 {
  const isChain = particles >= 1 && Check.isPositive(particles) && Check.isPositive(left) && Check.isPositive(right);
  if (!isChain || !Check.isPositive(speed)) return STATUS_INVALID;
  setChain(particles, left, right, speed, seed);
  return setBath(bath) ? STATUS_DONE : STATUS_UNKNOWN;
}

/** Returns STATUS_DONE, STATUS_INVALID, or STATUS_UNKNOWN if there is no such law. */
export function setRate(law: i32, scale: f64, inverseCap: f64): i32 {
  if (!Check.isPositive(scale) || !(inverseCap == 0 || Check.isPositive(inverseCap))) return STATUS_INVALID;
  return Rate.set(law, scale, inverseCap) && chooseLoop(law) && chooseStep(law) ? STATUS_DONE : STATUS_UNKNOWN;
}

/** Merges the block at depth `right` of the stack into the one at depth `left`. */
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
