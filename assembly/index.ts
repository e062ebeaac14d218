/** Everything that the host may call. */
import {
  ABI_VERSION,
  BATH_THERMAL,
  EXCHANGE_KINETIC,
  EXCHANGE_UNIFORM,
  STATUS_DONE,
  STATUS_INVALID,
  STATUS_UNKNOWN,
} from "./abi";
import { setBath } from "./baths";
import { FLOORS_FROM } from "./bounds";
import { Check } from "./check";
import { Elementary } from "./elementary";
import { Collision } from "./collision";
import { Law } from "./laws";
import { Moments } from "./moments";
import { Rate } from "./rates";
import { particles, setChain, State } from "./state";

export { allocate, bytesNeeded, cellsAt, placeSites, region, sitesAt, toSites } from "./state";
export { advance, beginChunk, finishedReplicas, leftAt } from "./chunk";
export { cbrtLanes, expLanes, expm1Lanes, lnLanes, log1pLanes, tanhLanes } from "./functions";
export { setStep } from "./mesoscopic";
export { beginPath, follow, measureAt, pathEvents, pathLeftAt } from "./path";
export { exceeds, ownRate, ownRates } from "./laws";
export { fault } from "./fault";
export { nextShares, startShares } from "./shares";

export function abiVersion(): i32 {
  return ABI_VERSION;
}

/** Sets all of the model but its rate. Returns STATUS_DONE, STATUS_INVALID, or STATUS_UNKNOWN if there is no such bath or exchange. */
export function setModel(particles: f64, left: f64, right: f64, bath: i32, exchange: i32, speed: f64, seed: u64): i32 {
  const isChain = particles >= 1 && Check.isPositive(particles) && Check.isPositive(left) && Check.isPositive(right);
  if (!isChain || !Check.isPositive(speed)) return STATUS_INVALID;
  setChain(particles, left, right, speed, seed);
  if (exchange != EXCHANGE_UNIFORM && exchange != EXCHANGE_KINETIC) return STATUS_UNKNOWN;
  Collision.choose(exchange == EXCHANGE_KINETIC, bath == BATH_THERMAL);
  return setBath(bath) ? STATUS_DONE : STATUS_UNKNOWN;
}

/**
 * Sets the rate: the law where the host has put no code for it (laws.ts), s, 1/K or 0, whether f is costly enough for floors,
 * and whether its bounds are to be watched. Returns STATUS_DONE, STATUS_INVALID, or STATUS_UNKNOWN if there is no such law.
 */
export function setRate(law: i32, scale: f64, inverseCap: f64, isCostly: i32, isGuarded: i32): i32 {
  if (!Check.isPositive(scale) || !(inverseCap == 0 || Check.isPositive(inverseCap))) return STATUS_INVALID;
  Rate.set(scale, inverseCap, isCostly != 0 && particles >= FLOORS_FROM, isGuarded != 0);
  return Law.choose(law, scale, inverseCap) ? STATUS_DONE : STATUS_UNKNOWN;
}

/** Merges the block at depth `right` of the stack into the one at depth `left`. */
export function mergeBlocks(left: i32, right: i32): void {
  Moments.merge(State.block(left), State.block(right));
}

/** f(a, b) on bond k: the host compares it with the theory's, and predicts the work from it. */
export function rate(k: i32, a: f64, b: f64): f64 {
  return Rate.of(k, a, b);
}

/** log x, for figures that the host publishes: its own Math.log differs from engine to engine. */
export function log(x: f64): f64 {
  return Elementary.log1(x);
}
