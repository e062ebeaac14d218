/** A result is a pure function of (model, method, seed, replicas, times), frozen for stream version 1. */
import { describe, expect, test } from "vitest";
import { defineModel, replay, simulate, trajectory, type ModelInput, type SimulateOptions } from "../../src/index.ts";
import { runEnsemble } from "../../src/ensemble/run.ts";
import { Kernel } from "../../src/kernel.ts";
import { debugBytes } from "../support/probe.ts";

const base: ModelInput = { cells: 5, particles: 20, temperatures: [1, 2] };
const options = { replicas: 37, times: [0, 0.5, 1], seed: 42n };

/** Runs whose results must never change within stream version 1. */
const goldenRuns: [string, ModelInput, SimulateOptions, string][] = [
  [
    "constant",
    { ...base, rate: "constant" },
    options,
    "41989e2946810a319f42072270642d2d91e36395bad4e0e922d49128efe50b63",
  ],
  [
    "sqrt-sum",
    { ...base, rate: "sqrt-sum" },
    options,
    "ad1b3d0d066246e76cf71d589cd6a019553ac362334ef41b789c6889b363d01b",
  ],
  [
    "sqrt-harmonic",
    { ...base, rate: "sqrt-harmonic" },
    options,
    "5c6695b9d419c9ec5e0067bdb1c716e340b143a7f9ffc45d1cbb0f5fc1afb2ce",
  ],
  [
    "sqrt-min",
    { ...base, rate: "sqrt-min" },
    options,
    "a64d3c2e2e467b25d4d2ddde879a4fd1cce089db3fc7e3812129bc95f452c826",
  ],
  [
    "scale and cap",
    { ...base, rate: { law: "sqrt-sum", scale: 2, cap: 0.7 } },
    options,
    "52fa32ead7ef293b79edd8d90ba4ec8406463de87da9c25d3c4f3e48ae9e777d",
  ],
  [
    "thermal bath",
    { ...base, bath: "thermal" },
    options,
    "9f67235d11ce00ee2c7ab0529ac7604e0ff0a280e39fe9db3c3040689bfbafef",
  ],
  ["M = 1", { ...base, particles: 1 }, options, "3a0fccf550792fb879959b1c16a2b4162e655f59237d68766ababce770e05954"],
  ["M = 2", { ...base, particles: 2 }, options, "4a40cb6002c66ec085cc1d09ca085eb5f4baae4cd12d432753a0f4836c22d6e3"],
  [
    "M = 1000",
    { ...base, particles: 1000 },
    options,
    "c39694444b82c44389f6c78f9bc8892402a682b58569d35f6faea86793d2953c",
  ],
  [
    "M = 10^5",
    { ...base, particles: 1e5 },
    { ...options, replicas: 3 },
    "26c27ff99eec62c7730f368f08de1e25e82e9c8c814bd37e211da937ef368a6e",
  ],
  [
    "M = 10^9",
    { ...base, particles: 1e9 },
    { replicas: 2, times: [1e-5], seed: 1 },
    "ba8ae7f27b7aa97c0f2593b008ba87c49a200583f5605190ef0f608ae35fda53",
  ],
  ["N = 1", { ...base, cells: 1 }, options, "5e0ed64948e27c6ad3251e0fe4b22a19694efa6237f998b2d730fe6f327a5412"],
  [
    "N = 1000",
    { ...base, cells: 1000 },
    { replicas: 2, times: [0.5], moments: "variance" },
    "394fbbba8a4c4e28758d407c40b61e21f2117a6ce9033fa13e5074776cb1aef2",
  ],
  [
    "equilibrium start",
    { ...base, initial: "equilibrium" },
    options,
    "f3a7ee4dfbb3accd131adb807944d38614f5d41e30a260600c5b8d695a64fd29",
  ],
  [
    "slow timescale",
    { ...base, timescale: "slow" },
    { ...options, times: [10, 20] },
    "e37486e3e89338d8a05ec29dc1d92e93ecae376dae55ed9f1d6f023e0fc2fff5",
  ],
  [
    "direct",
    base,
    { ...options, method: "direct" },
    "f66c205fc23c1207096eb7ae6371738903395ab2a8521f9126c8f7f8cd45fdcf",
  ],
  [
    "first replica 5",
    base,
    { ...options, firstReplica: 5, seed: 2n ** 64n - 1n },
    "d470d2d10becf3c9216fa1306f0418539663249eda848b0ca13c74adea7feec3",
  ],
];

describe("golden runs of stream version 1", () => {
  test.each(goldenRuns)("%s", async (_, input, run, hash) => {
    const { certificate } = await simulate(defineModel(input), run);
    expect(certificate.stream).toBe(1);
    expect(certificate.result).toBe(hash);
  });
});

test("release and debug builds give the same bits", async () => {
  for (const [, input, run] of goldenRuns.filter(([name]) => !name.includes("10^9"))) {
    const model = defineModel(input);
    const release = await runEnsemble(await Kernel.load(), model, run);
    const debug = await runEnsemble(await Kernel.load(debugBytes()), model, run);
    expect(debug.certificate.result).toBe(release.certificate.result);
  }
});

test("a replica alone is that replica in any ensemble, by either method", async () => {
  const model = defineModel(base);
  for (const method of ["exact", "direct"] as const) {
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
  await expect(replay({ ...stored, stream: 0 })).rejects.toThrow('"stream" expected stream version 1; install');
  await expect(replay({ ...stored, seed: "x", times: "now" } as never)).rejects.toThrow(
    /"seed" .*\n.*"times" expected/,
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
    const fast = await simulate(defineModel({ ...input, particles: 16 }), options);
    const slow = await simulate(defineModel({ ...input, particles: 16, timescale: "slow" }), {
      ...options,
      times: [0, 8, 16],
    });
    expect(slow.mean).toEqual(fast.mean);
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
