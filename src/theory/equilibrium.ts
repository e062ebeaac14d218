/**
 * The equilibrium E* of the limit equation, its energy current and its conductivity (Lemma 5.6, (5.3); THEORY 8.1):
 *
 *   f(E_k, E_{k+1})(E_{k+1} - E_k) = c  for every bond, so  T_R - T_L = c Σ_k 1/f_k
 *   j = -σ c,   κ = (N+1) σ c / (T_R - T_L) = (N+1) σ / Σ_k 1/f_k
 *
 * where c is the paper's c*, and σ its 1/2, or 1 for disks that collide (rates.ts).
 *
 * By shooting: a trial c fixes the energies bond by bond from the colder bath, and Newton's method adjusts c until the last
 * bond reaches the hotter bath. Lemma 5.6 has T_L < T_R only; the other case is its mirror image [B7]. Energies are summed
 * up as rises above the colder bath, so that nothing is lost however small the steps: the result is right to a few units in
 * the last place and needs no polish.
 *
 * How many there are [B7]: f does not fall as energies rise, so of the steps d = E_{k+1} - E_k from the colder bath the
 * first is the largest, if f is the same on all bonds; it is less than E_1, and so cells that are neighbours differ by a
 * factor below 2. If bonds differ, d is c/f(E_0, E_0) at most. Where f is cooperative up to the largest factor there can be
 * (THEORY 4: f > f_1 d) the last energy rises with c, because
 *
 *   dE_{k+1}/dc = (1 + (f - f_1 d) dE_k/dc) / (f + f_2 d),   dE_0/dc = 0
 *
 * and E* is unique: so it is for every rate law of the package, at any temperatures, for every rate that is the same on all
 * bonds and has elasticities of at most 1, and in long chains. Otherwise the range of c is searched for several.
 * Units: j energy, κ one, per unit of fast time. E* may seed trajectories: only + - * / and sqrt are used, which have the
 * same bits everywhere, as have the functions of a rate that are made of them (rate/elementary.ts).
 */
import { SeveralEquilibriaError } from "../errors.ts";
import { defineModel, type ModelInput } from "../model.ts";
import { type Rate, rateOf } from "./rates.ts";

/** Newton's error after a step this small (relative) is below rounding: its square; but beside a kink the step itself. */
const LAST_STEP = 1e-9;
const LAST_STEP_AT_KINKS = 1e-14;
const lastStepOf = ({ kinks }: Rate) => (kinks === "elsewhere" ? LAST_STEP_AT_KINKS : LAST_STEP);

/** Newton's steps across one bond before the bracket is halved instead: no law of the package takes half as many. */
const MOST_STEPS = 300;

/** The search tries 2^this fluxes in geometric progression: two roots closer than their ratio may escape it. */
const SEARCH_DOUBLINGS = 10;
const SEARCHED = 1 << SEARCH_DOUBLINGS;

/** The result of `equilibrium`. */
export interface Equilibrium {
  /** E*_1..E*_N. */
  readonly energies: Float64Array;
  /** j, the energy that each bond carries from left to right per unit of fast time; negative where T_L < T_R. */
  readonly flux: number;
  /** κ, the current divided by the temperature gradient per bond. */
  readonly conductivity: number;
}

/**
 * The fixed point F(E*) = 0 of the limit equation (3.1), the current j = -σ c through it and the conductivity κ of
 * (5.3), which is f(T, T)/2 where T_L = T_R = T, or f(T, T) for disks that collide. Rates are those of fast time, whatever
 * `model.timescale`; the bath, M and `initial` do not enter. A million cells take about a second with a law, four with a
 * rate that calls functions.
 * @throws SeveralEquilibriaError if there is more than one, as there may be for a rate that is steep.
 */
export function equilibrium(input: ModelInput): Equilibrium {
  const model = defineModel(input);
  return theEquilibriumOf(rateOf(model), ...model.temperatures, model.cells);
}

