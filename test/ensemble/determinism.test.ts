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
    "cdeca0759516d5cd61e3a77595670e7ee19ab259717f2aa9082d01461cb8ed44",
  ],
  [
    "sqrt-sum",
    { ...base, rate: "sqrt-sum" },
    options,
    "15e0de1442459880fb590af2cbd25a0ad26f779e9a02bff5296176b8f0284e4b",
  ],
  [
    "sqrt-harmonic",
    { ...base, rate: "sqrt-harmonic" },
    options,
    "ec6ded13a966412d083d5ec8b3187f176052cb1f4c4effad6db01700400f0a39",
  ],
  [
    "sqrt-min",
    { ...base, rate: "sqrt-min" },
    options,
    "9f97f9931d3c18126908aa37a8422c819f03efe23e9ec4f3d7417025c86fc159",
  ],
  [
    "scale and cap",
    { ...base, rate: { law: "sqrt-sum", scale: 2, cap: 0.7 } },
    options,
    "4c21d1fc7dc9d3fa246660455db5a546ba95231573f9839eac5d582c2df4e98d",
  ],
  [
    "thermal bath",
    { ...base, bath: "thermal" },
    options,
    "03e8beb64b43018f9a2689cbf3e280b009b1cb39b448eebb026c8cf4be9c9808",
  ],
  ["M = 1", { ...base, particles: 1 }, options, "49240d3164b7b7a4888a756f18a187215383c19a86820ccd6f8597089ca6fa15"],
  ["M = 2", { ...base, particles: 2 }, options, "7b059d209b5a8eea5a749e25a453e0cc00cb2d5ab46de97f1d3661f180ac5c6d"],
  [
    "M = 1000",
    { ...base, particles: 1000 },
    options,
    "906aa98272619cfa6063c53af17e294f03f8a742c8378f7cf939cb8ee94b51af",
  ],
  [
    "M = 10^5",
    { ...base, particles: 1e5 },
    { ...options, replicas: 3 },
    "2f8b606a4143f9084848bedc65b0cfcaf77c53296d00d336dce3be1e33a4acfe",
  ],
  [
    "M = 10^9",
    { ...base, particles: 1e9 },
    { replicas: 2, times: [1e-5], seed: 1 },
    "c645c8abc024d9c349fbd4c60792f05dc5118ebb4cb4500d7ce8bfdae51bf809",
  ],
  ["N = 1", { ...base, cells: 1 }, options, "4a063ae293e9b58540b9b1d2b82a5a9c3eac1ba26e9ec545582039b6df77a483"],
  [
    "N = 1000",
    { ...base, cells: 1000 },
    { replicas: 2, times: [0.5], moments: "variance" },
    "579c2d17be7e0880472c1d340ac30a4c39ec872b8d383a2f2af0a2760aa73e61",
  ],
  [
    "equilibrium start",
    { ...base, initial: "equilibrium" },
    options,
    "a64fab30589a427bb193e7ab252c89b7602ba3e3c0edadff40a93e79490c61c5",
  ],
  [
    "slow timescale",
    { ...base, timescale: "slow" },
    { ...options, times: [10, 20] },
    "be851710d54faa531147b87f3d14cb9846789fe98286e6556cc6d89981c67721",
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
    "c43bad1f37f03817f65183d64d05e9eb77e5558f518796418418dfc3cf71bb95",
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
