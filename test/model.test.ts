/** Bad input: one typed error that lists every fault, before anything runs. */
import { describe, expect, test } from "vitest";
import {
  AbortedError,
  defineModel,
  InvalidInputError,
  MesofluxError,
  OutOfMemoryError,
  replay,
  simulate,
  theory,
  trajectory,
  verify,
  type Ensemble,
} from "../src/index.ts";

const good = { cells: 3, particles: 10, temperatures: [1, 2] } as const;

function faultsOf(work: () => unknown): string[] {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error).toBeInstanceOf(MesofluxError);
    return (error as InvalidInputError).problems.map(
      ({ field, expected, got }) => `"${field}" expected ${expected}, got ${got}`,
    );
  }
  throw new Error("nothing was thrown");
}

async function faultsOfRun(options: unknown): Promise<string[]> {
  try {
    await simulate(defineModel(good), options as never);
  } catch (error) {
    return faultsOf(() => {
      throw error;
    });
  }
  throw new Error("nothing was thrown");
}

const modelFaults = (changes: object) => faultsOf(() => defineModel({ ...good, ...changes }));

test("defaults are filled in and the model is frozen plain data", () => {
  const model = defineModel(good);
  expect(model).toEqual({
    ...good,
    rate: { law: "sqrt-harmonic", scale: 1, cap: null },
    bath: "exponential",
    initial: "linear",
    timescale: "fast",
  });
  expect(JSON.parse(JSON.stringify(model))).toEqual(model);
  expect(defineModel(model)).toEqual(model);
  for (const part of [model, model.temperatures, model.rate]) expect(Object.isFrozen(part)).toBe(true);
});

test("a rate's parameters are a copy, frozen: no edit of the input reaches the model", () => {
  const parameters = { s: 2 };
  const scales = [1, 2, 1, 1];
  const model = defineModel({ ...good, cells: 3, rate: { expression: "s*sqrt(a+b)", parameters, scales } });
  parameters.s = -1;
  scales[0] = -1;
  expect(model.rate).toEqual({
    expression: "s*sqrt(a+b)",
    parameters: { s: 2 },
    scale: 1,
    cap: null,
    scales: [1, 2, 1, 1],
  });
  expect(Object.isFrozen("parameters" in model.rate && model.rate.parameters)).toBe(true);
  expect(Object.isFrozen(model.rate.scales)).toBe(true);
});

describe("a model", () => {
  const cells = (got: string) => [`"cells" expected an integer from 1 to 1000000, got ${got}`];
  const refused: [object, string[]][] = [
    [{ cells: 0 }, cells("0")],
    [{ cells: 1.5 }, cells("1.5")],
    [{ cells: -1 }, cells("-1")],
    [{ cells: NaN }, cells("NaN")],
    [{ cells: "10" }, cells('"10"')],
    [{ cells: 1e9 }, cells("1000000000")],
    [{ cells: 10n }, cells("10n")],
    [{ particles: 0.5 }, ['"particles" expected an integer from 1 to 1000000000, got 0.5']],
    [{ particles: Infinity }, ['"particles" expected an integer from 1 to 1000000000, got Infinity']],
    [{ temperatures: [0, 1] }, ['"temperatures[0]" expected a temperature from 1e-60 to 1e+60, got 0']],
    [{ temperatures: [1, -1] }, ['"temperatures[1]" expected a temperature from 1e-60 to 1e+60, got -1']],
    [{ temperatures: [1] }, ['"temperatures" expected two temperatures, [T_L, T_R], got [1]']],
    [{ temperatures: 1 }, ['"temperatures" expected two temperatures, [T_L, T_R], got 1']],
    [{ rate: "sqrt" }, ['"rate" expected one of "constant", "sqrt-sum", "sqrt-harmonic", "sqrt-min", got "sqrt"']],
    [{ rate: { law: "constant", cap: 0 } }, ['"rate.cap" expected a rate from 1e-60 to 1e+60, got 0']],
    [
      { rate: { law: "constant", slope: 1 } },
      [
        '"rate.slope" expected one of the fields law, expression, parameters, scale, cap, scales, monotone, got a field of that name',
      ],
    ],
    [{ bath: "warm" }, ['"bath" expected one of "exponential", "thermal", got "warm"']],
    [{ initial: [1, 2] }, ['"initial" expected as many energies as there are cells, got [1, 2]']],
    [{ initial: [1, 0, 2] }, ['"initial[1]" expected an energy from 1e-60 to 1e+60, got 0']],
    [{ timescale: "warp" }, ['"timescale" expected one of "fast", "slow", got "warp"']],
  ];
  test.each(refused.map(([changes, faults]) => ({ changes, faults })))("$faults.0", ({ changes, faults }) => {
    expect(modelFaults(changes)).toEqual(faults);
  });

  test("lists every fault at once, unknown fields too", () => {
    const faults = modelFaults({
      cells: 0,
      particles: 0,
      temperatures: [0, 0],
      rate: 3,
      bath: 3,
      initial: "x",
      colour: 1,
    });
    expect(faults.map((fault) => fault.split('"')[1])).toEqual([
      "cells",
      "particles",
      "temperatures[0]",
      "temperatures[1]",
      "rate",
      "bath",
      "initial",
      "colour",
    ]);
  });

  test.each([[null], [undefined], [3], ["model"], [[]]])("%j is refused as a whole", (input) => {
    expect(faultsOf(() => defineModel(input as never))[0]).toMatch(
      /^"model" expected an object with the fields cells,/,
    );
  });
});