/**
 * The equilibrium of a chain whose rate is positive and does not fall as energies rise.
 * @throws SeveralEquilibriaError if there is more than one.
 */
export function theEquilibriumOf(rate: Rate, T_L: number, T_R: number, N: number): Equilibrium {
  const equilibria = equilibriaOf(rate, T_L, T_R, N);
  if (equilibria.length > 1) throw new SeveralEquilibriaError(equilibria);
  return equilibria[0];
}

/** Every equilibrium of a chain with such a rate, the weakest current first. There is one at least. */
export function equilibriaOf(rate: Rate, T_L: number, T_R: number, N: number): Equilibrium[] {
  const cold = Math.min(T_L, T_R);
  const hot = Math.max(T_L, T_R);
  const fromCold = T_L > T_R ? mirrored(rate, N) : rate;
  return fluxesOf(fromCold, cold, hot, N).map((c) => {
    const energies = shoot(fromCold, cold, N, c).energies;
    if (T_L > T_R) energies.reverse();
    const resistance = resistanceOf(rate, T_L, energies, T_R);
    const { share } = rate;
    return { energies, flux: (share * (T_L - T_R)) / resistance, conductivity: (share * (N + 1)) / resistance };
  });
}

/** The rate of the chain whose right end is its left: that of bond N - k, f(b, a). */
const mirrored = ({ f, f1, f2, ...others }: Rate, N: number): Rate => ({
  ...others,
  f: (k, a, b) => f(N - k, b, a),
  f1: (k, a, b) => f2(N - k, b, a),
  f2: (k, a, b) => f1(N - k, b, a),
});

/** Every c for cold <= hot, in increasing order. */
function fluxesOf(rate: Rate, cold: number, hot: number, N: number): number[] {
  // f is non-decreasing: with c at `least` the last energy is hot at most, and at `most` it is hot at least.
  const least = fluxAt(rate, cold, hot, N, cold);
  const most = fluxAt(rate, cold, hot, N, hot);
  const brackets = isUnique(rate, cold, hot, N) ? [] : search(rate, cold, hot, N, least, most);
  if (brackets.length > 1) return brackets.map((bracket) => findFlux(rate, cold, hot, N, bracket, bracket.low));
  // Simpson's rule for the continuum's c = ∫ f(E, E) dE / (N+1).
  const guess = (least + 4 * fluxAt(rate, cold, hot, N, (cold + hot) / 2) + most) / 6;
  // The solution is at an end of its range where f saturates, hence the margin.
  return [findFlux(rate, cold, hot, N, { low: least / 2, high: most * 2, rising: true }, guess)];
}

/** The c that there were if each bond had the rate that it has between two cells of energy E. */
function fluxAt({ f, isUniform }: Rate, cold: number, hot: number, N: number, E: number): number {
  if (isUniform) return f(0, E, E) * ((hot - cold) / (N + 1));
  let resistance = 0;
  for (let k = 0; k <= N; k++) resistance += 1 / f(k, E, E);
  return (hot - cold) / resistance;
}

/** True if E* is known to be unique: f is cooperative up to the largest factor that there can be between neighbours. */
export function isUnique(rate: Rate, cold: number, hot: number, N: number): boolean {
  const { f, isUniform, cooperativeRatio } = rate;
  const most = fluxAt(rate, cold, hot, N, hot);
  let slowest = f(0, cold, cold);
  for (let k = 1; k <= N && !isUniform; k++) slowest = Math.min(slowest, f(k, cold, cold));
  const steepest = Math.min(isUniform ? 2 : Infinity, hot / cold, 1 + most / slowest / cold);
  if (steepest <= cooperativeRatio) return true;
  // A long chain of a rate as steep as e^(-1/a), whose elasticities are bounded between cold and hot alone.
  return isUniform && 4 * (steepest - 1) * largestElasticity(rate, cold, hot) <= 1;
}

