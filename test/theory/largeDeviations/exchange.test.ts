/** The generating function of one exchange: quadrature, moments, symmetry, and what the paper's baths do to it. */
import { describe, expect, it } from "vitest";
import { defineModel, InvalidInputError } from "../../../src/index.ts";
import { affinity, exchangeGenerating, exchangeMoments } from "../../../src/theory/index.ts";
import { goldenLargeDeviations } from "../../support/goldenLargeDeviations.ts";

const thermal = defineModel({ cells: 2, particles: 10, temperatures: [1, 2], bath: "thermal" });
const paper = defineModel({ ...thermal, bath: "exponential" });
const kinetic = defineModel({ cells: 2, particles: 10, temperatures: [1, 2], exchange: "kinetic" });

/**
 * E[(x - y)_+ e^{s(x² - y²)}]/E[(x - y)_+] of two normal variables of variance a/2 and b/2, x = y + g: Simpson's rule in g,
 * on the smooth side of 0, and sums in y, both to 12 standard deviations.
 */
function byCollisions(s: number, a: number, b: number): number {
  const most = 12 * Math.sqrt(Math.max(a / (1 - s * a), b / (1 + s * b), a, b));
  const n = 600;
  const h = most / n;
  const total = (tilt: number) => {
    let sum = 0;
    for (let i = 1; i <= 2 * n; i++) {
      const g = i * h;
      const simpson = i === 2 * n ? 1 : i % 2 === 1 ? 4 : 2;
      for (let j = -2 * n; j <= n; j++) {
        const y = j * h;
        const x = y + g;
        sum += simpson * g * Math.exp((tilt - 1 / a) * x * x - (tilt + 1 / b) * y * y);
      }
    }
    return sum;
  };
  return total(s) / total(0);
}

describe("the generating function of an exchange", () => {
  it("is that of the reference, on every bond of thermal baths", () => {
    for (const { s, a, b, value } of goldenLargeDeviations.Lambda) {
      const model = defineModel({ ...thermal, temperatures: [a, b] });
      for (const [bond, energies] of [
        [0, [b, 1]],
        [1, [a, b]],
        [2, [1, a]],
      ] as const)
        expect(Math.abs(exchangeGenerating(model, bond, energies, s) / value - 1)).toBeLessThan(1e-14);
    }
  });

  it("has the moments of J as its derivatives", () => {
    const particles = 1_000_000_000;
    for (const model of [thermal, kinetic]) {
      const of = defineModel({ ...model, particles });
      const energies = [1.3, 0.7];
      const h = 1e-4;
      const [below, above] = [-h, h].map((s) => exchangeGenerating(of, 1, energies, s));
      const mean = model === kinetic ? 0.6 : 0.3;
      const second =
        model === kinetic ? 2 * 0.6 ** 2 + 2 * 1.3 * 0.7 : exchangeMoments(of, 1, energies)[1] * particles * particles;
      expect((above - below) / (2 * h)).toBeCloseTo(mean, 7);
      expect((above + below - 2) / (h * h)).toBeCloseTo(second, 6);
    }
  });

  it("of two disks is the integral over their velocities", () => {
    for (const [s, a, b] of [
      [0.3, 1.3, 0.7],
      [-0.8, 1.3, 0.7],
      [0.5, 1, 2],
    ]) {
      const exact = exchangeGenerating(kinetic, 1, [a, b], s);
      expect(Math.abs(exact / byCollisions(s, a, b) - 1)).toBeLessThan(1e-8);
    }
  });

  it("is symmetric about half the affinity of its two ends", () => {
    for (const model of [thermal, kinetic])
      for (const s of [-1.6, -0.4, 0.2, 0.5]) {
        const mirrored = 1 / 1.7 - 1 / 0.6 - s;
        const [one, other] = [s, mirrored].map((tilt) => exchangeGenerating(model, 1, [1.7, 0.6], tilt));
        expect(one / other).toBeCloseTo(1, 13);
      }
    expect(affinity(thermal)).toBe(0.5);
    expect(affinity({ ...thermal, temperatures: [3, 3] })).toBe(0);
  });

  it("is infinite at its walls and beyond", () => {
    expect(exchangeGenerating(thermal, 1, [1, 2], 1)).toBe(Infinity);
    expect(exchangeGenerating(thermal, 1, [1, 2], -0.5)).toBe(Infinity);
    expect(exchangeGenerating(kinetic, 1, [1, 2], 1.1)).toBe(Infinity);
    expect(exchangeGenerating(thermal, 1, [1, 2], 0)).toBe(1);
    // 1 - σ is 1e-9 · 3 there.
    expect(exchangeGenerating(thermal, 1, [1, 2], 1 - 1e-9)).toBeCloseTo(-Math.log(3e-9), 5);
  });
});

