/** Disks that collide: the theory of leading order against plain numerics, and the refusal of what lies beyond. */
import { describe, expect, test } from "vitest";
import { defineModel, NotExpandedError, theory } from "../../src/index.ts";
import { scaledMomentsOf } from "../../src/theory/exchange.ts";

const chain = (cells: number, temperatures: [number, number] = [1, 2], initial: number | number[] = 1.3) =>
  defineModel({ cells, particles: 10, temperatures, exchange: "kinetic", initial });

/** lim E[(M J)^n] and, for n = 0, f, by the integral over two normal velocities in polar coordinates. */
function momentByIntegral(a: number, b: number, n: number): number {
  const POINTS = 200_000;
  let [weight, sum] = [0, 0];
  for (let i = 0; i < POINTS; i++) {
    const angle = (2 * Math.PI * (i + 0.5)) / POINTS;
    const [x, y] = [Math.sqrt(a / 2) * Math.cos(angle), Math.sqrt(b / 2) * Math.sin(angle)];
    const approach = Math.max(0, x - y);
    weight += approach / POINTS;
    sum += (approach * (x * x - y * y) ** n) / POINTS;
  }
  // ∫ r^(2 + 2n) e^(-r²/2) dr over that of n = 0 is 3, 15, 105, .. (2n + 1)!!.
  const radial = [1, 3, 15, 105][n];
  return n === 0 ? 2 * Math.sqrt(Math.PI) * weight * Math.sqrt(Math.PI / 2) : (radial * sum) / weight;
}

const sides = [
  [1.3, 0.7],
  [0.7, 1.3],
  [1, 1],
  [5, 0.2],
];

test.each(sides)("the collision's rate and moments between energies %d and %d", (a, b) => {
  const model = chain(3);
  expect(momentByIntegral(a, b, 0)).toBeCloseTo(Math.sqrt(a + b), 8);
  expect(momentByIntegral(a, b, 1)).toBeCloseTo(a - b, 7);
  const moments = scaledMomentsOf(model, Infinity);
  for (const bond of [0, 1, 3]) {
    expect(moments.second(bond, a * a, a * b, b * b) / momentByIntegral(a, b, 2)).toBeCloseTo(1, 8);
    const third = momentByIntegral(a, b, 3);
    expect(Math.abs(moments.third(bond, a, b) - third)).toBeLessThan(1e-8 * (1 + Math.abs(third)));
  }
});

/** Θ̄ and C at a time by Runge and Kutta's method on full matrices. */
function plainLimit(model: ReturnType<typeof chain>, time: number, steps: number) {
  const { cells: N, temperatures } = model;
  const [T_L, T_R] = temperatures;
  const start = [...new Array<number>(N).fill(model.initial as number), ...new Array<number>(N * N).fill(0)];
  const derivative = (state: number[]) => {
    const E = [T_L, ...state.slice(0, N), T_R];
    const C = (i: number, j: number) => state[N + i * N + j];
    const root = (k: number) => Math.sqrt(E[k] + E[k + 1]);
    const flux = E.slice(1).map((b, k) => root(k) * (E[k] - b));
    const slope1 = flux.map((_, k) => root(k) + (E[k] - E[k + 1]) / (2 * root(k)));
    const slope2 = flux.map((_, k) => -root(k) + (E[k] - E[k + 1]) / (2 * root(k)));
    const V2 = flux.map((_, k) => root(k) * (2 * E[k] ** 2 - 2 * E[k] * E[k + 1] + 2 * E[k + 1] ** 2));
    // Row i of DF: cell i + 1 takes from bond i and gives to bond i + 1.
    const DF = (i: number, j: number) =>
      j === i - 1 ? slope1[i] : j === i ? slope2[i] - slope1[i + 1] : j === i + 1 ? -slope2[i + 1] : 0;
    const result = Array.from({ length: N }, (_, i) => flux[i] - flux[i + 1]);
    for (let i = 0; i < N; i++) {
      for (let j = 0; j < N; j++) {
        let sum = i === j ? V2[i] + V2[i + 1] : Math.abs(i - j) === 1 ? -V2[Math.max(i, j)] : 0;
        for (let l = 0; l < N; l++) sum += DF(i, l) * C(l, j) + C(i, l) * DF(j, l);
        result.push(sum);
      }
    }
    return result;
  };
  let state = start;
  const h = time / steps;
  const shifted = (by: number[], part: number) => state.map((x, i) => x + part * by[i]);
  for (let step = 0; step < steps; step++) {
    const k1 = derivative(state);
    const k2 = derivative(shifted(k1, h / 2));
    const k3 = derivative(shifted(k2, h / 2));
    const k4 = derivative(shifted(k3, h));
    state = state.map((x, i) => x + (h / 6) * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]));
  }
  const E = [T_L, ...state.slice(0, N), T_R];
  return { energies: state.slice(0, N), covariance: state.slice(N), flux: Math.sqrt(E[0] + E[1]) * (E[0] - E[1]) };
}

