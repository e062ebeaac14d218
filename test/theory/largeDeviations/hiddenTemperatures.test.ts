/** Hidden temperatures: tails of the reference, the arcsine law, moments, a plain run of the temperatures, refusals. */
import { describe, expect, it } from "vitest";
import { InvalidInputError, type ModelInput } from "../../../src/index.ts";
import { exactMoments, type HiddenLaw, hiddenTemperatures } from "../../../src/theory/index.ts";
import { goldenLargeDeviations } from "../../support/goldenLargeDeviations.ts";
import { uniforms } from "../../support/sfc32.ts";

const cell = (particles: number, bath: ModelInput["bath"] = "thermal"): ModelInput => ({
  cells: 1,
  particles,
  temperatures: [1, 2],
  rate: "constant",
  ...(bath && { bath }),
});
const lawOf = (model: ModelInput) => hiddenTemperatures(model).law!;

describe("one cell's hidden temperature", () => {
  it("gives the tails of the reference, from 0.15 down to 1e-15", () => {
    const laws = new Map<string, HiddenLaw>();
    for (const { M, bath, z, side, P, relative_uncertainty } of goldenLargeDeviations.hidden_N1_tails) {
      const law = laws.get(`${M} ${bath}`) ?? lawOf(cell(M, bath));
      laws.set(`${M} ${bath}`, law);
      const { probability, logProbability, uncertainty } = law.tail(z, side);
      // The reference's own rule of 40 places does not resolve the law of the paper's bath.
      expect(Math.abs(probability / P - 1)).toBeLessThan(Math.max(1e-13, 3 * relative_uncertainty));
      expect(uncertainty).toBeLessThan(1e-11);
      expect(Math.abs(Math.exp(logProbability) / probability - 1)).toBeLessThan(1e-13);
    }
  });

  it("has the moments of the reference", () => {
    for (const { M, bath, hidden_moments } of goldenLargeDeviations.hidden_N1_moments) {
      const { temperatures, weights } = lawOf(cell(M, bath));
      hidden_moments.forEach((moment, n) => {
        const got = temperatures.reduce((sum, T, i) => sum + weights[i] * T ** n, 0);
        expect(Math.abs(got / moment - 1)).toBeLessThan(1e-14);
      });
    }
  });

  it("has the arcsine law at M = 1", () => {
    const { temperatures, weights } = lawOf(cell(1));
    // Gauss's rule of the arcsine law: Chebyshev's places with equal weights.
    temperatures.forEach((T, i) => {
      expect(T).toBeCloseTo(1.5 - 0.5 * Math.cos((Math.PI * (i + 0.5)) / 40), 14);
      expect(weights[i] * 40).toBeCloseTo(1, 11);
    });
    // P(E > 3) by the mean of e^{-3/T} over T = 1.5 + cos(π v)/2, whose integral a sum over v has to rounding.
    let mean = 0;
    for (let j = 0; j < 200; j++) mean += Math.exp(-3 / (1.5 + 0.5 * Math.cos((Math.PI * (j + 0.5)) / 200))) / 200;
    for (const bath of ["thermal", "exponential"] as const)
      expect(Math.abs(lawOf(cell(1, bath)).tail(3, "above").probability / mean - 1)).toBeLessThan(1e-12);
  });

  it("has the mean and variance of the closed moments, and sides that add up to 1", () => {
    for (const M of [1, 2, 7, 100, 10_000])
      for (const bath of ["thermal", "exponential"] as const) {
        const { mean, covariance, law } = hiddenTemperatures(cell(M, bath));
        const { temperatures, weights, tail } = law!;
        const first = temperatures.reduce((sum, T, i) => sum + weights[i] * T, 0);
        const second = temperatures.reduce((sum, T, i) => sum + weights[i] * (T - first) ** 2, 0);
        expect(first).toBeCloseTo(mean[0], 13);
        expect(Math.abs(second / covariance[0] - 1)).toBeLessThan(1e-9);
        const [below, above] = (["below", "above"] as const).map((side) => tail(1.55, side).probability);
        expect(below + above).toBeCloseTo(1, 13);
      }
  });

  it("is far from the Gaussian law of its own mean and variance (THEORY 12.4)", () => {
    // Ratios to the Gaussian's tail in so many standard deviations, to the digits that an independent program gave.
    const gaussian = { 3: 1.349898031630095e-3, 5: 2.866515718791939e-7, 10: 7.619853024160527e-24 };
    for (const [bath, ratios] of [
      ["thermal", { 3: [2.16, 0.005], 5: [26.4, 0.05], 10: [9.7e8, 0.05e8] }],
      ["exponential", { 3: [3.6, 0.05], 5: [253, 0.5], 10: [2.2e15, 0.05e15] }],
    ] as const) {
      const { mean, covariance } = exactMoments(cell(100, bath), "stationary");
      const { tail } = lawOf(cell(100, bath));
      for (const sigmas of [3, 5, 10] as const) {
        const { probability } = tail(mean[0] + sigmas * Math.sqrt(covariance[0]), "above");
        const [ratio, half] = ratios[sigmas];
        expect(Math.abs(probability / gaussian[sigmas] - ratio)).toBeLessThan(half);
      }
    }
  });

  it("reaches 1e-108, and says what it does not reach", () => {
    const { tail } = lawOf(cell(400));
    expect(tail(4, "above").probability).toBeCloseTo(2.29e-108, 110);
    expect(tail(4, "above").uncertainty).toBeLessThan(1e-11);
    // The paper's bath at M = 400: 2.30e-19 of the reference, whose rule was good to 4%.
    const paper = lawOf(cell(400, "exponential")).tail(4, "above");
    expect(Math.abs(paper.probability / 2.3e-19 - 1)).toBeLessThan(0.05);
    expect(paper.uncertainty).toBeGreaterThan(1e-6);
    expect(paper.uncertainty).toBeLessThan(1e-3);
  });

  it("is no variable between thermal baths of one temperature", () => {
    const { mean, covariance, law } = hiddenTemperatures({ ...cell(7), temperatures: [3, 3] });
    expect([...mean, ...law!.temperatures, ...law!.weights]).toEqual([3, 3, 1]);
    expect(covariance[0]).toBe(0);
    expect(hiddenTemperatures({ ...cell(7, "exponential"), temperatures: [3, 3] }).covariance[0]).toBeGreaterThan(0.1);
  });

  it("has the variance of the arcsine law, however near the temperatures", () => {
    const T_R = 1.0000001;
    const { covariance } = hiddenTemperatures({ ...cell(1), temperatures: [1, T_R] });
    expect(Math.abs(covariance[0] / ((T_R - 1) ** 2 / 8) - 1)).toBeLessThan(1e-12);
  });

  it("scales with the temperatures, up to those of 1e60", () => {
    const small = lawOf(cell(20)).tail(2.5, "above").probability;
    for (const unit of [1e-50, 1e50]) {
      const law = lawOf({ ...cell(20), temperatures: [unit, 2 * unit] });
      expect(Math.abs(law.tail(2.5 * unit, "above").probability / small - 1)).toBeLessThan(1e-12);
    }
  });
});

