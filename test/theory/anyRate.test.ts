/**
 * The theory for any rate, beside plain numerics that know nothing but f as JavaScript evaluates it: derivatives by
 * interpolation, equations of THEORY 3 to 8 with full tensors, Runge and Kutta's method extrapolated.
 */
import { describe, expect, test } from "vitest";
import { defineModel, type Model, type ModelInput } from "../../src/model.ts";
import * as theory from "../../src/theory/index.ts";
import { fluxSlope1, fluxSlope2, type Rate, rateOf } from "../../src/theory/rates.ts";
import { NotSmoothError } from "../../src/theory/smoothness.ts";
import { deviation } from "../support/closeness.ts";
import {
  bondDerivatives,
  type Chain,
  cumulantsOf,
  driftOf,
  equilibriumOf,
  stationaryOf,
} from "../support/plainTheory.ts";
import { rate as plainRate } from "../support/reference.ts";

type RateInput = NonNullable<ModelInput["rate"]>;

const RATES: readonly RateInput[] = [
  ...[
    "sqrt(a+2*b)",
    "a^0.3*b^0.2",
    "1-exp(-sqrt(a*b/(a+b)))",
    "tanh(sqrt(a+b))",
    "log1p(a+b)",
    "log(1+a*b)",
    "1/(1/a+1/b)^2",
    "exp(-1/(a+b))",
    "exp(-2/(a+b))*sqrt(a+b)",
    "(a+b)^0.2",
    "cbrt(a*b)",
    "sqrt(a+b)/(1+sqrt(a+b)/5)",
    "max(a,b)",
    "min(a,b)^0.5",
    "expm1(0.1*a)+1",
    "sqrt(a)+0.5*cbrt(b)",
    "2",
    "(a*a+a*b+b*b)^0.25",
    "log1p(a)/(1+1/b)",
  ],
  { expression: "s*a/(K+a)+b", parameters: { s: 1.7, K: 0.6 } },
  { expression: "sqrt(a+2*b)", scale: 1.3, cap: 2.5 },
  // Bonds that differ.
  { law: "sqrt-harmonic", scales: [1, 4, 0.3, 2] },
  { law: "constant", scales: [1, 0.2, 3, 0.7] },
  "0.2*(1+k)*sqrt(a+2*b)+0.2*N/(1+1/(a+b/(1+k)))",
];

const N = 3;
const modelOf = (rate: RateInput, temperatures: [number, number] = [0.8, 2.1], initial = [1, 1.25, 1.9]) =>
  defineModel({ cells: N, particles: 100, temperatures, rate, initial });

/** The chain of a model, with f from JavaScript's own evaluation of the text. */
function plain(model: Model): Chain {
  const { cells, temperatures } = model;
  const hasKink = "expression" in model.rate && /m(in|ax)/.test(model.rate.expression);
  return { cells, temperatures, f: (k, a, b) => plainRate(model, a, b, k), hasKink };
}

const relative = (found: ArrayLike<number>, wanted: ArrayLike<number>) => deviation(found, wanted, 0);
/** The largest difference, as a part of the largest number wanted, or of 0.01 where that is less. */
function distance(found: ArrayLike<number>, wanted: ArrayLike<number>): number {
  const largest = (numbers: readonly number[]) => numbers.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const all = Array.from(wanted);
  return largest(all.map((x, i) => found[i] - x)) / Math.max(largest(all), 0.01);
}

