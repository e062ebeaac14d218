/** A result is a pure function of (model, method, seed, replicas, times), frozen for stream version 2. */
import { describe, expect, test } from "vitest";
import { defineModel, replay, simulate, trajectory, type ModelInput, type SimulateOptions } from "../../src/index.ts";
import { runEnsemble } from "../../src/ensemble/run.ts";
import { loadKernel } from "../../src/engine.ts";
import { METHODS } from "../../src/kernel.ts";
import { debugBytes } from "../support/probe.ts";

const base: ModelInput = { cells: 5, particles: 20, temperatures: [1, 2] };
const options = { replicas: 37, times: [0, 0.5, 1], seed: 42n };

const MESOSCOPIC = {
  constant: "c6a274fd8f09ad0733e71a811e833efc5b1a81fc0419240de5ae10b7e19ea5b3",
  "sqrt-sum": "ec99c73626903ac5c322c266c7e0f122d7dce406c6698ceb5baf66edf112a1a6",
  "sqrt-harmonic": "d208cf029b835647a263df9f08fbf122deb4768a56f904b2c01d6e60e9fb4b18",
  "sqrt-min": "dcc326a908fddb686c2664b493aa2a9abbb648d0915b877f0261d7e01bf05e0f",
};

/** Runs whose results must never change within stream version 2. */
const goldenRuns: [string, ModelInput, SimulateOptions, string][] = [
  [
    "constant",
    { ...base, rate: "constant" },
    options,
    "4e136df36918246c2e450720c2a6b7357f29d7549f4f30f6dda65569c7de95f3",
  ],
  [
    "sqrt-sum",
    { ...base, rate: "sqrt-sum" },
    options,
    "50615810913453ed99e77c2c31523b986f52cb346f5616c48ebf805208fe1856",
  ],
  [
    "sqrt-harmonic",
    { ...base, rate: "sqrt-harmonic" },
    options,
    "375f8b0d9f81b1878208feb74a2de5b830a6d68ca653734b2ca8be8ab6bf540c",
  ],
  [
    "sqrt-min",
    { ...base, rate: "sqrt-min" },
    options,
    "0c6f661dc0a22c6c86fac1175a2a72731302d74546d9996706431997b9f78e81",
  ],
  [
    "scale and cap",
    { ...base, rate: { law: "sqrt-sum", scale: 2, cap: 0.7 } },
    options,
    "a324d73bfd410508d1308ef7c81005160168e3abe4bbb1b95f7b3eaeee8f8714",
  ],
  [
    "thermal bath",
    { ...base, bath: "thermal" },
    options,
    "0c69ff45b81b638e6ad90ff6599b99275742acd3a06ff3a1d12e5798225ffd87",
  ],
  ["M = 1", { ...base, particles: 1 }, options, "15c3dbc4c53ccb3a88623e28aa2f61891e34ddbde19689e8080e3e24da77591a"],
  ["M = 2", { ...base, particles: 2 }, options, "36a27372f21cb2db503173f927ebea897adebd2bb6e367b8ae8f0e7231ffb877"],
  [
    "M = 1000",
    { ...base, particles: 1000 },
    options,
    "f91baa5e4ee73415e5c15f2b1e672a741176db1ff508323f2d0bc2b6aedde896",
  ],
  [
    "M = 10^5",
    { ...base, particles: 1e5 },
    { ...options, replicas: 3 },
    "792b1a964887a9d4389bc9787dd2eaf60fed772f6d20ce0bad21060033e1f4f8",
  ],
  [
    "M = 10^9",
    { ...base, particles: 1e9 },
    { replicas: 2, times: [1e-5], seed: 1 },
    "98a52d06f51412ec5eaa5dbdc047f8e4dfb80c67a8ee2f8bb8f333a765217166",
  ],
  ["N = 1", { ...base, cells: 1 }, options, "a861dd51395430b3569f329d8e8206f0f2ac56955c99e24aeb340b31d339bbe1"],
  [
    "N = 1000",
    { ...base, cells: 1000 },
    { replicas: 2, times: [0.5], moments: "variance" },
    "c4332db92560f7316c38bf9b3dd78c63020238c1c05e89b38b969a269a6a22fd",
  ],
  [
    "equilibrium start",
    { ...base, initial: "equilibrium" },
    options,
    "861c797ef878a44322876a9cd3fa8e18aa159b58434770e1a83e825ccd899714",
  ],
  [
    "slow timescale",
    { ...base, timescale: "slow" },
    { ...options, times: [10, 20] },
    "2caee1262b727b22dcde187787c0983af2e2779876a33965431ec924f2fff40b",
  ],
  [
    "direct",
    base,
    { ...options, method: "direct" },
    "2aa6a02a62f6380ddae8a668e2ded624ad5b6d9232a442ed4f9158815f859cf7",
  ],
  ...(["constant", "sqrt-sum", "sqrt-harmonic", "sqrt-min"] as const).map((rate): (typeof goldenRuns)[number] => [
    `mesoscopic, ${rate}`,
    { ...base, particles: 200, rate },
    { ...options, method: "mesoscopic" },
    MESOSCOPIC[rate],
  ]),
  [
    "mesoscopic, scale and cap, thermal bath",
    { ...base, particles: 1000, rate: { law: "sqrt-harmonic", scale: 2, cap: 0.7 }, bath: "thermal" },
    { ...options, method: "mesoscopic", step: 0.3 },
    "e8669b9c2626fe6e63cd86cbe8964b763ed00a7d2e3bdbe92c43bc40246f198e",
  ],
  [
    "mesoscopic, N = 1000",
    { ...base, cells: 1000, particles: 1e5 },
    { replicas: 2, times: [0.5], moments: "variance", method: "mesoscopic" },
    "43c651d12b56a6e55e69c7446a6d2a39d3786bff7ba334db39dc617441abc002",
  ],
  [
    "first replica 5",
    base,
    { ...options, firstReplica: 5, seed: 2n ** 64n - 1n },
    "94c4d4da67e84fb0b690be3a176fea638a8879210aaf3f3be11eca607e003433",
  ],
];

describe("golden runs of stream version 2", () => {
  test.each(goldenRuns)("%s", async (_, input, run, hash) => {
    const { certificate } = await simulate(defineModel(input), run);
    expect(certificate.stream).toBe(2);
    expect(certificate.result).toBe(hash);
  });
});

test("release and debug builds give the same bits", async () => {
  for (const [, input, run] of goldenRuns.filter(([name]) => !name.includes("10^9"))) {
    const model = defineModel(input);
    const release = await runEnsemble(await loadKernel(), model, run);
    const debug = await runEnsemble(await loadKernel(debugBytes()), model, run);
    expect(debug.certificate.result).toBe(release.certificate.result);
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
