/** The law of large numbers and the central limit theorem on long chains, where nobody counts cells by hand. */
import { expect, test } from "vitest";
import { defineModel, verify } from "../src/index.ts";

test.each([
  { cells: 100, rate: "sqrt-sum", particles: [1000, 10_000], replicas: 512 },
  { cells: 40, rate: { law: "sqrt-harmonic", cap: 1 }, particles: [1000, 10_000], replicas: 1024 },
] as const)("$cells cells, $rate", async ({ cells, rate, particles, replicas }) => {
  const model = defineModel({ cells, particles: 1, temperatures: [1, 3], rate, initial: 2 });
  for (const report of await verify.all(model, { particles, replicas, times: [1], seed: 5 })) {
    expect(report.checks.filter(({ passed }) => !passed)).toEqual([]);
  }
});
