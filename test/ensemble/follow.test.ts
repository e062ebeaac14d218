/** A path that is followed live is the replica of an ensemble that is observed at its looks. */
import { describe, expect, test } from "vitest";
import { defineModel, follow, LeftConeError, trajectory, type ModelInput } from "../../src/index.ts";
import { METHODS } from "../../src/kernel.ts";

const base: ModelInput = { cells: 5, particles: 200, temperatures: [1, 2], initial: [1.3, 0.4, 2.1, 1, 1.7] };
/** Far apart and close together, the last of them many stretches away. */
const looks = [0, 0.25, 0.3, 0.3000001, 2, 2.5, 9];

describe.each(METHODS)("%s", (method) => {
  test("every look has the bits of the trajectory with those times", async () => {
    for (const input of [base, { ...base, particles: 1e4 }, { ...base, cells: 1, initial: 1 }]) {
      const model = defineModel({ ...input, rate: "constant" });
      const options = { seed: 42n, replica: 3, method } as const;
      const whole = await trajectory(model, { ...options, times: looks });
      const path = await follow(model, options);
      looks.forEach((time, i) => {
        path.advance(time);
        expect(path.time).toBe(time);
        expect(path.energies).toEqual(whole.energies.slice(i * model.cells, (i + 1) * model.cells));
        expect(path.current).toEqual(whole.current.slice(i * (model.cells + 1), (i + 1) * (model.cells + 1)));
      });
      expect(path.events).toBe(whole.events);
    }
  });

  test("two looks at one time are one look", async () => {
    const model = defineModel(base);
    const [once, twice] = [await follow(model, { method }), await follow(model, { method })];
    for (const time of looks) {
      once.advance(time);
      twice.advance(time);
      twice.advance(time);
      expect(twice.energies).toEqual(once.energies);
    }
  });
});

test("a new path stands at its start, and one path does not disturb another", async () => {
  const model = defineModel(base);
  const [path, other] = [await follow(model, { seed: 1 }), await follow(model, { seed: 2 })];
  expect([path.time, path.events, [...path.energies]]).toEqual([0, 0, base.initial]);
  expect([...path.current]).toEqual([0, 0, 0, 0, 0, 0]);
  const before = path.energies;
  path.advance(1);
  other.advance(1);
  const alone = await follow(model, { seed: 1 });
  alone.advance(1);
  expect(path.energies).toEqual(alone.energies);
  expect([...before]).toEqual(base.initial);
});

test("it does not go back, and says what is wrong with its options", async () => {
  const path = await follow(defineModel(base));
  path.advance(2);
  expect(() => path.advance(1)).toThrow(
    'path cannot be used:\n  "time" expected a finite time from 2 on, at most 2^53 events away, got 1',
  );
  expect(() => path.advance(Infinity)).toThrow("got Infinity");
  path.advance(3);
  await expect(follow(defineModel(base), { replica: -1, step: 1 })).rejects.toThrow(/"replica" .*\n.*"step" expected/);
});

test("a path of the equation that leaves the cone says when, and stays where it was for good", async () => {
  const model = defineModel({ ...base, particles: 1, initial: 0.01 });
  const path = await follow(model, { method: "mesoscopic" });
  const error = (() => {
    try {
      path.advance(50);
    } catch (error) {
      return error as LeftConeError;
    }
  })();
  expect(error).toBeInstanceOf(LeftConeError);
  expect(error!.time).toBeGreaterThan(0);
  expect(path.time).toBe(0);
  expect(() => path.advance(1)).toThrow(error);
  expect(path.energies).toEqual(new Float64Array(5).fill(0.01));
});
