/** Drift, Jacobian and noise at energies far from equilibrium (THEORY 3, 4, 5). */
import { expect, test } from "vitest";
import { type Bath, defineModel, type Model, type RateLaw } from "../../src/model.ts";
import { diffusion, drift, jacobian } from "../../src/theory/index.ts";
import { flux, fluxSlope1, fluxSlope2, rateOf } from "../../src/theory/rates.ts";
import { deviation } from "../support/closeness.ts";
import { rates } from "../support/goldens.ts";

const energies = [1.7, 0.6, 0.9, 3.1, 2.2];
const chain = (rate: (typeof rates)[number], bath: Bath = "exponential", temperatures: [number, number] = [1, 2.5]) =>
  defineModel({ cells: 5, particles: 100, temperatures, rate, bath });

function jacobianByDifferences(model: Model): Float64Array {
  const N = model.cells;
  const step = 1e-5;
  const DF = new Float64Array(N * N);
  for (let j = 0; j < N; j++) {
    const moved = (by: number) => drift(model, energies.with(j, energies[j] + by));
    const [up, down] = [moved(step), moved(-step)];
    for (let i = 0; i < N; i++) DF[i * N + j] = (up[i] - down[i]) / (2 * step);
  }
  return DF;
}

/** H H^T. */
function covarianceRate(H: Float64Array, N: number): Float64Array {
  const product = new Float64Array(N * N);
  for (let i = 0; i < N; i++)
    for (let j = 0; j < N; j++)
      for (let k = 0; k <= N; k++) product[i * N + j] += H[i * (N + 1) + k] * H[j * (N + 1) + k];
  return product;
}

test.each(rates)(
  "$law, cap $cap: the Jacobian is the drift's derivative, and one without its 1/2 is caught",
  (rate) => {
    const model = chain(rate);
    const measured = jacobianByDifferences(model);
    expect(deviation(jacobian(model, energies), measured, 1)).toBeLessThan(1e-8);
    const without = jacobian(model, energies).map((entry) => 2 * entry);
    expect(deviation(without, measured, 1)).toBeGreaterThan(0.5);
  },
);

test.each(rates)("$law, cap $cap: energy changes only through the baths", (rate) => {
  const model = chain(rate);
  const r = rateOf(model);
  const [T_L, T_R] = model.temperatures;
  const total = drift(model, energies).reduce((sum, F) => sum + F, 0);
  expect(total).toBeCloseTo(flux(r, 0, T_L, energies[0]) - flux(r, 5, energies[4], T_R), 13);

  const DF = jacobian(model, energies);
  const columnSum = (j: number) => [0, 1, 2, 3, 4].reduce((sum, i) => sum + DF[i * 5 + j], 0);
  expect(columnSum(0)).toBeCloseTo(fluxSlope2(r, 0, T_L, energies[0]), 13);
  for (const j of [1, 2, 3]) expect(columnSum(j)).toBeCloseTo(0, 13);
  expect(columnSum(4)).toBeCloseTo(-fluxSlope1(r, 5, energies[4], T_R), 13);
});

test("a single cell exchanges with both baths", () => {
  const model = defineModel({ cells: 1, particles: 10, temperatures: [1, 2], rate: "constant" });
  expect([...drift(model, [1.2])]).toEqual([expect.closeTo(0.3, 14)]);
  expect([...jacobian(model, [1.2])]).toEqual([-1]);
  expect(diffusion(model, [1.2])).toHaveLength(2);
});

test("what the noise gives one cell it takes from its neighbour: H without its minus signs is caught", () => {
  const H = diffusion(chain(rates[2]), energies);
  const columnSum = (matrix: Float64Array, k: number) => [0, 1, 2, 3, 4].reduce((sum, i) => sum + matrix[i * 6 + k], 0);
  for (const k of [1, 2, 3, 4]) {
    expect(columnSum(H, k)).toBe(0);
    expect(columnSum(H.map(Math.abs), k)).toBeGreaterThan(0.1);
  }
});

test.each(rates)(
  "$law, cap $cap: thermal baths at one temperature balance noise and dissipation, H H^T = -2 T² DF",
  (rate) => {
    const T = 1.6;
    const rest = new Array<number>(5).fill(T);
    const atRest = (bath: Bath) => covarianceRate(diffusion(chain(rate, bath, [T, T]), rest), 5);
    const dissipation = jacobian(chain(rate, "thermal", [T, T]), rest).map((entry) => -2 * T * T * entry);
    expect(deviation(atRest("thermal"), dissipation, 1)).toBeLessThan(1e-14);
    // The paper's bath adds (2/3) f T² where the chain meets it, and nothing elsewhere [B14].
    const excess = atRest("exponential").map((entry, at) => entry - dissipation[at]);
    const f = rateOf(chain(rate)).f(0, T, T);
    const corners = new Float64Array(25);
    corners[0] = corners[24] = (2 / 3) * f * T * T;
    for (let at = 0; at < 25; at++) expect(excess[at]).toBeCloseTo(corners[at], 13);
  },
);

test("drift, Jacobian and noise are those of fast time on either timescale", () => {
  const fast = { cells: 5, particles: 100, temperatures: [1, 2], rate: "sqrt-sum" as RateLaw } as const;
  for (const of of [drift, jacobian, diffusion]) {
    const slow = of(defineModel({ ...fast, timescale: "slow" }), energies);
    expect(slow).toEqual(of(defineModel(fast), energies));
  }
});
