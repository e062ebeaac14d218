/**
 * The steady state: right against exact moments, with errors that are right too; one result for any cut; wrong options;
 * aborts. Each z has the standard error that the result itself states; samples and false-alarm rates stand at each test.
 */
import { describe, expect, test } from "vitest";
import { cumulantsOf } from "../../src/ensemble/reducers/cumulants.ts";
import { chunks, Reduction, type Merge } from "../../src/ensemble/alignedTree.ts";
import { addSums } from "../../src/ensemble/reducers/steadyState.ts";
import { run } from "../../src/ensemble/simulate.ts";
import {
  AbortedError,
  defineModel,
  replay,
  simulate,
  theory,
  type Model,
  type ModelInput,
  type SteadyState,
} from "../../src/index.ts";
import { loadKernel } from "../../src/engine.ts";
import { debugBytes } from "../support/probe.ts";
import { SIX_SIGMA } from "../support/statistics.ts";

const input: ModelInput = { cells: 3, particles: 10, temperatures: [1, 2], rate: "constant" };
const model = defineModel(input);
const steady = (of: Model, options: object = {}) =>
  simulate(of, { replicas: 64, times: "stationary", seed: 5n, ...options });

/** z of every mean, covariance (lower triangle) and current against the exact ones at rate "constant". */
function zOf(state: SteadyState, of: Model, exact = theory.exactMoments(of, "stationary")): number[] {
  const N = of.cells;
  const { flux } = theory.equilibrium(of);
  const z = Array.from(state.mean, (m, i) => (m - exact.mean[i]) / state.standardError[i]);
  for (let i = 0; i < N; i++) {
    for (let j = 0; j <= i; j++) {
      const at = i * N + j;
      z.push((state.covariance[at] - exact.covariance[at]) / state.covarianceError[at]);
    }
  }
  state.bondCurrent.forEach((current, k) => z.push((current - flux) / state.bondCurrentError[k]));
  return [...z, (state.current - flux) / state.currentError];
}

const worst = (z: number[]) => Math.max(...z.map(Math.abs));

describe('rate "constant" at M = 10: exact means, covariances and current at 8000 replicas', () => {
  // 14 comparisons a run, 56 in all, at |z| < 6: false alarm 2e-9 each for a normal law.
  test.each(["exact", "direct"] as const)("method %s, both baths", async (method) => {
    for (const bath of ["exponential", "thermal"] as const) {
      const of = defineModel({ ...input, bath });
      const state = await steady(of, { replicas: 8000, method });
      expect(worst(zOf(state, of))).toBeLessThan(SIX_SIGMA);
    }
  });

  test("method mesoscopic at M = 100 has the equation's covariance, both baths; the certificate is replayed", async () => {
    for (const bath of ["exponential", "thermal"] as const) {
      const of = defineModel({ ...input, particles: 100, bath });
      const state = await steady(of, { replicas: 8000, method: "mesoscopic" });
      expect(worst(zOf(state, of, theory.exactMoments(of, "stationary", { of: "mesoscopic" })))).toBeLessThan(
        SIX_SIGMA,
      );
      const few = await steady(of, { method: "mesoscopic", step: 0.2 });
      expect(few.certificate.step).toBe(0.2);
      expect((await replay(few.certificate)).same).toBe(true);
    }
  });

  test("planted: the other bath's covariance, and a start that is not forgotten, are rejected", async () => {
    const thermal = defineModel({ ...input, bath: "thermal" });
    const state = await steady(model, { replicas: 8000 });
    expect(worst(zOf(state, model, theory.exactMoments(thermal, "stationary")))).toBeGreaterThan(20);
    const hasty = await steady(model, { replicas: 8000, stationary: { burnIn: 0, looks: 2, spacing: 0.5 } });
    expect(worst(zOf(hasty, model))).toBeGreaterThan(20);
  });
});

