/**
 * Disks that collide: `exact`, `direct` and a plain simulation of explicit velocities have one law, and a plain one with a
 * planted defect has another. Energies by two-sample Kolmogorov-Smirnov (false alarm 1e-9 each), events and inflow by z
 * (|z| < 6). At 2e4 replicas KS sees a shift of 0.03 in a distribution function, at the 2e3 of M = 10 one of 0.1. And the law
 * of their equilibrium. M = 10 and others: kinetic-laws.slow.ts.
 */
import { describe, expect, test } from "vitest";
import { InvalidInputError, simulate, theory } from "../../src/index.ts";
import { disagreement, sample, TIME } from "../support/agreement.ts";
import { disks, offBalance } from "../support/diskChains.ts";
import { type DiskDefect, sampleDisks } from "../support/disks.ts";

describe("one law", () => {
  test.each([
    [1, "thermal"],
    [2, "thermal"],
    [2, "exponential"],
  ])("exact, direct and plain, M = %d, %s baths", async (M, bath) => {
    const model = disks(M, { bath });
    const exact = await sample(model, "exact", 3e4);
    expect(disagreement(exact, await sample(model, "direct", 3e4))).toBeLessThan(1);
    expect(disagreement(exact, sampleDisks(model, TIME, 2e4 / M))).toBeLessThan(1);
  });

  test.each<DiskDefect>(["all candidates collide", "bath of T"])(
    "is told from that with a planted defect: %s",
    async (defect) => {
      const model = disks(2);
      const exact = await sample(model, "exact", 3e4);
      expect(disagreement(exact, sampleDisks(model, TIME, 1e4, defect))).toBeGreaterThan(1);
    },
  );
});

test("exponential baths are simulated alone: the theory knows none", async () => {
  const model = disks(2, { bath: "exponential" });
  expect(() => theory.limit(model, [1])).toThrow(/"bath" expected "thermal" where theory is asked of disks/);
  expect(() => theory.equilibrium(model)).toThrow(InvalidInputError);
  expect(() => theory.diffusion(model, model.initial as number[])).toThrow(InvalidInputError);
  const equation = { replicas: 2, times: [1], method: "mesoscopic" } as const;
  await expect(simulate(model, equation)).rejects.toThrow(InvalidInputError);
});

test("between equal baths energies are independent Gamma(M, T/M): five cells and their mean (false alarm 6e-9)", async () => {
  expect(await offBalance(1, "kinetic", "exact")).toBeLessThan(1);
  expect(await offBalance(2, "uniform", "exact")).toBeGreaterThan(1);
});
