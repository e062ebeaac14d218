/**
 * The tilted exchange (THEORY 12.6): one event over a bond whose tilt is s, with its exact weight.
 *
 * An exchange moves J = (1-u) X - u Y, u uniform; a cell of energy a puts up X = B a, B ~ Beta(1, M-1), a thermal bath
 * X ~ Exp(T/M). Both are functions of an e ~ Exp(1): B = 1 - exp(-e/(M-1)), X = e T/M. With
 *   α = s Ê_k,  β = s Ê_{k+1},  q_1 = 1 - α (1-u),  q_2 = 1 + β u,
 * the factor g = exp(e_1 (1 - q_1)) exp(e_2 (1 - q_2)) is e^{sMJ} to leading order, and given u its mean is 1/(q_1 q_2). So e_1
 * and e_2 are drawn as Exp(1)/q_i, and u and the bond's rate should be tilted by 1/(q_1 q_2), whose mean over u is
 * L(σ) = -log(1-σ)/σ, σ = α - β + αβ. In its place stands the function with the same values at u = 0 and 1
 *   h = 1/((1-α) (1+γu)²),  (1+γ)² = (1+β)/(1-α),  of mean  c = 1/√((1-α)(1+β)) = (1-σ)^(-1/2),
 * whose inverse is u = U/(1 + γ (1-U)): it takes a root where the other takes a logarithm and a power, which took an event
 * 1.7 times as long, and is the same where α = β; what is left over is in the weight of the event,
 *   w = exp(e_1 (q_1 - 1) + e_2 (q_2 - 1)) / (h q_1 q_2),
 * and in the path's, exp(speed ∫ Σ f_k (c_k - 1) dt). Where M = 1 a cell puts up all it has: no e and no q of its own in w.
 */
import { Beta } from "../beta";
import { Draws } from "./draws";
import { Rates } from "./rates";
import { cells, Chain, exponent, leftTemperature, particles, rightTemperature } from "./state";

/** α and -β stay below: s is made less on a bond where they would not. Any s that depends on the past alone is exact. */
const MOST: f64 = 0.95;
/** Elementary.expm1 has this end. */
const LEAST_EXPONENT: f64 = -700;

/** What the last event moved from left to right; its weight is exp(eventLog) eventFactor/eventDivisor. */
export let moved: f64 = 0;
export let eventLog: f64 = 0;
export let eventFactor: f64 = 1;
export let eventDivisor: f64 = 1;
/** The paper's bath, whose packet is B T ξ; it is never tilted. */
export let bathIsPapers: bool = false;

export function chooseBath(isPapers: bool): void {
  // M = 1: both baths are the same.
  bathIsPapers = isPapers && particles > 1;
}

export function rateAll(): void {
  for (let k = 0; k <= cells; k += 2) Part.ratePair(k);
}

/** An exchange over bond k changes E_k and E_{k+1}, and so the rates of bonds k-1, k and k+1. */
export function rateAround(k: i32): void {
  // No branch on which bond it is, here and below: it would be a coin's toss.
  const first = select<i32>(k - 1, 0, k > 0);
  Part.ratePair(first);
  Part.ratePair(first + 2);
}

/** One event over bond k, with the numbers that are drawn. Sets `moved` and the event's weight. */
export function exchange(k: i32): void {
  const alpha = Chain.alpha(k);
  const gamma = Chain.gamma(k);
  const U = Draws.part;
  const u = U / (1 + gamma * (1 - U));
  const q = f64x2.replace_lane(f64x2.splat(1 - alpha * (1 - u)), 1, 1 + Chain.beta(k) * u);
  const drawn = Draws.sides;
  // -e_1 and -e_2.
  const sides = f64x2.div(drawn, q);
  const a = Chain.energy(k);
  const b = Chain.energy(k + 1);
  const parts = Part.shares(sides);
  const share1 = f64x2.extract_lane(parts, 0);
  const share2 = f64x2.extract_lane(parts, 1);
  const given = Part.packet(share1, f64x2.extract_lane(sides, 0), leftTemperature);
  const taken = Part.packet(share2, f64x2.extract_lane(sides, 1), rightTemperature);
  const left = select<f64>(given, share1 * a, k == 0);
  const right = select<f64>(taken, share2 * b, k == cells);
  const x = (1 - u) * left;
  const y = u * right;
  Chain.setEnergy(k, a - x + y);
  Chain.setEnergy(k + 1, b - y + x);
  Chain.setBaths();
  moved = x - y;
  Part.weigh(k, (1 - alpha) * (1 + gamma * u) * (1 + gamma * u), f64x2.sub(sides, drawn), q);
}

/** Parts of the above, compiled into it. */
export class Part {
  /** Rates bonds k and k+1, of which either may be none: those never ring. */
  @inline static ratePair(k: i32): void {
    const most = f64x2.splat(MOST);
    const one = f64x2.splat(1);
    const left = Chain.scaled(k);
    const right = Chain.scaled(k + 1);
    let tilts = Chain.tilts(k);
    let alphas = f64x2.mul(tilts, left);
    let betas = f64x2.mul(tilts, right);
    if (v128.any_true(v128.or(f64x2.gt(alphas, most), f64x2.lt(betas, f64x2.neg(most))))) {
      tilts = f64x2.max(f64x2.min(tilts, f64x2.div(most, left)), f64x2.neg(f64x2.div(most, right)));
      alphas = f64x2.mul(tilts, left);
      betas = f64x2.mul(tilts, right);
    }
    const rise = f64x2.add(one, betas);
    const growths = f64x2.div(one, f64x2.sqrt(f64x2.mul(f64x2.sub(one, alphas), rise)));
    let rates = Rates.pair(k);
    if (k + 1 > cells) rates = f64x2.replace_lane(k > cells ? f64x2.splat(0) : rates, 1, 0);
    Chain.setRates(k, rates);
    Chain.setTilted(k, f64x2.mul(rates, growths));
    Chain.setKernel(k, alphas, betas, f64x2.sub(f64x2.mul(rise, growths), one));
  }

  /** Sets the weight of an event from 1/h, e_i (q_i - 1) and q_i. */
  @inline static weigh(k: i32, factor: f64, logs: v128, q: v128): void {
    let log1 = f64x2.extract_lane(logs, 0);
    let log2 = f64x2.extract_lane(logs, 1);
    let q1 = f64x2.extract_lane(q, 0);
    let q2 = f64x2.extract_lane(q, 1);
    if (particles == 1) {
      if (k > 0) {
        log1 = 0;
        q1 = 1;
      }
      if (k < cells) {
        log2 = 0;
        q2 = 1;
      }
    }
    eventLog = log1 + log2;
    eventFactor = factor;
    eventDivisor = q1 * q2;
  }

  /** The shares B of both sides from -e. */
  @inline static shares(sides: v128): v128 {
    if (particles == 1) return f64x2.splat(1);
    return Beta.fromExponents(f64x2.max(f64x2.mul(sides, f64x2.splat(exponent)), f64x2.splat(LEAST_EXPONENT)));
  }

  /** What a bath puts up, from its share or from -e. */
  @inline static packet(share: f64, side: f64, temperature: f64): f64 {
    return bathIsPapers ? share * temperature * Draws.packet : (side * temperature) / -particles;
  }
}