test("the stated errors are right: z over 200 seeds of 64 replicas has rms 1", async () => {
  // Means, covariances and currents of two cells: 9 z a seed. With 64 replicas a z is Student's with 63 degrees of freedom,
  // rms 1.016, and covariances somewhat wider. The rms of 200 has a standard deviation of 0.05: 0.8 and 1.25 are four and
  // more away. Errors that took looks for independent would be half as large.
  const two = defineModel({ ...input, cells: 2 });
  const squares = new Float64Array(9);
  for (let seed = 0; seed < 200; seed++) {
    zOf(await steady(two, { seed }), two).forEach((z, i) => (squares[i] += (z * z) / 200));
  }
  for (const square of squares) {
    expect(Math.sqrt(square)).toBeGreaterThan(0.8);
    expect(Math.sqrt(square)).toBeLessThan(1.25);
  }
});

test("effective samples: as many as looks far apart are, and fewer when looks are close", async () => {
  // 2000 replicas know a ratio of variances to about 6%; limits are 5 deviations away and more.
  const far = await steady(model, { replicas: 2000, stationary: { looks: 4, spacing: 40 } });
  const near = await steady(model, { replicas: 2000, stationary: { looks: 4, spacing: 0.01 } });
  for (let i = 0; i < 3; i++) {
    expect(far.effectiveSamples[i] / 8000).toBeGreaterThan(0.7);
    expect(far.effectiveSamples[i] / 8000).toBeLessThan(1.3);
    expect(near.effectiveSamples[i] / 2000).toBeGreaterThan(0.7);
    expect(near.effectiveSamples[i] / 2000).toBeLessThan(1.3);
  }
});

