/** Verifications of disks that collide: everything that applies passes, in words that are true of them. */
import { expect, test } from "vitest";
import { defineModel, simulate, verify, type ModelInput } from "../../src/index.ts";
import { distancesOf } from "../../src/verify/evidence/balance.ts";
import { check } from "../../src/verify/measure/check.ts";

const three: ModelInput = { cells: 3, particles: 1000, temperatures: [1, 2], initial: 1, exchange: "kinetic" };

test("every verification passes, and those of the paper's own formulas are left out with a note", async () => {
  const reports = await verify.all(three, { quick: true, events: 3e7 });
  const checks = reports.flatMap(({ checks }) => checks);
  expect(checks.filter(({ passed }) => !passed)).toEqual([]);
  for (const { name, checks, notes } of reports) {
    if (name !== "beta" && name !== "errata") expect(checks.length, name).toBeGreaterThan(0);
    else expect([checks.length, notes[0]]).toEqual([0, expect.stringMatching(/^left out: it is about/)]);
  }
  const names = checks.map(({ name }) => name);
  expect(names).toContain("conductivity as ΔT → 0: f(T_L, T_L)");
  expect(names).toContain("its slope in ΔT: (f_1 + f_2)/2");
  expect(names).toContain("the current between 1 and 2 = -c");
  for (const M of [1, 2, 10]) {
    const name = `detailed balance at T_L = T_R: Gamma(M, T/M) in every cell and in their sum, N = 5, M = ${M}`;
    expect(names).toContain(name);
  }
  expect(JSON.stringify(reports.map((report) => ({ ...report, certificates: [] })))).not.toMatch(/T_L\)\/2|c\/2/);
}, 60_000);

test("the paper's exchange of the same rate between the same baths is not in that balance, which is found", async () => {
  const common = {
    ...three,
    cells: 5,
    particles: 2,
    temperatures: [1.5, 1.5],
    rate: "sqrt-sum",
    bath: "thermal",
  } as const;
  const distances = async (exchange: "uniform" | "kinetic") => {
    const model = defineModel({ ...common, initial: 1.5, exchange });
    const { samples } = await simulate(model, { replicas: 8192, times: [60], samples: true });
    return check(exchange, "distance", 8192, distancesOf(model, samples!));
  };
  expect((await distances("kinetic")).passed).toBe(true);
  expect((await distances("uniform")).passed).toBe(false);
});
