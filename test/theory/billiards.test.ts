/**
 * The kinetic theory of billiards: speeds, the rate of two disks, energies of cells, against figures of an independent trial (a
 * native program that shares no code with this one). Geometry and laws of collisions: billiards.slow.ts.
 */
import { describe, expect, test } from "vitest";
import type { Shape } from "../../src/billiards/table.ts";
import { theory } from "../../src/index.ts";

const { billiards } = theory;

/** The table of the trial. */
const ARCS: Shape = { length: 5, neck: 1.9, arc: 5 };
const FLAT: Shape = { length: 5, neck: 1.9, arc: "flat" };
const table = (particles: number, shape = ARCS, hole = 0.05) => ({ particles, radius: 1, hole, shape });

const relative = (got: number, wanted: number) => Math.abs(got / wanted - 1);

/** The sum of f over the middles of n parts of [a, b], times their width. */
function midpoint(f: (x: number) => number, a: number, b: number, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += f(a + ((i + 0.5) * (b - a)) / n);
  return (sum * (b - a)) / n;
}

describe("the mean relative speed", () => {
  /** By shares of two disks and the angle between them. */
  function byShares(M: number, E1: number, E2: number, n: number): number {
    const speed = (t: number, E: number) => Math.sqrt(M * E * (M === 1 ? 1 : 1 - t ** (1 / (M - 1))));
    const overAngle = (v: number, w: number) =>
      midpoint((β) => Math.sqrt(v * v + w * w - 2 * v * w * Math.cos(β)), 0, Math.PI, n) / Math.PI;
    const shares = M === 1 ? 1 : n;
    return midpoint((t) => midpoint((s) => overAngle(speed(t, E1), speed(s, E2)), 0, 1, shares), 0, 1, shares);
  }

  test.each([
    [1, 1, 1],
    [1, 1.3, 0.7],
    [1, 1, 1e-6],
    [2, 1, 1],
    [2, 1.9, 0.1],
    [7, 1.3, 0.7],
    [50, 0.2, 1.8],
  ])("at M = %d and energies %d, %d is that of shares and angles", (M, E1, E2) => {
    const n = M === 1 ? 100_000 : 160;
    expect(relative(billiards.meanRelativeSpeed(M, E1, E2), byShares(M, E1, E2, n))).toBeLessThan(
      M === 1 ? 1e-9 : 1e-3,
    );
  });

  test("is an elementary number where cells are equal, where one is at rest, and in the limit", () => {
    expect(billiards.meanRelativeSpeed(1, 1, 1)).toBeCloseTo(4 / Math.PI, 15);
    expect(billiards.meanRelativeSpeed(1, 0, 2)).toBeCloseTo(Math.SQRT2, 15);
    // ρ_2 = 2/3.
    expect(billiards.meanRelativeSpeed(2, 3, 0)).toBeCloseTo((2 / 3) * Math.sqrt(6), 14);
    expect(billiards.meanRelativeSpeed(5, 0, 0)).toBe(0);
    const limit = billiards.meanRelativeSpeed(Infinity, 1.3, 0.7);
    expect(limit).toBeCloseTo(Math.sqrt((Math.PI * 2) / 4), 15);
    // 1 + (E1² + E2²)/(8 M (E1 + E2)²), EXCHANGES.
    expect(billiards.meanRelativeSpeed(1000, 1.3, 0.7) / limit).toBeCloseTo(1 + (1.3 ** 2 + 0.7 ** 2) / 32_000, 7);
  });

  // gmean_tot_Etot2 of the trial.
  test.each([
    [1, 1.3333333333333333],
    [2, 1.2929952570268297],
    [5, 1.2690722983691027],
    [50, 1.2548817530113443],
    [1000, 1.2533924718957343],
  ])("over all states of two cells at M = %d is %d", (M, trial) => {
    expect(relative(billiards.microcanonicalRelativeSpeed(2, M, 2), trial)).toBeLessThan(1e-12);
  });

  test("averages to that over the law of the cells' energies", () => {
    for (const M of [1, 2, 5]) {
      const weight = (x: number) => (x * (1 - x)) ** (M - 1);
      const sum = midpoint((x) => weight(x) * billiards.meanRelativeSpeed(M, 2 * x, 2 - 2 * x), 0, 1, 2000);
      const mean = sum / midpoint(weight, 0, 1, 2000);
      expect(relative(mean, billiards.microcanonicalRelativeSpeed(2, M, 2))).toBeLessThan(1e-6);
    }
  });
});

