/**
 * The tilted exchange (THEORY 12.6): one event over a bond whose tilt is s, with its exact weight.
 *
 * An exchange moves J = (1-u) X - u Y, u uniform; a cell of energy a puts up X = B a, B ~ Beta(1, M-1), a thermal bath
 * X ~ Exp(T/M). With e ~ Exp(1) both are functions of it: B = 1 - exp(-e/(M-1)), X = e T/M. Tilting by
 *   g = exp(e_1 (1 - q_1)) exp(e_2 (1 - q_2)),  q_1 = 1 - α (1-u), q_2 = 1 + β u,  α = s Ê_k, β = s Ê_{k+1},
 * which is e^{sMJ} to leading order, keeps everything samplable. Given u, e_i is Exp(1)/q_i; u has a density in proportion to
 * 1/(q_1 q_2); and E g = L(σ), L(x) = -log(1-x)/x, σ = α - β + αβ, which multiplies the bond's rate. The weight is 1/g:
 *   log w = Σ_i e_i (q_i - 1),  and with e_i = ε_i/q_i, ε_i ~ Exp(1):  Σ_i (ε_i - e_i).
 * Where M = 1 a cell puts up all it has: its g is 1/q, and its log w is log q.
 *
 * u by inversion: the integral of 1/(q_1 q_2) is log(q_1/q_2)/σ, so q_1/q_2 = r_0 (1-σ)^{-U} with r_0 = 1 - α, and
 *   u = v/(1 - β v),  v = r_0 ((1-σ)^{-U} - 1)/σ,
 * which is regular at σ = 0.
 */
import { Elementary } from "../elementary";
import { Draws } from "./draws";
import { rateOf } from "./rates";
import { cells, Chain, leftTemperature, particles, rightTemperature } from "./state";

/** α and -β stay below: s is made less on a bond where they would not. Any s that depends on the past alone is exact. */
const MOST: f64 = 0.95;
/** Below this |σ| series serve, with an error below 2^-53. */
const SMALL: f64 = 0.0009765625;
/** The largest u. */
const BELOW_ONE: f64 = 0.99999999999999988898;
/** Elementary.expm1 has this end. */
const LEAST_EXPONENT: f64 = -700;

/** What the last event moved from left to right, and the logarithm of its weight. */
export let moved: f64 = 0;
export let eventWeight: f64 = 0;
/** The paper's bath, whose packet is B T ξ; it is never tilted. */
export let bathIsPapers: bool = false;

export function chooseBath(isPapers: bool): void {
  // M = 1: both baths are the same.
  bathIsPapers = isPapers && particles > 1;
}

/** Rates bonds k and k+1, of which the second may be none. */
function ratePair(k: i32): void {
  const most = f64x2.splat(MOST);
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
  const sigmas = f64x2.add(f64x2.sub(alphas, betas), f64x2.mul(alphas, betas));
  const growths = growthOf(sigmas);
  let rates = f64x2.splat(rateOf(k));
  rates = f64x2.replace_lane(rates, 1, k < cells ? rateOf(k + 1) : 0);
  Chain.setRates(k, rates);
  Chain.setTilted(k, f64x2.mul(rates, growths));
  Chain.setKernel(k, alphas, betas, sigmas, growths);
}

/** L(σ) of two. */
@inline
function growthOf(sigma: v128): v128 {
  let series = f64x2.add(f64x2.splat(1.0 / 5), f64x2.mul(sigma, f64x2.splat(1.0 / 6)));
  series = f64x2.add(f64x2.splat(1.0 / 4), f64x2.mul(sigma, series));
  series = f64x2.add(f64x2.splat(1.0 / 3), f64x2.mul(sigma, series));
  series = f64x2.add(f64x2.splat(1.0 / 2), f64x2.mul(sigma, series));
  series = f64x2.add(f64x2.splat(1), f64x2.mul(sigma, series));
  const isSmall = f64x2.lt(f64x2.abs(sigma), f64x2.splat(SMALL));
  if (v128.all_true<i64>(isSmall)) return series;
  const logs = f64x2.neg(Elementary.log(f64x2.sub(f64x2.splat(1), sigma)));
  return v128.bitselect(series, f64x2.div(logs, sigma), isSmall);
}

