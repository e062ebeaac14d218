/**
 * Events one after the other, by the direct method with tilted rates: over a time in which the tilts stay as they are.
 *
 * The weight of a path against its tilted law is, besides that of its events, exp(speed ∫ Σ f_k (c_k - 1) dt).
 */
import { Elementary } from "../elementary";
import { bathIsPapers, eventDivisor, eventFactor, eventLog, exchange, moved, rateAll, rateAround } from "./kernel";
import { Draws } from "./draws";
import { cells, Chain, particles, speed } from "./state";

/** The present, the logarithm of the path's weight, its events, and what has crossed the observed bond. */
export let time: f64 = 0;
export let logWeight: f64 = 0;
export let events: f64 = 0;
export let carried: f64 = 0;
let observed: i32 = -1;
/** A factor of the weight that is not yet in its logarithm: one logarithm serves many events. */
let factor: f64 = 1;
let divisor: f64 = 1;
const LEAST_FACTOR: f64 = 1e-100;
const MOST_FACTOR: f64 = 1e100;

/** The wait, Exp(1) in units of all rates, that is left to the next event: it has no memory, and serves beyond a change of rates. */
let wait: f64 = 0;
/** Σ f_k c_k and Σ f_k (c_k - 1). */
export let total: f64 = 0;
let excess: f64 = 0;

export function observe(bond: i32): void {
  observed = bond;
}

/** Puts the path at time 0 with the logarithm of its weight; the stream has been started. */
export function begin(log: f64): void {
  time = 0;
  events = 0;
  carried = 0;
  logWeight = log;
  factor = divisor = 1;
  Draws.begin(bathIsPapers);
  wait = Draws.wait;
}

/** Puts another path at time 0. What is left of the wait serves it, too. */
export function beginAgain(): void {
  time = 0;
}

/** Takes the path's weight and leaves it 1. */
export function takeWeight(): f64 {
  const taken = logWeight;
  logWeight = 0;
  return taken;
}

/** Rates all bonds anew, after their tilts or energies were set. */
export function rate(): void {
  rateAll();
  Run.sum();
}

function fold(): void {
  logWeight += Elementary.log1(factor / divisor);
  factor = divisor = 1;
}

export class Run {
  /** Runs to a time. `measuresCurrent` is a literal: it puts e^{M s J} into the weight of each event. */
  @inline static to(end: f64, measuresCurrent: bool): void {
    while (true) {
      const rates = speed * total;
      const left = end - time;
      if (wait > rates * left) {
        wait -= rates * left;
        logWeight += speed * excess * left;
        time = end;
        fold();
        return;
      }
      const step = wait / rates;
      logWeight += speed * excess * step;
      time += step;
      const k = Run.choose();
      exchange(k);
      logWeight += eventLog;
      factor *= eventFactor;
      divisor *= eventDivisor;
      if (min(factor, divisor) < LEAST_FACTOR || max(factor, divisor) > MOST_FACTOR) fold();
      if (measuresCurrent) logWeight += particles * Chain.tilt(k) * moved;
      if (k == observed) carried += moved;
      events += 1;
      rateAround(k);
      Run.sum();
      Draws.advance();
      wait = Draws.wait;
    }
  }

  /** The bond that rings. */
  @inline static choose(): i32 {
    const target = Draws.bond * total;
    let sum: f64 = 0;
    let k = 0;
    // To the end: a branch that leaves where it is found would be guessed wrong at every other event.
    for (let bond = 0; bond < cells; bond++) {
      sum += Chain.tilted(bond);
      k += <i32>(target >= sum);
    }
    return k;
  }

  /** Added up anew, so that no rounding piles up. */
  @inline static sum(): void {
    let tilted: f64 = 0;
    let plain: f64 = 0;
    for (let k = 0; k <= cells; k++) {
      tilted += Chain.tilted(k);
      plain += Chain.rate(k);
    }
    total = tilted;
    excess = tilted - plain;
  }
}
