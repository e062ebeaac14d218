/**
 * Paths guided to a rare event (THEORY 12.6). At the start of each interval of a grid the momenta follow the present energies,
 *   θ_k = θ_k(t_j) + Σ_l K_kl (E_l - E_l(t_j)),  θ_0 = θ_{N+1} = 0,   s_k = θ_{k+1} - θ_k, plus λ on the observed bond,
 * and stay so over the interval. The weight is exact for any numbers on the grid; they decide only how much it varies.
 */
import { Elementary } from "../elementary";
import { Gamma } from "../gamma";
import { PURPOSE_START, PURPOSE_TILTED, Random } from "../random";
import { STATUS_DONE, STATUS_MORE } from "./abi";
import { begin, carried, events, logWeight, observe, rate, Run, time } from "./run";
import { cells, Chain, gainsAt, initialAt, momentaAt, Numbers, particles, pathAt, timesAt, writeResult } from "./state";

let intervals: i32 = 0;
let interval: i32 = 0;
let observedBond: i32 = -1;
let lambda: f64 = 0;

/** Sets the grid's intervals, the observed bond or NO_BOND, and the momentum λ on it. */
export function setGuide(newIntervals: i32, bond: i32, momentum: f64): void {
  intervals = newIntervals;
  observedBond = bond;
  lambda = momentum;
  observe(bond);
}

/** Puts a replica at time 0, at its energies or, where these are temperatures, at energies drawn from them. */
export function start(seed: u64, replica: u64, isDrawn: bool): void {
  let log: f64 = 0;
  if (isDrawn) {
    Random.start(seed, replica, PURPOSE_START);
    log = draw();
  } else Chain.setAll(initialAt);
  Random.startVector(seed, replica, PURPOSE_TILTED);
  interval = 0;
  begin(log);
}

/**
 * Draws E_k with a density in proportion to E^(M-1) e^{-M E (1/T_k - θ_k)}, θ the first momenta: Gamma(M) on another scale.
 * Returns the logarithm of the weight, Σ -M log(1 - θ_k T_k) - M θ_k E_k.
 */
function draw(): f64 {
  let log: f64 = 0;
  for (let k = 1; k <= cells; k++) {
    const theta = load<f64>(Numbers.at(momentaAt, k - 1));
    const temperature = load<f64>(Numbers.at(initialAt, k - 1));
    const rest = 1 - theta * temperature;
    const energy = (Gamma.sample(particles) * temperature) / (particles * rest);
    Chain.setEnergy(k, energy);
    log -= particles * (Elementary.log1(rest) + theta * energy);
  }
  return log;
}

/** Goes on for about so many events. */
export function advance(budget: i32): i32 {
  const end = events + <f64>budget;
  while (interval < intervals) {
    if (events >= end) return STATUS_MORE;
    guide();
    Run.to(load<f64>(Numbers.at(timesAt, ++interval)), false);
  }
  writeResult(carried, logWeight, events);
  return STATUS_DONE;
}

/** Sets the tilts of the present interval. */
function guide(): void {
  const row = interval * cells;
  let before: f64 = 0;
  for (let k = 1; k <= cells; k++) {
    let theta = load<f64>(Numbers.at(momentaAt, row + k - 1));
    const gains = Numbers.at(gainsAt, (row + k - 1) * cells);
    for (let l = 0; l < cells; l++) {
      theta += load<f64>(Numbers.at(gains, l)) * (Chain.energy(l + 1) - load<f64>(Numbers.at(pathAt, row + l)));
    }
    Chain.setTilt(k - 1, theta - before);
    before = theta;
  }
  Chain.setTilt(cells, -before);
  if (observedBond >= 0) Chain.setTilt(observedBond, Chain.tilt(observedBond) + lambda);
  rate();
}
