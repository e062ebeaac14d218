import { describe, expect, it } from "vitest";
import { defineModel } from "../../../src/model.ts";
import { generating } from "../../../src/theory/largeDeviations/generating.ts";
import { bondHamiltonian, bondHamiltonianOf } from "../../../src/theory/largeDeviations/hamiltonian.ts";

/** L by the integral over u of 1/((1 - s (1-u) a)(1 + s u b)), in 40 000 panels of Simpson's rule: no logarithm. */
function byIntegral(s: number, a: number, b: number): number {
  const panels = 40_000;
  const at = (u: number) => 1 / ((1 - s * (1 - u) * a) * (1 + s * u * b));
  let sum = 0;
  for (let i = 0; i < panels; i++) sum += at(i / panels) + 4 * at((i + 0.5) / panels) + at((i + 1) / panels);
  return sum / (6 * panels);
}

describe("the generating function of an exchange", () => {
  it("is the mean of e^{sMJ} over the fraction u", () => {
    for (const [s, a, b] of [
      [0.3, 1.3, 0.7],
      [-1.2, 1.3, 0.7],
      [0.01, 2, 1],
      [0.25, 1, 1],
      [0.7, 1, 2],
      [-0.4, 1, 2],
    ])
      expect(generating(s * (a - b) + s * s * a * b).value + 1).toBeCloseTo(byIntegral(s, a, b), 13);
  });

  it("has no seam where the series ends", () => {
    for (const edge of [0.25, -0.25]) {
      const [below, above] = [generating(edge * (1 - 1e-15)), generating(edge)];
      for (const part of ["value", "slope", "curvature"] as const)
        expect(Math.abs(below[part] / above[part] - 1)).toBeLessThan(3e-14);
    }
  });
});

const MODELS = {
  constant: { rate: "constant" },
  "sqrt-sum": { rate: "sqrt-sum" },
  "sqrt-harmonic, capped": { rate: { law: "sqrt-harmonic", scale: 1.5, cap: 3 } },
  expression: { rate: { expression: "1 + sqrt(a*b) + a*b/(a+b)", scales: [1, 2] } },
  kinetic: { exchange: "kinetic" },
} as const;

describe("the Hamiltonian of a bond", () => {
  for (const [name, rate] of Object.entries(MODELS)) {
    it(`has the derivatives of its differences: ${name}`, () => {
      const model = defineModel({ cells: 1, particles: 10, temperatures: [1, 2], bath: "thermal", ...rate });
      const hamiltonian = bondHamiltonianOf(model);
      const at = (a: number, b: number, s: number) => {
        const to = bondHamiltonian();
        expect(hamiltonian(1, a, b, s, to)).toBe(true);
        return to;
      };
      const step = 1e-5;
      for (const [a, b, s] of [
        [1.3, 0.7, 0.31],
        [1.3, 0.7, -0.9],
        [0.8, 2.1, 0.02],
      ]) {
        const here = at(a, b, s);
        const [as, bs, ss] = [
          [at(a - step, b, s), at(a + step, b, s)],
          [at(a, b - step, s), at(a, b + step, s)],
          [at(a, b, s - step), at(a, b, s + step)],
        ];
        const slope = ([low, high]: (typeof as)[number][], of: keyof typeof here) => (high[of] - low[of]) / (2 * step);
        const pairs = [
          [here.ha, slope(as, "h")],
          [here.hb, slope(bs, "h")],
          [here.hs, slope(ss, "h")],
          [here.haa, slope(as, "ha")],
          [here.hab, slope(as, "hb")],
          [here.hab, slope(bs, "ha")],
          [here.hbb, slope(bs, "hb")],
          [here.hss, slope(ss, "hs")],
          [here.hsa, slope(as, "hs")],
          [here.hsb, slope(bs, "hs")],
        ];
        for (const [exact, difference] of pairs) expect(exact).toBeCloseTo(difference, 7);
      }
    });
  }

  it("reports what lies outside its domain", () => {
    const hamiltonian = bondHamiltonianOf(defineModel({ cells: 1, particles: 1, temperatures: [1, 2] }));
    const to = bondHamiltonian();
    expect(hamiltonian(0, 1, 2, 1, to)).toBe(false);
    expect(hamiltonian(0, 1, 2, -0.5, to)).toBe(false);
    expect(hamiltonian(0, -1, 2, 0, to)).toBe(false);
    expect(hamiltonian(0, 1, 2, 0.999, to)).toBe(true);
  });
});
