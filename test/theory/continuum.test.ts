/** Fourier's law at small gradients and in the continuum (THEORY 8.1). */
import { expect, test } from "vitest";
import { InvalidInputError } from "../../src/errors.ts";
import { defineModel, type ModelInput, type RateLaw } from "../../src/model.ts";
import { conductivityExpansion, continuum, equilibrium } from "../../src/theory/index.ts";
import { rateOf } from "../../src/theory/rates.ts";
import { deviation } from "../support/closeness.ts";
import { rates } from "../support/goldens.ts";

const chain = (temperatures: [number, number], rate: NonNullable<ModelInput["rate"]>, cells = 1) =>
  defineModel({ cells, particles: 10, temperatures, rate });

const spans: [number, number][] = [
  [1, 2],
  [2, 1],
  [1e-3, 1e3],
  [1e3, 1e-3],
  [1e-60, 1e60],
];

/** g(E) = c √E, or 1. */
const ALONG: Record<RateLaw, number> = {
  constant: 1,
  "sqrt-sum": Math.SQRT2,
  "sqrt-harmonic": Math.SQRT1_2,
  "sqrt-min": 1,
};

test.each(["sqrt-sum", "sqrt-harmonic", "sqrt-min"] as const)("%s: the profile to the power 3/2 is a line", (law) => {
  for (const [T_L, T_R] of spans) {
    const x = [0, 1e-9, 0.1, 0.25, 0.5, 0.9, 1];
    const { energies, conductivity } = continuum(chain([T_L, T_R], { law, scale: 2 }), x);
    const powers = [T_L ** 1.5, T_R ** 1.5];
    const wanted = x.map((at) => Math.cbrt(powers[0] * (1 - at) + powers[1] * at) ** 2);
    expect(deviation(energies, wanted)).toBeLessThan(2e-15);
    const fourier = ((2 * ALONG[law]) / 3) * ((powers[1] - powers[0]) / (T_R - T_L));
    expect(deviation([conductivity], [fourier])).toBeLessThan(2e-15);
  }
});

test("the rate constant: a line, and conductivity 1/2", () => {
  const { energies, conductivity } = continuum(chain([1, 3], "constant"), [0, 0.5, 0.75, 1]);
  expect(deviation(energies, [1, 2, 2.5, 3])).toBeLessThan(1e-15);
  expect(conductivity).toBeCloseTo(0.5, 15);
});

test("capped laws: ∫ K u/(u + K) 2u du = K u² - 2K² u + 2K³ log(1 + u/K), in units of g/√E", () => {
  for (const law of ["sqrt-sum", "sqrt-harmonic", "sqrt-min"] as const) {
    for (const cap of [0.1, 1, 10]) {
      for (const [T_L, T_R] of spans.slice(0, 4)) {
        const K = cap / ALONG[law];
        const heat = (E: number) => {
          const u = Math.sqrt(E);
          return ALONG[law] * (K * u * u - 2 * K * K * u + 2 * K ** 3 * Math.log1p(u / K));
        };
        const x = [0, 0.01, 0.3, 0.5, 0.99, 1];
        const { energies, conductivity } = continuum(chain([T_L, T_R], { law, scale: 1, cap }), x);
        const carried = heat(T_R) - heat(T_L);
        expect(deviation([2 * conductivity * (T_R - T_L)], [carried])).toBeLessThan(1e-11);
        x.forEach((at, i) => expect((heat(energies[i]) - heat(T_L)) / carried).toBeCloseTo(at, 10));
      }
    }
  }
});

