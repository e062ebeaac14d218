/**
 * `expectations` against exact moments, against the next order of the theory and against plain simulation.
 *
 * Its errors come from 64 batches: a ratio of a deviation to one of them is Student's t of 63 degrees, beyond 7 with
 * probability 2e-9. Some 400 comparisons at |t| < 7: false alarm 8e-7 in all at most. Seeds as given. Against 6e4 plain
 * replicas the smallest defect seen is 4% of a variance, 3% of a standard deviation in a mean.
 */
import { afterEach, describe, expect, test, vi } from "vitest";
import { defineModel, expectations, replay, simulate, theory, type Model, type ModelInput } from "../../src/index.ts";
import { AbortedError, type Expectations } from "../../src/index.ts";
import type { BondValues } from "../../src/estimate/bonds.ts";
import { estimate } from "../../src/estimate/expectations.ts";
import { readExpectationsOptions } from "../../src/estimate/options.ts";
import { deviation } from "../support/closeness.ts";

const LIMIT = 7;
const effort = { resolution: 2, bytes: 1e8 };
const KINDS = ["mean", "covariance", "current"] as const;

/** Defects that a test plants in flux, noise and skewness, or in their expansions. */
const planted = vi.hoisted(() => ({
  values: undefined as ((values: BondValues) => void) | undefined,
  coefficients: undefined as ((jet: readonly number[]) => readonly number[]) | undefined,
}));
afterEach(() => {
  planted.values = undefined;
  planted.coefficients = undefined;
});

vi.mock("../../src/estimate/bonds.ts", async (original) => {
  const bonds = await original<typeof import("../../src/estimate/bonds.ts")>();
  const bondEvaluator: typeof bonds.bondEvaluator = (...about) => {
    const evaluate = bonds.bondEvaluator(...about);
    return (energies, values) => {
      evaluate(energies, values);
      planted.values?.(values);
    };
  };
  const bondExpander: typeof bonds.bondExpander = (...about) => {
    const expand = bonds.bondExpander(...about);
    return (energies) => {
      const { flux, noise, skewness } = expand(energies);
      const change = planted.coefficients ?? ((jet) => jet);
      return { flux: flux.map(change), noise: noise.map(change), skewness };
    };
  };
  return { bondEvaluator, bondExpander };
});

const chain = (changes: Partial<ModelInput> = {}) =>
  defineModel({ cells: 3, particles: 10, temperatures: [1, 2], initial: [2, 1, 1.5], ...changes });

const worst = (differences: ArrayLike<number>, errors: ArrayLike<number>) =>
  Math.max(...Array.from(errors, (error, i) => (error > 0 ? Math.abs(differences[i]) / error : 0)));

/** The worst |t| of all expectations against plain means, covariances and currents of other replicas. */
async function againstPlain(model: Model, estimated: Expectations, replicas = 2e5): Promise<number> {
  const plain = await simulate(model, { replicas, times: estimated.times, seed: 2 });
  const share = estimated.replicas / replicas;
  return Math.max(
    ...KINDS.map((kind) =>
      worst(
        plain[kind].map((value, i) => value - estimated[kind][i]),
        estimated.standardError[kind].map((error, i) =>
          Math.sqrt(error * error + share * estimated.plainError[kind][i] * estimated.plainError[kind][i]),
        ),
      ),
    ),
  );
}

describe('at rate "constant" the moments close, nothing is left to measure and no error remains', () => {
  for (const bath of ["exponential", "thermal"] as const) {
    test.each([1, 10, 1000])(`M = %d, ${bath} bath`, async (particles) => {
      const model = chain({ particles, bath, rate: { law: "constant", scale: 0.7 } });
      const times = [0.2, 1, 5];
      const found = await expectations(model, { replicas: 64, times });
      const exact = theory.exactMoments(model, times);
      expect(deviation(found.mean, theory.limit(model, times))).toBeLessThan(1e-12);
      expect(deviation(found.mean, exact.mean)).toBeLessThan(1e-12);
      expect(deviation(found.covariance, exact.covariance, 1)).toBeLessThan(1e-11);
      for (const kind of KINDS) expect(Math.max(...found.standardError[kind])).toBeLessThan(1e-13);
    });
  }

  test("the current of one cell is the integral of its relaxation", async () => {
    const model = defineModel({ cells: 1, particles: 3, temperatures: [1, 2], rate: "constant", initial: 4 });
    const { current } = await expectations(model, { replicas: 64, times: [0.7] });
    // E = 1.5 + 2.5 e^-t carries (1 - E)/2 in at the left and (E - 2)/2 out at the right.
    const excess = 2.5 * -Math.expm1(-0.7);
    expect(deviation(current, [(-0.5 * 0.7 - excess) / 2, (-0.5 * 0.7 + excess) / 2])).toBeLessThan(1e-12);
  });
});

