/**
 * The rate f of a bond, the energy flux φ it drives, and their derivatives (THEORY 0, 4; the paper's remark after (c)).
 *
 *   g = scale·law,   f = g / (1 + g/K)
 *   φ(x, y) = f(x, y)(x - y)/2,   φ_1 = (f_1 (x - y) + f)/2,   φ_2 = (f_2 (x - y) - f)/2
 *
 * K is the cap, infinite where there is none. Two laws differ from the printed ones: "sqrt-sum" is √(a+b), printed
 * √{a,b}, and "sqrt-harmonic" is √(ab/(a+b)), printed √(ab)/(a+b), which would fall in its larger argument [B10].
 * Units: f per unit of time, φ energy per unit of fast time from left to right.
 */
import type { Model, RateLaw } from "../model.ts";
import { add, combine, constant, divide, first, type Jet, multiply, sqrt, times } from "./jet.ts";

export interface Rate {
  /** f(a, b). */
  readonly f: OfTwo;
  /** ∂f/∂a. */
  readonly f1: OfTwo;
  /** ∂f/∂b. */
  readonly f2: OfTwo;
  /** True if f has all derivatives at positive energies; "sqrt-min" has a kink where a = b. */
  readonly isSmooth: boolean;
  /** True if f does not depend on the energies, so that it has a value at negative ones too. */
  readonly isConstant: boolean;
  /**
   * The flow contracts, and the equilibrium is unique, where neighbours' energies differ by less than this factor: φ
   * then rises in x and falls in y (THEORY 4). A cap leaves it as it is, because f1'/f' = (f1/f)/(1 + f/K).
   */
  readonly cooperativeRatio: number;
}

type OfTwo = (a: number, b: number) => number;

interface Law {
  readonly value: OfTwo;
  /** ∂/∂a. Every law is symmetric, so ∂/∂b at (a, b) is this at (b, a). */
  readonly slope: OfTwo;
  /** The value with all its derivatives to third order. */
  readonly jet: (a: Jet, b: Jet) => Jet;
  readonly isSmooth: boolean;
  readonly isConstant: boolean;
  readonly cooperativeRatio: number;
}

const LAWS: Readonly<Record<RateLaw, Law>> = {
  constant: {
    value: () => 1,
    slope: () => 0,
    jet: () => constant(1),
    isSmooth: true,
    isConstant: true,
    cooperativeRatio: Infinity,
  },
  "sqrt-sum": {
    value: (a, b) => Math.sqrt(a + b),
    slope: (a, b) => 1 / (2 * Math.sqrt(a + b)),
    jet: (a, b) => sqrt(add(a, b)),
    isSmooth: true,
    isConstant: false,
    cooperativeRatio: Infinity,
  },
  "sqrt-harmonic": {
    value: (a, b) => Math.sqrt((a * b) / (a + b)),
    slope: (a, b) => {
      const share = b / (a + b);
      return (share * share) / (2 * Math.sqrt((a * b) / (a + b)));
    },
    jet: (a, b) => sqrt(divide(multiply(a, b), add(a, b))),
    isSmooth: true,
    isConstant: false,
    cooperativeRatio: (3 + Math.sqrt(17)) / 2,
  },
  "sqrt-min": {
    value: (a, b) => Math.sqrt(Math.min(a, b)),
    // √min has a kink on a = b. The mean of the one-sided slopes keeps f_1 + f_2 = d f(a, a)/da there.
    slope: (a, b) => (a > b ? 0 : (a < b ? 0.5 : 0.25) / Math.sqrt(a)),
    // The jet of the side that the point is on: on the kink itself there is none.
    jet: (a, b) => sqrt(a[0] < b[0] ? a : b),
    isSmooth: false,
    isConstant: false,
    cooperativeRatio: 3,
  },
};

/** f, f_1 and f_2 of the model. */
export function rateOf({ rate: { law, scale, cap } }: Model): Rate {
  const { value, slope, ...properties } = LAWS[law];
  const K = cap ?? Infinity;
  const f: OfTwo = (a, b) => {
    const g = scale * value(a, b);
    return g / (1 + g / K);
  };
  const f1: OfTwo = (a, b) => {
    const damping = 1 + (scale * value(a, b)) / K;
    return (scale * slope(a, b)) / (damping * damping);
  };
  return { f, f1, f2: (a, b) => f1(b, a), ...properties };
}

/** f of the model with all its derivatives to third order; for "sqrt-min" those of the side, a < b or a > b. */
export function rateJetOf({ rate: { law, scale, cap } }: Model): (a: Jet, b: Jet) => Jet {
  const { jet } = LAWS[law];
  const one = constant(1);
  return (a, b) => {
    const g = times(scale, jet(a, b));
    return cap === null ? g : divide(g, combine(1, one, 1 / cap, g));
  };
}

/** f(E, E) and its first two derivatives with respect to E; they exist for "sqrt-min" too. */
export function diagonal(model: Model): (E: number) => { g: number; slope: number; curvature: number } {
  const f = rateJetOf(model);
  return (E) => {
    const along = first(E);
    const [g, slope, , half] = f(along, along);
    return { g, slope, curvature: 2 * half };
  };
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

/** φ with all its derivatives to third order, from those of f, x and y. */
export function fluxJet(f: Jet, x: Jet, y: Jet): Jet {
  return multiply(f, combine(0.5, x, -0.5, y));
}
