/** AssemblyScript, compiled by `npm run build:test` for the tests alone: the engine's parts, callable one by one. */
import { Beta } from "../../assembly/beta";
import { Bounds } from "../../assembly/bounds";
import { BLOCK, BOND, Candidates } from "../../assembly/candidates";
import { Collision } from "../../assembly/collision";
import { passCollisions } from "../../assembly/collisions";
import { Direct } from "../../assembly/direct";
import { Elementary } from "../../assembly/elementary";
import { Exact } from "../../assembly/exact";
import { chooseLoop, passCandidates } from "../../assembly/exchange";
import { Exponential } from "../../assembly/exponential";
import { Fractions } from "../../assembly/fractions";
import { cbrtLanes, expLanes, expm1Lanes, lnLanes, log1pLanes, tanhLanes } from "../../assembly/functions";
import { Normal } from "../../assembly/normal";
import { Poisson } from "../../assembly/poisson";
import { keyBlocks as keyBlocksOf, Random } from "../../assembly/random";
import { exceeds } from "../../assembly/laws";
import { Rate } from "../../assembly/rates";
import { cells, inflow, particles, State } from "../../assembly/state";
import { Velocities } from "../../assembly/velocities";

export * from "../../assembly/index";

/** The functions of rates, for one number. */
export function exp(x: f64): f64 {
  return f64x2.extract_lane(expLanes(f64x2.splat(x)), 0);
}
export function expm1(x: f64): f64 {
  return f64x2.extract_lane(expm1Lanes(f64x2.splat(x)), 0);
}
export function ln(x: f64): f64 {
  return f64x2.extract_lane(lnLanes(f64x2.splat(x)), 0);
}
export function log1p(x: f64): f64 {
  return f64x2.extract_lane(log1pLanes(f64x2.splat(x)), 0);
}
export function tanh(x: f64): f64 {
  return f64x2.extract_lane(tanhLanes(f64x2.splat(x)), 0);
}
export function cbrt(x: f64): f64 {
  return f64x2.extract_lane(cbrtLanes(f64x2.splat(x)), 0);
}

/** The exp and expm1 of the streams: for -700 <= x <= 700 alone. */
export function streamExp(x: f64): f64 {
  return f64x2.extract_lane(Elementary.exp(f64x2.splat(x)), 0);
}
export function streamExpm1(x: f64): f64 {
  return f64x2.extract_lane(Elementary.expm1(f64x2.splat(x)), 1);
}
export function keyBlocks(seed: u64, replica: u64, purpose: u32, count: i32): usize {
  return keyBlocksOf(seed, replica, purpose, count);
}
export function startVector(seed: u64, replica: u64): void {
  Random.startBoth(seed, replica);
}
export function start(seed: u64, replica: u64, purpose: u32): void {
  Random.start(seed, replica, purpose);
}
export function uniform(): f64 {
  return Random.uniform();
}

/** Room for samples handed to the host. */
const SAMPLES: usize = memory.data(1 << 20, 16);

