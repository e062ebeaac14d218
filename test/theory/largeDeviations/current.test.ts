/** The generating function of the current: references, the closed form at rate "constant", symmetry, freezing, refusals. */
import { describe, expect, it } from "vitest";
import { InvalidInputError, type ModelInput } from "../../../src/index.ts";
import {
  affinity,
  currentLargeDeviations,
  currentRateFunction,
  currentVariance,
  equilibrium,
} from "../../../src/theory/index.ts";
import { deviation } from "../../support/closeness.ts";
import { goldenLargeDeviations } from "../../support/goldenLargeDeviations.ts";

const chain = (
  cells: number,
  rate: ModelInput["rate"],
  temperatures: readonly [number, number] = [1, 2],
): ModelInput => ({
  cells,
  particles: 10,
  temperatures,
  bath: "thermal",
  ...(rate !== undefined && { rate }),
});

/** ψ at rate "constant" as a function of ω = λ (T_L - T_R) + λ² T_L T_R alone (THEORY 12.3). */
function closed(N: number, omega: number): number {
  const n = N + 1;
  const x =
    omega < 0 ? -(Math.sinh(Math.asinh(Math.sqrt(-omega)) / n) ** 2) : Math.sin(Math.asin(Math.sqrt(omega)) / n) ** 2;
  // The series of L - 1 where the logarithm would lose digits.
  if (Math.abs(x) < 0.02) {
    let sum = 0;
    for (let k = 12; k >= 1; k--) sum = x * (1 / (k + 1) + sum);
    return n * sum;
  }
  return n * (-Math.log1p(-x) / x - 1);
}
const omegaOf = (lambda: number, T_L: number, T_R: number) => lambda * (T_L - T_R) + lambda * lambda * T_L * T_R;

