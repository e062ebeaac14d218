/**
 * The stationary law of the hidden temperature of one cell, at rate "constant" (THEORY 12.4). A ring of either bond takes it
 * from T to T + V (τ - T), V = B U, B ~ Beta(1, M-1), U uniform, and τ the bath's temperature, or under an "exponential"
 * bath M B' T with a B' ~ Beta(1, M-1) drawn anew. So of x = (T - c)/u, whatever c and u, and t likewise of τ:
 *
 *   (1 - λ_n) E[x^n] = Σ_{j=1}^n (n over j) e_{j,n-j} M^-j E[t^j] E[x^{n-j}],   e_jk = M^j E[V^j (1-V)^k],   λ_n = e_0n
 *   e_{j,k+1} = e_jk - e_{j+1,k}/M,   e_j0 = M^j j!/(M (M+1) .. (M+j-1) (j+1))
 *
 * With c in the middle of the temperatures and u of the order of 1/√M, as the law's width, no number is far from 1 except as
 * their degree tells. Under "thermal" baths t is one of ±(T_R - T_L)/(2u); at M = 1 x has the arcsine law. The arithmetic is
 * that of whole numbers, times 2^bits.
 */
import type { Model } from "../../model.ts";
import { type GaussRule, gaussRule, recurrenceOf } from "./gauss.ts";

/** Rules of the law of T, by the number of their places. */
export type Rules = (n: number) => GaussRule;

/** For the largest number of places, which decides the work, the rules of up to so many; each is made once. */
export function hiddenRules(model: Model): (most: number) => Rules {
  const { particles: M, temperatures, bath } = model;
  const [T_L, T_R] = temperatures;
  const isFresh = bath === "exponential" && M > 1;
  const center = T_L / 2 + T_R / 2;
  const range = isFresh ? Math.max(T_L, T_R) : Math.abs(T_R - T_L) / 2;
  // 2^narrowing is about √M.
  const narrowing = Math.floor(M.toString(2).length / 2);
  const unit = range / Number(1n << BigInt(narrowing));
  if (unit === 0) {
    const certain = { places: Float64Array.of(center), weights: Float64Array.of(1) };
    return () => () => certain;
  }
  const known = new Map<number, Rules>();
  return (most) => {
    const before = known.get(most);
    if (before) return before;
    const bits = BITS + BITS_PER_DEGREE * most;
    const moments = isFresh ? freshMoments(M, [T_L / range, T_R / range], 2 * most, bits) : signs(2 * most, bits);
    // Of t/M^j, in the narrow unit.
    let scale = 1n;
    const drawn = moments.map((moment, j) => {
      const scaled = (moment << BigInt(narrowing * j)) / scale;
      scale *= BigInt(M);
      return scaled;
    });
    const recurrence = recurrenceOf(momentsOf(M, drawn, 2 * most, bits), bits);
    const rules: Rules = (n) => {
      const { places, weights } = gaussRule(recurrence, n);
      return { places: places.map((x) => center + unit * x), weights };
    };
    known.set(most, rules);
    return rules;
  };
}

/** Chebyshev's algorithm loses bits with each degree: with 9 for each, or 24, the rules are the same to the last digit. */
const [BITS, BITS_PER_DEGREE] = [256, 12];

/** E[t^j] of t = 1 or -1. */
const signs = (count: number, bits: number): bigint[] =>
  Array.from({ length: count }, (_, j) => (j % 2 === 0 ? 1n << BigInt(bits) : 0n));

/** E[t^j] of t = M B' T - (T_L + T_R)/2, either T as likely; the temperatures are at most 1. */
function freshMoments(M: number, temperatures: readonly number[], count: number, bits: number): bigint[] {
  const shift = BigInt(bits);
  const exact = temperatures.map((T) => inFixedPoint(T, bits));
  const center = (exact[0] + exact[1]) >> 1n;
  // E[(M B' T)^j], which has the factor M j T/(M + j - 1).
  let powers = exact.map(() => 1n << shift);
  let moments: bigint[] = [];
  for (let j = 0; j < count; j++) {
    moments.push((powers[0] + powers[1]) >> 1n);
    powers = powers.map(
      (power, side) => (((power * exact[side]) >> shift) * BigInt(M) * BigInt(j + 1)) / BigInt(M + j),
    );
  }
  // E[t^a τ^b] with a growing.
  const centered: bigint[] = [];
  while (moments.length > 0) {
    centered.push(moments[0]);
    moments = moments.slice(1).map((next, b) => next - ((center * moments[b]) >> shift));
  }
  return centered;
}

const TWO_TO_52 = 4503599627370496;

/** value · 2^bits without rounding, for a value from 1e-200 to 1. */
function inFixedPoint(value: number, bits: number): bigint {
  let shift = bits;
  for (; value < TWO_TO_52; value *= 2) shift--;
  return BigInt(value) << BigInt(shift);
}

/** E[x^n], n < count, from M^-j E[t^j]. */
function momentsOf(M: number, drawn: readonly bigint[], count: number, bits: number): bigint[] {
  const shift = BigInt(bits);
  const particles = BigInt(M);
  const moments = [1n << shift];
  let power = 1n << shift;
  let binomials = [1n];
  // e_{n-k,k}, k = 0..n.
  let diagonal = [power];
  for (let n = 1; n < count; n++) {
    power = (power * particles * BigInt(n)) / BigInt(M + n - 1);
    const next = [power / BigInt(n + 1)];
    for (let k = 0; k < n; k++) next.push(diagonal[k] - next[k] / particles);
    diagonal = next;
    binomials = [1n, ...binomials.slice(1).map((entry, i) => entry + binomials[i]), 1n];
    let sum = 0n;
    for (let j = 1; j <= n; j++) {
      if (drawn[j] === 0n || moments[n - j] === 0n) continue;
      sum += (((binomials[j] * diagonal[n - j] * drawn[j]) >> shift) * moments[n - j]) >> shift;
    }
    moments.push((sum << shift) / ((1n << shift) - diagonal[n]));
  }
  return moments;
}
