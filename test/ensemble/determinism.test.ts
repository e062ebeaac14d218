/** A result is a pure function of (model, method, seed, replicas, times), frozen for stream version 2. */
import { describe, expect, test } from "vitest";
import { defineModel, replay, simulate, trajectory, type ModelInput } from "../../src/index.ts";
import { run as simulateOn } from "../../src/ensemble/simulate.ts";
import { loadKernel } from "../../src/engine.ts";
import { METHODS } from "../../src/kernel.ts";
import { everyRun, goldenRuns, optionsOf } from "../support/goldenRuns.ts";
import { debugBytes } from "../support/probe.ts";

const base: ModelInput = { cells: 5, particles: 20, temperatures: [1, 2] };
const options = { replicas: 37, times: [0, 0.5, 1], seed: 42n };

describe("golden runs of stream version 2", () => {
  test.each(everyRun)("$name", async (run) => {
    const { certificate } = await simulate(defineModel(run.model), optionsOf(run));
    expect(certificate.stream).toBe(2);
    expect(certificate.result).toBe(run.result);
  });
});

test("the debug build gives the bits of the release build", async () => {
  for (const run of goldenRuns.filter(({ name }) => !name.includes("10^9"))) {
    const debug = await simulateOn(await loadKernel(debugBytes()), defineModel(run.model), optionsOf(run));
    expect(debug.certificate.result, run.name).toBe(run.result);
  }
});

test("a replica alone is that replica in any ensemble, by every method", async () => {
  const model = defineModel({ ...base, particles: 200 });
  for (const method of METHODS) {
    const { samples } = await simulate(model, { ...options, method, firstReplica: 3, samples: true });
    for (const replica of [3, 4, 17, 39]) {
      const path = await trajectory(model, { times: options.times, seed: 42n, replica, method });
      expect(path.energies).toEqual(samples!.slice((replica - 3) * 15, (replica - 2) * 15));
    }
  }
});

test("what is kept of the replicas does not change them", async () => {
  const model = defineModel(base);
  const whole = await simulate(model, { ...options, samples: true });
  const variance = await simulate(model, { ...options, moments: "variance" });
  const mean = await simulate(model, { ...options, moments: "mean" });
  for (const part of [variance, mean]) {
    expect(part.mean).toEqual(whole.mean);
    expect(part.current).toEqual(whole.current);
    expect(part.events).toBe(whole.events);
  }
  expect(variance.variance).toEqual(whole.variance);
  expect(variance.standardError).toEqual(whole.standardError);
  expect(variance.currentVariance).toEqual(whole.currentVariance);
  expect([variance.covariance, mean.variance, mean.standardError]).toEqual([undefined, undefined, undefined]);
});

test("means, variances and covariances are the unbiased ones of the samples", async () => {
  const ensemble = await simulate(defineModel(base), { ...options, samples: true });
  const R = ensemble.replicas;
  const average = (values: readonly number[]) => values.reduce((a, b) => a + b) / values.length;
  const check = (samples: Float64Array, width: number, mean: Float64Array, variance: Float64Array) => {
    const row = width * options.times.length;
    mean.forEach((m, at) => {
      const values = Array.from({ length: R }, (_, r) => samples[r * row + at]);
      expect(m).toBeCloseTo(average(values), 12);
      expect(variance[at]).toBeCloseTo((average(values.map((x) => (x - m) ** 2)) * R) / (R - 1), 12);
    });
  };
  check(ensemble.samples!, 5, ensemble.mean, ensemble.variance);
  check(ensemble.transferredSamples!, 6, ensemble.transferred, ensemble.transferredVariance);
  const [i, j, last] = [1, 3, 2];
  const products = Array.from({ length: R }, (_, r) => {
    const at = (k: number) => ensemble.samples![(r * 3 + last) * 5 + k] - ensemble.mean[last * 5 + k];
    return at(i) * at(j);
  });
  expect(ensemble.covariance[(last * 5 + i) * 5 + j]).toBeCloseTo((average(products) * R) / (R - 1), 12);
  ensemble.standardError.forEach((error, at) => expect(error).toBeCloseTo(Math.sqrt(ensemble.variance[at] / R), 14));
});

