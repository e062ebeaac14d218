/** Verifications of people's own models: they pass, or say in words what does not apply, why, and what to do. */
import { describe, expect, test } from "vitest";
import { defineModel, verify, type ModelInput, type Report } from "../../src/index.ts";

const small = { quick: true, particles: [1000, 10_000], replicas: 512, times: [1] };
const three: ModelInput = { cells: 3, particles: 1, temperatures: [1, 2], initial: 1 };

function failed(reports: readonly Report[]) {
  return reports.flatMap(({ checks }) => checks).filter(({ passed }) => !passed);
}

test("the law of large numbers and the central limit theorem hold, every law and bath", async () => {
  for (const rate of ["constant", "sqrt-sum", "sqrt-harmonic", "sqrt-min"] as const) {
    for (const bath of ["exponential", "thermal"] as const) {
      const model = defineModel({ ...three, rate, bath, initial: [1.8, 1, 1.3] });
      const options = { particles: [300, 1000, 3000], replicas: 2048, times: [0.5, 1] };
      const reports = [await verify.lln(model, options), await verify.clt(model, options)];
      expect(failed(reports), `${rate}, ${bath}`).toEqual([]);
    }
  }
});

test("one cell, T_L > T_R, scale and cap: everything that applies", async () => {
  const model = defineModel({
    cells: 1,
    particles: 1,
    temperatures: [3, 0.5],
    rate: { law: "sqrt-sum", scale: 2, cap: 1 },
  });
  const reports = await verify.all(model, small);
  expect(failed(reports)).toEqual([]);
  for (const { name, checks } of reports) expect(checks.length, name).toBeGreaterThan(0);
});

test.each<[string, NonNullable<ModelInput["rate"]>]>([
  ["not symmetric", "sqrt(a+2*b)"],
  ["costly", "1-exp(-sqrt(a*b/(a+b)))"],
  ["kinks on a = b", "max(a,b)"],
  ["kinks elsewhere", "min(a,1.3)+b"],
  ["bonds that differ", { law: "sqrt-sum", scales: [1, 3, 0.4, 2] }],
  ["constants that differ", { law: "constant", scales: [1, 3, 0.4, 2] }],
])("a rate of one's own, %s: everything that applies", async (_, rate) => {
  const reports = await verify.all(defineModel({ ...three, rate }), { quick: true, events: 3e7 });
  expect(failed(reports)).toEqual([]);
  for (const { name, checks } of reports) if (name !== "ness") expect(checks.length, name).toBeGreaterThan(2);
});

test('rate "constant" has exact predictions at every M, even 1, and no bias', async () => {
  const model = defineModel({ ...three, rate: "constant" });
  const options = { particles: [1, 2, 10], replicas: 4096, times: [0.5, 1] };
  const lln = await verify.lln(model, options);
  expect(failed([lln, await verify.clt(model, options)])).toEqual([]);
  expect(lln.checks.map(({ name }) => name)).toContain("M E|Θ-Θ̄|² at M = 1, 2 times");
  expect(lln.notes.join()).toContain("the mean is the limit equation itself");
});

test("an M too small for the expansion is not checked, and the least M is named", async () => {
  const { notes, checks } = await verify.lln(defineModel(three), { particles: [3, 1000], replicas: 2048, times: [1] });
  expect(notes.join()).toMatch(/^M = 3 is not checked: .*take M >= \d+/);
  expect(checks.map(({ name }) => name).filter((name) => name.includes("M = 3,"))).toEqual([]);
  const least = Number(/M >= (\d+)/.exec(notes.join())![1]);
  expect(least).toBeGreaterThan(3);
  expect(least).toBeLessThan(300);
});

test("a model whose own M is too small for the Gaussian is told so, with the M that is not", async () => {
  const noteOf = async (particles: number) => {
    const { notes } = await verify.clt(defineModel({ ...three, particles }), small);
    return notes.find((note) => note.includes("too small for the Gaussian"));
  };
  expect(await noteOf(100_000)).toBeUndefined();
  const note = await noteOf(2);
  expect(note).toMatch(/^the model's own M = 2 is too small .* skewness at t = 1 is about [\d.]+; from M = \d+ on/);
  const enough = Number(/from M = (\d+)/.exec(note!)![1]);
  expect(await noteOf(enough)).toBeUndefined();
  expect(await noteOf(enough - 1)).toBeDefined();
});

test("a misprint that changes nothing on a chain is no hypothesis there", async () => {
  // One cell has no neighbour, so signs in H do not matter.
  const model = defineModel({ cells: 1, particles: 1, temperatures: [1, 5], rate: "constant" });
  const { notes, checks, tables } = await verify.errata(model, small);
  expect(notes.join()).toContain('B5: "H without minus signs, (3.2) and (6.1)" says nearly the same of this chain');
  expect(checks.map(({ name }) => name.slice(0, 2))).not.toContain("B5");
  expect(tables[0].rows.map(([erratum]) => erratum)).not.toContain("B5");
});

test('"sqrt-min" is compared to leading order, and says so', async () => {
  const model = defineModel({ ...three, rate: "sqrt-min" });
  const reports = await verify.all(model, small);
  expect(failed(reports)).toEqual([]);
  for (const name of ["lln", "clt", "ness"]) {
    expect(reports.find((report) => report.name === name)!.notes.join(), name).toContain("not smooth");
  }
});

describe("a steady state that is too slow to reach", async () => {
  const model = defineModel({ cells: 60, particles: 1, temperatures: [1, 2] });
  const report = await verify.ness(model, { quick: true, budget: 1e7 });

  test("is named, with the wait, the events, and what to ask for", () => {
    expect(report.checks).toEqual([]);
    expect(report.notes).toHaveLength(3);
    for (const note of report.notes) {
      expect(note).toMatch(/too slow to reach: .*the wait is t = [\d.e+]+ and \d+ replicas .* about [\d.e+]+ events/);
      expect(note).toContain("--budget");
    }
  });

  test("fails nothing, and passes nothing", () => {
    expect(report.passed).toBe(true);
    expect(report.tables).toEqual([]);
  });
});

test("wrong options are listed all at once", async () => {
  const options = { quick: 1, particles: [10], replicas: 3, times: [0], budget: -1 } as never;
  await expect(verify.all(verify.standardChain(), options)).rejects.toThrow(
    /"quick" expected true or false, got 1[^]*"particles"[^]*"replicas"[^]*"times[^]*"budget" expected a number of events/,
  );
});
