/**
 * The rate f of a bond, the energy flux φ it drives, and their first derivatives (THEORY 0, 4; the paper's remark
 * after (c)).
 *
 *   g = scale·law,   f = g / (1 + g/K)
 *   φ(x, y) = f(x, y)(x - y)/2,   φ_1 = (f_1 (x - y) + f)/2,   φ_2 = (f_2 (x - y) - f)/2
 *
 * K is the cap, infinite where there is none. Two laws differ from the printed ones: "sqrt-sum" is √(a+b), printed
 * √{a,b}, and "sqrt-harmonic" is √(ab/(a+b)), printed √(ab)/(a+b), which would fall in its larger argument [B10].
 * Units: f per unit of time, φ energy per unit of fast time from left to right.
 */
import type { Model, RateLaw } from "../model.ts";

export interface Rate {
  /** f(a, b). */
  readonly f: (a: number, b: number) => number;
  /** ∂f/∂a. */
  readonly f1: (a: number, b: number) => number;
  /** ∂f/∂b. */
  readonly f2: (a: number, b: number) => number;
}

type OfTwo = (a: number, b: number) => number;

const LAWS: Readonly<Record<RateLaw, OfTwo>> = {
  constant: () => 1,
  "sqrt-sum": (a, b) => Math.sqrt(a + b),
  "sqrt-harmonic": (a, b) => Math.sqrt((a * b) / (a + b)),
  "sqrt-min": (a, b) => Math.sqrt(Math.min(a, b)),
};

/** ∂law/∂a. Every law is symmetric, so ∂law/∂b at (a, b) is this at (b, a). */
const SLOPES: Readonly<Record<RateLaw, OfTwo>> = {
  constant: () => 0,
  "sqrt-sum": (a, b) => 1 / (2 * Math.sqrt(a + b)),
  "sqrt-harmonic": (a, b) => {
    const share = b / (a + b);
    return (share * share) / (2 * Math.sqrt((a * b) / (a + b)));
  },
  // √min has a kink on a = b. The mean of the one-sided slopes keeps f_1 + f_2 = d f(a, a)/da there.
  "sqrt-min": (a, b) => (a > b ? 0 : (a < b ? 0.5 : 0.25) / Math.sqrt(a)),
};

/** f, f_1 and f_2 of the model. */
export function rateOf({ rate: { law, scale, cap } }: Model): Rate {
  const value = LAWS[law];
  const slope = SLOPES[law];
  const K = cap ?? Infinity;
  const f: OfTwo = (a, b) => {
    const g = scale * value(a, b);
    return g / (1 + g / K);
  };
  const f1: OfTwo = (a, b) => {
    const damping = 1 + (scale * value(a, b)) / K;
    return (scale * slope(a, b)) / (damping * damping);
  };
  return { f, f1, f2: (a, b) => f1(b, a) };
}

/** φ(x, y), the energy that flows from x to y. */
export function flux(rate: Rate, x: number, y: number): number {
  return (rate.f(x, y) * (x - y)) / 2;
}

/** φ_1 = ∂φ/∂x. */
export function fluxSlope1(rate: Rate, x: number, y: number): number {
  return (rate.f1(x, y) * (x - y) + rate.f(x, y)) / 2;
}

/** φ_2 = ∂φ/∂y. */
export function fluxSlope2(rate: Rate, x: number, y: number): number {
  return (rate.f2(x, y) * (x - y) - rate.f(x, y)) / 2;
}
