/**
 * The exact method: the law of `direct.ts` at a cost per event that does not grow with N or M.
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
import { Beta } from "./beta";
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

/** Candidates, and fractions, drawn at a time. */
const BLOCK: i32 = 128;

/**
 * Drawn ahead, two at a time:
 *   0            8                          0            8
 *   ┌────────────┬────────────┐             ┌────────────┬────────────┐
 *   │ threshold  │ bond       │  x BLOCK    │ (1-p) B_1  │ p B_2      │  x BLOCK
 *   └────────────┴────────────┘             └────────────┴────────────┘
 *   a candidate                             the fractions of one exchange
 * A bond is the low word of its double. Fractions are independent of the candidates, so only an exchange takes one.
 */
export const CANDIDATES: usize = memory.data(BLOCK * 16, 16);
const FRACTIONS: usize = memory.data(BLOCK * 16, 16);
/** The uniforms they are made of: up to three for each number above. */
const UNIFORMS: usize = memory.data(3 * BLOCK * 8, 16);

/** See `headroom`. */
const HEADROOM: f64 = 0.5;

/** 2^52: added to a whole number below it, leaves that number in the low bits. */
const WHOLE: f64 = 4503599627370496;

/** Candidates a stride aims at, at least; four a cell, so that finding the highest energy costs little. */
const STRIDE: f64 = 512;

/** No energy is above `cap`, no bond rings faster than `bound` = f(cap, cap). */
let cap: f64 = 0;
let bound: f64 = 0;
/** How far above the highest energy the cap is put: energies wander by a fraction of order M^{-1/2}. */
let headroom: f64 = 1;
/** Time left until the next observation. */
let remaining: f64 = 0;
/** The energy that went above the cap, or 0. */
let lifted: f64 = 0;
/** The next fractions, and where those drawn end. */
let fraction: usize = 0;
let fractionsEnd: usize = 0;

export class Exact {
  static begin(replica: u64, place: u64): void {
    begin(place);
    Random.startVector(seed, replica);
    Random.start(seed, replica, PURPOSE_DECISIONS);
    headroom = 1 + HEADROOM / sqrt(particles);
    remaining = State.time(0);
    fraction = fractionsEnd;
  }

  /** Runs one stride, or up to the next observation if that is nearer. Returns the candidates it took. */
  static advance(): f64 {
    let spent: f64 = 0;
    if (remaining > 0) {
      setCap(State.highestEnergy());
      const goal = max(STRIDE, 4 * <f64>cells);
      const stride = min(remaining, goal / (speed * <f64>(cells + 1) * bound));
      spent = runStride(stride);
      remaining -= stride;
      if (remaining > 0) return spent;
    }
    const now = State.time(nextObservation);
    observe();
    if (nextObservation < observations) remaining = State.time(nextObservation) - now;
    return spent;
  }
}

export function setCap(highest: f64): void {
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
    drawCandidates(count);
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

/**
 * Draws `count` candidates at the present bound. One uniform names the bond by its whole part, after stretching to
 * [0, N+1), and gives the mark of the thinning by the rest, which has 52 - log2(N+1) bits.
 */
export function drawCandidates(count: i32): void {
  const pairs = (count + 1) >> 1;
  Random.uniforms(UNIFORMS, (pairs + 1) & ~1);
  const bonds = f64x2.splat(<f64>(cells + 1));
  const height = f64x2.splat(bound);
  for (let i = 0; i < pairs; i++) {
    const to = CANDIDATES + ((<usize>i) << 5);
    const place = f64x2.mul(v128.load(UNIFORMS + ((<usize>i) << 4)), bonds);
    const whole = f64x2.floor(place);
    const threshold = Rate.thresholds(f64x2.mul(f64x2.sub(place, whole), height));
    const bond = f64x2.add(whole, f64x2.splat(WHOLE));
    v128.store(to, i64x2.shuffle(threshold, bond, 0, 2));
    v128.store(to, i64x2.shuffle(threshold, bond, 1, 3), 16);
  }
}

/** Draws the fractions of the next `count` exchanges, or a few more. */
export function drawFractions(count: i32): void {
  const pairs = ((count + 3) >> 2) << 1;
  const row = (<usize>pairs) << 4;
  Random.uniforms(UNIFORMS, particles > 1 ? 3 * pairs : pairs);
  const exponent = Beta.exponent(particles);
  for (let i = 0; i < pairs; i++) {
    const from = UNIFORMS + ((<usize>i) << 4);
    const to = FRACTIONS + ((<usize>i) << 5);
    const p = v128.load(from);
    const given = f64x2.mul(f64x2.sub(f64x2.splat(1), p), Beta.from(v128.load(from + row), particles, exponent));
    const taken = f64x2.mul(p, Beta.from(v128.load(from + 2 * row), particles, exponent));
    v128.store(to, i64x2.shuffle(given, taken, 0, 2));
    v128.store(to, i64x2.shuffle(given, taken, 1, 3), 16);
  }
  fraction = FRACTIONS;
  fractionsEnd = FRACTIONS + 2 * row;
}

/** Passes `count` candidates, or as many as it takes to lift an energy above the cap. Returns how many. */
export function exchange(count: i32): i32 {
  // Globals cost a load and a store each time round; locals save 0.5 ns an event of 22.
  const energies = State.energies;
  const bulk = <u32>(cells - 1);
  const highest = cap;
  let next = fraction;
  let enough = fractionsEnd;
  let made = 0;
  let candidate = CANDIDATES;
  const end = candidate + ((<usize>count) << 4);
  while (candidate < end) {
    const k = load<i32>(candidate, 8);
    const threshold = load<f64>(candidate);
    candidate += 16;
    const at = energies + ((<usize>k) << 3);
    const a = load<f64>(at);
    const b = load<f64>(at, 8);
    if (!Rate.exceeds(threshold, a, b)) continue;
    if (next == enough) {
      drawFractions(count);
      next = fraction;
      enough = fractionsEnd;
    }
    const given = load<f64>(next);
    const taken = load<f64>(next, 8);
    next += 16;
    made++;
    if (<u32>(k - 1) < bulk) {
      // J = x - y goes from k to k+1. a - x > 0 since x < a, and so both energies stay positive.
      const x = given * a;
      const y = taken * b;
      const left = a - x + y;
      const right = b - y + x;
      store<f64>(at, left);
      store<f64>(at, right, 8);
      if (left <= highest && right <= highest) continue;
      lifted = max(left, right);
    } else {
      const energy = exchangeWithBath(k, given, taken);
      if (energy <= highest) continue;
      lifted = energy;
    }
    break;
  }
  fraction = next;
  State.countEvents(made);
  return <i32>((candidate - CANDIDATES) >> 4);
}

/** The same at bond 0 or N; returns the energy the cell is left with. */
function exchangeWithBath(k: i32, given: f64, taken: f64): f64 {
  let packet = Exponential.sample();
  if (bath == BATH_THERMAL) {
    // This packet has no share B in it, so the fractions are drawn anew.
    const p = Random.uniform();
    const share = f64x2.extract_lane(Beta.pair(Random.uniform(), 0.5, particles), 0);
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
