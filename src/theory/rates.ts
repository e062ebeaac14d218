/**
 * The rate f of each bond, the energy flux φ it drives, and their derivatives (THEORY 0, 4; the paper's remark after (c)).
 *
 *   g = scale·r,   f = g / (1 + g/K),   r a law or an expression
 *   φ(x, y) = σ f(x, y)(x - y),   φ_1 = σ (f_1 (x - y) + f),   φ_2 = σ (f_2 (x - y) - f)
 *
 * K is the cap, infinite where there is none. σ is the share of the difference that a ring of the bond takes away on
 * average, times M: 1/2 in the paper's exchange and, as M grows, 1 in the collision of two disks (exchange.ts). Two laws
 * differ from the printed ones: "sqrt-sum" is √(a+b), printed √{a,b}, and "sqrt-harmonic" is √(ab/(a+b)), printed
 * √(ab)/(a+b), which would fall in its larger argument [B10].
 * Units: f per unit of time, φ energy per unit of fast time from left to right.
 */
import { describe, InvalidInputError } from "../errors.ts";
import { defineModel, type Model, type ModelInput, type RateLaw } from "../model.ts";
import type { Proof } from "../rate/elasticity.ts";
import { expressionOf } from "../rate/expression.ts";
import { fold } from "../rate/graph.ts";
import { jets } from "../rate/jets.ts";
import { type Numbers, numbersOf } from "../rate/numbers.ts";
import { combine, constant, divide, first, type Jet, multiply, times } from "./jet.ts";

export interface Rate {
  /** f(a, b) of bond k. */
  readonly f: OfBond;
  /** ∂f/∂a. */
  readonly f1: OfBond;
  /** ∂f/∂b. */
  readonly f2: OfBond;
  /** σ = φ/(f (x - y)). */
  readonly share: number;
  /** True if f is the same on all bonds. */
  readonly isUniform: boolean;
  /** Derivatives of f jump nowhere, on a = b alone, as those of "sqrt-min", or elsewhere too. */
  readonly kinks: Proof["kinks"];
  /** True if f does not depend on the energies, so that it has a value at negative ones too. */
  readonly isConstant: boolean;
  /**
   * The flow contracts, and the equilibrium is unique, where neighbours' energies differ by less than this factor: φ
   * then rises in x and falls in y (THEORY 4). A cap leaves it as it is, because f1'/f' = (f1/f)/(1 + f/K).
   */
  readonly cooperativeRatio: number;
}

type OfTwo = (a: number, b: number) => number;
type OfBond = (k: number, a: number, b: number) => number;

interface Law {
  readonly f: OfTwo;
  readonly f1: OfTwo;
  readonly cooperativeRatio: number;
}

/**
 * Values and slopes of the laws in closed form: three times as fast as by their graphs, and with the bits that the
 * equilibria of runs made before have.
 */
const LAWS: Readonly<Record<RateLaw, Law>> = {
  constant: { f: () => 1, f1: () => 0, cooperativeRatio: Infinity },
  "sqrt-sum": {
    f: (a, b) => Math.sqrt(a + b),
    f1: (a, b) => 1 / (2 * Math.sqrt(a + b)),
    cooperativeRatio: Infinity,
  },
  "sqrt-harmonic": {
    f: (a, b) => Math.sqrt((a * b) / (a + b)),
    f1: (a, b) => {
      const share = b / (a + b);
      return (share * share) / (2 * Math.sqrt((a * b) / (a + b)));
    },
    cooperativeRatio: (3 + Math.sqrt(17)) / 2,
  },
  "sqrt-min": {
    f: (a, b) => Math.sqrt(Math.min(a, b)),
    // √min has a kink on a = b. The mean of the one-sided slopes keeps f_1 + f_2 = d f(a, a)/da there.
    f1: (a, b) => (a > b ? 0 : (a < b ? 0.5 : 0.25) / Math.sqrt(a)),
    cooperativeRatio: 3,
  },
};

/**
 * f(a, b) of the model with its scale and cap, for energies above 0, on bond k, which is 0 where it is left out. Per unit
 * of time, whatever `model.timescale`.
 */
export function rate(input: ModelInput): (a: number, b: number, k?: number) => number {
  const { f } = rateOf(defineModel(input));
  return (a, b, k = 0) => f(k, a, b);
}

