/**
 * The equilibrium E* of the limit equation, its energy current and its conductivity (Lemma 5.6, (5.3); THEORY 8.1):
 *
 *   f(E_k, E_{k+1})(E_{k+1} - E_k) = c  for every bond, so  T_R - T_L = c Σ_k 1/f_k
 *   j = -c/2,   κ = (N+1) c / (2 (T_R - T_L)) = (N+1) / (2 Σ_k 1/f_k)
 *
 * where c is the paper's c*. By shooting: a trial c fixes the energies bond by bond from the colder bath, and Newton's
 * method adjusts c until the last bond reaches the hotter bath. Lemma 5.6 has T_L < T_R only; the other case is its
 * mirror image [B7]. Energies are summed up as rises above the colder bath, so that nothing is lost however small the
 * steps: the result is right to a few units in the last place and needs no polish.
 * Units: j energy, κ one, per unit of fast time. Only + - * / and sqrt are used, because E* may seed trajectories.
 */
import type { Model } from "../model.ts";
import { type Rate, rateOf } from "./rates.ts";

/** Newton's error after a step this small (relative) is below rounding: its square. */
const LAST_STEP = 1e-9;

/** What `equilibrium` returns. */
export interface Equilibrium {
  /** E*_1..E*_N. */
  readonly energies: Float64Array;
  /** j, the energy that each bond carries from left to right per unit of fast time; negative where T_L < T_R. */
  readonly flux: number;
  /** κ, the current divided by the temperature gradient per bond. */
  readonly conductivity: number;
}

/**
 * The fixed point F(E*) = 0 of the limit equation (3.1), the current j = -c/2 through it and the conductivity κ of
 * (5.3), which is f(T, T)/2 where T_L = T_R = T. Rates are those of fast time, whatever `model.timescale`; the bath, M
 * and `initial` do not enter. For every rate law of the package E* is unique, as far as is known (THEORY 4, [B7]).
 * A million cells take about a second.
 */
export function equilibrium(model: Model): Equilibrium {
  const N = model.cells;
  const [T_L, T_R] = model.temperatures;
  const rate = rateOf(model);
  const cold = Math.min(T_L, T_R);
  const hot = Math.max(T_L, T_R);
  const energies = shoot(rate, cold, N, findFlux(rate, cold, hot, N)).energies;
  if (T_L > T_R) energies.reverse();
  const resistance = resistanceOf(rate, T_L, energies, T_R);
  return { energies, flux: (T_L - T_R) / (2 * resistance), conductivity: (N + 1) / (2 * resistance) };
}

/** c for cold <= hot, by Newton's method inside a bracket that only ever shrinks. */
function findFlux(rate: Rate, cold: number, hot: number, N: number): number {
  const step = (hot - cold) / (N + 1);
  const least = rate.f(cold, cold) * step;
  const most = rate.f(hot, hot) * step;
  const middle = (cold + hot) / 2;
  // Simpson's rule for the continuum's c = ∫ f(E, E) dE / (N+1).
  let c = (least + 4 * rate.f(middle, middle) * step + most) / 6;
  // f is non-decreasing: at `least` no step exceeds the mean step, at `most` none is below it. Where f saturates the
  // solution is at an end, hence the margin.
  let low = least / 2;
  let high = most * 2;
  for (;;) {
    const { end, slope } = shoot(rate, cold, N, c);
    const miss = end - (hot - cold);
    if (miss === 0) return c;
    if (miss < 0) low = c;
    else high = c;
    const newton = c - miss / slope;
    const inside = low < newton && newton < high;
    // Otherwise the geometric mean, because the bracket spans many decades where the baths do.
    const next = inside ? newton : Math.sqrt(low) * Math.sqrt(high);
    if (Math.abs(next - c) <= (inside ? LAST_STEP : 2 * Number.EPSILON) * c) return next;
    c = next;
  }
}

interface Shot {
  /** E_1..E_N. */
  readonly energies: Float64Array;
  /** E_{N+1} - E_0. */
  readonly end: number;
  /** d(end)/dc. */
  readonly slope: number;
}

/** The energies that a flux c makes bond by bond, starting at the colder bath. */
function shoot(rate: Rate, cold: number, N: number, c: number): Shot {
  const energies = new Float64Array(N);
  let rise = 0;
  let lost = 0;
  let slope = 0;
  let d = 0;
  let x = cold;
  for (let k = 0; k <= N; k++) {
    d = stepAcross(rate, x, c, d);
    const y = x + d;
    const f = rate.f(x, y);
    // From f(x, y)(y - x) = c by differentiation in c.
    slope = (1 + (f - rate.f1(x, y) * d) * slope) / (f + rate.f2(x, y) * d);
    // Kahan's sum: at a million cells a plain sum would lose three digits.
    const term = d - lost;
    const sum = rise + term;
    lost = sum - rise - term;
    rise = sum;
    x = cold + rise;
    if (k < N) energies[k] = x;
  }
  return { energies, end: rise, slope };
}

/**
 * The d >= 0 that solves f(x, x + d) d = c. The left side rises and is convex in d for every law, so Newton's method
 * comes down onto the solution from above after its first step. `guess` is the step across the bond before, 0 for none.
 */
function stepAcross(rate: Rate, x: number, c: number, guess: number): number {
  const most = c / rate.f(x, x);
  let d = guess > 0 && guess < most ? guess : most;
  for (;;) {
    const f = rate.f(x, x + d);
    const bend = rate.f2(x, x + d) * d;
    // Newton's d - (f d - c)/(f + f_2 d), without the difference.
    const next = Math.min((c + bend * d) / (f + bend), most);
    const change = Math.abs(next - d);
    d = next;
    if (change <= LAST_STEP * d) return d;
  }
}

/** Σ_k 1/f_k over all N + 1 bonds, with Kahan's sum. */
function resistanceOf({ f }: Rate, T_L: number, energies: Float64Array, T_R: number): number {
  const N = energies.length;
  let total = 0;
  let lost = 0;
  let left = T_L;
  for (let k = 0; k <= N; k++) {
    const right = k < N ? energies[k] : T_R;
    const term = 1 / f(left, right) - lost;
    const sum = total + term;
    lost = sum - total - term;
    total = sum;
    left = right;
  }
  return total;
}
