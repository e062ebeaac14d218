/** Entropy production of the stationary state (THEORY 8.6). */
import { expect, test } from "vitest";
import { type Bath, type Model } from "../../src/model.ts";
import { diffusion, entropyProduction, equilibrium, jacobian, stationaryCovariance } from "../../src/theory/index.ts";
import { rateOf } from "../../src/theory/rates.ts";
import { rates } from "../support/goldens.ts";
import { baths, chain } from "../support/models.ts";

type Matrix = number[][];
const rows = (entries: Float64Array, N: number, K = N): Matrix =>
  Array.from({ length: N }, (_, i) => [...entries.subarray(i * K, (i + 1) * K)]);
const transposed = (A: Matrix): Matrix => A[0].map((_, j) => A.map((row) => row[j]));
const product = (A: Matrix, B: Matrix): Matrix =>
  A.map((row) => B[0].map((_, j) => row.reduce((sum, a, k) => sum + a * B[k][j], 0)));
const trace = (A: Matrix): number => A.reduce((sum, row, i) => sum + row[i], 0);

/** A^-1 B by Gauss and Jordan's elimination; A is positive definite. */
function solved(A: Matrix, B: Matrix): Matrix {
  const work = A.map((row, i) => [...row, ...B[i]]);
  for (let k = 0; k < A.length; k++) {
    const pivot = work[k].map((entry) => entry / work[k][k]);
    work.forEach((row, i) => {
      const factor = row[k];
      work[i] = i === k ? pivot : row.map((entry, j) => entry - factor * pivot[j]);
    });
  }
  return work.map((row) => row.slice(A.length));
}

/** σ = tr(D^-1 J S J^T) + tr J, D = H H^T/2, as it stands. */
function asItStands(model: Model): number {
  const N = model.cells;
  const { energies } = equilibrium(model);
  const J = rows(jacobian(model, energies), N);
  const H = rows(diffusion(model, energies), N, N + 1);
  const D = product(H, transposed(H)).map((row) => row.map((entry) => entry / 2));
  const S = rows(stationaryCovariance(model), N);
  return trace(solved(D, product(J, product(S, transposed(J))))) + trace(J);
}

test.each(rates)("$law, cap $cap: the fluctuations' production is tr(D^-1 J S J^T) + tr J", (rate) => {
  for (const bath of baths) {
    for (const model of [chain(2, [1, 2], rate, bath), chain(9, [4, 0.5], rate, bath), chain(6, [1, 1], rate, bath)]) {
      const { fluctuations } = entropyProduction(model);
      expect(fluctuations).toBeCloseTo(asItStands(model), 12);
      expect(fluctuations).toBeGreaterThan(-1e-15);
    }
  }
});

test.each(rates)("$law, cap $cap: exponential baths break detailed balance even at one temperature", (rate) => {
  const T = 1.3;
  const of = (cells: number, bath: Bath) => {
    const model = chain(cells, [T, T], rate, bath);
    const { fluctuations, channelsPerParticle } = entropyProduction(model);
    expect(channelsPerParticle).toBe(0);
    return fluctuations / rateOf(model).f(0, T, T);
  };
  // With one or two cells symmetry hides it.
  expect(of(1, "exponential")).toBe(0);
  expect(Math.abs(of(2, "exponential"))).toBeLessThan(1e-15);
  expect(of(3, "exponential")).toBeCloseTo(1 / 30, 14);
  expect(of(50, "exponential")).toBeCloseTo(0.10094, 5);
  for (const cells of [1, 2, 3, 50]) expect(Math.abs(of(cells, "thermal"))).toBeLessThan(1e-15);
});

test("the unit of energy and the end one looks from do not matter, the unit of time does", () => {
  const one = entropyProduction(chain(5, [1, 3], "sqrt-sum"));
  const mirrored = entropyProduction(chain(5, [3, 1], "sqrt-sum"));
  const scaled = entropyProduction(chain(5, [1e20, 3e20], "sqrt-sum"));
  for (const field of ["fluctuations", "channelsPerParticle"] as const) {
    expect(mirrored[field] / one[field]).toBeCloseTo(1, 13);
    expect(scaled[field] / one[field] / 1e10).toBeCloseTo(1, 13);
  }
});

test("inside a long chain the currents produce what thermodynamics says, j (1/T_R - 1/T_L)", () => {
  for (const { law } of rates) {
    const model = chain(400, [1, 1.2], law, "thermal");
    const { flux } = equilibrium(model);
    const { channelsPerParticle } = entropyProduction(model);
    expect(channelsPerParticle / (flux * (1 / 1.2 - 1))).toBeCloseTo(1, 4);
  }
});

test("the rate constant with thermal baths: the process produces M j (1/T_R - 1/T_L), exactly", () => {
  for (const particles of [1, 2, 1000]) {
    const model = chain(7, [1, 3], { law: "constant", scale: 2, cap: 6 }, "thermal", particles);
    const { flux } = equilibrium(model);
    expect(entropyProduction(model).process! / (particles * flux * (1 / 3 - 1))).toBeCloseTo(1, 14);
  }
  const lambda = 1;
  const closed = (10 * lambda * (2 - 1) ** 2) / (2 * 4 * 2 * 1);
  expect(entropyProduction(chain(3, [1, 2], "constant", "thermal")).process).toBeCloseTo(closed, 14);
  expect(entropyProduction(chain(3, [2, 2], "constant", "thermal")).process).toBe(0);
});

test("no exact number is claimed where there is none; at one particle the baths are the same", () => {
  const process = (law: "constant" | "sqrt-sum", bath: Bath, particles: number) =>
    entropyProduction(chain(3, [1, 2], law, bath, particles)).process;
  expect(process("constant", "exponential", 2)).toBeUndefined();
  expect(process("sqrt-sum", "thermal", 1)).toBeUndefined();
  expect(process("constant", "exponential", 1)).toBe(process("constant", "thermal", 1));
});