describe("hidden temperatures of a chain", () => {
  /**
   * Four hundred thousand rings of the rule of THEORY 12.4 for the temperatures alone. With the fixed seed below the means
   * are within 0.01 and the variances within 8%; over seeds their standard deviations are about 0.004 and 3%.
   */
  it.each(["thermal", "exponential"] as const)("have the moments of a plain run: %s baths", (bath) => {
    const [N, M] = [3, 5];
    const random = uniforms(17, 4, 9);
    const B = () => 1 - random() ** (1 / (M - 1));
    const fresh = (T: number) => (bath === "thermal" ? T : M * B() * T);
    const T = [1.25, 1.5, 1.75];
    const [sum, squares] = [new Float64Array(N), new Float64Array(N * N)];
    const rings = 400_000;
    for (let ring = -1000; ring < rings; ring++) {
      const k = Math.floor(random() * (N + 1));
      const [a, b] = [k === 0 ? fresh(1) : T[k - 1], k === N ? fresh(2) : T[k]];
      const u = random();
      const mixed = u * a + (1 - u) * b;
      if (k > 0) T[k - 1] += B() * (mixed - a);
      if (k < N) T[k] += B() * (mixed - b);
      if (ring < 0) continue;
      for (let i = 0; i < N; i++) {
        sum[i] += T[i] / rings;
        for (let j = 0; j < N; j++) squares[i * N + j] += (T[i] * T[j]) / rings;
      }
    }
    const { mean, covariance, law } = hiddenTemperatures({
      cells: N,
      particles: M,
      temperatures: [1, 2],
      rate: "constant",
      bath,
    });
    expect(law).toBeUndefined();
    for (let i = 0; i < N; i++) {
      expect(Math.abs(mean[i] - sum[i])).toBeLessThan(bath === "thermal" ? 0.01 : 0.02);
      const variance = squares[i * N + i] - sum[i] * sum[i];
      expect(Math.abs(covariance[i * N + i] / variance - 1)).toBeLessThan(0.08);
    }
    expect(covariance[1]).toBeCloseTo(squares[1] - sum[0] * sum[1], 2);
  });

  it("have the covariance of the energies between cells", () => {
    const model: ModelInput = { cells: 4, particles: 3, temperatures: [1, 2], rate: "constant" };
    const { covariance } = hiddenTemperatures(model);
    const exact = exactMoments(model, "stationary").covariance;
    for (let i = 0; i < 4; i++)
      for (let j = 0; j < 4; j++) if (i !== j) expect(covariance[i * 4 + j]).toBe(exact[i * 4 + j]);
  });
});

describe("what is not hidden", () => {
  const messageOf = (run: () => unknown): string => {
    try {
      run();
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidInputError);
      return (error as Error).message;
    }
    return "";
  };

  it("is refused by name", () => {
    const expected =
      'model cannot be used:\n  "rate" expected "constant" or a number, the same on all bonds: no other rate leaves ' +
      "temperatures hidden in the energies, got ";
    expect(messageOf(() => hiddenTemperatures({ ...cell(3), rate: "sqrt-sum" }))).toBe(`${expected}"sqrt-sum"`);
    expect(messageOf(() => hiddenTemperatures({ ...cell(3), rate: { law: "constant", scales: [1, 2] } }))).toBe(
      `${expected}"constant"`,
    );
    expect(
      messageOf(() => hiddenTemperatures({ cells: 1, particles: 3, temperatures: [1, 2], exchange: "kinetic" })),
    ).toBe(`${expected}"sqrt-sum"`);
    expect(messageOf(() => lawOf(cell(3)).tail(-1, "inside" as "above"))).toBe(
      'arguments cannot be used:\n  "energy" expected an energy from 1e-60 to 1e+60, got -1\n' +
        '  "side" expected one of "above", "below", got "inside"',
    );
    expect(messageOf(() => lawOf(cell(1_000_000)).tail(2, "above"))).toBe(
      'arguments cannot be used:\n  "energy" expected one whose tail 160 places of the hidden temperature resolve: ' +
        "nearer to the temperatures, got 2",
    );
  });
});
