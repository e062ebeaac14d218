/** The limit equation and the covariance along it: symmetries, timescales, long times (THEORY 3, 5, 8, 9). */
import { expect, test } from "vitest";
import { type Bath, defineModel, type ModelInput } from "../../src/model.ts";
import { InvalidInputError } from "../../src/errors.ts";
import { covariance, diffusion, equilibrium, jacobian, limit } from "../../src/theory/index.ts";
import { limitPath } from "../../src/theory/limitPath.ts";
import { deviation } from "../support/closeness.ts";
import { constantRateMoments } from "../support/constantRate.ts";
import { rates } from "../support/goldens.ts";

const times = [0, 0.3, 1.1, 5];
const base: ModelInput = { cells: 4, particles: 50, temperatures: [0.6, 2.4], initial: [1.1, 0.4, 2.9, 1.8] };
// The stated accuracy of the integration; crossing its kink costs "sqrt-min" a digit.
const accuracy = (law: string) => (law === "sqrt-min" ? 1e-11 : 1e-12);
const homogeneous = ["sqrt-sum", "sqrt-harmonic", "sqrt-min"] as const;

/** Every block of `size` entries, a row of cells or a whole matrix, in reverse order: as the mirrored chain has it. */
const mirrored = (values: Float64Array, size: number) =>
  Float64Array.from(values, (_, at) => values[at - (at % size) + (size - 1 - (at % size))]);

test("at time 0 the energies are the initial ones and nothing has fluctuated", () => {
  const model = defineModel(base);
  expect([...limit(model, [0])]).toEqual(base.initial);
  expect([...covariance(model, [0])]).toEqual(new Array(16).fill(0));
});

test.each(rates)("$law, cap $cap: a later observation is not disturbed by earlier ones", (rate) => {
  const model = defineModel({ ...base, rate });
  expect(deviation(limit(model, times).slice(12), limit(model, [5]))).toBeLessThan(accuracy(rate.law));
  expect(deviation(covariance(model, times).slice(48), covariance(model, [5]), 1)).toBeLessThan(accuracy(rate.law));
});

test.each(homogeneous)("%s: energies s times larger live √s times faster", (rate) => {
  const s = 7e30;
  const model = defineModel({ ...base, rate });
  const larger = defineModel({
    ...base,
    rate,
    temperatures: [0.6 * s, 2.4 * s],
    initial: (base.initial as number[]).map((E) => s * E),
  });
  const sooner = times.map((t) => t / Math.sqrt(s));
  expect(
    deviation(
      limit(larger, sooner),
      limit(model, times).map((E) => s * E),
    ),
  ).toBeLessThan(accuracy(rate));
  expect(
    deviation(
      covariance(larger, sooner),
      covariance(model, times).map((C) => s * s * C),
      1,
    ),
  ).toBeLessThan(accuracy(rate));
});

test.each(rates)("$law, cap $cap: the mirrored chain has the mirrored course", (rate) => {
  const model = defineModel({ ...base, rate });
  const mirror = defineModel({
    ...base,
    rate,
    temperatures: [2.4, 0.6],
    initial: (base.initial as number[]).toReversed(),
  });
  expect(deviation(limit(mirror, times), mirrored(limit(model, times), 4))).toBeLessThan(accuracy(rate.law));
  expect(deviation(covariance(mirror, times), mirrored(covariance(model, times), 16), 1)).toBeLessThan(
    accuracy(rate.law),
  );
});

test("on the slow timescale the same course takes M times as long, on the fast one M does not matter", () => {
  const slow = defineModel({ ...base, timescale: "slow" });
  const later = times.map((t) => 50 * t);
  const fast = defineModel(base);
  expect(deviation(limit(slow, later), limit(fast, times))).toBeLessThan(1e-13);
  expect(deviation(covariance(slow, later), covariance(fast, times), 1)).toBeLessThan(1e-13);
  expect(limit(defineModel({ ...base, particles: 3 }), times)).toEqual(limit(fast, times));
});

test.each(rates)("$law, cap $cap: the chain settles at its equilibrium, and stays if it starts there", (rate) => {
  for (const temperatures of [
    [0.6, 2.4],
    [2.4, 0.6],
    [1, 1],
  ] as const) {
    const model = defineModel({ ...base, temperatures, rate });
    const { energies } = equilibrium(model);
    expect(deviation(limit(model, [400]), energies)).toBeLessThan(1e-12);
    expect(deviation(limit(defineModel({ ...model, initial: "equilibrium" }), [400]), energies)).toBeLessThan(1e-12);
  }
});