describe.each(RATES.map((rate) => [typeof rate === "string" ? rate : JSON.stringify(rate), rate] as const))(
  "%s",
  (_, rate) => {
    const model = modelOf(rate);
    const chain = plain(model);

    test("drift and Jacobian", () => {
      for (const energies of [
        [1, 1.25, 1.9],
        [0.03, 0.7, 20],
        [5, 4, 0.2],
      ]) {
        const E = [0.8, ...energies, 2.1];
        expect(relative(theory.drift(model, energies), driftOf(chain, energies))).toBeLessThan(1e-13);
        const DF = theory.jacobian(model, energies);
        const wanted = new Float64Array(N * N);
        for (let k = 0; k <= N; k++) {
          const { flux } = bondDerivatives(chain, k, E[k], E[k + 1]);
          if (k > 0) wanted[(k - 1) * N + k - 1] -= flux[1][0];
          if (k < N) wanted[k * N + k] += flux[0][1];
          if (k > 0 && k < N) [wanted[(k - 1) * N + k], wanted[k * N + k - 1]] = [-flux[0][1], flux[1][0]];
        }
        expect(deviation(DF, wanted, 1e-3)).toBeLessThan(1e-9);
      }
    });

    test("equilibrium, stationary fluctuations, bias and entropy", () => {
      for (const temperatures of [
        [0.8, 2.1],
        [2.1, 0.8],
      ] as [number, number][]) {
        const model = modelOf(rate, temperatures, [1, 1, 1]);
        const chain = plain(model);
        const [found, wanted] = [theory.equilibrium(model), equilibriumOf(chain)];
        expect(relative(found.energies, wanted.energies)).toBeLessThan(1e-12);
        expect(relative([found.flux, found.conductivity], [wanted.flux, wanted.conductivity])).toBeLessThan(1e-11);
        const steady = stationaryOf(chain);
        expect(distance(theory.stationaryCovariance(model), steady.covariance)).toBeLessThan(1e-10);
        const bias = theory.stationaryBias(model);
        expect(distance([...bias.mean, bias.current], [...steady.mean, steady.current])).toBeLessThan(1e-9);
        expect(distance([theory.entropyProduction(model).fluctuations], [steady.entropy])).toBeLessThan(1e-9);
        expect(relative([theory.currentVariance(model)], [steady.currentVariance])).toBeLessThan(1e-10);
      }
    });

    test("the limit, the covariance, the next order and the propagator", () => {
      const time = 0.4;
      const wanted = cumulantsOf(chain, [1, 1.25, 1.9], time);
      const { m1, C1, K3 } = theory.finiteSize(model, [time]);
      const equation = theory.finiteSize(model, [time], { of: "mesoscopic" });
      expect(relative(theory.limit(model, [time]), wanted.limit)).toBeLessThan(1e-11);
      expect(relative(theory.limitPath(model, 1)(time), wanted.limit)).toBeLessThan(1e-10);
      expect(distance(theory.covariance(model, [time]), wanted.covariance)).toBeLessThan(1e-10);
      expect(distance(theory.bias(model, [time]), wanted.m1)).toBeLessThan(1e-9);
      expect(distance(m1, wanted.m1)).toBeLessThan(1e-9);
      expect(distance(K3, wanted.K3)).toBeLessThan(1e-9);
      expect(distance(C1, wanted.C1)).toBeLessThan(1e-9);
      theory.wassersteinConstant(model, [time]).forEach((constant, i) => {
        const skewness = wanted.K3[i * (N * N + N + 1)] - equation.K3[i * (N * N + N + 1)];
        const normal = 2 / 3 / Math.sqrt(2 * Math.PI * Math.E);
        expect(Math.abs(constant - (normal * Math.abs(skewness)) / wanted.covariance[i * (N + 1)])).toBeLessThan(1e-9);
      });
      expect(distance(theory.propagator(model, [0, time]).subarray(0, N * N), wanted.propagator)).toBeLessThan(1e-10);
    });

    test("the continuum, and the conductivity between nearly equal baths", () => {
      const g = (E: number) => plainRate(model, E, E);
      const positions = [0, 0.2, 0.77, 1];
      if (rateOf(model).isUniform) {
        const { energies, conductivity } = theory.continuum(model, positions);
        const total = simpson(g, 0.8, 2.1);
        expect(conductivity / (total / 2 / 1.3)).toBeCloseTo(1, 12);
        energies.forEach((E, i) => expect(simpson(g, 0.8, E) / total).toBeCloseTo(positions[i], 12));
      } else {
        for (const continuous of [
          () => theory.continuum(model, positions),
          () => theory.longRangeCorrelations(model, 3),
        ])
          expect(continuous).toThrow(/a rate that is the same on all bonds, got .* which differs from bond to bond/);
        expect(() => theory.exactMoments(model, "stationary")).toThrow(/same on all bonds/);
      }

      const between = (gap: number) => equilibriumOf(plain(modelOf(rate, [0.8, 0.8 + gap]))).conductivity;
      const expansion = theory.conductivityExpansion(model);
      // κ at four gaps, on one side of a kink: a cubic whose value and slope at no gap these are.
      const [k1, k2, k3, k4] = [1, 2, 3, 4].map((i) => between(0.004 * i));
      expect((4 * k1 - 6 * k2 + 4 * k3 - k4) / expansion.conductivity).toBeCloseTo(1, 8);
      const slope = (-26 * k1 + 57 * k2 - 42 * k3 + 11 * k4) / (6 * 0.004);
      expect(Math.abs(slope - expansion.slope)).toBeLessThan(1e-6);
    });
  },
);

/** ∫ g from a to b. */
function simpson(g: (E: number) => number, a: number, b: number): number {
  const [intervals, h] = [2000, (b - a) / 2000];
  let sum = 0;
  for (let i = 0; i < intervals; i++) {
    const [left, right] = [a + i * h, a + (i + 1) * h];
    sum += (h * (g(left) + 4 * g((left + right) / 2) + g(right))) / 6;
  }
  return sum;
}