describe("options of simulate", () => {
  const run = { replicas: 10, times: [1] };
  const refused: [object, string][] = [
    [{ replicas: 0 }, '"replicas" expected an integer from 1 to 9007199254740991, got 0'],
    [{ replicas: 2 ** 60 }, '"replicas" expected an integer from 1 to 9007199254740991, got 1152921504606847000'],
    [{ times: [1, 0.5] }, '"times[1]" expected a finite time after 1, got 0.5'],
    [{ times: [1, 1] }, '"times[1]" expected a finite time after 1, got 1'],
    [{ times: [-1] }, '"times[0]" expected a finite time from 0 on, got -1'],
    [{ times: [NaN] }, '"times[0]" expected a finite time from 0 on, got NaN'],
    [{ times: [Infinity] }, '"times[0]" expected a finite time from 0 on, got Infinity'],
    [{ times: [] }, '"times" expected one time at least, got []'],
    [{ times: 1 }, '"times" expected a list of times, or "stationary", got 1'],
    [{ seed: 1.5 }, '"seed" expected an integer from 0 to 2^64 - 1, got 1.5'],
    [{ seed: -1 }, '"seed" expected an integer from 0 to 2^64 - 1, got -1'],
    [{ seed: 2n ** 64n }, '"seed" expected an integer from 0 to 2^64 - 1, got 18446744073709551616n'],
    [{ method: "guess" }, '"method" expected one of "exact", "direct", "mesoscopic", got "guess"'],
    [{ moments: "all" }, '"moments" expected one of "mean", "variance", "covariance", got "all"'],
    [
      { firstReplica: 2 ** 53 - 1 },
      '"firstReplica" expected firstReplica + replicas up to 2^53 - 1, got 9007199254740991',
    ],
    [{ workers: 0 }, '"workers" expected "auto" or an integer from 1 to 1024, got 0'],
    [{ workers: "all" }, '"workers" expected "auto" or an integer from 1 to 1024, got "all"'],
    [{ signal: {} }, '"signal" expected an AbortSignal, or null, got an object with keys none'],
    [
      { speed: 2 },
      '"speed" expected one of the fields replicas, times, stationary, seed, method, step, tolerance, outsideCone, firstReplica, samples, rateRatio, moments, workers, signal, onProgress, got a field of that name',
    ],
    [{ times: [1e300] }, '"replicas, times" expected a run of at most 2^53 = 9.0e15 events, got about 4.0e+302 events'],
  ];
  test.each(refused.map(([changes, fault]) => ({ changes, fault })))("$fault", async ({ changes, fault }) => {
    expect(await faultsOfRun({ ...run, ...changes })).toContain(fault);
  });

  test("every fault at once", async () => {
    const faults = await faultsOfRun({ replicas: 0, times: [], seed: -1, method: 1, moments: 1, samples: 1, foo: 1 });
    expect(faults.map((fault) => fault.split('"')[1])).toEqual([
      "replicas",
      "times",
      "seed",
      "method",
      "samples",
      "moments",
      "foo",
    ]);
  });

  test("trajectory and verify check theirs too", async () => {
    await expect(trajectory(defineModel(good), { times: [1], replica: -1 })).rejects.toThrow(
      '"replica" expected an integer',
    );
    const ladder = verify.lln(defineModel(good), { particles: [10, 5], replicas: 3, times: [0] });
    await expect(ladder).rejects.toThrow(/"particles" .*\n.*"replicas" .*\n.*"times" /);
    expect(() => theory.limit(defineModel(good), [2, 1])).toThrow(InvalidInputError);
  });
});

