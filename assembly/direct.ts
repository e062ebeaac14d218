/**
 * The direct method with the paper's prescribed randomness: the readable reference for `exact.ts`.
 *
 * One event of the slow process (2.3), (2.1), from six uniforms q, p_1, p_2, p_3, u_1, u_2:
 *   waiting time  -log(1 - q) / R,  R = sum_k f_k;
 *   clock         the k with  sum_{j<k} f_j <= p_1 R < sum_{j<=k} f_j      [B1: (2.3) prints sums one too high];
 *   flux          J = (1 - p_3) X - p_3 Y from cell k to k+1,
 *                 X = B_1 E_k, Y = B_2 E_{k+1}, B_i = 1 - u_i^(1/(M-1)) ~ Beta(1, M-1),
 *                 with T_L(-log(1 - p_2)) for E_0 and T_R(-log(1 - p_2)) for E_{N+1}  [B2: (2.1) prints "k = 1" for k = 0];
 *                 other baths than the paper's offer other packets (baths.ts).
 */
import { packet } from "./baths";
import { Beta } from "./beta";
import { bathsAreCells, Collision, kinetic } from "./collision";
import { Exponential } from "./exponential";
import { Fault } from "./fault";
import { PURPOSE_DIRECT, Random } from "./random";
import { Rate } from "./rates";
import { Start } from "./start";
import {
  begin,
  cells,
  keepsRatio,
  leftTemperature,
  nextObservation,
  observe,
  particles,
  rightTemperature,
  seed,
  speed,
  State,
} from "./state";
import { Velocities } from "./velocities";

/** The time of the next event. */
let eventTime: f64 = 0;
/** R, the sum of the rates: added up anew after each event, so that no rounding piles up. */
let total: f64 = 0;

export class Direct {
  static begin(replica: u64, place: u64): void {
    Start.draw(replica, place);
    begin(place);
    Random.start(seed, replica, PURPOSE_DIRECT);
    if (bathsAreCells) {
      Collision.drawBath(0);
      Collision.drawBath(cells + 1);
    }
    Direct.rateAll();
    eventTime = Direct.waitingTime(Random.uniform());
  }

  /** Observes, if that is due before the next event, or makes the event. Returns its work: ten cells are one candidate's. */
  static advance(): f64 {
    if (State.time(nextObservation) < eventTime) {
      observe();
      return 0;
    }
    const p1 = Random.uniform();
    const p2 = Random.uniform();
    const p3 = Random.uniform();
    const u1 = Random.uniform();
    const u2 = Random.uniform();
    if (kinetic) State.countEvents(<i32>Direct.collide(p1, p2, p3, u1, u2, Random.uniform()));
    else {
      Direct.exchange(p1, p2, p3, u1, u2);
      State.countEvents(1);
    }
    eventTime += Direct.waitingTime(Random.uniform());
    return 1 + 0.1 * <f64>cells;
  }

  static waitingTime(q: f64): f64 {
    return Exponential.from(1 - q) / (speed * total);
  }

  /** One event from given numbers; returns the clock that rang. This is E + zeta(E, p, B), (2.1). */
  static exchange(p1: f64, p2: f64, p3: f64, u1: f64, u2: f64): i32 {
    const k = Direct.clock(p1);
    const shares = Beta.pair(u1, u2, particles);
    const b1 = f64x2.extract_lane(shares, 0);
    const b2 = f64x2.extract_lane(shares, 1);
    const a = State.energy(k);
    const b = State.energy(k + 1);
    const x = (1 - p3) * (k > 0 ? b1 * a : packet(b1, bathEnergy(p2, leftTemperature)));
    const y = p3 * (k < cells ? b2 * b : packet(b2, bathEnergy(p2, rightTemperature)));
    if (k > 0) State.setEnergy(k, a - x + y);
    else State.addInflow(x - y);
    if (k < cells) State.setEnergy(k + 1, b - y + x);
    if (keepsRatio) State.addRatio(Rate.logRatio(k, a, b, State.energy(k), State.energy(k + 1)));
    Direct.rateAround(k);
    return k;
  }

  /**
   * One candidate of a collision from given numbers; whether it is one (collision.ts). The clock has the candidates' rate, the
   * faster side, chosen by p_2, a speed drawn by flux from u_1, the other one any from u_2 and the angle p_3.
   */
  static collide(p1: f64, p2: f64, p3: f64, u1: f64, u2: f64, accept: f64): bool {
    const k = Direct.clock(p1);
    const a = State.energy(k);
    const b = State.energy(k + 1);
    const isLeft = p2 * Collision.rate(k, a, b) < Collision.left(k) * sqrt(a);
    const cosine = Velocities.cosine(p3);
    let x: f64, y: f64;
    if (isLeft) {
      x = Direct.fast(k, a, u1);
      y = Direct.other(k + 1, b, u2) * cosine;
    } else {
      x = Direct.other(k, a, u2) * cosine;
      y = -Direct.fast(k + 1, b, u1);
    }
    if (accept * (max(x, 0) + max(-y, 0)) >= x - y) return false;
    const J = (x * x - y * y) / particles;
    if (k > 0) State.setEnergy(k, a - J);
    else State.addInflow(J);
    if (k < cells) State.setEnergy(k + 1, b + J);
    if (bathsAreCells && k == 0) Collision.drawBath(0);
    if (bathsAreCells && k == cells) Collision.drawBath(cells + 1);
    Direct.rateAround(k);
    return true;
  }

  /** The speed of a particle of cell k, or of a bath, drawn by flux: a cell's is part of the sphere of radius √(M E). */
  private static fast(k: i32, energy: f64, u: f64): f64 {
    if (isBath(k)) return sqrt(energy * Exponential.from(u));
    return sqrt(particles * energy * f64x2.extract_lane(Beta.pair(u, u, particles + 0.5), 0));
  }

  /** The speed in the plane of any particle of it. */
  private static other(k: i32, energy: f64, u: f64): f64 {
    if (isBath(k)) return sqrt(energy * Exponential.from(u));
    return sqrt(particles * energy * f64x2.extract_lane(Beta.pair(u, u, particles), 0));
  }

  /** The clock that p_1 selects. */
  private static clock(p1: f64): i32 {
    const target = p1 * total;
    let sum: f64 = 0;
    let k = 0;
    for (; k < cells; k++) {
      sum += State.rate(k);
      if (target < sum) break;
    }
    return k;
  }

  static rateAll(): void {
    for (let k = 0; k <= cells; k++) Direct.rateOne(k);
    Direct.sum();
  }

  /** An exchange over bond k changes E_k and E_{k+1}, and so the rates of bonds k-1, k and k+1. */
  private static rateAround(k: i32): void {
    if (k > 0) Direct.rateOne(k - 1);
    Direct.rateOne(k);
    if (k < cells) Direct.rateOne(k + 1);
    Direct.sum();
  }

  private static sum(): void {
    let sum: f64 = 0;
    for (let k = 0; k <= cells; k++) sum += State.rate(k);
    total = sum;
  }

  private static rateOne(k: i32): void {
    const a = State.energy(k);
    const b = State.energy(k + 1);
    State.setRate(k, Fault.unless(k, a, b, Rate.of(k, a, b)));
  }
}

/** True for a bath that is no cell. */
function isBath(k: i32): bool {
  return !bathsAreCells && (k == 0 || k == cells + 1);
}

/** The energy that stands for a bath's in an exchange, T Exp(1). */
function bathEnergy(p2: f64, temperature: f64): f64 {
  return temperature * Exponential.from(1 - p2);
}
