/** A rate with all its derivatives to third order: `fold(lowered(graph), jets(x, y))`. */
import { add, combine, constant, divide, type Jet, multiply, sqrt, times } from "../theory/jet.ts";
import { cbrt, exp, expm1, log, log1p, tanh } from "./elementary.ts";
import type { Algebra } from "./graph.ts";
import { tanhSlope } from "./operations.ts";

/** g(u) from the value of g and its derivatives at u's value: Taylor's series in u less its value, by Horner's rule. */
function compose(u: Jet, g: number, g1: number, g2: number, g3: number): Jet {
  const rest = [0, ...u.slice(1)];
  let sum = constant(g3 / 6);
  for (const coefficient of [g2 / 2, g1, g]) sum = add(constant(coefficient), multiply(rest, sum));
  return sum;
}

/** A function of u with the derivatives that log has at x. */
const logarithm = (u: Jet, value: number, x: number) => compose(u, value, 1 / x, -1 / (x * x), 2 / (x * x * x));

/** The operations on jets of a and b. min, max and abs are those of the side that the point is on: a kink has none. */
export const jets = (a: Jet, b: Jet, site: (table: number) => number = () => NaN): Algebra<Jet> => ({
  number: constant,
  a,
  b,
  site: (table) => constant(site(table)),
  add,
  subtract: (u, v) => combine(1, u, -1, v),
  multiply,
  divide,
  min: (u, v) => (u[0] < v[0] ? u : v),
  max: (u, v) => (u[0] < v[0] ? v : u),
  negate: (u) => times(-1, u),
  abs: (u) => (u[0] < 0 ? times(-1, u) : u),
  sqrt,
  cbrt: (u) => {
    const root = cbrt(u[0]);
    const slope = 1 / (3 * root * root);
    return compose(u, root, slope, (-2 / 3) * (slope / u[0]), (10 / 9) * (slope / u[0] / u[0]));
  },
  exp: (u) => {
    const e = exp(u[0]);
    return compose(u, e, e, e, e);
  },
  expm1: (u) => {
    const e = exp(u[0]);
    return compose(u, expm1(u[0]), e, e, e);
  },
  log: (u) => logarithm(u, log(u[0]), u[0]),
  log1p: (u) => logarithm(u, log1p(u[0]), 1 + u[0]),
  tanh: (u) => {
    const t = tanh(u[0]);
    const slope = tanhSlope(u[0]);
    return compose(u, t, slope, -2 * t * slope, slope * (6 * t * t - 2));
  },
});
