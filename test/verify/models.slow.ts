/** Every verification on chains where nobody counts cells by hand, and on every law and bath. */
import { expect, test } from "vitest";
import { defineModel, verify, type ModelInput } from "../../src/index.ts";

const long: ModelInput[] = [
  { cells: 100, particles: 1, temperatures: [1, 3], rate: "sqrt-sum", initial: 2 },
  { cells: 40, particles: 1, temperatures: [1, 3], rate: { law: "sqrt-harmonic", cap: 1 }, initial: 2 },
];

test.each(long)("$cells cells: $rate", async (input) => {
  const options = { quick: true, particles: [1000, 10_000], replicas: 512, times: [1], seed: 5, budget: 1e8 };
  for (const { checks } of await verify.all(defineModel(input), options)) {
    expect(checks.filter(({ passed }) => !passed)).toEqual([]);
  }
});

const laws = (["constant", "sqrt-sum", "sqrt-harmonic", "sqrt-min"] as const).flatMap((rate) =>
  (["exponential", "thermal"] as const).map((bath) => ({ rate, bath })),
);

test.each(laws)("five cells, $rate, $bath", async ({ rate, bath }) => {
  const model = defineModel({ cells: 5, particles: 1, temperatures: [2, 0.7], rate, bath, initial: 1.5 });
  for (const { checks } of await verify.all(model, { quick: true, seed: 3 })) {
    expect(checks.filter(({ passed }) => !passed)).toEqual([]);
  }
});

test("the standard chain, in full: false alarms below 1e-6, misprints rejected at |z| > 20, corrections within 4", async () => {
  const reports = await verify.all(verify.standardChain());
  const checks = reports.flatMap((report) => report.checks);
  expect(checks.filter(({ passed }) => !passed)).toEqual([]);
  expect(checks.reduce((sum, { falseAlarm }) => sum + falseAlarm, 0)).toBeLessThan(1e-6);
  const { columns, rows } = reports.at(-1)!.tables[0];
  for (const row of rows) {
    expect(Math.abs(row[columns.indexOf("z if corrected")] as number)).toBeLessThan(4);
    expect(Math.abs(row[columns.indexOf("z if printed")] as number)).toBeGreaterThan(20);
  }
});
