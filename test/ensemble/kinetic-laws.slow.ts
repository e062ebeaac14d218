/**
 * Disks that collide: `exact`, `direct` and a plain simulation of explicit velocities have one law, and a plain one with a
 * planted defect has another. Energies by two-sample Kolmogorov-Smirnov (false alarm 1e-9 each), events and inflow by z
 * (|z| < 6). At 2e4 replicas KS sees a shift of 0.03 in a distribution function, at the 2e3 of M = 10 one of 0.1. And the law
 * of their equilibrium. M = 1 and 2: kinetic.test.ts.
 */
import { expect, test } from "vitest";
import { disagreement, sample, TIME } from "../support/agreement.ts";
import { disks, offBalance } from "../support/diskChains.ts";
import { type DiskDefect, sampleDisks } from "../support/disks.ts";

test.each([
  [10, "thermal"],
  [1, "exponential"],
  [10, "exponential"],
])("exact, direct and plain, M = %d, %s baths", async (M, bath) => {
  const model = disks(M, { bath });
  const exact = await sample(model, "exact", 3e4);
  expect(disagreement(exact, await sample(model, "direct", 3e4))).toBeLessThan(1);
  expect(disagreement(exact, sampleDisks(model, TIME, 2e4 / M))).toBeLessThan(1);
});

test("an exponential bath that keeps its energy is another", async () => {
  const model = disks(2, { bath: "exponential" });
  const kept = sampleDisks(model, TIME, 2e4, "bath of T");
  expect(disagreement(await sample(model, "exact", 3e4), kept)).toBeGreaterThan(1);
});

test("exact and direct, in other chains", async () => {
  const models = [
    disks(1, { cells: 1, initial: [0.4] }),
    disks(150, { rate: { law: "sqrt-sum", scale: 2.5 } }),
    disks(2, { temperatures: [1e-3, 10] }),
    // So cold a start that bounds are lifted again and again, and slots become higher.
    disks(8, { initial: 1e-6 }),
  ];
  for (const model of models) {
    const replicas = Math.min(3e4, 3e5 / model.particles);
    const found = disagreement(await sample(model, "exact", replicas), await sample(model, "direct", replicas));
    expect(found, JSON.stringify(model)).toBeLessThan(1);
  }
});

test.each<DiskDefect>(["one particle less", "half the energy"])(
  "is told from that with a planted defect: %s",
  async (defect) => {
    const model = disks(2);
    const exact = await sample(model, "exact", 3e4);
    expect(disagreement(exact, sampleDisks(model, TIME, 2e4, defect))).toBeGreaterThan(1);
  },
);

test.each([2, 10])("between equal baths energies are independent Gamma(M, T/M), M = %d", async (M) => {
  expect(await offBalance(M, "kinetic", "exact")).toBeLessThan(1);
  expect(await offBalance(M, "kinetic", "direct")).toBeLessThan(1);
});