test("an earlier observation does not see the later ones", async () => {
  const model = defineModel(base);
  const short = await simulate(model, { ...options, times: [0.5] });
  const long = await simulate(model, { ...options, times: [0.5, 3] });
  expect(long.mean.slice(0, 5)).toEqual(short.mean);
});

test("a certificate is plain data, and its replay finds the same bits; a tampered one does not", async () => {
  const { certificate } = await simulate(defineModel(base), options);
  const stored = JSON.parse(JSON.stringify(certificate)) as typeof certificate;
  expect(await replay(stored)).toMatchObject({ same: true, found: certificate.result });
  expect(await replay({ ...stored, seed: "43" })).toMatchObject({ same: false });
  await expect(replay({ ...stored, stream: 0 })).rejects.toThrow('"stream" expected stream version 2; install');
  await expect(replay({ ...stored, seed: "x", times: "now" } as never)).rejects.toThrow(
    /"seed" .*\n.*"times" expected/,
  );
  const overlapping = [
    { first: 0, replicas: 8 },
    { first: 4, replicas: 4 },
  ];
  await expect(replay({ ...stored, spans: overlapping })).rejects.toThrow('"spans" expected spans one after the other');
  await expect(replay({ ...stored, spans: [{ first: 0.5, replicas: 1 }] })).rejects.toThrow(
    '"spans[0].first" expected an integer from 0',
  );
});

describe("symmetries of the process hold bit for bit where they are powers of two (THEORY 9)", () => {
  const input: ModelInput = { ...base, initial: [1.3, 0.4, 2.1, 1, 1.7] };

  test("energies by 4 and time by 1/2: sqrt laws are homogeneous of degree 1/2", async () => {
    for (const rate of ["sqrt-sum", "sqrt-harmonic", "sqrt-min"] as const) {
      for (const method of ["exact", "direct"] as const) {
        const one = await simulate(defineModel({ ...input, rate }), { ...options, method });
        const scaled = { ...input, rate, temperatures: [4, 8] as const, initial: [5.2, 1.6, 8.4, 4, 6.8] };
        const four = await simulate(defineModel(scaled), { ...options, method, times: [0, 0.25, 0.5] });
        expect(four.mean).toEqual(one.mean.map((E) => 4 * E));
        expect(four.covariance).toEqual(one.covariance.map((C) => 16 * C));
      }
    }
  });

  test("rate by 2 and time by 1/2", async () => {
    for (const method of ["exact", "direct"] as const) {
      const one = await simulate(defineModel({ ...input, rate: { law: "sqrt-sum" } }), { ...options, method });
      const faster = defineModel({ ...input, rate: { law: "sqrt-sum", scale: 2 } });
      const two = await simulate(faster, { ...options, method, times: [0, 0.25, 0.5] });
      expect(two.mean).toEqual(one.mean);
    }
  });

  test("the slow timescale is the fast one, M times longer", async () => {
    for (const method of ["exact", "direct"] as const) {
      const fast = await simulate(defineModel({ ...input, particles: 16 }), { ...options, method });
      const slow = await simulate(defineModel({ ...input, particles: 16, timescale: "slow" }), {
        ...options,
        method,
        times: [0, 8, 16],
      });
      expect(slow.mean).toEqual(fast.mean);
    }
  });
});

test("the mirror image of a chain has the mirrored law (|z| < 6, 5 means and 6 currents at 4e4 replicas)", async () => {
  const mirrored: ModelInput = { ...base, temperatures: [2, 1], initial: [1.7, 1, 2.1, 0.4, 1.3] };
  const one = await simulate(defineModel({ ...base, initial: [1.3, 0.4, 2.1, 1, 1.7] }), { replicas: 4e4, times: [1] });
  const two = await simulate(defineModel(mirrored), { replicas: 4e4, times: [1], seed: 1 });
  for (let k = 0; k < 5; k++) {
    const error = Math.hypot(one.standardError[k], two.standardError[4 - k]);
    expect(Math.abs(one.mean[k] - two.mean[4 - k]) / error).toBeLessThan(6);
  }
  for (let k = 0; k < 6; k++) {
    const error = Math.sqrt((one.currentVariance[k] + two.currentVariance[5 - k]) / 4e4);
    expect(Math.abs(one.current[k] + two.current[5 - k]) / error).toBeLessThan(6);
  }
});