describe("the rate", () => {
  const φ = (M: number, chi?: number) => billiards.meanRate(billiards.rateConstant(table(M), chi).value, M, 2);

  test("is exact at M = 1", () => {
    const { value, chi, source } = billiards.rateConstant(table(1));
    expect(source).toBe("exact");
    const [A1, G, V] = [
      billiards.freeArea(table(1), 1),
      billiards.contactMeasure(table(1)),
      billiards.overlapMeasure(table(1)),
    ];
    expect(value).toBeCloseTo(((2 / Math.PI) * G) / (A1 ** 2 - V), 15);
    expect(chi).toBeCloseTo(1 / (1 - V / A1 ** 2), 14);
    // phi_M1_Etot2 of the trial.
    expect(relative(φ(1), 0.012613)).toBeLessThan(0.0006);
    // With one cell cold the mean wait grows by what the relative speed loses, no more.
    expect(billiards.rateGiven(value, 1, 0, 2) / billiards.rateGiven(value, 1, 1, 1)).toBeCloseTo(
      Math.SQRT2 / (4 / Math.PI),
      12,
    );
  });

  // The first by a Monte Carlo of 4e7 draws of four disks (4 in 10^4), the others chi_mc of the trial (0.7 %).
  test("at which one disk meets the walls of its cell is Santaló's", () => {
    // santalo_M1_N1_wall_rate_v1 of the trial, which measured 0.574815 in 4e6 collisions.
    expect(relative(billiards.wallRate(table(1), 1), 0.5743323)).toBeLessThan(1e-7);
    expect(billiards.wallRate(table(1, FLAT), 4)).toBeCloseTo((2 * (4 * 1.5 + 4 * 0.9)) / (Math.PI * 3 * 1.8), 13);
  });
});

/** A point of the unit sphere. */
describe("energies of cells", () => {
  test.each([
    [2, 1],
    [2, 10],
    [5, 3],
  ])("of %d, M = %d: Beta(M, (N-1)M)", (N, M) => {
    const density = (x: number) => x ** (M - 1) * (1 - x) ** ((N - 1) * M - 1);
    const norm = midpoint(density, 0, 1, 20_000);
    for (const x of [0.1, 0.4, 0.7])
      expect(Math.abs(billiards.cellEnergyCdf(N, M, x) - midpoint(density, 0, x, 20_000) / norm)).toBeLessThan(1e-7);
    const mean = 1 / N;
    const variance = midpoint((x) => density(x) * (x - mean) ** 2, 0, 1, 20_000) / norm;
    expect(relative(billiards.cellEnergyVariance(N, M, 3), 9 * variance)).toBeLessThan(1e-6);
  });

  test("of two: Var E1 = 1/(2M+1) at Et = 2, and even where powers are beyond all numbers", () => {
    for (const M of [1, 2, 5, 10]) expect(billiards.cellEnergyVariance(2, M, 2)).toBeCloseTo(1 / (2 * M + 1), 15);
    expect(billiards.cellEnergyCdf(2, 2000, 0.5)).toBeCloseTo(0.5, 11);
    expect(billiards.cellEnergyCdf(2, 3, 0)).toBe(0);
    expect(billiards.cellEnergyCdf(2, 3, 1)).toBe(1);
  });
});
