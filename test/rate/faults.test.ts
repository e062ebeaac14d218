/**
 * Rates that no chain can have, and rates that fall although they were said not to: each run ends with a typed error that
 * says where, and none goes on for ever. Such rates come in as `monotone: "assumed"` where they are bad between the energies at
 * which `defineModel` tries them, or past it, as to the engine of a program that is not ours.
 */
import { describe, expect, test } from "vitest";
import { loadKernelFor } from "../../src/engine.ts";
import { RateBoundError } from "../../src/errors.ts";
import { defineModel, follow, LeftConeError, simulate, trajectory, type Model } from "../../src/index.ts";
import type { Kernel, Method } from "../../src/kernel.ts";
import { setupOf } from "../../src/rate/expression.ts";
import { initialEnergies } from "../../src/theory/initial.ts";

/** 1 at a = 1.2, and 0 at the energies that are tried: 1 and 2, and 1.4 of the grid. */
const PEAK = "exp(-((a-1.2)/0.02)^2)";
/** Much narrower, for what must be 0 elsewhere although it is multiplied by 10^200. */
const NARROW = "exp(-((a-1.2)/0.006)^2)";
const chain = { cells: 1, particles: 1e4, temperatures: [1, 2], initial: [1.2] } as const;
const bad = (expression: string): Model => defineModel({ ...chain, rate: { expression, monotone: "assumed" } });

/** The fault of a run, which must end with one. */
async function faultOf(run: () => Promise<unknown>) {
  const error = await run().then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(RateBoundError);
  return (error as RateBoundError).fault;
}

const RATES: [name: string, expression: string, isBad: (rate: number) => boolean][] = [
  ["no number", `1+0*log(0.5-${PEAK})`, Number.isNaN],
  ["negative", `1-3*${PEAK}`, (rate) => rate < 0],
  ["too large", `1+1e200*${NARROW}`, (rate) => rate > 1e100 && rate < Infinity],
  ["infinite", `1+1e200*(1e200*${NARROW})`, (rate) => rate === Infinity],
];

describe.each(RATES)("%s at 1.2 alone", (_, expression, isBad) => {
  const model = bad(expression);
  const options = { replicas: 4, times: [0.1], seed: 1n };

  test.each(["exact", "direct"] as const)(
    "%s: an ensemble, on this thread and on workers, a trajectory, a path",
    async (method) => {
      const runs = [
        () => simulate(model, { ...options, method, workers: 1 }),
        () => simulate(model, { ...options, method, replicas: 1, workers: 1 }),
        () => simulate(model, { ...options, method, workers: 2 }),
        () => trajectory(model, { times: [0.1], method }),
        async () => {
          const path = await follow(model, { method });
          path.advance(0.1);
        },
      ];
      for (const run of runs) {
        const { bond, energies, rate, bound } = await faultOf(run);
        expect(isBad(rate)).toBe(true);
        // Bond 0 has the bath as its a, and is well.
        expect([bond, bound]).toEqual([1, Infinity]);
        expect(energies[0]).toBeGreaterThan(1.15);
        expect(energies[0]).toBeLessThan(1.25);
      }
    },
  );

  test("mesoscopic: the replica leaves the cone at once, or has energies", async () => {
    try {
      const { mean } = await simulate(model, { ...options, method: "mesoscopic", step: 0.01 });
      expect(mean.every((energy) => energy > 0)).toBe(true);
    } catch (error) {
      expect(error).toBeInstanceOf(LeftConeError);
    }
  });
});

test("a message names the bond, the energies and the rate", async () => {
  const run = simulate(bad(`1-3*${PEAK}`), { replicas: 1, times: [1], workers: 1 });
  await expect(run).rejects.toThrow(
    /^"rate" expected one from 0 to 1e100 at all energies, got -\d.* on bond 1 with energies 1\.2\d* and 2$/,
  );
});