describe("one result", () => {
  test("from the debug build, and from a kernel that was used before", async () => {
    const options = { replicas: 37, times: "stationary", firstReplica: 3 } as const;
    const kernel = await loadKernel();
    const one = await run(kernel, model, options);
    expect(await run(kernel, model, options)).toEqual(one);
    expect(await run(await loadKernel(debugBytes()), model, options)).toEqual(one);
  });

  test("for any cut: leaves of one replica are summed in the tree's own order", () => {
    const mergeSums: Merge = (left, right) => left.map((sums, i) => addSums(sums, right[i]));
    const add = (cut: Iterable<{ first: number; level: number }>) => {
      const reduction = new Reduction(mergeSums);
      for (const { first, level } of cut) {
        const inner = new Reduction(mergeSums);
        for (let r = first; r < first + 2 ** level; r++) {
          inner.add({ first: r, level: 0, blocks: [Float64Array.of(1, 0.1 / (r + 1), Math.sqrt(r + 0.3))] });
        }
        reduction.add({ first, level, blocks: inner.result()!.blocks });
      }
      return reduction.result()!.blocks[0];
    };
    const whole = add(chunks({ first: 3, replicas: 61 }, 0));
    for (const level of [1, 3, 5]) expect(add(chunks({ first: 3, replicas: 61 }, level))).toEqual(whole);
  });

  test("and the same replicas wherever an ensemble begins: means of halves are those of the whole", async () => {
    const stationary = { burnIn: 10, looks: 3, spacing: 2 };
    const whole = await steady(model, { stationary });
    const left = await steady(model, { stationary, replicas: 32 });
    const right = await steady(model, { stationary, replicas: 32, firstReplica: 32 });
    expect(left.events + right.events).toBe(whole.events);
    const halves = left.mean.map((m, i) => (m + right.mean[i]) / 2);
    halves.forEach((m, i) => expect(m).toBeCloseTo(whole.mean[i], 13));
  });

  test("it is what the samples of an ensemble with these times give", async () => {
    const { plan, ...state } = await steady(model, { replicas: 50 });
    const times = Array.from({ length: plan.looks }, (_, look) => plan.burnIn + look * plan.spacing);
    const start = defineModel({ ...input, initial: "equilibrium" });
    const ensemble = await simulate(start, { replicas: 50, times, seed: 5n, samples: true });
    const average = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    const cell = (r: number, i: number) => times.map((_, look) => ensemble.samples![(r * times.length + look) * 3 + i]);
    const replicas = Array.from({ length: 50 }, (_, r) => r);
    for (let i = 0; i < 3; i++) {
      const A = replicas.map((r) => average(cell(r, i)));
      const mean = average(A);
      const between = A.reduce((sum, a) => sum + (a - mean) ** 2, 0) / 49;
      expect(state.mean[i]).toBeCloseTo(mean, 12);
      expect(state.standardError[i]).toBeCloseTo(Math.sqrt(between / 50), 12);
    }
    const carried = replicas.map((r) => {
      const at = (look: number, k: number) => ensemble.currentSamples![(r * times.length + look) * 4 + k];
      return average([0, 1, 2, 3].map((k) => at(times.length - 1, k) - at(0, k)));
    });
    const current = average(carried);
    const moment = (n: number) => average(carried.map((Q) => (Q - current) ** n));
    expect(state.current).toBeCloseTo(current / plan.window, 12);
    expect(state.cumulants[0]).toBe(state.current);
    expect(state.cumulants[1]).toBeCloseTo((moment(2) * 50) / 49 / plan.window, 12);
    expect(state.cumulants[2]).toBeCloseTo((moment(3) * 2500) / (49 * 48) / plan.window, 12);
    expect(state.cumulantError[0]).toBeCloseTo(Math.sqrt((moment(2) * 50) / 49 / 50) / plan.window, 12);
    expect(average([...state.bondCurrent])).toBeCloseTo(state.current, 12);
    expect(state.conductivity).toBeCloseTo(-4 * state.current, 12);
    expect(state.conductivityError).toBeCloseTo(4 * state.currentError, 12);
  });

  test("of a single particle, which settles away from the theory's state, its covariances and their errors are those of samples", async () => {
    const lone = defineModel({ ...input, particles: 1, rate: "sqrt-sum", initial: "equilibrium" });
    const stationary = { burnIn: 2, looks: 3, spacing: 0.5 };
    const { covariance, covarianceError } = await steady(lone, { replicas: 50, stationary });
    const times = [2, 2.5, 3];
    const { samples } = await simulate(lone, { replicas: 50, times, seed: 5n, samples: true });
    const average = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    const looks = Array.from({ length: 50 }, (_, r) => times.map((_, t) => samples!.subarray((3 * r + t) * 3)));
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) {
        const [A, B] = [i, j].map((k) => looks.map((replica) => average(replica.map((E) => E[k]))));
        const [a, b] = [average(A), average(B)];
        const between = A.reduce((sum, value, r) => sum + (value - a) * (B[r] - b), 0) / 49;
        const within = looks.map((replica) => average(replica.map((E) => (E[i] - a) * (E[j] - b))));
        const scatter = within.reduce((sum, value) => sum + (value - average(within)) ** 2, 0) / 49;
        expect(covariance[i * 3 + j]).toBeCloseTo(average(within) + between / 50, 11);
        expect(covarianceError[i * 3 + j]).toBeCloseTo(Math.sqrt(scatter / 50), 11);
      }
    }
  });

  test("a certificate's replay finds it; a tampered one does not", async () => {
    const { certificate } = await steady(model);
    expect(certificate).toMatchObject({ times: "stationary", stationary: { looks: 16 }, replicas: 64 });
    const stored = JSON.parse(JSON.stringify(certificate)) as typeof certificate;
    expect(await replay(stored)).toMatchObject({ same: true, found: certificate.result });
    const later = { ...stored.stationary!, burnIn: 30 };
    expect(await replay({ ...stored, stationary: later })).toMatchObject({ same: false });
    await expect(replay({ ...stored, stationary: { looks: 3 } } as never)).rejects.toThrow(
      /"stationary.burnIn" expected a time, .*\n.*"stationary.spacing" expected a time/,
    );
  });

  test("its bits are frozen for stream version 2", async () => {
    const { certificate } = await steady(defineModel({ cells: 5, particles: 20, temperatures: [1, 2] }));
    expect(certificate.result).toBe("928e3b2eb6aee889368c50aa14c49814b33c0b6f2ccbf90d219fa9c0ebe5b1c5");
  });
});