describe("plain simulation agrees", () => {
  test.each<[string, Partial<ModelInput>, number[]]>([
    ["M = 10", {}, [0, 0.02, 0.3, 1]],
    ["M = 50", { particles: 50 }, [0.1, 1]],
    ["M = 3, at late times", { particles: 3 }, [6]],
    ["a start too cold for the theory", { initial: 0.1 }, [0.2]],
    ["thermal baths, a cap", { bath: "thermal", rate: { law: "sqrt-sum", scale: 2, cap: 1.5 } }, [0.5]],
    ["sqrt-min, whose energies cross", { rate: "sqrt-min" }, [0.5, 1]],
    ["the slow timescale, times close together", { timescale: "slow" }, [1, 1.1, 1.2, 1.3, 7]],
    ["large units", { temperatures: [1e40, 2e40], initial: 1.3e40 }, [1e-20]],
    ["a rate that is not symmetric", { rate: "sqrt(a+2*b)" }, [0.2, 1]],
    ["bonds that differ", { rate: { law: "sqrt-harmonic", scales: [1, 4, 0.3, 2] } }, [0.2, 1]],
    ["max(a,b), whose energies cross", { rate: "max(a,b)" }, [0.2, 1]],
    ["kinks beside a = b, where means are plain", { rate: "min(a,1.3)+b" }, [0.2, 1]],
    ["disks that collide, where means are plain", { exchange: "kinetic" }, [0.2, 1]],
    ["the direct method's one cell", { cells: 1, initial: 3 }, [1]],
  ])("%s", async (name, changes, times) => {
    const model = chain(changes);
    const method = name.startsWith("the direct") ? "direct" : "exact";
    const found = await expectations(model, { replicas: 4096, times, seed: 1, method });
    expect(await againstPlain(model, found, 6e4)).toBeLessThan(LIMIT);
  });
});

describe("a defect is found", () => {
  test.each<[string, (values: BondValues) => void]>([
    ["noise without its factor M/(M+1)", ({ noise }) => noise.forEach((a, k) => (noise[k] = (a * 11) / 10))],
    ["flux of the wrong size", ({ flux }) => flux.forEach((phi, k) => (flux[k] = phi * 1.04))],
    ["skewness of the wrong sign", ({ skewness }) => skewness.forEach((t, k) => (skewness[k] = -t))],
  ])("%s", async (_, change) => {
    planted.values = change;
    const model = chain({});
    const found = await expectations(model, { replicas: 4096, times: [1], seed: 1 });
    expect(await againstPlain(model, found, 2e5)).toBeGreaterThan(LIMIT + 1);
  });

  test("whereas wrong coefficients of the expansion cost precision alone", async () => {
    const model = chain({ particles: 100 });
    const options = { replicas: 4096, times: [1], seed: 1 };
    const right = await expectations(model, options);
    planted.coefficients = ([value, a, b, ...rest]) => [value, 1.1 * a, 0.9 * b, ...rest.map((c) => -c)];
    const found = await expectations(model, options);
    expect(await againstPlain(model, found, 6e4)).toBeLessThan(LIMIT);
    expect(found.gain.mean[2]).toBeLessThan(right.gain.mean[2] / 10);
  });
});