/** The largest of E f_1/f and E f_2/f on a = b = E, at as many energies as the search tries fluxes. */
function largestElasticity({ f, f1, f2 }: Rate, cold: number, hot: number): number {
  const ratio = rootOf(hot / cold);
  let largest = 0;
  for (let [E, i] = [cold, 0]; i <= SEARCHED; E *= ratio, i++)
    largest = Math.max(largest, (E * Math.max(f1(0, E, E), f2(0, E, E))) / f(0, E, E));
  return largest;
}

/** The root of order 2^SEARCH_DOUBLINGS. */
function rootOf(x: number): number {
  for (let i = 0; i < SEARCH_DOUBLINGS; i++) x = Math.sqrt(x);
  return x;
}

/** A range of fluxes over which the miss, the last energy less that of the hotter bath, changes its sign. */
interface Bracket {
  readonly low: number;
  readonly high: number;
  /** True if the miss goes from negative to positive. */
  readonly rising: boolean;
}

/** The ranges between neighbouring trial fluxes over which the miss changes its sign: an odd number of them. */
function search(rate: Rate, cold: number, hot: number, N: number, least: number, most: number): Bracket[] {
  const ratio = rootOf(most / least);
  const brackets: Bracket[] = [];
  let low = least;
  let short = true;
  while (low < most) {
    const high = ratio > 1 ? Math.min(low * ratio, most) : most;
    const falls = high < most && shoot(rate, cold, N, high).end < hot - cold;
    if (falls !== short) brackets.push({ low, high, rising: short });
    short = falls;
    low = high;
  }
  return brackets;
}

/** The c in the bracket, by Newton's method inside a bracket that only ever shrinks. */
function findFlux(rate: Rate, cold: number, hot: number, N: number, bracket: Bracket, guess: number): number {
  let { low, high } = bracket;
  let c = guess;
  for (;;) {
    const { end, slope } = shoot(rate, cold, N, c);
    const miss = end - (hot - cold);
    if (miss === 0) return c;
    if (miss < 0 === bracket.rising) low = c;
    else high = c;
    const newton = c - miss / slope;
    const inside = low < newton && newton < high;
    // Otherwise the geometric mean, because the bracket spans many decades where the baths do.
    const next = inside ? newton : Math.sqrt(low) * Math.sqrt(high);
    if (Math.abs(next - c) <= (inside ? lastStepOf(rate) : 2 * Number.EPSILON) * c) return next;
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
    d = stepAcross(rate, k, x, c, d);
    const y = x + d;
    const f = rate.f(k, x, y);
    // From f(x, y)(y - x) = c by differentiation in c.
    slope = (1 + (f - rate.f1(k, x, y) * d) * slope) / (f + rate.f2(k, x, y) * d);
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
 * The d >= 0 that solves f(x, x + d) d = c on bond k, whose left side rises with d: Newton's method inside a bracket. For
 * every law of the package the left side is convex as well, and Newton's method comes down onto the solution from above
 * after its first step. `guess` is the step across the bond before, 0 for none.
 */
function stepAcross(rate: Rate, k: number, x: number, c: number, guess: number): number {
  const most = c / rate.f(k, x, x);
  let low = 0;
  let high = most;
  let d = guess > 0 && guess < most ? guess : most;
  for (let steps = 0; ; steps++) {
    const f = rate.f(k, x, x + d);
    const bend = rate.f2(k, x, x + d) * d;
    if (f * d < c) low = d;
    else high = d;
    // Newton's d - (f d - c)/(f + f_2 d), without the difference.
    const newton = Math.min((c + bend * d) / (f + bend), most);
    if (Math.abs(newton - d) <= lastStepOf(rate) * newton) return newton;
    const inside = steps < MOST_STEPS && low < newton && newton <= high;
    d = inside ? newton : (low + high) / 2;
    if (high - low <= 2 * Number.EPSILON * high) return d;
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
    const term = 1 / f(k, left, right) - lost;
    const sum = total + term;
    lost = sum - total - term;
    total = sum;
    left = right;
  }
  return total;
}
