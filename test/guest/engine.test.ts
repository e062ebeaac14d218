/** The engine by itself, behind the doors at which models are checked: it refuses what no chain has, and always comes back. */
import { describe, expect, test } from "vitest";
import { loadKernel } from "../../src/engine.ts";
import { defineModel, InvalidInputError, simulate } from "../../src/index.ts";
import type { Kernel } from "../../src/kernel.ts";
import { initialEnergies } from "../../src/theory/initial.ts";
import { setupOf } from "../../src/rate/expression.ts";

const model = defineModel({ cells: 3, particles: 100, temperatures: [1, 1], initial: 1e-8 });

describe("numbers that no chain has are refused", () => {
  const hostile = [NaN, Infinity, -1, 0];
  const ways: [string, (kernel: Kernel, bad: number) => void][] = [
    ["particles", (kernel, bad) => kernel.setModel({ ...model, particles: bad }, setupOf(model), 0n)],
    ["a temperature", (kernel, bad) => kernel.setModel({ ...model, temperatures: [1, bad] }, setupOf(model), 0n)],
    [
      "a scale",
      (kernel, bad) => kernel.setModel({ ...model, rate: { ...model.rate, scale: bad } }, setupOf(model), 0n),
    ],
    [
      "a cap",
      (kernel, bad) => kernel.setModel({ ...model, rate: { ...model.rate, cap: bad && 1 / bad } }, setupOf(model), 0n),
    ],
    ["a step", (kernel, bad) => kernel.setStep(bad, false)],
    ["the first energy", (kernel, bad) => chunk(kernel, Float64Array.of(bad, 1, 1), [1])],
    ["an energy", (kernel, bad) => chunk(kernel, Float64Array.of(1, bad, 1), [1])],
    ["the last energy", (kernel, bad) => chunk(kernel, Float64Array.of(1, 1, bad), [1])],
    ["an energy of a path", (kernel, bad) => kernel.beginPath("exact", 0, Float64Array.of(1, bad, 1))],
    ["a time", (kernel, bad) => chunk(kernel, initialEnergies(model), [1, bad])],
    [
      "a measurement",
      (kernel, bad) => {
        kernel.beginPath("exact", 0, initialEnergies(model));
        kernel.follow(0.1);
        kernel.follow(bad);
      },
    ],
  ];
  // 1/cap = 0 is no cap, and 1/0 is one that no chain has.
  const isNone = (what: string, bad: number) => what === "a cap" && bad === 0;

  test.each(ways)("%s", async (what, give) => {
    const kernel = await loadKernel();
    kernel.setModel(model, setupOf(model), 0n);
    for (const bad of hostile.filter((bad) => !isNone(what, bad))) {
      expect(() => give(kernel, bad), String(bad)).toThrow(InvalidInputError);
    }
  });
});

function chunk(kernel: Kernel, initial: Float64Array, times: readonly number[]): void {
  kernel.allocate(initial, { times, moments: "mean", level: 0, samples: false });
  kernel.beginChunk("exact", 0, 0);
}

/**
 * A cold chain between warm baths: the bounds of its start are so low that one interval reaches to the end, and the first
 * exchange raises them ten-thousandfold.
 */
const COLD = model;
const END = 1e4;

test("raised bounds give an interval 10^6 candidates, and the host has control again after each 2^17", async () => {
  const kernel = await loadKernel();
  kernel.setModel(COLD, setupOf(COLD), 1n);
  chunk(kernel, initialEnergies(COLD), [END]);
  let calls = 1;
  while (!kernel.advance(2 ** 10)) calls++;
  const events = kernel.finishedEvents;
  expect(events).toBeGreaterThan(1e5);
  // Candidates are at least as many as events; an interval has at most 65536 of them at a time.
  expect(calls).toBeGreaterThan(events / 2 ** 17);
  // Where it stops has no influence on any number.
  const { mean } = await simulate(COLD, { replicas: 1, times: [END], seed: 1n, moments: "mean" });
  expect(Array.from(kernel.finishedBlock(0).subarray(2, 5))).toEqual(Array.from(mean));
});
