/** The rate laws and their derivatives (THEORY 0, 4). */
import { expect, test } from "vitest";
import { flux, fluxSlope1, fluxSlope2, rateOf } from "../../src/theory/rates.ts";
import { rates } from "../support/goldens.ts";
import { cellWith, pairs } from "../support/models.ts";

const STEP = 1e-5;
// Central differences: error about STEP² and 1e-16/STEP.
const TOLERANCE = 1e-9;
const central = (g: (x: number) => number, x: number) => (g(x + STEP) - g(x - STEP)) / (2 * STEP);

test.each(rates)("$law, cap $cap: the slopes of the rate are those of its differences", (rate) => {
  const { f, f1, f2 } = rateOf(cellWith(rate));
  for (const [a, b] of pairs) {
    expect(Math.abs(f1(0, a, b) - central((x) => f(0, x, b), a))).toBeLessThan(TOLERANCE);
    expect(Math.abs(f2(0, a, b) - central((y) => f(0, a, y), b))).toBeLessThan(TOLERANCE);
  }
});

test.each(rates)("$law, cap $cap: the slopes of the flux are those of its differences", (rate) => {
  const r = rateOf(cellWith(rate));
  for (const [x, y] of [...pairs, [0.9, 0.9]]) {
    // φ is differentiable on x = y even where "sqrt-min" is not, but only once: the difference is first order there.
    const tolerance = x === y ? STEP : TOLERANCE;
    expect(Math.abs(fluxSlope1(r, 0, x, y) - central((u) => flux(r, 0, u, y), x))).toBeLessThan(tolerance);
    expect(Math.abs(fluxSlope2(r, 0, x, y) - central((u) => flux(r, 0, x, u), y))).toBeLessThan(tolerance);
  }
});

test.each(rates)(
  "$law, cap $cap: a bond rings the same seen from either side, and no less often when hotter",
  (rate) => {
    const { f, f1 } = rateOf(cellWith(rate));
    for (const [a, b] of pairs) {
      expect(f(0, a, b)).toBe(f(0, b, a));
      expect(f1(0, a, b)).toBeGreaterThanOrEqual(0);
      expect(f(0, a, b)).toBeGreaterThan(0);
    }
  },
);

test("each law at a point worked out by hand", () => {
  const at = (law: (typeof rates)[number]["law"], cap?: number) =>
    rateOf(cellWith({ law, scale: 3, ...(cap && { cap }) })).f(0, 1, 4);
  expect(at("constant")).toBe(3);
  expect(at("sqrt-sum")).toBe(3 * Math.sqrt(5));
  expect(at("sqrt-harmonic")).toBe(3 * Math.sqrt(0.8));
  expect(at("sqrt-min")).toBe(3);
  expect(at("sqrt-min", 6)).toBe(2);
});

test("a cap bounds the rate however hot the cells", () => {
  for (const { law } of rates) {
    const { f } = rateOf(cellWith({ law, scale: 1e6, cap: 2 }));
    expect(f(0, 1e60, 1e60)).toBeLessThanOrEqual(2);
    expect(f(0, 1e60, 1e60)).toBeGreaterThan(1.99);
  }
});

test("on its kink, sqrt-min takes the mean of its one-sided slopes", () => {
  const { f1, f2 } = rateOf(cellWith({ law: "sqrt-min", scale: 1 }));
  expect([f1(0, 4, 5), f1(0, 4, 4), f1(0, 4, 3)]).toEqual([0.25, 0.125, 0]);
  expect(f2(0, 4, 4)).toBe(f1(0, 4, 4));
});

test.each(rates)("$law, cap $cap: φ rises in x and falls in y up to the cooperative ratio, and no further", (rate) => {
  const r = rateOf(cellWith(rate));
  const cooperates = (x: number, y: number) => fluxSlope1(r, 0, x, y) > 0 && fluxSlope2(r, 0, x, y) < 0;
  const ratio = r.cooperativeRatio;
  if (ratio === Infinity) {
    for (const far of [2, 100, 1e6]) expect([cooperates(1, far), cooperates(far, 1)]).toEqual([true, true]);
    return;
  }
  const [inside, outside] = [ratio * (1 - 1e-9), ratio * (1 + 1e-9)];
  expect([cooperates(1, inside), cooperates(inside, 1)]).toEqual([true, true]);
  // A cap only widens the range.
  if (rate.cap === undefined) expect([cooperates(1, outside), cooperates(outside, 1)]).toEqual([false, false]);
});
