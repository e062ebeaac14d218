/**
 * The exact method: the law of `direct.ts` at a cost per event that depends on neither N nor M.
 *
 * Thinning. While every energy is at most `cap`, no bond rings faster than F = f(cap, cap). Candidates come as a Poisson
 * process of rate (N+1) F for the whole chain; each names a bond at random and is an event with probability f/F. That is
 * the process in which bond k rings at rate f_k, exactly, with no clocks to keep.
 *
 * No waiting times. Over a stride of fixed length the number of candidates is Poisson, and only their order matters.
 *
 * Raising the bound. An exchange may lift a cell above `cap`. Candidates at the higher bound F' are those at F together
 * with an independent Poisson number at F' - F, each at a uniform place among the rest; those that would have come before
 * this event would all have been refused, since their marks lie between F and F'. So the added ones are dealt among the
 * candidates passed and those to come, the passed ones are forgotten, and the stride goes on as if it had begun with F'.
 *
 * At the end of a stride, a fixed time, the process starts afresh (Markov), with a new bound from the present energies.
 */
import { BATH_THERMAL } from "./abi";
import { Beta, SMALL_FROM } from "./beta";
import { Exponential } from "./exponential";
import { Poisson } from "./poisson";
import { PURPOSE_DECISIONS, Random } from "./random";
import { Rate } from "./rates";
import {
  bath,
  begin,
  cells,
  leftTemperature,
  nextObservation,
  observations,
  observe,
  particles,
  rightTemperature,
  seed,
  speed,
  State,
} from "./state";

/** Candidates drawn at a time. */
const BLOCK: i32 = 256;

/**
 * A block, for each two candidates:
 *   0            16           32           48
 *   ┌────────────┬────────────┬────────────┬────────────┐
 *   │ threshold  │ (1-p) B_1  │ p B_2      │ bond       │   f64 x 2 each; the bond is the low word of a double
 *   └────────────┴────────────┴────────────┴────────────┘
 */
const CANDIDATES: usize = memory.data(256 / 2 * 64, 16);
/** The uniforms that a block is made of: four vectors for each two candidates. */
const UNIFORMS: usize = memory.data(256 / 2 * 64, 16);

/** See `headroom`. */
const HEADROOM: f64 = 1;

/** 2^52: added to a whole number below it, leaves that number in the low bits. */
const WHOLE: f64 = 4503599627370496;

/** Candidates a stride aims at, at least; four a cell, so that finding the highest energy costs little. */
const STRIDE: f64 = 4096;

/** No energy is above `cap`, no bond rings faster than `bound` = f(cap, cap). */
let cap: f64 = 0;
let bound: f64 = 0;
/** How far above the highest energy the cap is put: energies wander by a fraction of order M^{-1/2}. */
let headroom: f64 = 1;
/** Time left until the next observation. */
let remaining: f64 = 0;
/** The energy that went above the cap, or 0. */
let lifted: f64 = 0;
/** Exchanges made so far. */
export let events: f64 = 0;

export class Exact {
  static begin(replica: u64, place: u64): void {
    begin(replica, place);
    Random.startCandidates(seed, replica);
    Random.start(seed, replica, PURPOSE_DECISIONS);
    headroom = 1 + HEADROOM / sqrt(particles);
    remaining = State.time(0);
  }

  /** Runs one stride, or up to the next observation if that is nearer. Returns the candidates it took. */
  static advance(): f64 {
    if (remaining > 0) {
      setCap(State.highestEnergy());
      const goal = max(STRIDE, 4 * <f64>cells);
      const stride = min(remaining, goal / (speed * <f64>(cells + 1) * bound));
      const spent = runStride(stride);
      remaining -= stride;
      if (remaining > 0) return spent;
    }
    const now = State.time(nextObservation);
    observe();
    if (nextObservation < observations) remaining = State.time(nextObservation) - now;
    return 0;
  }
}

function setCap(highest: f64): void {
  cap = highest * headroom;
  bound = Rate.of(cap, cap);
}

/** Poisson many candidates over this length of time, at a bound F of `height` or the part of F of that height. */
function candidates(height: f64, stride: f64): f64 {
  return Poisson.sample(speed * <f64>(cells + 1) * height * stride);
}