export function uniforms(count: i32): usize {
  Random.uniforms(SAMPLES, count >> 1);
  return SAMPLES;
}
export function exponentials(count: i32): usize {
  for (let i = 0; i < count; i++) store<f64>(SAMPLES + ((<usize>i) << 3), Exponential.sample());
  return SAMPLES;
}
export function poissons(mean: f64, count: i32): usize {
  for (let i = 0; i < count; i++) store<f64>(SAMPLES + ((<usize>i) << 3), Poisson.sample(mean));
  return SAMPLES;
}
export function betas(particles: f64, count: i32): usize {
  for (let i = 0; i < count; i += 2) {
    v128.store(SAMPLES + ((<usize>i) << 3), Beta.pair(Random.uniform(), Random.uniform(), particles));
  }
  return SAMPLES;
}
/** One share by the direct method, and by the exact method, which draws many at a time. */
export function beta(u: f64, particles: f64): f64 {
  return f64x2.extract_lane(Beta.pair(0.5, u, particles), 1);
}
export function betaOfBlock(u: f64, particles: f64): f64 {
  store<f64>(SAMPLES, 0.5);
  store<f64>(SAMPLES, u, 8);
  Beta.fromUniforms(SAMPLES, SAMPLES + 16, particles);
  return load<f64>(SAMPLES, 8);
}
export function logUniform(u: f64): f64 {
  store<f64>(SAMPLES, u);
  store<f64>(SAMPLES, 0.5, 8);
  Elementary.logUniforms(SAMPLES, SAMPLES + 16);
  return load<f64>(SAMPLES);
}
/** Replaces as many numbers in SAMPLES by their values of one function, two at a time. */
export function mapPairs(index: i32, count: i32): usize {
  const lanes: ((x: v128) => v128)[] = [expLanes, expm1Lanes, lnLanes, log1pLanes, tanhLanes, cbrtLanes];
  const f = lanes[index];
  for (let at = SAMPLES; at < SAMPLES + ((<usize>count) << 3); at += 16) v128.store(at, f(v128.load(at)));
  return SAMPLES;
}
export function logFactorial(k: f64): f64 {
  return Poisson.logFactorial(k);
}

/** Puts the energies and bounds at their initial values and keys the streams, without running anything. */
export function place(replica: u64): void {
  chooseLoop();
  Exact.begin(replica, 0);
}
export function energy(k: i32): f64 {
  return State.energy(k);
}
export function leftInflow(): f64 {
  return inflow;
}
export function waitingTime(q: f64): f64 {
  Direct.rateAll();
  return Direct.waitingTime(q);
}
/** The map zeta of (2.1), one event of the direct method from given numbers; returns the clock. */
export function directExchange(p1: f64, p2: f64, p3: f64, u1: f64, u2: f64): i32 {
  Direct.rateAll();
  return Direct.exchange(p1, p2, p3, u1, u2);
}

/** One accepted candidate on bond k through the exact method's own loop. */
export function exactExchange(k: i32): void {
  Candidates.draw(1);
  State.setSlot(0, 0, k, 0);
  store<f64>(BLOCK, 0);
  store<u64>(BLOCK, load<u64>(State.slots, 8), BOND);
  passAgain();
}
function passAgain(): void {
  Candidates.goOn(BLOCK);
  Fractions.draw(128, Infinity);
  passCandidates();
}

/**
 * J of `draws` exchanges over bond k by the exact method's loop, always from the same energies.
 * Leaves the sums of M J, .., (M J)^6 in SAMPLES, each summed in runs of 2^12 so that rounding stays far below noise.
 */
export function exchangeSums(k: i32, draws: i32): usize {
  memory.fill(SAMPLES, 0, 96);
  const a = State.energy(k);
  const b = State.energy(k + 1);
  exactExchange(k);
  for (let i = 0; i < draws; i++) {
    if (k > 0) State.setEnergy(k, a);
    if (k < cells) State.setEnergy(k + 1, b);
    const before = inflow;
    passAgain();
    const flux = k == 0 ? inflow - before : a - State.energy(k);
    let power: f64 = 1;
    for (let n: usize = 0; n < 6; n++) {
      power *= flux * particles;
      store<f64>(SAMPLES + 48 + (n << 3), load<f64>(SAMPLES + 48 + (n << 3)) + power);
    }
    if ((i & 4095) == 4095 || i == draws - 1) {
      for (let n: usize = 0; n < 6; n++) {
        store<f64>(SAMPLES + (n << 3), load<f64>(SAMPLES + (n << 3)) + load<f64>(SAMPLES + 48 + (n << 3)));
        store<f64>(SAMPLES + 48 + (n << 3), 0);
      }
    }
  }
  return SAMPLES;
}