test("the start of the model is of no influence", async () => {
  const one = await steady(model);
  const two = await steady(defineModel({ ...input, initial: 7 }));
  expect(two).toEqual({ ...one, certificate: two.certificate });
  expect(two.certificate.result).toBe(one.certificate.result);
});

test("the slow timescale is the fast one, M times longer, bit for bit", async () => {
  const fast = await steady(defineModel({ ...input, particles: 16 }));
  const slow = await steady(defineModel({ ...input, particles: 16, timescale: "slow" }));
  expect(slow.plan.burnIn).toBe(16 * fast.plan.burnIn);
  expect(slow.mean).toEqual(fast.mean);
  expect(slow.covarianceError).toEqual(fast.covarianceError);
  expect(slow.bondCurrent).toEqual(fast.bondCurrent.map((j) => j / 16));
  expect(slow.cumulantError).toEqual(fast.cumulantError.map((c) => c / 16));
});

test("energies by 4 are time by 1/2 at a rate of degree 1/2, bit for bit", async () => {
  const one = await steady(defineModel({ ...input, rate: "sqrt-sum" }));
  const four = await steady(defineModel({ ...input, rate: "sqrt-sum", temperatures: [4, 8] }));
  expect(four.mean).toEqual(one.mean.map((E) => 4 * E));
  expect(four.covarianceError).toEqual(one.covarianceError.map((C) => 16 * C));
  expect(four.current).toBe(8 * one.current);
});

test("energies of 1e60 and of 1e-60 neither overflow nor vanish", async () => {
  for (const T of [1e60, 1e-60]) {
    const state = await steady(defineModel({ ...input, temperatures: [T, T], particles: 1000 }));
    const numbers = [...state.covarianceError, ...state.bondCurrentError, ...state.cumulantError];
    expect(numbers.every((x) => x > 0 && x < Infinity)).toBe(true);
  }
});

test("one cell: variance T²(5M-1)/(3M+1)/M at equal temperatures, no conductivity (two z, |z| < 6)", async () => {
  const one = defineModel({ cells: 1, particles: 10, temperatures: [2, 2], rate: "constant" });
  const state = await steady(one, { replicas: 4000 });
  expect(Math.abs(state.covariance[0] - (4 * 49) / 31 / 10) / state.covarianceError[0]).toBeLessThan(SIX_SIGMA);
  expect(Math.abs(state.current) / state.currentError).toBeLessThan(SIX_SIGMA);
  expect([state.conductivity, state.conductivityError]).toEqual([NaN, NaN]);
  expect(state.bondCurrent).toHaveLength(2);
});

test("the plan: half of the slowest mode's time apart, and a tenth of an error is left of the start", async () => {
  const { plan } = await steady(model, { replicas: 100 });
  const slowest = theory.slowestRate(model);
  expect(plan.looks).toBe(16);
  expect(plan.spacing).toBe(0.5 / slowest);
  expect(Math.exp(-slowest * plan.burnIn)).toBeCloseTo(0.1 / 40, 12);
  expect(plan.window).toBeCloseTo(15 * plan.spacing, 10);
  const own = await steady(model, { stationary: { burnIn: 0, looks: 2, spacing: 0.25 } });
  expect(own.plan).toEqual({ burnIn: 0, looks: 2, spacing: 0.25, window: 0.25 });
});