describe("the generating function of the current", () => {
  it("is that of the reference in 42 cases, with its profile", () => {
    expect(goldenLargeDeviations.psi).toHaveLength(42);
    for (const { N, rate, lam, psi, dpsi, E, theta } of goldenLargeDeviations.psi) {
      const { fixedPoint, energies, momenta } = currentLargeDeviations(chain(N, rate), [lam]);
      expect(Math.abs(fixedPoint.psi[0] - psi)).toBeLessThan(1e-15);
      expect(Math.abs(fixedPoint.current[0] - dpsi)).toBeLessThan(1e-14 * (1 + Math.abs(dpsi)));
      expect(deviation(energies, E)).toBeLessThan(1e-14);
      expect(deviation(momenta, theta, 1)).toBeLessThan(1e-14);
    }
  });

  it('has the closed form at rate "constant"', () => {
    const lambdas = [-0.49, -0.4, -0.2, -0.01, 0, 0.1, 0.25, 0.6, 0.9, 0.99];
    for (const N of [1, 2, 3, 10, 100]) {
      const { psi } = currentLargeDeviations(chain(N, "constant"), lambdas);
      lambdas.forEach((lambda, i) =>
        expect(Math.abs(psi[i] - closed(N, omegaOf(lambda, 1, 2)))).toBeLessThan(N < 100 ? 1e-14 : 3e-14),
      );
    }
    // At the edge of the domain it stays finite, 2 (2 log 2 - 1) for one cell, while the current grows without bound.
    const { psi, current } = currentLargeDeviations(chain(1, "constant"), [1 - 1e-7]);
    expect(psi[0]).toBeCloseTo(closed(1, omegaOf(1 - 1e-7, 1, 2)), 10);
    expect(psi[0]).toBeCloseTo(2 * (2 * Math.log(2) - 1), 2);
    expect(current[0]).toBeGreaterThan(1000);
  });

  it('depends on ω alone at rate "constant"', () => {
    for (const { first, second } of goldenLargeDeviations.omega_only) {
      for (const N of [1, 4]) {
        const [one, other] = [first, second].map(
          ([T_L, T_R, lambda]) => currentLargeDeviations(chain(N, "constant", [T_L, T_R]), [lambda]).psi[0],
        );
        expect(Math.abs(one - other)).toBeLessThan(1e-14);
      }
    }
  });

  const RATES: Record<string, (N: number) => ModelInput> = {
    constant: (N) => chain(N, "constant"),
    "sqrt-sum": (N) => chain(N, "sqrt-sum"),
    "sqrt-harmonic": (N) => chain(N, "sqrt-harmonic"),
    "an expression": (N) => chain(N, "1 + sqrt(a*b) + a*b/(a+b)", [2, 0.7]),
    "a capped law with disorder": (N) =>
      chain(N, { law: "sqrt-sum", cap: 2, scales: Array.from({ length: N + 1 }, (_, k) => 1 + (k % 3)) }),
    "kinetic exchange": (N) => ({ cells: N, particles: 10, temperatures: [1, 2], exchange: "kinetic" }),
  };

  for (const [name, of] of Object.entries(RATES)) {
    it(`is symmetric about half the affinity: ${name}`, () => {
      for (const N of [1, 3, 10]) {
        const model = of(N);
        const A = affinity(model);
        const lambdas = [-0.9, -0.4, -0.1, 0, 0.2, 0.45].map((x) => (x + 1) * (A / 2) - x * 0.3);
        const { fixedPoint: left } = currentLargeDeviations(model, lambdas);
        const { fixedPoint: right } = currentLargeDeviations(
          model,
          lambdas.map((lambda) => A - lambda),
        );
        lambdas.forEach((_, i) => {
          expect(Math.abs(left.psi[i] - right.psi[i])).toBeLessThan(1e-14);
          expect(Math.abs(left.current[i] + right.current[i])).toBeLessThan(1e-13 * (1 + Math.abs(left.current[i])));
        });
      }
    });

    it(`has the mean current, and its variance, as its first derivatives: ${name}`, () => {
      for (const N of [1, 3, 10]) {
        const model = of(N);
        const { psi, current, variance, energies } = currentLargeDeviations(model, [0]);
        const { flux, energies: E } = equilibrium(model);
        expect(psi[0]).toBe(0);
        expect(Math.abs(current[0] / flux - 1)).toBeLessThan(1e-13);
        expect(Math.abs(variance[0] / currentVariance(model) - 1)).toBeLessThan(1e-12);
        expect(deviation(energies, E)).toBeLessThan(1e-14);
      }
    });

    it(`has derivatives that are those of its differences: ${name}`, () => {
      const model = of(3);
      const h = 1e-4;
      const { fixedPoint } = currentLargeDeviations(model, [0.2 - h, 0.2, 0.2 + h]);
      const { psi, current, variance } = fixedPoint;
      expect((psi[2] - psi[0]) / (2 * h)).toBeCloseTo(current[1], 6);
      expect((current[2] - current[0]) / (2 * h)).toBeCloseTo(variance[1], 5);
    });
  }

  it("is infinite outside of its domain", () => {
    const { psi, current, energies, frozen } = currentLargeDeviations(chain(2, "constant"), [-0.5, 0.5, 1, 7]);
    expect([...psi].map((value) => value < Infinity)).toEqual([false, true, false, false]);
    expect([...current].map(Number.isNaN)).toEqual([true, false, true, true]);
    expect([...energies].map(Number.isNaN)).toEqual([true, true, false, false, true, true, true, true]);
    expect(frozen).toEqual([false, false, false, false]);
  });
});

