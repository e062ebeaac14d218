/**
 * One replica followed as it goes: it is looked at when the host likes, at times not known ahead.
 *
 * There are three observation times: the last look, the next, and one that is never reached. So a path never ends, and is
 * bit for bit the replica of an ensemble that is observed at the times of the looks.
 */
import { STATUS_DONE, STATUS_LEFT_CONE, STATUS_MORE } from "./abi";
import { Method } from "./method";
import { events, nextObservation, observeAgain, State } from "./state";

const NEXT: i32 = 1;

/** Puts a replica at time 0 and looks at it there. */
export function beginPath(method: i32, replica: u64): void {
  Method.choose(method);
  State.setTime(0, 0);
  State.setTime(NEXT, 0);
  State.setTime(NEXT + 1, Infinity);
  Method.begin(replica, replica, 0);
  while (nextObservation <= NEXT) Method.advance();
}

/** Sets out for the next look. */
export function lookAt(time: f64): void {
  observeAgain(time);
  Method.aim();
}

/** Goes on until the next look, about `budget` more candidates have been tried, or the replica has left the cone. */
export function follow(budget: f64): i32 {
  while (nextObservation <= NEXT) {
    if (pathLeftAt() >= 0) return STATUS_LEFT_CONE;
    if (budget <= 0) return STATUS_MORE;
    budget -= 1 + Method.advance();
  }
  return STATUS_DONE;
}

/** When the replica left the cone of positive energies, or -1. */
export function pathLeftAt(): f64 {
  return Method.leftAt(0);
}

/** Exchanges since time 0, or steps. */
export function pathEvents(): f64 {
  return events;
}
