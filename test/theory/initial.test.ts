/** The energies a chain starts with. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { defineModel, type ModelInput } from "../../src/model.ts";
import { equilibrium } from "../../src/theory/index.ts";
import { initialEnergies } from "../../src/theory/initial.ts";

const starting = (initial: NonNullable<ModelInput["initial"]>) =>
  defineModel({ cells: 3, particles: 10, temperatures: [1, 2], rate: "sqrt-sum", initial });

test("a chain starts on the line between its baths, at equilibrium, at one energy, or where it is told", () => {
  expect([...initialEnergies(starting("linear"))]).toEqual([1.25, 1.5, 1.75]);
  expect(initialEnergies(starting("equilibrium"))).toEqual(equilibrium(starting("linear")).energies);
  expect([...initialEnergies(starting(0.3))]).toEqual([0.3, 0.3, 0.3]);
  expect([...initialEnergies(starting([3, 2, 1]))]).toEqual([3, 2, 1]);
});

test("no number of the theory comes from a function that engines round differently", () => {
  const directory = new URL("../../src/theory/", import.meta.url);
  for (const file of readdirSync(directory, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".ts")) continue;
    const used = readFileSync(new URL(file, directory), "utf8").matchAll(/Math\.(\w+)| \*\* /g);
    for (const [text, name] of used)
      expect({ file, text, exact: /^(sqrt|abs|min|max|ceil|floor|sign|PI|SQRT2)$/.test(name) }).toMatchObject({
        exact: true,
      });
  }
});