function runStride(stride: f64): f64 {
  let total = candidates(bound, stride);
  let passed: f64 = 0;
  while (passed < total) {
    const count = <i32>min(<f64>BLOCK, total - passed);
    fill(count);
    lifted = 0;
    passed += <f64>exchange(count);
    if (lifted > 0) {
      const oldBound = bound;
      setCap(lifted);
      // Each added candidate falls into one of the total + 1 gaps, and total - passed + 1 of those lie ahead.
      for (let added = candidates(bound - oldBound, stride); added > 0; added--) {
        if (Random.uniform() * (total + 1) >= total - passed + 1) passed++;
        total++;
      }
    }
  }
  return total;
}

/** Draws `count` candidates at the present bound. */
function fill(count: i32): void {
  const pairs = (count + 1) >> 1;
  Random.uniforms(UNIFORMS, pairs << 2);
  const bonds = f64x2.splat(<f64>(cells + 1));
  const height = f64x2.splat(bound);
  const inverse = f64x2.splat(1 / (particles - 1));
  for (let i = 0; i < pairs; i++) {
    const from = UNIFORMS + (<usize>i << 6);
    const to = CANDIDATES + (<usize>i << 6);
    const place = f64x2.mul(v128.load(from), bonds);
    const bond = f64x2.floor(place);
    v128.store(to, Rate.thresholds(f64x2.mul(f64x2.sub(place, bond), height)));
    v128.store(to, f64x2.add(bond, f64x2.splat(WHOLE)), 48);
    const p = v128.load(from, 16);
    let given = f64x2.sub(f64x2.splat(1), p);
    let taken = p;
    if (particles >= SMALL_FROM) {
      given = f64x2.mul(given, Beta.fromSmall(v128.load(from, 32), inverse));
      taken = f64x2.mul(taken, Beta.fromSmall(v128.load(from, 48), inverse));
    } else if (particles > 1) {
      given = f64x2.mul(given, Beta.from(v128.load(from, 32), inverse));
      taken = f64x2.mul(taken, Beta.from(v128.load(from, 48), inverse));
    }
    v128.store(to, given, 16);
    v128.store(to, taken, 32);
  }
}

/** Passes `count` candidates, or as many as it takes to lift an energy above the cap. Returns how many. */
function exchange(count: i32): i32 {
  for (let i = 0; i < count; i++) {
    const candidate = CANDIDATES + (<usize>(i >> 1) << 6) + (<usize>(i & 1) << 3);
    const k = load<i32>(candidate, 48);
    const a = State.energy(k);
    const b = State.energy(k + 1);
    if (!Rate.exceeds(load<f64>(candidate), a, b)) continue;
    events++;
    let x = load<f64>(candidate, 16);
    let y = load<f64>(candidate, 32);
    if (<u32>(k - 1) < <u32>(cells - 1)) {
      x *= a;
      y *= b;
      // J = x - y goes from k to k+1; a - x > 0 since x < a, and so both energies stay positive.
      const left = a - x + y;
      const right = b - y + x;
      State.setEnergy(k, left);
      State.setEnergy(k + 1, right);
      lifted = max(left, right);
    } else {
      lifted = exchangeWithBath(k, x, y);
    }
    if (lifted > cap) return i + 1;
  }
  lifted = 0;
  return count;
}

/** The same at bond 0 or N; returns the energy the cell is left with. */
function exchangeWithBath(k: i32, given: f64, taken: f64): f64 {
  let packet = Exponential.sample();
  if (bath == BATH_THERMAL) {
    // This packet has no share B in it, so the fractions are drawn anew.
    const p = Random.uniform();
    const share = f64x2.extract_lane(Beta.pair(f64x2.splat(Random.uniform()), particles), 0);
    packet /= particles;
    given = k == 0 ? 1 - p : (1 - p) * share;
    taken = k == 0 ? p * share : p;
  }
  let energy: f64;
  if (k == 0) {
    const x = given * packet * leftTemperature;
    const y = taken * State.energy(1);
    energy = State.energy(1) - y + x;
    State.setEnergy(1, energy);
    State.addInflow(x - y);
  } else {
    const x = given * State.energy(k);
    const y = taken * packet * rightTemperature;
    energy = State.energy(k) - x + y;
    State.setEnergy(k, energy);
  }
  return energy;
}