const largestGap = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((most, x, i) => Math.max(most, Math.abs(x - b[i])), 0);

describe.each([[1, 2] as const, [3, 0.5] as const])("between %d and %d", (T_L, T_R) => {
  const model = chain(4, [T_L, T_R]);

  test("the limit and C(t) are those of plain numerics", () => {
    const { energies, covariance } = plainLimit(model, 0.5, 1000);
    expect(largestGap(theory.limit(model, [0.5]), energies)).toBeLessThan(1e-9);
    expect(largestGap(theory.covariance(model, [0.5]), covariance)).toBeLessThan(1e-9);
  });

  test("E*, the current, the conductivity and S are what it comes to in the long run", () => {
    const { energies, covariance, flux } = plainLimit(model, 40, 20_000);
    const found = theory.equilibrium(model);
    expect(largestGap(found.energies, energies)).toBeLessThan(1e-9);
    expect(found.flux).toBeCloseTo(flux, 9);
    expect(found.conductivity).toBeCloseTo((flux * 5) / (T_L - T_R), 9);
    expect(largestGap(theory.stationaryCovariance(model), covariance)).toBeLessThan(1e-9);
  });
});

test("κ = f(T, T), which is twice Proposition 2; to first order and in the continuum too", () => {
  const paper = (cells: number) => defineModel({ ...chain(cells), exchange: "uniform" });
  expect(theory.equilibrium(chain(10, [1.5, 1.5])).conductivity).toBeCloseTo(Math.sqrt(3), 14);
  const [own, its] = [chain(10), paper(10)];
  expect(theory.conductivityExpansion(own).conductivity).toBeCloseTo(Math.sqrt(2), 14);
  expect(theory.conductivityExpansion(own).slope).toBeCloseTo(2 * theory.conductivityExpansion(its).slope, 14);
  expect(theory.continuum(own, [0.5]).conductivity).toBeCloseTo(2 * theory.continuum(its, [0.5]).conductivity, 13);
  expect(theory.continuum(own, [0.5]).energies[0]).toBe(theory.continuum(its, [0.5]).energies[0]);
  const nearly = theory.equilibrium(chain(10, [1, 1.0001])).conductivity;
  expect(nearly).toBeCloseTo(Math.sqrt(2) + 0.0001 * theory.conductivityExpansion(own).slope, 8);
});

test("at equal temperatures fluctuations are those of equilibrium: S = T², V² = 2 κ T², no production of entropy", () => {
  const model = chain(5, [1.5, 1.5]);
  const S = theory.stationaryCovariance(model);
  S.forEach((entry, at) => expect(entry).toBeCloseTo(at % 6 === 0 ? 2.25 : 0, 12));
  const κ = Math.sqrt(3);
  expect(theory.currentVariance(model)).toBeCloseTo((2 * κ * 2.25) / 6, 12);
  expect(Math.abs(theory.entropyProduction(model).fluctuations)).toBeLessThan(1e-13);
  expect(theory.entropyProduction(model).process).toBeUndefined();
});

test("each bond produces entropy at 2 j²/V²: for small gradients all of it together (N+1) κ (ΔT/(N+1))²/T²", () => {
  const gap = 1e-3;
  const { channelsPerParticle } = theory.entropyProduction(chain(4, [1, 1 + gap]));
  expect(channelsPerParticle / ((Math.sqrt(2) * gap ** 2) / 5)).toBeCloseTo(1, 2);
});

test("distant cells of a hundred correlate as the continuum's equation says", () => {
  const N = 99;
  const S = theory.stationaryCovariance(chain(N));
  const { correlation } = theory.longRangeCorrelations(chain(N), N);
  for (const [i, j] of [
    [24, 74],
    [39, 59],
  ]) {
    expect(((N + 1) * S[i * N + j]) / correlation[i * N + j]).toBeCloseTo(1, 2);
  }
});

test("what is not known beyond leading order in 1/M is refused", () => {
  const model = chain(3);
  const asked = [
    () => theory.bias(model, [1]),
    () => theory.finiteSize(model, [1]),
    () => theory.wassersteinConstant(model, [1]),
    () => theory.stationaryBias(model),
    () => theory.exchangeMoments(model, 1, [1, 1, 1]),
    () => theory.diffusion(model, [1, 1, 1], { particles: "finite" }),
  ];
  for (const ask of asked) expect(ask).toThrow(NotExpandedError);
  expect(() => theory.exactMoments(model, [1])).toThrow('"rate" expected "constant"');
});