describe("a fall that is narrower than the grid on which rates are tried", () => {
  // From the bottom of a dip, where bounds are low, energies go down its side and rates up; a bump is entered from above.
  const falls: [string, string, number, object][] = [
    ["a dip", `1-0.95*${PEAK}`, 1, {}],
    ["a bump", `1+5*${PEAK.replace("a", "b")}`, 0, { initial: [1.5], temperatures: [0.5, 2] }],
  ];

  test.each(falls)("%s is seen by the exact method, which needs bounds", async (_, expression, bond, changes) => {
    const model = defineModel({ ...chain, ...changes, rate: { expression, monotone: "assumed" } });
    for (const workers of [1, 2]) {
      const fault = await faultOf(() => simulate(model, { replicas: 4, times: [2], seed: 1n, workers }));
      expect(fault.bound).toBeLessThan(Infinity);
      expect(fault.rate).toBeGreaterThan(fault.bound);
      expect(fault.bond).toBe(bond);
    }
    await expect(simulate(model, { replicas: 4, times: [2], workers: 1 })).rejects.toThrow(
      /^f\(a, b\) falls somewhere: bond [01] with energies .* simulate with method "direct"/,
    );
    // The remedy of the message.
    const { mean } = await simulate(model, { replicas: 4, times: [2], seed: 1n, method: "direct", workers: 1 });
    expect(mean[0]).toBeGreaterThan(1);
  });

  test("with few particles, where one ceiling holds for all cells, too", async () => {
    // f(ceiling) is 1, and rates within the bump are up to 6.
    const model = defineModel({
      ...{ cells: 3, particles: 5, temperatures: [1, 2], initial: [1.2, 1.2, 1.2] },
      rate: { expression: "1+5*exp(-((a-1.2)/0.04)^2)", monotone: "assumed" },
    });
    const fault = await faultOf(() => simulate(model, { replicas: 64, times: [200], seed: 1n, workers: 1 }));
    expect(fault.rate).toBeGreaterThan(fault.bound);
  });

  test("a rate that rises is not accused, with and without functions, of many particles and of few", async () => {
    for (const particles of [1, 5, 100, 1e4]) {
      for (const expression of ["2-1/(1+a+b)", "log1p(a)-0.5*log1p(a/2)+b"]) {
        const model = defineModel({
          ...{ cells: 3, particles, temperatures: [0.5, 2] },
          rate: { expression, monotone: "assumed" },
        });
        const { events } = await simulate(model, { replicas: 8, times: [2e4 / particles / 8], seed: 2n, workers: 1 });
        expect(events).toBeGreaterThan(1e4);
      }
    }
  });
});

/** A chain of a rate that `defineModel` would refuse, on an engine that was made for it. */
async function kernelFor(expression: string, changes: object = {}) {
  const model = {
    ...defineModel({ cells: 3, particles: 5, temperatures: [1, 10], ...changes }),
    rate: { expression, parameters: {}, scale: 1, cap: null },
  } as Model;
  const kernel = await loadKernelFor(model);
  kernel.setModel(model, setupOf(model), 3n);
  return { kernel, model };
}

function ran(kernel: Kernel, model: Model, method: Method, level: number): number {
  kernel.allocate(initialEnergies(model), { times: [0.05, 0.1], moments: "mean", level, samples: false });
  kernel.beginChunk(method, 0, level);
  for (let calls = 0; !kernel.advance(1e5);) expect(calls++).toBeLessThan(1000);
  return kernel.finishedEvents;
}

describe("the engine by itself", () => {
  const methods = ["exact", "direct"] as const;

  test.each(["1/(a-a)", "sqrt(a-a-1)", "-1", "0*a/0", "1-2*a", "exp(1e3*a)", "1e101", "-a*exp(b)", "log(a)-9"])(
    "%s: an error from every method, with one replica and with many",
    async (expression) => {
      for (const particles of [1, 5, 8, 64, 1e4]) {
        const { kernel, model } = await kernelFor(expression, { particles });
        for (const method of methods) {
          for (const level of [0, 2]) expect(() => ran(kernel, model, method, level)).toThrow(RateBoundError);
          kernel.beginPath(method, 0, initialEnergies(model));
          expect(() => kernel.follow(1)).toThrow(RateBoundError);
        }
        // It can be used again.
        const { kernel: fresh, model: good } = await kernelFor("1", { particles });
        expect(ran(fresh, good, "exact", 0)).toBeGreaterThanOrEqual(0);
      }
    },
  );

  test("a replica whose last exchange finds the fault is no result", async () => {
    // All is well until an energy has risen, which the last of its few exchanges may have done.
    const { kernel, model } = await kernelFor("1/(2.2-max(a,b,1))", {
      cells: 1,
      temperatures: [1, 1],
      particles: 5,
      initial: 1,
    });
    let faults = 0;
    for (let seed = 0n; seed < 200n; seed++) {
      kernel.setModel(model, setupOf(model), seed);
      kernel.allocate(Float64Array.of(1), { times: [0.3], moments: "mean", level: 0, samples: true });
      kernel.beginChunk("exact", 0, 0);
      try {
        while (!kernel.advance(1e5));
        expect(kernel.observed(1)[0], `seed ${seed}`).toBeLessThan(2.2);
      } catch (error) {
        expect(error).toBeInstanceOf(RateBoundError);
        faults++;
      }
    }
    expect(faults).toBeGreaterThan(5);
    expect(faults).toBeLessThan(200);
  });

  test("rates of 0, and as small as numbers can be: no events, and no end of bounds", async () => {
    for (const expression of ["0", "0*a", "5e-324", "1e-320*(a+b)", "1e-308*(a+b)", "1e-300*a/b"]) {
      for (const particles of [1, 5, 8, 64, 1e4]) {
        const { kernel, model } = await kernelFor(expression, { particles });
        for (const method of methods) expect(ran(kernel, model, method, 1)).toBe(0);
      }
    }
  });

  test("rates of very different sizes, and one that grows by 10^12 when its energies do", async () => {
    for (const expression of ["1e-12*a^9*b^9", "1e-90*a^30+b", "1e-200+a"]) {
      for (const particles of [1, 8, 1e3]) {
        const { kernel, model } = await kernelFor(expression, { particles, initial: 0.1, temperatures: [0.1, 1.5] });
        expect(ran(kernel, model, "exact", 2)).toBeGreaterThanOrEqual(0);
      }
    }
  });
});
