/**
 * Growth of e^{M λ Q} by guided clones against numbers from other programs. Errors come from 12 populations, so that z has
 * Student's law with 11 degrees of freedom: |z| < 7 fails once in 4·10^4 by chance, nine times 2e-4.
 */
import { describe, expect, test } from "vitest";
import { theory, type ModelInput } from "../../src/index.ts";
import { currentStatistics, InvalidInputError, replayCurrentStatistics } from "../../src/rare/index.ts";

const base = { temperatures: [1, 2], bath: "thermal" } as const;
const run = { seed: 3n, workers: 1 } as const;

describe("one cell, eigenvalues by collocation", () => {
  test.each([
    ["constant", 2, [-0.2, 0.1, 0.65], [0.16211814609109187, -0.03858350328409199, 0.10755596652976918]],
    ["constant", 10, [-0.2, 0.1, 0.65], [0.8007701627125723, -0.1934648197726081, 0.5334781492160972]],
    ["constant", 1, [0.1], [-0.01923877011526587]],
    ["sqrt-sum", 10, [-0.2, 0.65], [1.44882, 0.908398]],
  ] as const)("%s, M = %d", async (rate, particles, lambdas, eigenvalues) => {
    const model: ModelInput = { ...base, cells: 1, particles, rate };
    const { values, standardErrors } = await currentStatistics(model, { ...run, lambdas, replicas: 12 });
    lambdas.forEach((_, i) => {
      // The last digit of the last two is rounded.
      const z = (values[i] - eigenvalues[i] / particles) / standardErrors[i];
      expect(Math.abs(z)).toBeLessThan(7);
      // Twelve populations: the error itself is known to a fifth.
      expect(standardErrors[i]).toBeLessThan(0.004 / Math.sqrt(particles));
    });
  });
});

test("three cells of a hundred: another program's clones, and the limit of many particles", async () => {
  for (const [rate, value, error] of [
    ["sqrt-sum", 0.071239, 2.4e-5],
    ["constant", 0.039125, 1.8e-5],
  ] as const) {
    const model: ModelInput = { ...base, cells: 3, particles: 100, rate };
    const { values, standardErrors, psi, effectiveClones } = await currentStatistics(model, {
      ...{ ...run, lambdas: [0.7], clones: 200, time: 10, replicas: 6 },
    });
    expect(Math.abs(values[0] - value) / Math.hypot(error, standardErrors[0])).toBeLessThan(5);
    expect(Math.abs(values[0] - psi[0])).toBeLessThan(0.001);
    expect(psi[0]).toBeCloseTo(theory.currentLargeDeviations(model, [0.7]).psi[0], 14);
    // Hardly a clone is lost.
    expect(effectiveClones[0]).toBeGreaterThan(199);
  }
});

test("the same bits on any workers, again, and on the slow timescale", async () => {
  const model: ModelInput = { ...base, cells: 2, particles: 10, rate: "sqrt-sum" };
  const options = { lambdas: [0.3, -0.1], clones: 20, time: 1, replicas: 5, seed: 9n };
  const one = await currentStatistics(model, { ...options, workers: 1 });
  for (const workers of [2, 7]) {
    expect((await currentStatistics(model, { ...options, workers })).certificate).toEqual(one.certificate);
  }
  const copy = JSON.parse(JSON.stringify(one.certificate)) as typeof one.certificate;
  expect(await replayCurrentStatistics(copy)).toMatchObject({ same: true });
  expect(await replayCurrentStatistics({ ...copy, seed: "1" })).toMatchObject({ same: false });
  const slow = await currentStatistics({ ...model, timescale: "slow" }, { ...options, time: 10, workers: 1 });
  slow.values.forEach((value, i) => expect(value).toBeCloseTo(one.values[i], 10));
});

test("a chain that freezes says so; the paper's bath is refused", async () => {
  const model: ModelInput = { ...base, cells: 1, particles: 20, rate: "sqrt-harmonic" };
  const { frozen, psi } = await currentStatistics(model, {
    ...run,
    lambdas: [0.1, 0.7],
    clones: 20,
    time: 1,
    replicas: 2,
  });
  expect(frozen).toEqual([true, false]);
  expect(psi[0]).toBeLessThan(0);
  const papers = currentStatistics({ ...model, bath: "exponential" }, { lambdas: [0.1] });
  await expect(papers).rejects.toThrow(InvalidInputError);
});