describe("the paper's bath", () => {
  it("has a generating function on one side of 0 alone", () => {
    // ∫_0^∞ e^{-w} L dw by adaptive quadrature in thirty digits: s, T, b, value.
    for (const [s, T, b, value] of [
      [-0.3, 1.3, 0.7, 0.974264975222924183839],
      [-1.2, 1.3, 0.7, 1.62715602046737322911],
      [-0.001, 1, 2, 1.00050166717391970582],
      [-0.49, 100, 2, 1.37136724453887257567],
      [-0.001, 1e6, 2, 0.022531266403882010292],
      [-0.4999, 1, 2, 8.15833972746623696927],
    ]) {
      const left = defineModel({ ...paper, temperatures: [T, 1] });
      const right = defineModel({ ...paper, temperatures: [1, T] });
      expect(Math.abs(exchangeGenerating(left, 0, [b, 1], s) / value - 1)).toBeLessThan(1e-12);
      expect(Math.abs(exchangeGenerating(right, 2, [1, b], -s) / value - 1)).toBeLessThan(1e-12);
      expect(exchangeGenerating(left, 0, [b, 1], 1e-9)).toBe(Infinity);
      expect(exchangeGenerating(right, 2, [1, b], -1e-9)).toBe(Infinity);
    }
    expect(exchangeGenerating(paper, 0, [1, 1], 0)).toBe(1);
    expect(exchangeGenerating(paper, 0, [1, 2], -1)).toBe(Infinity);
  });

  it("leaves the bonds between cells alone, and is a thermal one at M = 1", () => {
    expect(exchangeGenerating(paper, 1, [1.3, 0.7], 0.3)).toBe(exchangeGenerating(thermal, 1, [1.3, 0.7], 0.3));
    const one = { ...paper, particles: 1 };
    expect(exchangeGenerating(one, 0, [1.3, 0.7], 0.3)).toBe(exchangeGenerating(thermal, 0, [1.3, 0.7], 0.3));
  });
});

describe("what an exchange is not asked for", () => {
  const problemsOf = (run: () => unknown): string[] => {
    try {
      run();
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidInputError);
      return (error as InvalidInputError).problems.map((p) => `"${p.field}" expected ${p.expected}, got ${p.got}`);
    }
    return [];
  };

  it("is refused by name", () => {
    expect(problemsOf(() => exchangeGenerating(thermal, 3, [1, 1], 0))).toEqual([
      '"bond" expected an integer from 0 to 2, got 3',
    ]);
    expect(problemsOf(() => exchangeGenerating(thermal, 1, [1], 0))).toEqual([
      '"energies" expected 2 energies, got [1]',
    ]);
    expect(problemsOf(() => exchangeGenerating(thermal, 1, [1, 1], NaN))).toEqual([
      '"s" expected a finite number, got NaN',
    ]);
    expect(problemsOf(() => exchangeGenerating({ ...kinetic, bath: "exponential" }, 1, [1, 1], 0))).toEqual([
      '"bath" expected "thermal" where large deviations are asked for: energy from an "exponential" bath has no ' +
        'generating function, since one large packet outweighs every e^{-M V}; exact tails at rate "constant" are in ' +
        'theory.hiddenTemperatures, got "exponential"',
    ]);
  });
});
