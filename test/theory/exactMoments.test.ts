/** Exact mean and covariance at any number of particles, for the rate "constant" (THEORY 8.3, 8.4). */
import { expect, test } from "vitest";
import { InvalidInputError } from "../../src/errors.ts";
import { type Bath, defineModel, type ModelInput } from "../../src/model.ts";
import {
  covariance as limitCovariance,
  exactMoments,
  finiteSize,
  stationaryCovariance,
} from "../../src/theory/index.ts";
import { deviation } from "../support/closeness.ts";
import { constantRateMoments } from "../support/constantRate.ts";
import { type GoldenConstantRate, goldens } from "../support/goldens.ts";
import { baths } from "../support/models.ts";

/** Entries of the covariance below this part of its largest are held to this part: some are zero. */
const FLOOR = 1e-3;

const chain = (input: Partial<ModelInput>) =>
  defineModel({ cells: 3, particles: 10, temperatures: [1, 2], rate: "constant", ...input });
const golden = ({ N, M, T_L, T_R, E0 }: GoldenConstantRate, bath: Bath = "exponential") =>
  chain({ cells: N, particles: M, temperatures: [T_L, T_R], initial: E0, bath });
const times = (M: number, covariance: Float64Array) => covariance.map((entry) => M * entry);

test.each(goldens.const_rate_exact_finite_M)("N = $N, M = $M, T_R = $T_R: at each time", (wanted) => {
  const found = exactMoments(
    golden(wanted),
    wanted.times.map(({ t }) => t),
  );
  expect(deviation(found.mean, wanted.times.map((at) => at.mean).flat())).toBeLessThan(1e-10);
  const covariances = wanted.times.map(({ M_cov }) => M_cov.flat()).flat();
  expect(deviation(times(wanted.M, found.covariance), covariances, FLOOR)).toBeLessThan(1e-10);
});

test.each(goldens.const_rate_exact_finite_M)("N = $N, M = $M, T_R = $T_R: the stationary state", (wanted) => {
  for (const bath of baths) {
    const { mean, covariance } = exactMoments(golden(wanted, bath), "stationary");
    const matrix = bath === "thermal" ? wanted.ness_M_cov_thermal_bath : wanted.ness_M_cov;
    expect(deviation(mean, wanted.ness_mean)).toBeLessThan(1e-14);
    expect(deviation(times(wanted.M, covariance), matrix.flat(), FLOOR)).toBeLessThan(1e-12);
  }
});

test.each(baths)("%s baths: the same equations written out on full matrices give the same moments", (bath) => {
  for (const input of [
    { cells: 1, particles: 1, initial: 0.2 },
    { cells: 4, particles: 3, temperatures: [3, 0.5] as const, initial: [5, 0.1, 1, 2] },
    { cells: 6, particles: 1000, rate: { law: "constant", scale: 3, cap: 1.5 } as const, initial: 1 },
    { cells: 2, particles: 10, timescale: "slow" as const, temperatures: [2, 0.7] as const },
  ]) {
    const model = chain({ ...input, bath });
    const at = [0, 0.3, 2];
    const [found, wanted] = [exactMoments(model, at), constantRateMoments(model, at)];
    expect(deviation(found.mean, wanted.mean)).toBeLessThan(1e-10);
    expect(deviation(found.covariance, wanted.covariance, FLOOR)).toBeLessThan(1e-10);
  }
});

test("the unit of energy sets only the scale, to the bit where it is a power of two", () => {
  const s = 2 ** -100;
  for (const when of [[0.4, 1.5], "stationary"] as const) {
    const one = exactMoments(chain({ initial: [1, 3, 2] }), when);
    const other = exactMoments(chain({ temperatures: [s, 2 * s], initial: [s, 3 * s, 2 * s] }), when);
    expect(other.mean).toEqual(one.mean.map((entry) => s * entry));
    expect(other.covariance).toEqual(one.covariance.map((entry) => s * s * entry));
  }
});

test.each(baths)("%s baths: in the long run the chain arrives at its stationary state", (bath) => {
  for (const [cells, particles] of [
    [1, 1],
    [5, 1],
    [5, 2],
    [8, 30],
  ]) {
    const model = chain({ cells, particles, bath, temperatures: [2, 0.5], rate: { law: "constant", scale: 2.5 } });
    const stationary = exactMoments(model, "stationary");
    const late = exactMoments(model, [300]);
    expect(deviation(late.mean, stationary.mean)).toBeLessThan(1e-11);
    expect(deviation(late.covariance, stationary.covariance, FLOOR)).toBeLessThan(1e-10);
  }
});

