/**
 * The growth of a rate along a = b = t as t goes to infinity: its leading term c t^p (log t)^q. A rate that falls nowhere
 * has its supremum there. p is infinite for what grows or shrinks faster than every power; c is NaN where leading terms
 * cancel or are not of this form.
 */
import { cbrt, exp, expm1, log, log1p, tanh } from "./elementary.ts";
import { type Algebra, fold, type Graph } from "./graph.ts";

type Growth = readonly [c: number, p: number, q: number];

const UNKNOWN: Growth = [NaN, NaN, NaN];
/** Coefficients, relative to those they are made of, and exponents of this size are rounding, or may be. */
const ROUNDING = 1e-9;

const negate = ([c, p, q]: Growth): Growth => [-c, p, q];

/** Positive if x grows faster than y, negative if slower. */
const faster = ([, p, q]: Growth, [, r, s]: Growth) => (p === r || Math.abs(p - r) < ROUNDING ? q - s : p - r);

function add(x: Growth, y: Growth): Growth {
  const lead = faster(x, y);
  if (lead !== 0) return lead > 0 ? x : lead < 0 ? y : UNKNOWN;
  const [c, p, q] = [x[0] + y[0], x[1], x[2]];
  const cancels = Math.abs(c) < ROUNDING * Math.abs(x[0]) || Math.abs(p) === Infinity;
  return x[0] * y[0] < 0 && cancels ? UNKNOWN : [c, p, q];
}

const term = (c: number, p: number, q: number): Growth => (Math.abs(p) < Infinity ? [c, p, q] : [c, p, 0]);
const multiply = (x: Growth, y: Growth) => term(x[0] * y[0], x[1] + y[1], x[2] + y[2]);

/** c^n is given. */
const raised = ([, p, q]: Growth, n: number, c: number) => term(c, p * n, q * n);

/** The one of two that is the smaller in the end; `sign` -1 for the larger. */
const choice = (sign: number) => (x: Growth, y: Growth) => {
  const lead = faster(x, y);
  const difference = sign * (lead > 0 ? x[0] : lead < 0 ? -y[0] : lead + x[0] - y[0]);
  return difference <= 0 ? x : difference > 0 ? y : UNKNOWN;
};

/** A function g: `small` of what shrinks to 0, `large` of what grows, g(c) of what has a limit c, unless that is 0. */
const through = (g: (x: number) => number, large: (x: Growth) => Growth, small = (x: Growth) => x) => {
  return (x: Growth): Growth => {
    const speed = faster(x, [1, 0, 0]);
    if (speed !== 0) return speed < 0 ? small(x) : speed > 0 ? large(x) : UNKNOWN;
    const limit = g(x[0]);
    return Math.abs(limit) < ROUNDING ? UNKNOWN : [limit, 0, 0];
  };
};

/** e^x of what grows like a power at least; of logarithms it could be any power. */
const explosion = ([c, p]: Growth): Growth => (!(p > 0) ? UNKNOWN : c > 0 ? [1, Infinity, 0] : [0, -Infinity, 0]);
const logarithm = ([c, p]: Growth): Growth => (c > 0 && p > 0 && p < Infinity ? [p, 0, 1] : UNKNOWN);

const growths: Algebra<Growth> = {
  number: (value) => (value === 0 ? [0, -Infinity, 0] : [value, 0, 0]),
  a: [1, 1, 0],
  b: [1, 1, 0],
  site: () => [NaN, 0, 0],
  add,
  subtract: (x, y) => add(x, negate(y)),
  multiply,
  divide: (x, y) => multiply(x, raised(y, -1, 1 / y[0])),
  min: choice(1),
  max: choice(-1),
  negate,
  abs: ([c, p, q]) => [Math.abs(c), p, q],
  sqrt: (x) => raised(x, 1 / 2, Math.sqrt(x[0])),
  cbrt: (x) => raised(x, 1 / 3, cbrt(x[0])),
  power: (x, n) => raised(x, n, (x[0] < 0 && n % 2 !== 0 ? -1 : 1) * exp(n * log(Math.abs(x[0])))),
  exp: through(exp, explosion, () => [1, 0, 0]),
  expm1: through(expm1, (x) => add(explosion(x), [-1, 0, 0])),
  log: through(log, logarithm, () => UNKNOWN),
  log1p: through(log1p, logarithm),
  tanh: through(tanh, ([c]) => [c > 0 ? 1 : -1, 0, 0]),
};

/**
 * The supremum of a rate that is proven to fall nowhere (of others this is only a limit): infinite if it is not bounded,
 * the paper's (c); undefined if this cannot tell.
 */
export function supremumOf(graph: Graph): number | undefined {
  const growth = fold(graph, growths);
  const speed = faster(growth, [1, 0, 0]);
  if (speed === 0 && Number.isFinite(growth[0])) return Number(growth[0].toPrecision(14));
  return speed > 0 && growth[0] > 0 ? Infinity : undefined;
}
