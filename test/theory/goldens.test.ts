/** The theory against the reference numbers, which were computed apart from it at 12 digits or more (THEORY 10). */
import { expect, test } from "vitest";
import { forEachBond } from "../../src/theory/bonds.ts";
import {
  covariance,
  diffusion,
  drift,
  entropyProduction,
  equilibrium,
  jacobian,
  limit,
  slowestRate,
  stationaryBias,
  stationaryCovariance,
} from "../../src/theory/index.ts";
import { flux as carried, rateOf } from "../../src/theory/rates.ts";
import { deviation } from "../support/closeness.ts";
import { goldenCases, modelOf } from "../support/goldens.ts";

const RELATIVE = 1e-10;
/** At a time. */
const IN_TIME = 1e-9;
/** Entries of C below this part of its largest are held to this part: far from each other cells are hardly correlated. */
const C_FLOOR = 1e-8;

test.each(goldenCases)("%s: the equilibrium, its current and its conductivity", (_name, golden) => {
  const wanted = golden.equilibrium;
  const { energies, flux, conductivity } = equilibrium(modelOf(golden));
  expect(deviation(energies, wanted.E_star)).toBeLessThan(1e-14);
  expect(deviation([flux, -2 * flux], [wanted.mean_flux_left_to_right, wanted.c_star])).toBeLessThan(1e-14);
  expect(deviation([conductivity], [wanted.kappa])).toBeLessThan(1e-14);
});

test.each(goldenCases)("%s: nothing drifts at equilibrium, and every bond carries the current", (_name, golden) => {
  const model = modelOf(golden);
  const { energies, flux } = equilibrium(model);
  for (const F of drift(model, energies)) expect(Math.abs(F)).toBeLessThan(1e-14);
  const rate = rateOf(model);
  forEachBond(model, energies, (k, left, right) =>
    expect(Math.abs(carried(rate, k, left, right) - flux)).toBeLessThan(1e-14),
  );
});

test.each(goldenCases)("%s: the Jacobian and the noise at equilibrium", (_name, golden) => {
  const { N, equilibrium: wanted } = golden;
  const model = modelOf(golden);
  const DF = jacobian(model, wanted.E_star);
  const H = diffusion(model, wanted.E_star);
  if (wanted.J && wanted.H) {
    expect(deviation(DF, wanted.J.flat())).toBeLessThan(RELATIVE);
    expect(deviation(H, wanted.H.flat())).toBeLessThan(RELATIVE);
    return;
  }
  const along = (offset: number) =>
    Array.from(
      { length: N - Math.abs(offset) },
      (_, k) => DF[(k + Math.max(-offset, 0)) * N + k + Math.max(offset, 0)],
    );
  expect(deviation(along(0), wanted.J_diag!)).toBeLessThan(RELATIVE);
  expect(deviation(along(1), wanted.J_upper!)).toBeLessThan(RELATIVE);
  expect(deviation(along(-1), wanted.J_lower!)).toBeLessThan(RELATIVE);
  expect(DF.filter((entry) => entry !== 0)).toHaveLength(3 * N - 2);
  const received = Array.from({ length: N }, (_, i) => H[i * (N + 1) + i]);
  const taken = Array.from({ length: N }, (_, i) => H[i * (N + 1) + i + 1]);
  expect(deviation(received, wanted.V!.slice(0, N))).toBeLessThan(RELATIVE);
  expect(
    deviation(
      taken,
      wanted.V!.slice(1).map((V) => -V),
    ),
  ).toBeLessThan(RELATIVE);
  expect(H.filter((entry) => entry !== 0)).toHaveLength(2 * N);
});

test.each(goldenCases)(
  "%s: the covariance of the stationary fluctuations",
  (_name, { N, equilibrium: wanted, ...golden }) => {
    const S = stationaryCovariance(modelOf({ N, equilibrium: wanted, ...golden }));
    if (wanted.S) {
      expect(deviation(S, wanted.S.flat())).toBeLessThan(RELATIVE);
      return;
    }
    const row = (cell: number) => S.subarray((cell - 1) * N, cell * N);
    const diagonal = S.filter((_, at) => at % (N + 1) === 0);
    expect(deviation(diagonal, wanted.S_diag!)).toBeLessThan(RELATIVE);
    expect(deviation(row(1), wanted.S_row1!)).toBeLessThan(RELATIVE);
    expect(deviation(row(25), wanted.S_row25!)).toBeLessThan(RELATIVE);
  },
);

test.each(goldenCases)("%s: how fast the chain forgets", (_name, golden) => {
  expect(deviation([slowestRate(modelOf(golden))], [-golden.equilibrium.max_real_eig_J])).toBeLessThan(RELATIVE);
});

test.each(
  goldenCases.filter(
    ([
      ,
      {
        equilibrium: { m1_stationary },
      },
    ]) => m1_stationary,
  ),
)("%s: how far finite M moves the stationary mean", (_name, golden) => {
  const { mean } = stationaryBias(modelOf(golden));
  expect(deviation(mean, golden.equilibrium.m1_stationary!)).toBeLessThan(RELATIVE);
});

test.each(goldenCases)("%s: the entropy that fluctuations and currents produce", (_name, golden) => {
  const { OU_entropy_production, channel_entropy_production_over_M } = golden.equilibrium;
  const { fluctuations, channelsPerParticle } = entropyProduction(modelOf(golden));
  // One cell produces none, and the reference has a rounding of it.
  expect(Math.abs(fluctuations - OU_entropy_production)).toBeLessThan(RELATIVE * OU_entropy_production + 3e-16);
  expect(deviation([channelsPerParticle], [channel_entropy_production_over_M])).toBeLessThan(RELATIVE);
});

test.each(goldenCases)("%s: the limit equation at each time", (_name, { times, ...golden }) => {
  const computed = limit(
    modelOf({ times, ...golden }),
    times.map(({ t }) => t),
  );
  expect(deviation(computed, times.map(({ Theta_bar }) => Theta_bar).flat())).toBeLessThan(RELATIVE);
});

test.each(goldenCases)("%s: the covariance of the fluctuations at each time", (_name, golden) => {
  const { N, times } = golden;
  const computed = covariance(
    modelOf(golden),
    times.map(({ t }) => t),
  );
  times.forEach(({ C, C_diag, C_row1, C_row25 }, i) => {
    const matrix = computed.subarray(i * N * N, (i + 1) * N * N);
    if (C) {
      expect(deviation(matrix, C.flat(), C_FLOOR)).toBeLessThan(IN_TIME);
      return;
    }
    // Rows are numbered from 1, as cells are: row 25 has its diagonal entry at index 24.
    const row = (cell: number) => matrix.subarray((cell - 1) * N, cell * N);
    const diagonal = matrix.filter((_, at) => at % (N + 1) === 0);
    expect(deviation(diagonal, C_diag!)).toBeLessThan(RELATIVE);
    expect(deviation(row(1), C_row1!, C_FLOOR)).toBeLessThan(IN_TIME);
    expect(deviation(row(25), C_row25!, C_FLOOR)).toBeLessThan(IN_TIME);
  });
});