describe("the next order in 1/M is resolved", () => {
  const models = [1e4, 1e5].map((particles) => chain({ particles }));
  const [limit] = [theory.limit(models[0], [1])];
  const { m1, C1 } = theory.finiteSize(models[0], [1]);
  const C = theory.covariance(models[0], [1]);

  test("the bias is m1/M, and what is left falls as 1/M", async () => {
    const [fewer, more] = [
      await expectations(models[0], { replicas: 256, times: [1], seed: 1 }),
      await expectations(models[1], { replicas: 64, times: [1], seed: 1 }),
    ];
    const scaled = (found: Expectations, M: number) => found.mean.map((mean, i) => M * (mean - limit[i]));
    const [near, nearer] = [scaled(fewer, 1e4), scaled(more, 1e5)];
    // (10 nearer - near)/9 is m1 without its correction in 1/M; that is seen.
    const errors = fewer.standardError.mean.map(
      (error, i) => Math.sqrt(error ** 2 * 1e8 + more.standardError.mean[i] ** 2 * 1e12) / 9,
    );
    const differences = near.map((value, i) => (10 * nearer[i] - value) / 9 - m1[i]);
    expect(worst(differences, errors)).toBeLessThan(LIMIT);
    expect(Math.max(...errors)).toBeLessThan(1e-4 * Math.max(...m1.map(Math.abs)));
    const left = near.map((value, i) => value - m1[i]);
    expect(worst(left, errors)).toBeGreaterThan(LIMIT + 1);
  });

  test("the covariance is C/M + C1/M²", async () => {
    const found = await expectations(models[0], { replicas: 1024, times: [1], seed: 2 });
    const measured = found.covariance.map((value, i) => 1e8 * (value - C[i] / 1e4));
    const errors = found.standardError.covariance.map((error) => 1e8 * error);
    expect(
      worst(
        measured.map((value, i) => value - C1[i]),
        errors,
      ),
    ).toBeLessThan(LIMIT);
    // Told from 0 in the warmest cell by 30 standard errors: plain covariances would take 10^11 replicas.
    expect(Math.abs(C1[8]) / errors[8]).toBeGreaterThan(30);
    expect(found.gain.covariance[8]).toBeGreaterThan(1e7);
  });
});

test("where the theory is out of reach the estimates are plain ones", async () => {
  const options = { replicas: 1000, times: [0.2, 1], seed: 4 };
  const found = await expectations(chain({ initial: 0.2 }), options);
  const plain = await simulate(chain({ initial: 0.2 }), options);
  for (const kind of KINDS) {
    // The correction of a covariance for the mean's own error is known from the batches, to 9% of 1/1000.
    expect(deviation(found[kind], plain[kind], 1)).toBeLessThan(kind === "covariance" ? 1e-3 : 1e-12);
    expect(found.gain[kind].every((gain) => gain === 1)).toBe(true);
  }
  // Twice as warm, the theory is in reach and helps.
  const warmer = await expectations(chain({ initial: 0.4 }), options);
  expect(warmer.gain.mean[4]).toBeGreaterThan(2);
});

test("half as long panels change nothing one can see", async () => {
  const model = chain({});
  const settled = (seed: number) => readExpectationsOptions(model, { replicas: 2e4, times: [0.01, 0.1, 0.3, 1], seed });
  const [coarse, fine] = [
    await estimate(model, settled(1), effort),
    await estimate(model, settled(2), { ...effort, resolution: 4 }),
  ];
  for (const kind of KINDS) {
    const errors = coarse.standardError[kind].map((error, i) => Math.hypot(error, fine.standardError[kind][i]));
    expect(
      worst(
        coarse[kind].map((value, i) => value - fine[kind][i]),
        errors,
      ),
    ).toBeLessThan(LIMIT);
  }
});

test("the errors stated are those found: 24 runs scatter by them", async () => {
  const model = chain({ particles: 100 });
  const runs: Expectations[] = [];
  for (let r = 0; r < 24; r++)
    runs.push(await expectations(model, { replicas: 64, times: [1], firstReplica: 64 * r, seed: 5 }));
  for (const kind of KINDS) {
    for (let i = 0; i < runs[0][kind].length; i++) {
      const values = runs.map((run) => run[kind][i]);
      const mean = values.reduce((sum, value) => sum + value) / 24;
      const found = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 23;
      const stated = runs.reduce((sum, run) => sum + run.standardError[kind][i] ** 2, 0) / 24;
      // χ² of 23 degrees over 23: outside 0.15 to 3 with probability 1e-6 at most.
      expect(found / stated).toBeGreaterThan(0.15);
      expect(found / stated).toBeLessThan(3);
    }
  }
});

test("its ensembles can be replayed, in parts where they would not fit in memory", async () => {
  const short = await expectations(chain(), { replicas: 100, times: [1], seed: 3, firstReplica: 7 });
  expect(short.certificates).toHaveLength(1);
  expect(short.certificates[0]).toMatchObject({ firstReplica: 7, replicas: 100, seed: "3" });
  expect((await replay(short.certificates[0])).same).toBe(true);

  const settled = readExpectationsOptions(chain(), { replicas: 1000, times: [0.5, 1] });
  const [whole, parts] = [
    await estimate(chain(), settled, effort),
    await estimate(chain(), settled, { ...effort, bytes: 3e5 }),
  ];
  expect(whole.certificates).toHaveLength(1);
  expect(parts.certificates.length).toBeGreaterThan(1);
  expect(parts.events).toBe(whole.events);
  for (const kind of KINDS) {
    expect(parts[kind]).toEqual(whole[kind]);
    expect(parts.standardError[kind]).toEqual(whole.standardError[kind]);
  }
});

