/**
 * Hidden temperatures (THEORY 12.4, 12.6): where f is constant, energies that begin as T_k Gamma(M)/M, independent, stay a
 * mixture of such, E_k = T_k G_k/M, with temperatures that move by themselves. At a ring of bond k, U uniform, B_i ~ Beta(1, M-1),
 *   T~ = U T_k + (1-U) T_{k+1},   T_k' = T_k + B_1 (T~ - T_k),   T_{k+1}' = T_{k+1} + B_2 (T~ - T_{k+1});
 * a thermal bath stays at T, the paper's offers M B T, B drawn anew. Exact at every M. The energies here are temperatures.
 */
import { PURPOSE_HIDDEN, Random } from "../random";
import { STATUS_DONE, STATUS_MORE } from "./abi";
import { Draws } from "./draws";
import { bathIsPapers, Part } from "./kernel";
import { begin, rate, Run, total } from "./run";
import { cells, Chain, initialAt, leftTemperature, particles, rightTemperature, speed, writeResult } from "./state";

let end: f64 = 0;
let time: f64 = 0;
let events: f64 = 0;

/** Sets the time at which replicas end. */
export function setEnd(newEnd: f64): void {
  end = newEnd;
}

/** Puts a replica at time 0. */
export function startHidden(seed: u64, replica: u64): void {
  Random.startVector(seed, replica, PURPOSE_HIDDEN);
  Chain.setAll(initialAt);
  begin(0);
  // Once: they do not depend on energies.
  rate();
  time = Draws.wait / (speed * total);
  events = 0;
}

/** Goes on for so many events. */
export function advanceHidden(budget: i32): i32 {
  const rates = speed * total;
  for (; time < end; budget--) {
    if (budget <= 0) return STATUS_MORE;
    mix(Run.choose());
    events += 1;
    Draws.advance();
    time += Draws.wait / rates;
  }
  writeResult(0, 0, events);
  return STATUS_DONE;
}

/** A ring of bond k. */
function mix(k: i32): void {
  const parts = Part.shares(Draws.sides);
  const a = bathIsPapers && k == 0 ? offer(leftTemperature) : Chain.energy(k);
  const b = bathIsPapers && k == cells ? offer(rightTemperature) : Chain.energy(k + 1);
  const U = Draws.part;
  const mixed = U * a + (1 - U) * b;
  Chain.setEnergy(k, a + f64x2.extract_lane(parts, 0) * (mixed - a));
  Chain.setEnergy(k + 1, b + f64x2.extract_lane(parts, 1) * (mixed - b));
  Chain.setBaths();
}

/** M B T. */
function offer(temperature: f64): f64 {
  return particles * temperature * f64x2.extract_lane(Part.shares(f64x2.splat(-Draws.packet)), 0);
}
