/** Derivatives to third order: Taylor arithmetic, the rate laws, the flux and the noise over it (THEORY 4, 5, 6). */
import { expect, test } from "vitest";
import { defineModel } from "../../src/model.ts";
import { diffusion } from "../../src/theory/index.ts";
import { first, type Jet, multiply, second } from "../../src/theory/jet.ts";
import { scaledMomentsOf } from "../../src/theory/exchange.ts";
import { diagonal, flux, fluxJet, fluxSlope1, fluxSlope2, rateJetOf, rateOf } from "../../src/theory/rates.ts";
import { deviation } from "../support/closeness.ts";
import { rates } from "../support/goldens.ts";
import { cellWith, pairs } from "../support/models.ts";

type OfPoint = (x: number, y: number) => Jet;

// ∂/∂x of the coefficient of x^i y^j is (i + 1) times that of x^{i+1} y^j: [from, to, i + 1], and for y likewise.
const alongX = [
  [0, 1, 1],
  [1, 3, 2],
  [2, 4, 1],
  [3, 6, 3],
  [4, 7, 2],
  [5, 8, 1],
];
const alongY = [
  [0, 2, 1],
  [1, 4, 1],
  [2, 5, 2],
  [3, 7, 1],
  [4, 8, 2],
  [5, 9, 3],
];

/** The worst difference of a coefficient and the central difference of the one below it, relative to the jet. */
function disagreement(of: OfPoint, x: number, y: number): number {
  const step = 1e-5 * Math.min(x, y);
  const scale = Math.max(...of(x, y).map(Math.abs));
  const measured = (up: Jet, down: Jet, from: number) => (up[from] - down[from]) / (2 * step);
  return (
    Math.max(
      ...alongX.map(([from, to, power]) =>
        Math.abs(power * of(x, y)[to] - measured(of(x + step, y), of(x - step, y), from)),
      ),
      ...alongY.map(([from, to, power]) =>
        Math.abs(power * of(x, y)[to] - measured(of(x, y + step), of(x, y - step), from)),
      ),
    ) / scale
  );
}

test.each(rates)(
  "$law, cap $cap: every derivative of the rate, the flux and the noise is the difference of the one below",
  (rate) => {
    const model = cellWith(rate);
    const f = rateJetOf(model);
    const { secondJet: square } = scaledMomentsOf(model, Infinity);
    const rateAt: OfPoint = (x, y) => f(0, first(x), second(y));
    const fluxAt: OfPoint = (x, y) => fluxJet(0.5, rateAt(x, y), first(x), second(y));
    const noiseAt =
      (k: number): OfPoint =>
      (x, y) =>
        multiply(rateAt(x, y), square(k, first(x), second(y)));
    for (const [x, y] of pairs) {
      for (const of of [rateAt, fluxAt, noiseAt(0), noiseAt(1)]) {
        expect(disagreement(of, x, y)).toBeLessThan(1e-8);
        const wrong: OfPoint = (a, b) => of(a, b).with(7, of(a, b)[7] + 1e-6 * Math.max(...of(a, b).map(Math.abs)));
        expect(disagreement(wrong, x, y)).toBeGreaterThan(5e-7);
      }
    }
  },
);

test.each(rates)("$law, cap $cap: values and first derivatives are those of the plain formulas", (rate) => {
  const model = cellWith(rate);
  const plain = rateOf(model);
  for (const [x, y] of pairs) {
    const f = rateJetOf(model)(0, first(x), second(y));
    const phi = fluxJet(0.5, f, first(x), second(y));
    expect(deviation(f.slice(0, 3), [plain.f(0, x, y), plain.f1(0, x, y), plain.f2(0, x, y)], 1)).toBeLessThan(1e-15);
    const wanted = [flux(plain, 0, x, y), fluxSlope1(plain, 0, x, y), fluxSlope2(plain, 0, x, y)];
    expect(deviation(phi.slice(0, 3), wanted, 1)).toBeLessThan(1e-15);
  }
});

test.each(["exponential", "thermal"] as const)("%s bath: the noise is that of H", (bath) => {
  const model = defineModel({ cells: 2, particles: 1, temperatures: [1, 2], bath });
  const E = [0.7, 3.1];
  const H = diffusion(model, E);
  const ends = [1, ...E, 2];
  const { secondJet: square } = scaledMomentsOf(model, Infinity);
  const V = [H[0], H[4], -H[5]];
  V.forEach((value, k) => {
    const [x, y] = [first(ends[k]), second(ends[k + 1])];
    expect(rateJetOf(model)(k, x, y)[0] * square(k, x, y)[0]).toBeCloseTo(value * value, 14);
  });
});

test.each(rates)("$law, cap $cap: along a = b the rate and its slopes, kink or none", (rate) => {
  const model = cellWith(rate);
  const g = diagonal(model);
  const { f } = rateOf(model);
  for (const E of [0.3, 1, 7]) {
    const step = 1e-4 * E;
    const [below, at, above] = [f(0, E - step, E - step), f(0, E, E), f(0, E + step, E + step)];
    expect(g(E).g).toBeCloseTo(at, 14);
    expect(g(E).slope).toBeCloseTo((above - below) / (2 * step), 6);
    expect(g(E).curvature).toBeCloseTo((above - 2 * at + below) / (step * step), 5);
  }
});

test.each(rates)("$law, cap $cap: no derivative overflows at energies of 1e-60 or 1e60", ({ law }) => {
  for (const E of [1e-60, 1e60]) {
    for (const scale of [1e-60, 1e60]) {
      for (const cap of [1e-60, 1e60]) {
        const jet = rateJetOf(cellWith({ law, scale, cap }))(0, first(E), second(2 * E));
        expect(jet.every(Number.isFinite)).toBe(true);
      }
    }
  }
});