/** One candidate of a collision on bond k by the direct method. */
function collideDirectly(k: i32): void {
  Direct.rateAll();
  let below: f64 = 0;
  let total: f64 = 0;
  for (let j = 0; j <= cells; j++) {
    if (j < k) below += State.rate(j);
    total += State.rate(j);
  }
  const p1 = (below + 0.5 * State.rate(k)) / total;
  const p2 = Random.uniform();
  const p3 = Random.uniform();
  const u1 = Random.uniform();
  const u2 = Random.uniform();
  Direct.collide(p1, p2, p3, u1, u2, Random.uniform());
}

/** The same through the exact method's loop, of either side's clock with the probability that it has. */
function collideExactly(k: i32): void {
  const a = State.energy(k);
  const b = State.energy(k + 1);
  const fast = Random.uniform() * Collision.rate(k, a, b) < Collision.part(2 * k, a, b) ? 0 : 1;
  State.setSlot(0, 0, k, fast);
  Candidates.draw(1);
  store<f64>(BLOCK, 0);
  store<u64>(BLOCK, load<u64>(State.slots, 8), BOND);
  Velocities.draw();
  passCollisions();
}

/**
 * `draws` candidates of collisions over bond k, always between the same energies. Leaves in SAMPLES how many were
 * collisions, and the sums of M J, .., (M J)^4 over those.
 */
export function collisionSums(k: i32, draws: i32, byDirect: bool): usize {
  memory.fill(SAMPLES, 0, 40);
  const a = State.energy(k);
  const b = State.energy(k + 1);
  for (let i = 0; i < draws; i++) {
    if (k > 0) State.setEnergy(k, a);
    if (k < cells) State.setEnergy(k + 1, b);
    if (byDirect) collideDirectly(k);
    else collideExactly(k);
    const flux = k > 0 ? a - State.energy(k) : State.energy(1) - b;
    if (flux == 0) continue;
    let power: f64 = 1;
    for (let n: usize = 0; n < 5; n++) {
      store<f64>(SAMPLES + (n << 3), load<f64>(SAMPLES + (n << 3)) + power);
      power *= flux * particles;
    }
  }
  return SAMPLES;
}

/** The highest rate over its bound, of all bonds after each of so many intervals. */
export function highestOverBound(intervals: i32): f64 {
  let highest: f64 = 0;
  for (let i = 0; i < intervals; i++) {
    Exact.advance();
    for (let k = 0; k <= cells; k++) {
      highest = max(highest, Rate.inUnits(k, State.energy(k), State.energy(k + 1)) / State.rate(k));
    }
  }
  return highest;
}

/** Rate of all candidates at the present bounds. */
export function candidateRate(): f64 {
  return Bounds.rate;
}

/** How often each bond is drawn and accepted among `blocks` x 128 candidates at the present energies: N+1 counts. */
export function acceptances(blocks: i32): usize {
  memory.fill(SAMPLES, 0, (<usize>(cells + 1)) << 3);
  Bounds.renew();
  for (let i = 0; i < blocks; i++) {
    Candidates.draw(128);
    for (let at = BLOCK; at < BLOCK + 128 * 8; at += 8) {
      const k = State.bondOf(load<usize>(at, BOND));
      if (!exceeds(load<f64>(at), State.energy(k), State.energy(k + 1), State.cell(k))) continue;
      const count = SAMPLES + ((<usize>k) << 3);
      store<f64>(count, load<f64>(count) + 1);
    }
  }
  return SAMPLES;
}

export function normals(count: i32): usize {
  Normal.prepare();
  Random.uniforms(SAMPLES, count >> 1);
  Normal.fromUniforms(SAMPLES, SAMPLES + ((<usize>count) << 3));
  return SAMPLES;
}
/** The normals of u and of 1 - u. */
export function normalOf(u: f64): usize {
  Normal.prepare();
  store<f64>(SAMPLES, u);
  store<f64>(SAMPLES, 1 - u, 8);
  Normal.fromUniforms(SAMPLES, SAMPLES + 16);
  return SAMPLES;
}