export function rateAll(): void {
  for (let k = 0; k <= cells; k += 2) ratePair(k);
}

/** An exchange over bond k changes E_k and E_{k+1}, and so the rates of bonds k-1, k and k+1. */
export function rateAround(k: i32): void {
  const first = max(k - 1, 0);
  ratePair(first);
  if (first + 2 <= min(k + 1, cells)) ratePair(first + 2);
}

/** One event over bond k, with the numbers that are drawn. Sets `moved` and `eventWeight`. */
export function exchange(k: i32): void {
  const alpha = Chain.alpha(k);
  const beta = Chain.beta(k);
  const u = divide(Draws.part, alpha, beta, Chain.sigma(k), Chain.growth(k));
  const q = f64x2.replace_lane(f64x2.splat(1 - alpha * (1 - u)), 1, 1 + beta * u);
  const drawn = Draws.sides;
  const sides = f64x2.div(drawn, q);
  // -log of the drawn less that of the tilted: ε - e.
  const weights = f64x2.sub(sides, drawn);
  const a = Chain.energy(k);
  const b = Chain.energy(k + 1);
  const parts = shares(sides);
  let left = f64x2.extract_lane(parts, 0) * a;
  let right = f64x2.extract_lane(parts, 1) * b;
  if (k == 0) left = packet(f64x2.extract_lane(parts, 0), f64x2.extract_lane(sides, 0), leftTemperature);
  if (k == cells) right = packet(f64x2.extract_lane(parts, 1), f64x2.extract_lane(sides, 1), rightTemperature);
  const x = (1 - u) * left;
  const y = u * right;
  if (k > 0) Chain.setEnergy(k, a - x + y);
  if (k < cells) Chain.setEnergy(k + 1, b - y + x);
  moved = x - y;
  eventWeight = particles == 1 ? weightOfOne(k, weights, q) : f64x2.extract_lane(weights, 0) + f64x2.extract_lane(weights, 1);
}

/** u from a uniform U. */
@inline
function divide(U: f64, alpha: f64, beta: f64, sigma: f64, growth: f64): f64 {
  const x = U * sigma * growth;
  let ratio: f64;
  if (abs(sigma) < SMALL) ratio = U * growth * (1 + x * (1.0 / 2 + x * (1.0 / 6 + x * (1.0 / 24 + x / 120))));
  else ratio = f64x2.extract_lane(Elementary.expm1(f64x2.splat(x)), 0) / sigma;
  const v = (1 - alpha) * ratio;
  return min(v / (1 - beta * v), BELOW_ONE);
}

/** The shares B of both sides from -e. */
@inline
export function shares(sides: v128): v128 {
  if (particles == 1) return f64x2.splat(1);
  const exponents = f64x2.max(f64x2.div(sides, f64x2.splat(particles - 1)), f64x2.splat(LEAST_EXPONENT));
  return f64x2.neg(Elementary.expm1(exponents));
}

/** What a bath puts up, from its share or from -e. */
@inline
function packet(share: f64, side: f64, temperature: f64): f64 {
  return bathIsPapers ? share * temperature * Draws.packet : (-side * temperature) / particles;
}

/** log w where M = 1: log q of a cell. */
function weightOfOne(k: i32, weights: v128, q: v128): f64 {
  const logs = Elementary.log(q);
  const left = k == 0 ? f64x2.extract_lane(weights, 0) : f64x2.extract_lane(logs, 0);
  const right = k == cells ? f64x2.extract_lane(weights, 1) : f64x2.extract_lane(logs, 1);
  return left + right;
}