test("k-statistics are those of Fisher, and their errors those of a normal law for normal numbers", () => {
  // 1, 2, 4, 9 by hand: mean 4, squares 38, cubes 90.
  const sums = (values: number[]) =>
    Float64Array.from({ length: 6 }, (_, n) => values.reduce((sum, y) => sum + y ** (n + 1), 0));
  const { cumulants } = cumulantsOf(4, sums([1, 2, 4, 9]));
  [4, 38 / 3, (4 * 90) / 6].forEach((k, n) => expect(cumulants[n]).toBeCloseTo(k, 12));
  // Moments of a normal law about 1: variances of k_1, k_2 and k_3 are 1, 2 and 6 over the count.
  const normal = [1, 2, 4, 10, 26, 76].map((moment) => moment * 1e6);
  const { errors } = cumulantsOf(1e6, Float64Array.from(normal));
  [1, 2, 6].forEach((variance, n) => expect(errors[n] * errors[n] * 1e6).toBeCloseTo(variance, 4));
  expect(cumulantsOf(2, sums([1, 2])).cumulants[2]).toBeNaN();
});

describe("wrong options", () => {
  test("are listed all at once", async () => {
    const wrong = {
      replicas: 1,
      samples: true,
      moments: "mean",
      stationary: { burnIn: -1, looks: 1, spacing: 0, pause: 1 },
      seed: -1,
      colour: "red",
    };
    await expect(steady(model, wrong)).rejects.toThrow(
      /"replicas" expected an integer from 2 [^]*"stationary.burnIn"[^]*"stationary.looks" expected an integer from 2 [^]*"stationary.spacing"[^]*"stationary.pause" expected one of the fields burnIn, looks, spacing[^]*"seed"[^]*"samples" expected nothing beside times: "stationary"[^]*"moments" expected nothing[^]*"colour"/,
    );
  });

  test("looks without a steady state, a word that is none, looks that rounding would join, too many events", async () => {
    const lone = { replicas: 2, times: [1], stationary: { looks: 3 } } as never;
    await expect(simulate(model, lone)).rejects.toThrow('"stationary" expected nothing unless times is "stationary"');
    await expect(steady(model, { times: "stationry" })).rejects.toThrow(
      '"times" expected a list of times, or "stationary", got "stationry"',
    );
    await expect(steady(model, { stationary: { burnIn: 1e30, spacing: 1 } })).rejects.toThrow(
      '"stationary.spacing" expected a time that is not lost beside',
    );
    await expect(steady(model, { stationary: { burnIn: 1e30, spacing: 1e20 } })).rejects.toThrow("at most 2^53");
  });
});

test("a chain whose covariance has no room is refused before the run", async () => {
  const long = steady(defineModel({ ...input, cells: 1_000_000 }));
  await expect(long).rejects.toThrow(/^the run needs [\d.]+ TiB .*ask for fewer cells$/);
});

describe("an abort", () => {
  function aborted(finishedReplicas: number): Promise<AbortedError<SteadyState>> {
    const controller = new AbortController();
    const onProgress = ({ finished }: { finished: number }) => {
      if (finished >= finishedReplicas) controller.abort();
    };
    const large = defineModel({ ...input, particles: 2000 });
    const options = { replicas: 100_000, workers: 1, signal: controller.signal, onProgress };
    return steady(large, options).then(
      () => Promise.reject(new Error("not aborted")),
      (error: AbortedError<SteadyState>) => error,
    );
  }

  test("gives the steady state of what was finished", async () => {
    const error = await aborted(5);
    expect(error).toBeInstanceOf(AbortedError);
    const { finished, partial } = error;
    expect(finished).toBeGreaterThanOrEqual(5);
    expect(partial!.replicas).toBe(finished);
    const { looks, burnIn, spacing } = partial!.plan;
    const whole = await steady(defineModel({ ...input, particles: 2000 }), {
      replicas: finished,
      stationary: { looks, burnIn, spacing },
    });
    expect(partial).toEqual({ ...whole, ran: expect.anything() as unknown });
  });

  test("before the first replica gives nothing", async () => {
    const error = steady(model, { signal: AbortSignal.abort() });
    await expect(error).rejects.toMatchObject({ finished: 0, partial: undefined });
  });
});
