/**
 * A population of clones that measures how e^{M λ Q} grows (THEORY 12.7; Giardinà, Kurchan and Peliti 2006, guided as in Nemoto et
 * al. 2016). Clones run by themselves, tilted by constant momenta θ with θ_0 = 0, θ_{N+1} = λ, s_k = θ_{k+1} - θ_k. Since
 *   Σ_k s_k Q_k = λ Q_N + Σ_k θ_k (E_k(t) - E_k(0)),
 * the factor e^{M s_k J} of each event, times the weight of the tilt, grows as e^{M λ Q} does. After every interval weights w_i are
 * averaged and clones are drawn anew in proportion to them, all by one uniform number (systematic resampling); log of the mean, summed
 * over time, is the growth. At the theory's fixed point hardly anything is left to w_i.
 */
import { Elementary } from "../elementary";
import { PURPOSE_CLONES, PURPOSE_RESAMPLING, Random } from "../random";
import { STATUS_DONE, STATUS_MORE } from "./abi";
import { begin, beginAgain, events, rate, Run, takeWeight } from "./run";
import {
  cells,
  Chain,
  clonesAt,
  initialAt,
  momentaAt,
  Numbers,
  othersAt,
  swapClones,
  weightsAt,
  writeResult,
} from "./state";

/** A weight below e^-700 of the largest is none. */
const LEAST: f64 = -700;

let clones: i32 = 0;
let interval: f64 = 0;
let intervals: i32 = 0;
/** Intervals that are not measured. */
let burnIn: i32 = 0;
/** The present interval, and the next clone to be run in it. */
let present: i32 = 0;
let clone: i32 = 0;
/** Sums over measured intervals: log of mean weights, and (Σw)²/Σw². */
let growth: f64 = 0;
let effective: f64 = 0;

/** Sets the population's size, its intervals, and λ; the momenta stand in the first row of the guide's. */
export function setPopulation(size: i32, length: f64, all: i32, unmeasured: i32, lambda: f64): void {
  clones = size;
  interval = length;
  intervals = all;
  burnIn = unmeasured;
  let before: f64 = 0;
  for (let k = 1; k <= cells; k++) {
    const theta = load<f64>(Numbers.at(momentaAt, k - 1));
    Chain.setTilt(k - 1, theta - before);
    before = theta;
  }
  Chain.setTilt(cells, lambda - before);
}

/** Puts all clones of a population at time 0. */
export function startClones(seed: u64, replica: u64): void {
  Random.startVector(seed, replica, PURPOSE_CLONES);
  Random.start(seed, replica, PURPOSE_RESAMPLING);
  for (let i = 0; i < clones; i++) memory.copy(Numbers.at(clonesAt, i * cells), initialAt, (<usize>cells) << 3);
  begin(0);
  present = clone = 0;
  growth = effective = 0;
}

/** Goes on for about so many events. */
export function advanceClones(budget: i32): i32 {
  const end = events + <f64>budget;
  for (; present < intervals; present++, clone = 0) {
    for (; clone < clones; clone++) {
      if (events >= end) return STATUS_MORE;
      const energies = Numbers.at(clonesAt, clone * cells);
      Chain.setAll(energies);
      rate();
      beginAgain();
      Run.to(interval, true);
      Chain.writeAll(energies);
      store<f64>(Numbers.at(weightsAt, clone), takeWeight());
    }
    resample();
  }
  const measured = <f64>(intervals - burnIn);
  writeResult(growth, effective / measured, events);
  return STATUS_DONE;
}

/** Measures the weights, and draws the clones anew. */
function resample(): void {
  let largest = -Infinity;
  for (let i = 0; i < clones; i++) largest = max(largest, load<f64>(Numbers.at(weightsAt, i)));
  let sum: f64 = 0;
  let squares: f64 = 0;
  for (let i = 0; i < clones; i++) {
    const log = f64x2.splat(max(load<f64>(Numbers.at(weightsAt, i)) - largest, LEAST));
    const weight = f64x2.extract_lane(Elementary.exp(log), 0);
    store<f64>(Numbers.at(weightsAt, i), weight);
    sum += weight;
    squares += weight * weight;
  }
  if (present >= burnIn) {
    growth += largest + Elementary.log1(sum / <f64>clones);
    effective += (sum * sum) / squares;
  }
  const share = sum / <f64>clones;
  let target = Random.uniform() * share;
  let reached: f64 = 0;
  let drawn = 0;
  for (let i = 0; i < clones; i++) {
    reached += load<f64>(Numbers.at(weightsAt, i));
    // Rounding must not leave the last places empty.
    const isLast = i == clones - 1;
    for (; drawn < clones && (isLast || target < reached); drawn++, target += share) {
      memory.copy(Numbers.at(othersAt, drawn * cells), Numbers.at(clonesAt, i * cells), (<usize>cells) << 3);
    }
  }
  swapClones();
}
