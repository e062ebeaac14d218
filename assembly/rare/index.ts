/** The engine of rare events as its host sees it. */
// Fills the tables of logarithms.
import "../functions";
import { BATH_EXPONENTIAL, BATH_THERMAL } from "../abi";
import { Law } from "../laws";
import { RARE_ABI, STATUS_DONE, STATUS_NO_MEMORY, STATUS_UNKNOWN } from "./abi";
import { chooseBath } from "./kernel";
import { setScale, setSites } from "./rates";
import * as state from "./state";

export { cbrtLanes, expLanes, expm1Lanes, lnLanes, log1pLanes, tanhLanes } from "../functions";
export { ownRate, ownRates } from "../laws";
export { bytesNeeded, region, sitesAt } from "./state";
export { advanceClones, setPopulation, startClones } from "./clones";
export { advanceHidden, setEnd, startHidden } from "./hidden";
export { advance, setGuide, start } from "./tilted";

export function abiVersion(): i32 {
  return RARE_ABI;
}

/** Sets the chain but its rate, with room for so many numbers for each bond. */
export function setChain(cells: i32, particles: f64, left: f64, right: f64, bath: i32, speed: f64, numbers: f64): i32 {
  if (bath != BATH_EXPONENTIAL && bath != BATH_THERMAL) return STATUS_UNKNOWN;
  state.setChain(cells, particles, left, right, speed);
  setSites(numbers);
  chooseBath(bath == BATH_EXPONENTIAL);
  return state.placeSites(numbers) ? STATUS_DONE : STATUS_NO_MEMORY;
}

/** Sets the rate: the law where the host has put no code for it, s, and 1/K or 0. */
export function setRate(law: i32, scale: f64, inverseCap: f64): i32 {
  setScale(scale, inverseCap);
  return Law.choose(law, scale, inverseCap) ? STATUS_DONE : STATUS_UNKNOWN;
}

/** Lays out the memory for so many intervals of a guide and so many clones. */
export function allocate(intervals: f64, clones: f64): i32 {
  return state.allocate(intervals, clones) ? STATUS_DONE : STATUS_NO_MEMORY;
}