describe("a rate that vanishes with the energy of a cell", () => {
  const lambdas = [-0.2, 0, 0.1, 0.25, 0.4, 0.5, 0.7];

  it("freezes the chain: ψ is never below 0", () => {
    const { psi, current, rate, frozen, fixedPoint } = currentLargeDeviations(chain(3, "sqrt-harmonic"), lambdas);
    expect(frozen.slice(0, 5)).toEqual([false, false, true, true, true]);
    expect([...psi.slice(2, 5), ...current.slice(2, 5), ...rate.slice(2, 5)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(fixedPoint.psi[2]).toBeCloseTo(-0.008242610780266314, 15);
    expect(psi[0]).toBe(fixedPoint.psi[0]);
  });

  it("is told from one that does not", () => {
    const isFrozen = (model: ModelInput) => currentLargeDeviations(model, [0.1]).frozen[0];
    for (const rate of ["sqrt-harmonic", "sqrt-min", "a*b/(a+b)", "(a*b)^0.1", "a*b/(a+b+a*b)"])
      expect(isFrozen(chain(2, rate)), rate).toBe(true);
    for (const rate of ["constant", "sqrt-sum", "0.01 + sqrt(a*b/(a+b))", "a+b"])
      expect(isFrozen(chain(2, rate)), rate).toBe(false);
    expect(isFrozen({ cells: 2, particles: 10, temperatures: [1, 2], exchange: "kinetic" })).toBe(false);
    expect(isFrozen(chain(2, { law: "sqrt-harmonic", cap: 0.5, scales: [1, 2, 3] }))).toBe(true);
  });

  it("makes every current between 0 and the mean one free", () => {
    const model = chain(3, "sqrt-harmonic");
    const mean = currentLargeDeviations(model, [0]).current[0];
    const { rate } = currentRateFunction(model, [0, mean / 2, mean, -mean / 2, 2 * mean]);
    expect([...rate.slice(0, 3)]).toEqual([0, 0, 0]);
    // I(q) = I(-q) + A q.
    expect(rate[3]).toBeCloseTo(-affinity(model) * (mean / 2), 15);
    expect(rate[4]).toBeGreaterThan(0);
  });
});

describe("the rate function of the current", () => {
  it("is the Legendre transform of ψ, with the symmetry of the fluctuation theorem", () => {
    const currents = [-3, -1, -0.2, 0, 0.2, 1, 3, 30];
    for (const model of [chain(1, "constant"), chain(3, "sqrt-sum"), chain(10, "1 + a*b/(a+b)")]) {
      const { rate, lambdas } = currentRateFunction(model, currents);
      const { psi, current, rate: back } = currentLargeDeviations(model, lambdas);
      expect(deviation(current, currents, 1e-3)).toBeLessThan(1e-9);
      expect(deviation(back, rate)).toBeLessThan(1e-11);
      currents.forEach((q, i) => expect(rate[i]).toBeCloseTo(lambdas[i] * q - psi[i], 10));
      const mirrored = currentRateFunction(
        model,
        currents.map((q) => -q),
      ).rate;
      currents.forEach((q, i) =>
        expect(Math.abs(rate[i] - mirrored[i] - affinity(model) * q)).toBeLessThan(1e-11 * (1 + rate[i])),
      );
    }
  });

  it("is 0 at the mean current, with the curvature of its variance", () => {
    const model = chain(3, "sqrt-sum");
    const mean = equilibrium(model).flux;
    const h = 1e-3;
    const { rate } = currentRateFunction(model, [mean - h, mean, mean + h]);
    expect(rate[1]).toBeLessThan(1e-16);
    expect((rate[0] + rate[2]) / (h * h)).toBeCloseTo(1 / currentVariance(model), 4);
  });
});

describe("currents that are not asked for", () => {
  const messageOf = (run: () => unknown): string => {
    try {
      run();
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidInputError);
      return (error as Error).message;
    }
    return "";
  };

  it("are refused by name", () => {
    const paper: ModelInput = { cells: 2, particles: 2, temperatures: [1, 2], rate: "constant" };
    for (const run of [() => currentLargeDeviations(paper, [0]), () => currentRateFunction(paper, [0])])
      expect(messageOf(run)).toBe(
        "model cannot be used:\n" +
          '  "bath" expected "thermal" where large deviations are asked for: energy from an "exponential" bath has no ' +
          'generating function, since one large packet outweighs every e^{-M V}; exact tails at rate "constant" are in ' +
          'theory.hiddenTemperatures, got "exponential"',
      );
    expect(currentLargeDeviations({ ...paper, particles: 1 }, [0.1]).psi).toEqual(
      currentLargeDeviations({ ...paper, bath: "thermal" }, [0.1]).psi,
    );
    expect(messageOf(() => currentLargeDeviations(chain(1, "constant"), []))).toBe(
      'arguments cannot be used:\n  "lambdas" expected one finite number at least, got []',
    );
    expect(messageOf(() => currentLargeDeviations(chain(1, "constant"), [0, NaN]))).toBe(
      'arguments cannot be used:\n  "lambdas[1]" expected a finite number, got NaN',
    );
    expect(messageOf(() => currentRateFunction(chain(1, "constant"), [0, Infinity]))).toBe(
      'arguments cannot be used:\n  "currents[1]" expected a finite number, got Infinity',
    );
    expect(messageOf(() => currentRateFunction(chain(1, "constant"), [1e8]))).toMatch(
      /^arguments cannot be used:\n {2}"currents\[0\]" expected one nearer to the steady state, which cannot be followed in double precision beyond λ = 0\.9999999\d+, where the current is \d+\.\d+, got 100000000$/,
    );
  });

  it('include those that lead "sqrt-min" to its kink, where two neighbours have one energy', () => {
    expect(messageOf(() => currentLargeDeviations(chain(3, "sqrt-min"), [0.1, -0.3]))).toMatch(
      /^model cannot be used:\n {2}"rate" expected a rate that is smooth where cell 2 and cell 3 have the same energy/,
    );
  });
});