/** |J S + S J^T + H H^T| / |H H^T|: zero where the fluctuations are stationary. */
function imbalance(J: Float64Array, S: Float64Array, H: Float64Array, N: number): number {
  let worst = 0;
  let scale = 0;
  for (let i = 0; i < N; i++) {
    for (let j = 0; j < N; j++) {
      let dissipated = 0;
      let noise = 0;
      for (let k = 0; k < N; k++) dissipated += J[i * N + k] * S[k * N + j] + S[i * N + k] * J[j * N + k];
      for (let k = 0; k <= N; k++) noise += H[i * (N + 1) + k] * H[j * (N + 1) + k];
      worst = Math.max(worst, Math.abs(dissipated + noise));
      scale = Math.max(scale, Math.abs(noise));
    }
  }
  return worst / scale;
}

test.each(rates)(
  "$law, cap $cap: in the long run noise and dissipation balance; a Jacobian without its 1/2 is caught",
  (rate) => {
    for (const bath of ["exponential", "thermal"] as const) {
      const model = defineModel({ ...base, rate, bath });
      const { energies } = equilibrium(model);
      const [J, H, S] = [jacobian(model, energies), diffusion(model, energies), covariance(model, [400])];
      expect(imbalance(J, S, H, 4)).toBeLessThan(1e-11);
      expect(
        imbalance(
          J.map((entry) => 2 * entry),
          S,
          H,
          4,
        ),
      ).toBeGreaterThan(0.5);
    }
  },
);

test.each(rates)("$law, cap $cap: between equal thermal baths cells end up independent, with variance T²/M", (rate) => {
  const settled = (bath: Bath) => covariance(defineModel({ ...base, temperatures: [1.5, 1.5], rate, bath }), [400]);
  const independent = Float64Array.from({ length: 16 }, (_, at) => (at % 5 === 0 ? 2.25 : 0));
  expect(deviation(settled("thermal"), independent, 1)).toBeLessThan(1e-12);
  expect(deviation(settled("exponential"), independent, 1)).toBeGreaterThan(0.3);
});

test.each(["exponential", "thermal"] as const)(
  "constant rate, %s bath: C is M·Cov of the exact moments as M grows",
  (bath) => {
    const model = defineModel({ ...base, rate: "constant", bath, particles: 1e9 });
    const exact = constantRateMoments(model, times);
    expect(deviation(limit(model, times), exact.mean)).toBeLessThan(1e-11);
    expect(
      deviation(
        covariance(model, times),
        exact.covariance.map((C) => 1e9 * C),
        1,
      ),
    ).toBeLessThan(5e-9);
  },
);

test("baths a million times apart: energies stay between them, C symmetric and its diagonal positive", () => {
  const model = defineModel({ cells: 5, particles: 10, temperatures: [1e-3, 1e3], initial: 1e-3 });
  const [E, C] = [limit(model, [0.01, 1, 100]), covariance(model, [0.01, 1, 100])];
  for (const energy of E) expect(energy >= 1e-3 && energy <= 1e3).toBe(true);
  for (let at = 0; at < C.length; at++) {
    const [i, j] = [Math.floor((at % 25) / 5), at % 5];
    expect(C[at]).toBe(C[at - (at % 25) + j * 5 + i]);
    if (i === j) expect(C[at]).toBeGreaterThan(0);
  }
});

test.each(rates)("$law, cap $cap: the path agrees with the limit at any time between 0 and its end", (rate) => {
  for (const temperatures of [
    [0.6, 2.4],
    [1e3, 1e-3],
  ] as const) {
    const model = defineModel({ ...base, temperatures, rate });
    const path = limitPath(model, 6);
    // Sooner and later: the steps lengthen as the chain settles.
    const between = Array.from({ length: 200 }, (_, i) => 6 * ((i + 1) / 200) ** 3);
    const along = between.flatMap((time) => [...path(time)]);
    expect(deviation(along, limit(model, between))).toBeLessThan(rate.law === "sqrt-min" ? 1e-10 : 1e-11);
    expect([...path(0)]).toEqual(base.initial);
  }
});

test("the path knows the slow timescale, and only the times up to its end", () => {
  const path = limitPath(defineModel({ ...base, timescale: "slow" }), 100);
  expect(deviation(path(55), limit(defineModel(base), [1.1]))).toBeLessThan(1e-12);
  expect(() => path(101)).toThrow(/"time" expected a time from 0 to 100, got 101/);
  expect(() => path(-1)).toThrow(InvalidInputError);
  expect(() => path(NaN)).toThrow(InvalidInputError);
  expect(() => limitPath(defineModel(base), Infinity)).toThrow(/"end" expected a finite time from 0 on, got Infinity/);
  expect([...limitPath(defineModel(base), 0)(0)]).toEqual(base.initial);
});
