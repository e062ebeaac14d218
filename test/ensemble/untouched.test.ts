/** Bonds that have never rung have transferred nothing: exactly 0, seen from either side, by every door. */
import { expect, test } from "vitest";
import { defineModel, follow, simulate, trajectory } from "../../src/index.ts";
import { settleTransferred } from "../../src/kernel.ts";

const example = { cells: 3, particles: 2, rate: "sqrt-min", bath: "thermal" } as const;
const hotLeft = defineModel({ ...example, temperatures: [1, 1e-20], initial: [1, 1e-20, 1e-20] });
const hotRight = defineModel({ ...example, temperatures: [1e-20, 1], initial: [1e-20, 1e-20, 1] });
const times = [0.5, 3, 40];

test.each([
  ["hot on the left", hotLeft, [1, 2, 3]],
  ["hot on the right", hotRight, [0, 1, 2]],
])("%s: the cold bonds, which ring 1e-10 times as often, stay at 0", async (_, model, cold) => {
  const hot = cold[0] === 0 ? 3 : 0;
  for (const replicas of [1, 37]) {
    const ensemble = await simulate(model, { times, replicas, seed: 5n, samples: true });
    times.forEach((_, t) => {
      for (const k of cold) {
        expect(ensemble.transferred[t * 4 + k]).toBe(0);
        if (replicas > 1) expect(ensemble.transferredVariance[t * 4 + k]).toBe(0);
        for (let r = 0; r < replicas; r++) expect(ensemble.transferredSamples![(r * 3 + t) * 4 + k]).toBe(0);
      }
      if (t === 2) expect(Math.abs(ensemble.transferred[t * 4 + hot])).toBeGreaterThan(0);
    });
  }
  const path = await follow(model, { seed: 5n });
  const whole = await trajectory(model, { times, seed: 5n });
  times.forEach((time, t) => {
    path.advance(time);
    expect(path.transferred).toEqual(whole.transferred.subarray(t * 4, t * 4 + 4));
    for (const k of cold) expect(path.transferred[k]).toBe(0);
  });
});

test("a cell that comes back to its first energy by chance keeps what has passed it; the rounding of a hot one goes", () => {
  const settled = (transferred: number[]) => {
    const Q = Float64Array.from(transferred);
    settleTransferred(Float64Array.of(1.5, 1, 0.25), Float64Array.of(1, 1, 0.5), Q);
    return [...Q];
  };
  expect(settled([0.5, 1e-9, 1e-9, 0.25])).toEqual([0.5, 1e-9, 1e-9, 0.25]);
  expect(settled([0.5, 1e-16, 1e-16, 0.25 + 1e-16])).toEqual([0.5, 0, 0, 0.25]);
});