/** The largest difference of the slopes of φ from those of f as JavaScript evaluates it, as a part of f. */
function slopeFault(model: Model, rate: Rate): number {
  let worst = 0;
  for (const [x, y] of [
    [1, 2],
    [3, 0.4],
    [0.1, 1.7],
  ]) {
    const { flux } = bondDerivatives(plain(model), 1, x, y);
    const found = [fluxSlope1(rate, 1, x, y), fluxSlope2(rate, 1, x, y)];
    found.forEach((slope, i) => (worst = Math.max(worst, Math.abs(slope - flux[1 - i][i]) / rate.f(1, x, y))));
  }
  return worst;
}

test("a defect: slopes that take every rate to be symmetric are seen where it is not", () => {
  for (const [text, symmetric] of [
    ["sqrt(a+2*b)", false],
    ["log1p(a)/(1+1/b)", false],
    ["a^0.3*b^0.2", false],
    ["cbrt(a*b)", true],
  ] as const) {
    const model = modelOf(text);
    const rate = rateOf(model);
    expect(slopeFault(model, rate)).toBeLessThan(1e-11);
    const fault = slopeFault(model, { ...rate, f2: (k, a, b) => rate.f1(k, b, a) });
    if (symmetric) expect(fault).toBeLessThan(1e-11);
    else expect(fault).toBeGreaterThan(0.05);
  }
});

const KINKED: readonly [string, RateInput][] = [
  ["min(a,1.3)+b", "min(a,1.3)+b"],
  ["max(a,b,1.5)", "max(a,b,1.5)"],
  ["sqrt(a+b)+abs(a-1.3)+a", { expression: "sqrt(a+b)+abs(a-1.3)+a", monotone: "assumed" }],
];

describe.each(KINKED)("%s has kinks beside a = b", (_, rate) => {
  const model = modelOf(rate);

  test("equilibrium, limit, covariance and continuum are right", () => {
    const chain = plain(model);
    const [found, wanted] = [theory.equilibrium(model), equilibriumOf(chain)];
    expect(relative(found.energies, wanted.energies)).toBeLessThan(1e-12);
    expect(distance(theory.limit(model, [1000]), wanted.energies)).toBeLessThan(1e-11);
    const growth = theory.limit(model, [0.3 - 1e-4, 0.3 + 1e-4]);
    const F = driftOf(chain, theory.limit(model, [0.3]));
    expect(
      distance(
        Array.from({ length: N }, (_, i) => (growth[N + i] - growth[i]) / 2e-4),
        F,
      ),
    ).toBeLessThan(1e-6);
    const S = theory.stationaryCovariance(model);
    expect(distance(theory.covariance(model, [1000]), S)).toBeLessThan(1e-10);
    const g = (E: number) => plainRate(model, E, E);
    const { energies, conductivity } = theory.continuum(model, [0.25, 0.6]);
    const integral = (to: number) =>
      [0.8, 1.3, 1.5].reduce((sum, from, i) => {
        const end = Math.min(to, [1.3, 1.5, 2.1][i]);
        return end > from ? sum + simpson(g, from, end) : sum;
      }, 0);
    expect(conductivity / (integral(2.1) / 2.6)).toBeCloseTo(1, 12);
    energies.forEach((E, i) => expect(integral(E) / integral(2.1)).toBeCloseTo([0.25, 0.6][i], 12));
  });

  test("nothing is expanded in 1/M, and the error says which rates can be", () => {
    const refused: (() => unknown)[] = [
      () => theory.finiteSize(model, [1]),
      () => theory.bias(model, [1]),
      () => theory.wassersteinConstant(model, [1]),
      () => theory.stationaryBias(model),
      () => theory.longRangeCorrelations(model, 3),
    ];
    for (const expansion of refused) {
      expect(expansion).toThrow(NotSmoothError);
      expect(expansion).toThrow(/derivatives jump nowhere but on a = b/);
    }
  });
});

test("the steady correlations of a long chain tend to those of the continuum where f is not symmetric too", () => {
  const gap = (cells: number) => {
    const model = defineModel({ cells, particles: 10, temperatures: [1, 2], rate: "sqrt(a+2*b)", bath: "thermal" });
    const S = theory.stationaryCovariance(model);
    const { correlation } = theory.longRangeCorrelations(model, cells);
    const [i, j] = [(cells + 1) / 4 - 1, (3 * (cells + 1)) / 4 - 1];
    return Math.abs(((cells + 1) * S[i * cells + j]) / correlation[i * cells + j] - 1);
  };
  const [short, long] = [gap(99), gap(199)];
  expect(long).toBeLessThan(0.02);
  expect(long).toBeLessThan(0.6 * short);
});
