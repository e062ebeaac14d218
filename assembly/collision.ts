/**
 * The exchange of the model, "uniform" (paper, section 2.2) or "kinetic": the collision of two hard disks.
 *
 * In a kinetic exchange a cell of energy E is M particles in two dimensions, whose velocities are a uniform point of the
 * sphere Σ v² = M E. One of either cell collides; by isotropy only the components along the line of centres matter, x of
 * the left one and y of the right one, each a coordinate of its sphere. Pairs come at a rate in proportion to (x - y)_+, and
 * x and y are swapped: J = (x² - y²)/M goes from k to k+1. A particle of a "thermal" bath has a Maxwellian velocity,
 * y ~ N(0, T/2). An "exponential" bath is a cell of M particles, whose energy is drawn from Exp(T) after each of its
 * collisions, and stays until the next one (paper, section 2.1).
 *
 * Sampled by thinning, (x - y)_+ <= x_+ + (-y)_+: candidates at the rate of the right side, M 2√π (E[x_+] + E[(-y)_+]) =
 * M (w_k √E_k + w_{k+1} √E_{k+1}), with w = √M Γ(M)/Γ(M + 1/2) of a cell and 1 of a bath. Each part has a clock of its own:
 * when it rings, the particle of its side comes fast, with a speed drawn by flux, and the other one with any speed, and it
 * is a collision with probability (x - y)_+/(x_+ + (-y)_+).
 */
import { Exponential } from "./exponential";
import { cells, leftTemperature, particles, rightTemperature, State } from "./state";

/** True for the kinetic exchange; and the number of clocks of a bond, 1 or 2. */
export let kinetic: bool = false;
export let sides: i32 = 1;
/** True for a kinetic exchange with exponential baths: E_0 and E_{N+1} are energies then, and not temperatures. */
export let bathsAreCells: bool = false;
/** φ = share f (a - b) and V² = spread f (a² + b² - cross a b), more for some baths (baths.ts), as M grows. */
export let share: f64 = 0.5;
export let spread: f64 = 2.0 / 3;
export let cross: f64 = 0.5;
/** w of a cell. */
export let weight: f64 = 1;

/** 2/√π, w of a cell of one particle. */
const WEIGHT_OF_ONE: f64 = 1.1283791670955126;
/** Up to here w is found by recurrence; beyond, its series in 1/M is right to 2^-52. */
const RECURRENCE: f64 = 64;

export class Collision {
  static choose(isKinetic: bool, isThermal: bool): void {
    kinetic = isKinetic;
    bathsAreCells = isKinetic && !isThermal;
    sides = isKinetic ? 2 : 1;
    share = isKinetic ? 1 : 0.5;
    spread = isKinetic ? 2 : 2.0 / 3;
    cross = isKinetic ? 1 : 0.5;
    weight = weightOf(particles);
  }

  /** w_k of the cell on the left of bond k, and that of the one on its right. */
  @inline static left(k: i32): f64 {
    return k == 0 && !bathsAreCells ? 1 : weight;
  }
  @inline static right(k: i32): f64 {
    return k == cells && !bathsAreCells ? 1 : weight;
  }

  /** Draws the energy of the left bath, k = 0, or of the right one, k = N + 1. */
  static drawBath(k: i32): void {
    State.setEnergy(k, (k == 0 ? leftTemperature : rightTemperature) * Exponential.sample());
  }

  /** The rate of clock 2 k, whose fast side is the left one, or 2 k + 1, in units of the scale and of M. */
  static part(clock: i32, a: f64, b: f64): f64 {
    const k = clock >> 1;
    return clock & 1 ? Collision.right(k) * sqrt(b) : Collision.left(k) * sqrt(a);
  }

  /** The rate of candidates on bond k, likewise. */
  static rate(k: i32, a: f64, b: f64): f64 {
    return Collision.left(k) * sqrt(a) + Collision.right(k) * sqrt(b);
  }
}

function weightOf(M: f64): f64 {
  if (M > RECURRENCE) {
    const x = 1 / M;
    return 1 + x * (1.0 / 8 + x * (1.0 / 128 - x * (5.0 / 1024 + x * (21.0 / 32768 - (x * 399) / 262144))));
  }
  let w = WEIGHT_OF_ONE;
  for (let m: f64 = 1; m < M; m++) w *= m / (m + 0.5);
  return w * sqrt(M);
}