test.each(rates)("$law, cap $cap: chains approach it as 1/(N+1)², whichever end is hot", (rate) => {
  const gaps = (N: number, temperatures: [number, number]) => {
    const chainOf = chain(temperatures, rate, N);
    const { energies, conductivity } = equilibrium(chainOf);
    const x = Array.from({ length: N }, (_, k) => (k + 1) / (N + 1));
    const limit = continuum(chainOf, x);
    const furthest = Math.max(...energies.map((E, k) => Math.abs(E - limit.energies[k])));
    return [furthest * (N + 1) ** 2, Math.abs(conductivity - limit.conductivity) * (N + 1) ** 2];
  };
  for (const temperatures of [
    [1, 2],
    [3, 0.5],
  ] as [number, number][]) {
    const [coarse, fine] = [gaps(49, temperatures), gaps(199, temperatures)];
    for (const i of [0, 1]) {
      if (rate.law === "constant") expect(fine[i]).toBeLessThan(1e-9);
      // "sqrt-min" takes the colder end of each bond: its energies are off by 1/(N+1).
      else if (rate.law === "sqrt-min") expect(fine[i] / coarse[i] / 4).toBeCloseTo(1, 1);
      else expect(fine[i] / coarse[i]).toBeCloseTo(1, 1);
    }
  }
});

test.each(rates)("$law, cap $cap: a small gradient's conductivity, up or down, at every length", (rate) => {
  const T = 1.3;
  for (const N of [1, 2, 30]) {
    for (const direction of [1, -1]) {
      const { conductivity, slope } = conductivityExpansion(chain([T, T + direction], rate, N));
      const rest = (dT: number) =>
        equilibrium(chain([T, T + direction * dT], rate, N)).conductivity - conductivity - slope * direction * dT;
      expect(rest(0)).toBeCloseTo(0, 15);
      // The remainder is of second order.
      for (const dT of [1e-3, 1e-4]) expect(Math.abs(rest(dT))).toBeLessThan(0.2 * dT * dT);
    }
  }
});

test("the slope is (f_1 + f_2)/4: √2/8 and √2/16 at T = 1, at every length", () => {
  for (const N of [1, 7]) {
    expect(conductivityExpansion(chain([1, 2], "sqrt-sum", N)).slope).toBeCloseTo(Math.SQRT2 / 8, 14);
    expect(conductivityExpansion(chain([1, 2], "sqrt-harmonic", N)).slope).toBeCloseTo(Math.SQRT2 / 16, 14);
    expect(conductivityExpansion(chain([1, 2], "constant", N)).slope).toBe(0);
    // √min sees the colder end of each bond alone: on average half a bond less than half way up.
    expect(conductivityExpansion(chain([1, 2], "sqrt-min", N)).slope).toBeCloseTo(N / (8 * (N + 1)), 14);
    expect(conductivityExpansion(chain([1, 0.5], "sqrt-min", N)).slope).toBeCloseTo((N + 2) / (8 * (N + 1)), 14);
    expect(conductivityExpansion(chain([1, 1], "sqrt-min", N)).slope).toBeCloseTo(1 / 8, 14);
  }
});

test.each(rates)("$law, cap $cap: between equal baths all is flat and conducts f(T, T)/2", (rate) => {
  const model = chain([1.5, 1.5], rate);
  const { energies, conductivity } = continuum(model, [0, 0.3, 1]);
  expect([...energies]).toEqual([1.5, 1.5, 1.5]);
  expect(conductivity).toBe(rateOf(model).f(0, 1.5, 1.5) / 2);
});

test("baths that differ in their ninth digit: nothing is lost in the difference", () => {
  const { energies, conductivity } = continuum(chain([1, 1 + 1e-9], "sqrt-sum"), [0.5]);
  expect(conductivity).toBeCloseTo(Math.SQRT1_2 * (1 + 0.25e-9), 14);
  expect(energies[0]).toBeCloseTo(1 + 0.5e-9, 15);
});

test("positions outside the chain are refused", () => {
  const model = chain([1, 2], "sqrt-sum");
  expect(() => continuum(model, [0.5, -0.1, 1.1, NaN])).toThrow(InvalidInputError);
  expect(() => continuum(model, [0.5, -0.1])).toThrow('"positions[1]" expected a number from 0 to 1, got -0.1');
  expect(() => continuum(model, null as unknown as number[])).toThrow('"positions" expected a list of positions');
  expect(continuum(model, []).energies).toHaveLength(0);
});