/** f, f_1 and f_2 of the model. */
export function rateOf(model: Model): Rate {
  const { scale, cap } = model.rate;
  const { law, graph, tables, proof } = expressionOf(model);
  const { value, slope1, slope2 } = law ? ofLaw(LAWS[law]) : ofGraph(numbersOf(graph, tables));
  const f: OfBond = (k, a, b) => {
    const g = scale * value(k, a, b);
    return cap === null ? g : g / (1 + g / cap);
  };
  const damped =
    (slope: OfBond): OfBond =>
    (k, a, b) => {
      const damping = cap === null ? 1 : 1 + (scale * value(k, a, b)) / cap;
      return (scale * slope(k, a, b)) / (damping * damping);
    };
  return {
    ...{ f, f1: damped(slope1), f2: damped(slope2) },
    get share() {
      return shareOf(model);
    },
    isUniform: !graph.some(({ kind }) => kind === "site"),
    kinks: proof.kinks,
    isConstant: !graph.some(({ kind }) => kind === "a" || kind === "b"),
    // φ_1 >= 0 wherever y/x - 1 <= f/(x f_1), and φ_2 likewise: an elasticity bounds x f_1/f.
    cooperativeRatio: law ? LAWS[law].cooperativeRatio : 1 + 1 / Math.max(0, ...proof.largest),
  };
}

interface Slopes {
  readonly value: OfBond;
  readonly slope1: OfBond;
  readonly slope2: OfBond;
}

/** Every law is symmetric, so ∂/∂b at (a, b) is ∂/∂a at (b, a). */
const ofLaw = ({ f, f1 }: Law): Slopes => ({
  value: (_k, a, b) => f(a, b),
  slope1: (_k, a, b) => f1(a, b),
  slope2: (_k, a, b) => f1(b, a),
});

const ofGraph = ({ value, slope }: Numbers): Slopes => ({
  value: (k, a, b) => value(a, b, k),
  slope1: (k, a, b) => slope(a, b, 1, 0, k),
  slope2: (k, a, b) => slope(a, b, 0, 1, k),
});

/** f(E, E) of the fastest bond. */
export function fastestRate(model: Model, E: number): number {
  const { f, isUniform } = rateOf(model);
  let fastest = f(0, E, E);
  for (let k = 1; k <= model.cells && !isUniform; k++) fastest = Math.max(fastest, f(k, E, E));
  return fastest;
}

/** f of the model's bond k with all its derivatives to third order; on a kink of min, max or abs those of one side. */
export function rateJetOf(model: Model): (k: number, a: Jet, b: Jet) => Jet {
  const { scale, cap } = model.rate;
  const { graph, tables } = expressionOf(model);
  const one = constant(1);
  return (k, a, b) => {
    const ofBond = jets(a, b, (table) => tables[table][k]);
    const g = times(scale, fold(graph, ofBond));
    return cap === null ? g : divide(g, combine(1, one, 1 / cap, g));
  };
}

/** f(E, E) of a rate that is the same on all bonds, with two derivatives by E; they exist for "sqrt-min" too. */
export function diagonal(model: Model): (E: number) => { g: number; slope: number; curvature: number } {
  const f = rateJetOf(model);
  return (E) => {
    const along = first(E);
    const [g, slope, , half] = f(0, along, along);
    return { g, slope, curvature: 2 * half };
  };
}

/** σ. */
export function shareOf(model: Model): number {
  if (isFluxKnown(model)) return model.exchange === "kinetic" ? 1 : 0.5;
  const expected = '"thermal" where theory is asked of disks that collide: the mean flux from other baths is not known';
  throw new InvalidInputError("model", [{ field: "bath", expected, got: describe(model.bath) }]);
}

/** False for disks that collide with baths whose energy is drawn anew, which can be simulated alone. */
export const isFluxKnown = ({ exchange, bath }: Model): boolean => exchange === undefined || bath === "thermal";

/** φ(x, y) of bond k, the energy that flows from x to y. */
export function flux(rate: Rate, k: number, x: number, y: number): number {
  return rate.f(k, x, y) * (x - y) * rate.share;
}

/** φ_1 = ∂φ/∂x. */
export function fluxSlope1(rate: Rate, k: number, x: number, y: number): number {
  return (rate.f1(k, x, y) * (x - y) + rate.f(k, x, y)) * rate.share;
}

/** φ_2 = ∂φ/∂y. */
export function fluxSlope2(rate: Rate, k: number, x: number, y: number): number {
  return (rate.f2(k, x, y) * (x - y) - rate.f(k, x, y)) * rate.share;
}

/** φ with all its derivatives to third order, from σ and those of f, x and y. */
export function fluxJet(share: number, f: Jet, x: Jet, y: Jet): Jet {
  return multiply(f, combine(share, x, -share, y));
}