describe("memory that cannot be had is an error before the run starts", () => {
  test("the engine's", async () => {
    const model = defineModel({ ...good, cells: 100_000 });
    const failure = await simulate(model, { replicas: 1, times: [1e-6] }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(OutOfMemoryError);
    expect((failure as OutOfMemoryError).bytes).toBeGreaterThan(8e10);
    expect((failure as Error).message).toMatch(/74\.\d GiB .* ask for moments: "variance"/);
  });

  test("the samples', energies and currents", async () => {
    const failure = await simulate(defineModel(good), { replicas: 1e12, times: [1e-9], samples: true }).catch(
      (e: unknown) => e,
    );
    expect(failure).toBeInstanceOf(OutOfMemoryError);
    expect((failure as OutOfMemoryError).bytes).toBe(8 * 7e12);
  });
});

describe("an aborted run", () => {
  test("keeps what was finished, with the same bits as a run of that length", async () => {
    const model = defineModel({ ...good, cells: 10, particles: 1e5 });
    const controller = new AbortController();
    const options = { replicas: 100_000, times: [0.2], seed: 3 };
    const onProgress = ({ finished }: { finished: number }) => finished > 0 && controller.abort();
    const failure = await simulate(model, { ...options, signal: controller.signal, onProgress }).catch(
      (e: unknown) => e,
    );
    expect(failure).toBeInstanceOf(AbortedError);
    const { partial, finished } = failure as AbortedError<Ensemble>;
    expect(partial!.replicas).toBe(finished);
    expect(finished).toBeLessThan(100_000);
    expect(await replay(partial!.certificate)).toMatchObject({ same: true });
  });

  test("that never began has nothing to keep", async () => {
    const failure = await simulate(defineModel(good), { replicas: 5, times: [1], signal: AbortSignal.abort() }).catch(
      (e: unknown) => e,
    );
    expect(failure).toMatchObject({ partial: undefined, finished: 0, replicas: 5 });
  });
});

test("the smallest and the largest chains run", async () => {
  const tiny = await simulate(defineModel({ cells: 1, particles: 1, temperatures: [1, 1] }), {
    replicas: 1,
    times: [0],
  });
  expect([...tiny.mean]).toEqual([1]);
  const huge = defineModel({ cells: 1_000_000, particles: 1e9, temperatures: [1, 2] });
  const { mean, events } = await simulate(huge, { replicas: 1, times: [1e-9], moments: "mean" });
  expect(events).toBeGreaterThan(8e5);
  expect(mean.every((energy) => energy > 1 - 1e-6 && energy < 2 + 1e-6)).toBe(true);
});

test("energies and rates at the ends of their range stay finite", async () => {
  for (const size of [1e-60, 1e60]) {
    for (const rate of ["sqrt-sum", "sqrt-harmonic", "sqrt-min"] as const) {
      const model = defineModel({ ...good, temperatures: [size, size], initial: size, rate });
      const time = 1 / Math.sqrt(size);
      const { mean, events } = await simulate(model, { replicas: 50, times: [time] });
      expect(events).toBeGreaterThan(500);
      expect(mean.every((energy) => energy > size / 2 && energy < 2 * size)).toBe(true);
    }
  }
});
