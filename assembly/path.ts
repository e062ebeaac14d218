/**
 * One replica followed as it goes: the host measures it when it likes, at times not known ahead.
 *
 * There are three observation times: the last measurement, the next, and one that is never reached. So a path never ends,
 * and is bit for bit the replica of an ensemble that is observed at the times of the measurements.
 */
import { STATUS_DONE, STATUS_INVALID, STATUS_LEFT_CONE, STATUS_MORE, STATUS_RATE, STATUS_UNKNOWN } from "./abi";
import { Check } from "./check";
import { Fault } from "./fault";
import { Method } from "./method";
import { events, nextObservation, observeAgain, State } from "./state";

const NEXT: i32 = 1;

/**
 * Puts a replica at time 0 and measures it there. Returns STATUS_DONE, STATUS_INVALID, or STATUS_UNKNOWN if there is no such
 * method.
 */
export function beginPath(method: i32, replica: u64): i32 {
  if (!Check.energies()) return STATUS_INVALID;
  if (!Method.choose(method)) return STATUS_UNKNOWN;
  State.setTime(0, 0);
  State.setTime(NEXT, 0);
  State.setTime(NEXT + 1, Infinity);
  Fault.forget();
  Method.begin(replica, replica, 0);
  while (nextObservation <= NEXT && !Fault.found) Method.advance();
  return STATUS_DONE;
}

/** Sets the time of the next measurement. Returns STATUS_DONE, or STATUS_INVALID if that is before the last one. */
export function measureAt(time: f64): i32 {
  if (!(time >= State.time(NEXT) && time < Infinity)) return STATUS_INVALID;
  // A replica with a fault has perhaps not been measured at all; `follow` tells of it.
  if (Fault.found) return STATUS_DONE;
  observeAgain(time);
  Method.aim();
  return STATUS_DONE;
}

/** Runs until the next measurement, about `budget` more candidates have been tried, or the replica has left the cone. */
export function follow(budget: f64): i32 {
  while (nextObservation <= NEXT) {
    if (Fault.found) return STATUS_RATE;
    if (pathLeftAt() >= 0) return STATUS_LEFT_CONE;
    if (!(budget > 0)) return STATUS_MORE;
    budget -= 1 + Method.advance();
  }
  return Fault.found ? STATUS_RATE : STATUS_DONE;
}

/** The time at which the replica left the cone of positive energies, or -1. */
export function pathLeftAt(): f64 {
  return Method.leftAt(0);
}

/** The number of exchanges since time 0; of steps for the mesoscopic method. */
export function pathEvents(): f64 {
  return events;
}