test("one cell at equilibrium: M times its variance is T²(5M - 1)/(3M + 1), and T² with thermal baths", () => {
  for (const M of [1, 2, 7, 1000]) {
    const variance = (bath: Bath) =>
      M * exactMoments(chain({ cells: 1, particles: M, temperatures: [3, 3], bath }), "stationary").covariance[0];
    expect(variance("exponential")).toBeCloseTo((9 * (5 * M - 1)) / (3 * M + 1), 12);
    expect(variance("thermal")).toBeCloseTo(9, 12);
  }
});

test("three cells at equilibrium: the exact fractions of 8.3, which no product law has", () => {
  const row = (M: number) =>
    times(M, exactMoments(chain({ particles: M, temperatures: [1, 1] }), "stationary").covariance).subarray(0, 3);
  expect(deviation(row(2), [51 / 43, 20 / 387, 10 / 387])).toBeLessThan(1e-14);
  expect(row(10)[0]).toBeCloseTo(52771 / 38659, 13);
  expect(deviation(row(1), [1, 0, 0], 1)).toBeLessThan(1e-15);
});

test("with thermal baths what a gradient adds to local equilibrium depends on N and M alone", () => {
  for (const particles of [1, 10]) {
    const excess = ([T_L, T_R]: [number, number]) => {
      const N = 6;
      const gradient = (T_R - T_L) / (N + 1);
      const model = chain({ cells: N, particles, temperatures: [T_L, T_R], bath: "thermal" });
      const { mean, covariance } = exactMoments(model, "stationary");
      return covariance.map((entry, at) => {
        const local = at % (N + 1) === 0 ? mean[at % N] ** 2 : 0;
        return (particles * entry - local) / gradient ** 2;
      });
    };
    expect(deviation(excess([1, 2]), excess([9, 4]), 1)).toBeLessThan(1e-11);
  }
});

test.each(baths)("%s baths: as M grows the central limit theorem's covariance remains", (bath) => {
  const gap = (particles: number) => {
    const model = chain({ cells: 5, particles, bath });
    const stationary = deviation(
      times(particles, exactMoments(model, "stationary").covariance),
      stationaryCovariance(model),
      1,
    );
    const moving = deviation(times(particles, exactMoments(model, [0.7]).covariance), limitCovariance(model, [0.7]), 1);
    return [stationary, moving];
  };
  const [coarse, fine] = [gap(1000), gap(1_000_000)];
  for (const i of [0, 1]) {
    expect(fine[i]).toBeLessThan(1e-5);
    expect(coarse[i] / fine[i] / 1000).toBeCloseTo(1, 1);
  }
});

test("a hundred cells of one particle each: the product of exponentials at equilibrium", () => {
  const N = 100;
  const { covariance } = exactMoments(chain({ cells: N, particles: 1, temperatures: [1, 1] }), "stationary");
  const identity = covariance.map((_, at) => (at % (N + 1) === 0 ? 1 : 0));
  expect(deviation(covariance, identity, 1)).toBeLessThan(1e-13);
});

test("other laws, whose moments do not close, and times out of order are refused", () => {
  for (const rate of ["sqrt-sum", "sqrt-harmonic", "sqrt-min"] as const) {
    expect(() => exactMoments(chain({ rate }), "stationary")).toThrow('"rate" expected "constant"');
    expect(() => exactMoments(chain({ rate }), [1])).toThrow(InvalidInputError);
  }
  expect(() => exactMoments(chain({}), [2, 1])).toThrow('"times[1]"');
  expect(() => exactMoments(chain({}), "forever" as "stationary")).toThrow('"times" expected a list of times');
});

test.each(baths)("%s baths: the mesoscopic equation's covariance has its own C1, and a stationary state", (bath) => {
  const input = { temperatures: [3, 0.5] as const, initial: [5, 0.1, 1], bath };
  const M = 1e5;
  const model = chain({ ...input, particles: M });
  const { covariance } = exactMoments(model, [0.7], { of: "mesoscopic" });
  const C = limitCovariance(model, [0.7]);
  const { C1 } = finiteSize(model, [0.7], { of: "mesoscopic" });
  // The remainder M (M Cov - C) - C1 is of order 1/M.
  const next = covariance.map((entry, at) => M * (M * entry - C[at]));
  expect(deviation(next, C1, FLOOR)).toBeLessThan(1e-4);
  const small = chain({ ...input, particles: 4 });
  const late = exactMoments(small, [100], { of: "mesoscopic" });
  const stationary = exactMoments(small, "stationary", { of: "mesoscopic" });
  expect(deviation(late.covariance, stationary.covariance, FLOOR)).toBeLessThan(1e-9);
  expect(() => exactMoments(chain({ particles: 1 }), "stationary", { of: "mesoscopic" })).toThrow(
    '"particles" expected 2 or more for the equation, got 1',
  );
});
