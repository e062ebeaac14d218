/** The exact moments of the constant rate, a yardstick for simulations, against exact rational numbers (THEORY 8.4). */
import { expect, test } from "vitest";
import { defineModel, type ModelInput } from "../../src/model.ts";
import { deviation } from "../support/closeness.ts";
import { constantRateMoments } from "../support/constantRate.ts";
import { type GoldenConstantRate, goldens } from "../support/goldens.ts";

const RELATIVE = 1e-9;
/** The slowest mode of three cells decays as e^{-0.29 t}. */
const FOREVER = 150;

const chain = ({ N, M, T_L, T_R, E0 }: GoldenConstantRate, more: Partial<ModelInput> = {}) =>
  defineModel({ cells: N, particles: M, temperatures: [T_L, T_R], rate: "constant", initial: E0, ...more });

test.each(goldens.const_rate_exact_finite_M)("N = $N, M = $M, T_R = $T_R: at each time", (golden) => {
  const { times, M } = golden;
  const { mean, covariance } = constantRateMoments(
    chain(golden),
    times.map(({ t }) => t),
  );
  expect(deviation(mean, times.map((at) => at.mean).flat())).toBeLessThan(RELATIVE);
  const scaled = covariance.map((C) => M * C);
  expect(deviation(scaled, times.map(({ M_cov }) => M_cov.flat()).flat(), 1e-3)).toBeLessThan(RELATIVE);
});

test.each(goldens.const_rate_exact_finite_M)(
  "N = $N, M = $M, T_R = $T_R: in the long run, for both baths",
  (golden) => {
    const settled = (bath: "exponential" | "thermal") => constantRateMoments(chain(golden, { bath }), [FOREVER]);
    const { mean, covariance } = settled("exponential");
    expect(deviation(mean, golden.ness_mean)).toBeLessThan(RELATIVE);
    expect(
      deviation(
        covariance.map((C) => golden.M * C),
        golden.ness_M_cov.flat(),
        1e-3,
      ),
    ).toBeLessThan(RELATIVE);
    const thermal = settled("thermal").covariance.map((C) => golden.M * C);
    expect(deviation(thermal, golden.ness_M_cov_thermal_bath.flat(), 1e-3)).toBeLessThan(RELATIVE);
  },
);

test("the scale and the slow timescale change the pace alone", () => {
  const golden = goldens.const_rate_exact_finite_M.find(({ N, M }) => N === 2 && M === 10)!;
  const plain = constantRateMoments(chain(golden), [0, 1]);
  const faster = constantRateMoments(chain(golden, { rate: { law: "constant", scale: 3, cap: 1.5 } }), [0, 1]);
  const slower = constantRateMoments(chain(golden, { timescale: "slow" }), [0, 10]);
  for (const other of [faster, slower]) {
    expect(deviation(other.mean, plain.mean)).toBeLessThan(RELATIVE);
    expect(deviation(other.covariance, plain.covariance)).toBeLessThan(RELATIVE);
  }
});
