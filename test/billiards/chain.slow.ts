/**
 * Chains between baths against an independent native simulation of the same tables (R = 1, ε = 0.05), whose figures are given
 * with their errors. The comparisons ask for 3 standard errors; with twelve of them, once in 30 were the seeds new.
 */
import { describe, expect, test } from "vitest";
import { defineBilliards, simulateBilliards, type BilliardsResult } from "../../src/billiards/index.ts";
import { zOf } from "../support/billiardStatistics.ts";

/** The flux from right to left, over all barriers: in the long run they all carry the same. */
function fluxOf({ flux, fluxError }: BilliardsResult): { mean: number; error: number } {
  const mean = -flux.reduce((sum, value) => sum + value) / flux.length;
  // Barriers are not independent: no error is less than the mean of theirs.
  return { mean, error: fluxError.reduce((sum, error) => sum + error) / flux.length };
}

describe("between baths at 1 and 2, as section 2.1 has them", () => {
  test.each([
    { cells: 1, particles: 2, flux: [2.177e-3, 2.5e-5], energies: [1.28], error: 0.012, time: 2e5 },
    { cells: 2, particles: 2, flux: [1.554e-3, 1.7e-5], energies: [1.186, 1.438], error: 0.012, time: 2e5 },
    {
      cells: 4,
      particles: 2,
      flux: [9.51e-4, 2.3e-5],
      energies: [1.081, 1.258, 1.422, 1.559],
      error: 0.015,
      time: 1.5e5,
    },
    {
      cells: 4,
      particles: 10,
      flux: [2.528e-4, 6.3e-6],
      energies: [1.229, 1.434, 1.622, 1.778],
      error: 0.015,
      time: 7e4,
    },
  ] as const)("N = $cells, M = $particles: the flux of the native simulation, and its energies", async (reference) => {
    const { cells, particles, time } = reference;
    const table = defineBilliards({ cells, particles, temperatures: [1, 2] });
    const result = await simulateBilliards(table, { replicas: 64, time, seed: 30n, burnIn: 10_000 });
    const flux = fluxOf(result);
    const [mean, error] = reference.flux;
    expect(Math.abs(zOf(flux, mean, error))).toBeLessThan(3);
    expect(flux.error / flux.mean).toBeLessThan(0.035);
    reference.energies.forEach((energy, k) => {
      const own = { mean: result.energies[k], error: result.energiesError[k] };
      expect(Math.abs(zOf(own, energy, reference.error))).toBeLessThan(3);
    });
    // T14: what enters leaves, but for what the cells store.
    result.flux.forEach((value, k) => {
      expect(Math.abs(-value - flux.mean)).toBeLessThan(3 * result.fluxError[k] + (2 * cells) / time);
    });
  });
});

describe("equal baths", () => {
  test("the Maxwellian one keeps Gibbs's law: Gamma(M, T/M)", async () => {
    for (const particles of [1, 3]) {
      const table = defineBilliards({ cells: 2, particles, temperatures: [1, 1], bath: "maxwell" });
      const { energies, energiesError, energyVariance, energyVarianceError, flux, fluxError } = await simulateBilliards(
        table,
        { replicas: 64, time: 1e5, seed: 31n },
      );
      for (const k of [0, 1]) {
        expect(Math.abs(energies[k] - 1) / energiesError[k]).toBeLessThan(5);
        expect(energiesError[k]).toBeLessThan(0.01);
        expect(Math.abs(energyVariance[k] - 1 / particles) / energyVarianceError[k]).toBeLessThan(5);
      }
      flux.forEach((value, k) => expect(Math.abs(value) / fluxError[k]).toBeLessThan(5));
    }
  });

  test("the paper's does not: a cell of one disk has 0.787(2) T", async () => {
    const table = defineBilliards({ cells: 1, particles: 1, temperatures: [1, 1] });
    const { energies, energiesError } = await simulateBilliards(table, { replicas: 64, time: 2e5, seed: 32n });
    expect(Math.abs(zOf({ mean: energies[0], error: energiesError[0] }, 0.787, 0.002))).toBeLessThan(3);
    expect((1 - energies[0]) / energiesError[0]).toBeGreaterThan(10);
  });
});
