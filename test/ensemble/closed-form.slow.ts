/**
 * At rate "constant" the first two moments obey closed linear equations at every M (THEORY 8.4): no asymptotics, so
 * what is tested here is the law itself. Each comparison is a z with the standard error of its own samples; 900 of them
 * at |z| < 6.5, which a normal z exceeds with probability 8e-11: false alarm 7.2e-8 in all. Seed 11.
 * At 1e5 replicas the smallest defect seen is 3% of a variance, 2% of a standard deviation in a mean.
 */
import { describe, expect, test } from "vitest";
import { defineModel, simulate, type Bath, type Method } from "../../src/index.ts";
import { constantRateMoments } from "../support/constantRate.ts";
import goldens from "../goldens.json" with { type: "json" };
import { column, products, zOfMean } from "../support/statistics.ts";

const LIMIT = 6.5;

type Golden = (typeof goldens.const_rate_exact_finite_M)[number];
const cases = goldens.const_rate_exact_finite_M.filter(({ M }) => M <= 10);

function modelOf({ N, M, T_L, T_R, E0 }: Golden, bath: Bath) {
  return defineModel({
    cells: N,
    particles: M,
    temperatures: [T_L, T_R],
    rate: "constant",
    bath,
    initial: E0,
  });
}

/** The largest |z| of means and M-scaled covariances of samples (R x N) against their exact values. */
function worstZ(samples: Float64Array, N: number, M: number, mean: number[], scaledCovariance: number[][]): number {
  const columns = Array.from({ length: N }, (_, i) => column(samples, N, i));
  const z = columns.map((x, i) => zOfMean(x, mean[i]));
  for (let i = 0; i < N; i++) {
    for (let j = 0; j <= i; j++) z.push(zOfMean(products(columns[i], columns[j]), scaledCovariance[i][j] / M));
  }
  return Math.max(...z.map(Math.abs));
}

async function samplesAt(golden: Golden, bath: Bath, method: Method, times: number[], replicas: number) {
  const { samples } = await simulate(modelOf(golden, bath), { replicas, times, seed: 11n, method, samples: true });
  const width = times.length * golden.N;
  return times.map((_, t) =>
    Float64Array.from({ length: replicas * golden.N }, (_, i) => {
      return samples![Math.floor(i / golden.N) * width + t * golden.N + (i % golden.N)];
    }),
  );
}

for (const method of ["exact", "direct"] as const) {
  describe(`method "${method}"`, () => {
    test("relaxes with the exact mean and covariance, paper's bath", async () => {
      for (const golden of cases) {
        const times = golden.times.map(({ t }) => t);
        const samples = await samplesAt(golden, "exponential", method, times, method === "exact" ? 1e5 : 4e4);
        golden.times.forEach(({ mean, M_cov, t }, i) => {
          const z = worstZ(samples[i], golden.N, golden.M, mean, M_cov);
          expect(z, `N = ${golden.N}, M = ${golden.M}, t = ${t}`).toBeLessThan(LIMIT);
        });
      }
    });

    test("relaxes with the exact mean and covariance, thermal bath", async () => {
      for (const golden of cases) {
        const times = [0.25, 1];
        const samples = await samplesAt(golden, "thermal", method, times, 4e4);
        const { mean, covariance } = constantRateMoments(modelOf(golden, "thermal"), times);
        const { N, M } = golden;
        times.forEach((t, i) => {
          const means = [...mean.slice(i * N, (i + 1) * N)];
          const rows = means.map((_, r) =>
            [...covariance.slice((i * N + r) * N, (i * N + r + 1) * N)].map((c) => M * c),
          );
          expect(worstZ(samples[i], N, M, means, rows), `N = ${N}, M = ${M}, t = ${t}`).toBeLessThan(LIMIT);
        });
      }
    });
  });
}

test("settles in the exact stationary state, both baths", async () => {
  for (const golden of cases) {
    // The slowest mode decays at rate 0.29 or faster: e^-11 is left of it.
    const [exponential] = await samplesAt(golden, "exponential", "exact", [40], 2e4);
    const [thermal] = await samplesAt(golden, "thermal", "exact", [40], 2e4);
    const { N, M, ness_mean, ness_M_cov, ness_M_cov_thermal_bath } = golden;
    expect(worstZ(exponential, N, M, ness_mean, ness_M_cov)).toBeLessThan(LIMIT);
    expect(worstZ(thermal, N, M, ness_mean, ness_M_cov_thermal_bath)).toBeLessThan(LIMIT);
  }
});

test("the thermal bath is not taken for the paper's: one rejects the other's covariance at M = 10", async () => {
  const golden = cases.find(({ N, M }) => N === 1 && M === 10)!;
  const [thermal] = await samplesAt(golden, "thermal", "exact", [40], 2e4);
  expect(worstZ(thermal, 1, 10, golden.ness_mean, golden.ness_M_cov)).toBeGreaterThan(20);
});

test("the energy that the baths give is the energy that the chain gains", async () => {
  const model = defineModel({ cells: 5, particles: 10, temperatures: [1, 2], rate: "constant", initial: 1 });
  const { mean, current, times } = await simulate(model, { replicas: 2000, times: [0.5, 2], moments: "mean" });
  times.forEach((_, t) => {
    for (let k = 1; k <= 5; k++) {
      const gained = mean[t * 5 + k - 1] - 1;
      expect(Math.abs(current[t * 6 + k - 1] - current[t * 6 + k] - gained)).toBeLessThan(1e-12);
    }
  });
});

test("the mean current is the mean of phi = (E_k - E_{k+1}) / 2, and its spread is counted bond by bond", async () => {
  const model = defineModel({ cells: 2, particles: 5, temperatures: [1, 2], rate: "constant", initial: [1.5, 0.7] });
  const R = 1e5;
  const { current, currentVariance, samples, times } = await simulate(model, {
    replicas: R,
    times: [1],
    samples: true,
  });
  // d(m1)/dt = (T_L - 2 m1 + m2)/2 and its mirror: sums and differences of the means decay at rates 1/2 and 3/2.
  const carried = (bond: number) => {
    const steps = 20000;
    let [m1, m2, total] = [1.5, 0.7, 0];
    for (let i = 0; i < steps; i++) {
      const flux = [(1 - m1) / 2, (m1 - m2) / 2, (m2 - 2) / 2];
      total += flux[bond] / steps;
      [m1, m2] = [m1 + (flux[0] - flux[1]) / steps, m2 + (flux[1] - flux[2]) / steps];
    }
    return total;
  };
  for (let bond = 0; bond <= 2; bond++) {
    const error = Math.sqrt(currentVariance[bond] / R);
    expect(Math.abs(current[bond] - carried(bond)) / error).toBeLessThan(LIMIT);
  }
  expect(times.length * R * 2).toBe(samples!.length);
});