test("the mesoscopic equation's own C1 at M = 10^4, and not the process's (3 variances, |z| < 6)", async () => {
  const model = chain({ particles: 1e4, initial: [2, 1, 1.5] });
  const M = model.particles;
  // The step's own error, which is not in the standard errors, is far below them.
  const run = { replicas: 1024, times: [1], method: "mesoscopic", tolerance: 1e-5 } as const;
  const { covariance, standardError } = await expectations(model, run);
  const C = theory.covariance(model, [1]);
  const zOf = (C1: Float64Array) =>
    [0, 4, 8].map((at) => Math.abs(covariance[at] - C[at] / M - C1[at] / M ** 2) / standardError.covariance[at]);
  expect(Math.max(...zOf(theory.finiteSize(model, [1], { of: "mesoscopic" }).C1))).toBeLessThan(6);
  expect(Math.max(...zOf(theory.finiteSize(model, [1]).C1))).toBeGreaterThan(20);
});

test("disks that collide: at M = 10^4 the theory carries the equation, with a large gain, and not the process", async () => {
  const model = chain({ particles: 1e4, exchange: "kinetic" });
  const M = model.particles;
  const run = { replicas: 1024, times: [1], tolerance: 1e-5 } as const;
  const found = await expectations(model, { ...run, method: "mesoscopic" });
  const { mean, covariance, standardError, gain } = found;
  const [limit, C] = [theory.limit(model, [1]), theory.covariance(model, [1])];
  const { m1, C1 } = theory.finiteSize(model, [1], { of: "mesoscopic" });
  // What is left of the mean is of order 1/M², and seen: 3e-5 of M here.
  mean.forEach((m, i) => expect(Math.abs(M * (m - limit[i]) - m1[i])).toBeLessThan(1e-4));
  const expected = C1.map((c1, at) => C[at] / M + c1 / M ** 2);
  const misses = covariance.map((c, at) => c - expected[at]);
  expect(worst(misses, standardError.covariance)).toBeLessThan(LIMIT);
  expect(Math.min(...gain.mean)).toBeGreaterThan(100);
  const process = await expectations(model, { replicas: 64, times: [1] });
  expect([...process.gain.mean, ...process.gain.covariance].every((g) => Math.abs(g - 1) < 1e-9)).toBe(true);
});

describe("what cannot be done is said", () => {
  test("every wrong option at once", async () => {
    const wrong = { replicas: 1, times: [1, 0], seed: -1, firstReplica: 0.5, method: "euler", colour: "red" };
    await expect(expectations(chain(), wrong as never)).rejects.toThrow(
      [
        "options cannot be used:",
        '  "replicas" expected an integer from 2 to 9007199254740991, got 1',
        '  "times[1]" expected a finite time after 1, got 0',
        '  "seed" expected an integer from 0 to 2^64 - 1, got -1',
        '  "firstReplica" expected an integer from 0 to 9007199254740991, got 0.5',
        '  "method" expected one of "exact", "direct", "mesoscopic", got "euler"',
        '  "colour" expected one of the fields replicas, times, seed, firstReplica, method, step, tolerance, outsideCone, workers, signal, onProgress, got a field of that name',
      ].join("\n"),
    );
  });

  test("a chain too long", async () => {
    const model = defineModel({ cells: 65, particles: 10, temperatures: [1, 2] });
    await expect(expectations(model, { replicas: 2, times: [1] })).rejects.toThrow(
      '"cells" expected at most 64: third moments of all cells are followed, got 65',
    );
  });

  test("an abort, before anything and with what was finished", async () => {
    const model = chain({ particles: 1000 });
    const before = expectations(model, { replicas: 1000, times: [1], signal: AbortSignal.abort() });
    await expect(before).rejects.toMatchObject({ partial: undefined, finished: 0, replicas: 1000 });

    const controller = new AbortController();
    const options = { replicas: 1e6, times: [1], signal: controller.signal };
    const stopped = expectations(model, { ...options, onProgress: () => controller.abort() });
    const error = (await stopped.catch((error: unknown) => error)) as AbortedError<Expectations>;
    expect(error).toBeInstanceOf(AbortedError);
    expect(error.partial!.replicas).toBe(error.finished);
    expect(error.partial!.replicas).toBeLessThan(1e6);
    expect(deviation(error.partial!.mean, theory.limit(model, [1]))).toBeLessThan(1e-2);
  });
});
