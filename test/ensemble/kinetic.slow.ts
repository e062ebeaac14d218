/**
 * Defects planted in the engine's collisions, each told from a plain simulation (disks.ts) in law: |z| and KS as in
 * kinetic.test.ts. And κ = f(T, T) at ten cells of a thousand particles, to 0.3%.
 */
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { simulate } from "../../src/index.ts";
import { chain, disagreement, sample, TIME } from "../support/agreement.ts";
import { sampleDisks } from "../support/disks.ts";
import { type Edit, mutant, remove } from "../support/mutants.ts";
import { column } from "../support/statistics.ts";

const folders: string[] = [];
afterAll(() => folders.forEach(remove));

const model = chain({ exchange: "kinetic", rate: "sqrt-sum", bath: "thermal", particles: 2 });
const plain = sampleDisks(model, TIME, 6e4);

test("without a defect the engine agrees with the plain simulation at six times as many replicas", async () => {
  for (const method of ["exact", "direct"] as const)
    expect(disagreement(await sample(model, method, 1e5), plain)).toBeLessThan(1);
});

// Edits that keep the length of the code, whose functions are found by their places (rate/specialise.ts).
test.each<[string, Edit]>([
  [
    "the fast one of Beta(1, M - 1)",
    {
      file: "assembly/velocities.ts",
      from: "Beta.fromUniforms(UNIFORMS, UNIFORMS + ROW, particles + 0.5)",
      to: "Beta.fromUniforms(UNIFORMS, UNIFORMS + ROW, particles + 1e-9)",
    },
  ],
  [
    "acceptance left out",
    {
      file: "assembly/collisions.ts",
      from: "f64x2.gt(f64x2.splat(reach), f64x2.splat(part))",
      to: "f64x2.ne(f64x2.splat(reach), f64x2.splat(part))",
    },
  ],
  [
    "a bath of T in place of T/2",
    {
      file: "assembly/velocities.ts",
      from: "const part = f64x2.splat(-1 / particles);",
      to: "const part = f64x2.splat(-2 / particles);",
    },
  ],
  [
    "only the other one coming nearer",
    {
      file: "assembly/velocities.ts",
      from: "f64x2.gt(s, f64x2.splat(0))",
      to: "f64x2.gt(s, f64x2.splat(2))",
    },
  ],
])("%s", async (_, edit) => {
  const folder = await mutant([edit]);
  folders.push(folder);
  const wrong = (await import(join(folder, "dist/src/index.js"))) as { simulate: typeof simulate };
  const options = { replicas: 6e4, times: [TIME], seed: 5n, samples: true, workers: 1 } as const;
  const { samples, events, current, currentVariance } = await wrong.simulate(model, options);
  const energies = [0, 1, 2].map((k) => column(samples!, 3, k));
  const inflow = { mean: current[0], variance: currentVariance[0] };
  expect(disagreement({ energies, events, inflow, replicas: 6e4 }, plain)).toBeGreaterThan(1);
});

test("κ = f(T, T) at N = 10, M = 1000 (|z| < 6, standard error below 0.3%)", async () => {
  const chain = {
    cells: 10,
    particles: 1000,
    temperatures: [1, 1.5] as [number, number],
    exchange: "kinetic" as const,
  };
  const { conductivity, conductivityError } = await simulate(chain, {
    replicas: 64,
    times: "stationary",
    stationary: { looks: 2, spacing: 300 },
  });
  // ∫ √(2T) dT over the gap, from which ten cells are off by less than 1e-4.
  const expected = ((2 * Math.SQRT2) / 3) * ((1.5 ** 1.5 - 1) / 0.5);
  expect(conductivityError).toBeLessThan(0.003 * expected);
  expect(Math.abs(conductivity - expected)).toBeLessThan(6 * conductivityError);
});
