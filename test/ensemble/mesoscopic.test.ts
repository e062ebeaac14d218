/**
 * The mesoscopic equation (3.3): its law against closed equations, against the theory's cumulants and against the stepper's
 * own tangent map, the order of the stepper, and what happens outside the cone. Six sigma are exceeded with probability
 * 2e-9 a comparison; there are some 150.
 */
import { describe, expect, test } from "vitest";
import { defineModel, LeftConeError, simulate, theory, type Ensemble, type Model } from "../../src/index.ts";
import { stepFor } from "../../src/ensemble/mesoscopicStep.ts";
import { carry, exactly, weakErrors } from "../../src/verify/mesoscopic/stepper.ts";
import { column, SIX_SIGMA, zOfMean } from "../support/statistics.ts";

const method = "mesoscopic";

/** The stepper's weak errors to order 1/M. */
const errorsOf = (model: Model, time: number, kicks: number) =>
  weakErrors(model, carry(model, time, kicks), exactly(model, time));

/** The largest |z| of means and of covariances, against what is known of them; errors as for a normal law. */
function worstZ(ensemble: Ensemble<"covariance">, mean: ArrayLike<number>, covariance: ArrayLike<number>) {
  const { replicas, times } = ensemble;
  const N = mean.length / times.length;
  let [ofMeans, ofCovariances] = [0, 0];
  for (let t = 0; t < times.length; t++) {
    const C = (i: number, j: number) => covariance[(t * N + i) * N + j];
    for (let i = 0; i < N; i++) {
      const at = t * N + i;
      ofMeans = Math.max(ofMeans, Math.abs(ensemble.mean[at] - mean[at]) / Math.sqrt(C(i, i) / replicas));
      for (let j = 0; j <= i; j++) {
        const error = Math.sqrt((C(i, i) * C(j, j) + C(i, j) ** 2) / replicas);
        ofCovariances = Math.max(ofCovariances, Math.abs(ensemble.covariance[at * N + j] - C(i, j)) / error);
      }
    }
  }
  return { ofMeans, ofCovariances };
}

describe('rate "constant": the closed equations, at 10^6 replicas and |z| < 4', () => {
  test.each(["exponential", "thermal"] as const)("%s baths", async (bath) => {
    const model = defineModel({ cells: 3, particles: 100, temperatures: [1, 2], rate: "constant", bath, initial: 1 });
    const times = [0.25, 1];
    const ensemble = await simulate(model, { replicas: 1e6, times, method, seed: 1 });
    const { mean, covariance } = theory.exactMoments(model, times, { of: "mesoscopic" });
    const { ofMeans, ofCovariances } = worstZ(ensemble, mean, covariance);
    expect(ofMeans).toBeLessThan(4);
    expect(ofCovariances).toBeLessThan(4);
    // The process has another covariance, by a part of 1/M: it is told apart.
    expect(worstZ(ensemble, mean, theory.exactMoments(model, times).covariance).ofCovariances).toBeGreaterThan(
      SIX_SIGMA,
    );
  });

  test("halving the step halves the error of order h/M", async () => {
    const model = defineModel({ cells: 1, particles: 10, temperatures: [1, 2], rate: "constant", initial: 1.5 });
    const exact = theory.exactMoments(model, [1], { of: "mesoscopic" }).covariance[0];
    const errorAt = async (step: number) => {
      const run = { replicas: 1e6, times: [1], method, step, seed: 2, outsideCone: "follow" } as const;
      return (await simulate(model, run)).covariance[0] / exact - 1;
    };
    const noise = Math.sqrt(2 / 1e6);
    const [coarse, fine, finest] = [await errorAt(0.5), await errorAt(0.25), await errorAt(0.02)];
    // -0.06 h to first order (found by simulation), and h^4 adds to the coarse one.
    expect(coarse / noise).toBeLessThan(-SIX_SIGMA);
    expect(coarse / fine).toBeGreaterThan(1.6);
    expect(coarse / fine).toBeLessThan(2.8);
    expect(Math.abs(finest + 0.06 * 0.02) / noise).toBeLessThan(SIX_SIGMA);
  });
});

const CHAINS: [string, Model][] = [
  ["constant", defineModel({ cells: 3, particles: 1e8, temperatures: [1, 2], rate: "constant", initial: 1 })],
  ["sqrt-harmonic", defineModel({ cells: 10, particles: 1e8, temperatures: [1, 2], initial: 1 })],
  [
    "sqrt-sum, capped, thermal",
    defineModel({
      cells: 5,
      particles: 1e8,
      temperatures: [1, 1],
      rate: { law: "sqrt-sum", scale: 2, cap: 3 },
      bath: "thermal",
      initial: [2, 0.5, 1, 1.5, 0.25],
    }),
  ],
  [
    "sqrt-min, capped",
    defineModel({
      cells: 3,
      particles: 1e8,
      temperatures: [1, 4],
      rate: { law: "sqrt-min", cap: 2 },
      initial: [1.5, 2, 3],
    }),
  ],
  ["wide", defineModel({ cells: 3, particles: 1e8, temperatures: [1, 10], rate: "sqrt-harmonic", initial: 1 })],
];

describe("the stepper to order 1/M", () => {
  test.each(CHAINS)("%s: its error falls as h^4, in the mean and in the covariance", (_, model) => {
    const [coarse, fine] = [errorsOf(model, 1, 8), errorsOf(model, 1, 16)];
    expect(coarse.mean / fine.mean).toBeGreaterThan(11);
    expect(coarse.covariance / fine.covariance).toBeGreaterThan(8);
  });

  test.each(CHAINS)(
    "%s: the engine does what its tangent map does, at steps where that is far off",
    async (_, model) => {
      const kicks = 4;
      const found = await simulate(model, { replicas: 2e5, times: [1], method, step: 0.25, seed: 3 });
      const { mean, covariance } = carry(model, 1, kicks);
      const M = model.particles;
      const { ofMeans, ofCovariances } = worstZ(
        found,
        mean,
        covariance.map((entry) => entry / M),
      );
      expect(ofMeans).toBeLessThan(SIX_SIGMA);
      expect(ofCovariances).toBeLessThan(SIX_SIGMA);
      expect(found.certificate.step).toBe(0.25);
      expect(found.events).toBe(kicks * 2e5);
    },
  );

  test("the default step keeps the mean and the covariance within the tolerance", () => {
    for (const [name, model] of CHAINS) {
      for (const particles of [1e3, 1e5, 1e7]) {
        for (const tolerance of [1e-2, 1e-3, 1e-4]) {
          const kicks = 2 * Math.ceil(1 / (2 * stepFor({ ...model, particles }, tolerance)));
          const error = errorsOf(model, 1, kicks);
          expect(error.covariance, `${name}, ${tolerance}`).toBeLessThan(tolerance);
          expect(error.mean * Math.sqrt(particles), `${name}, M = ${particles}, ${tolerance}`).toBeLessThan(tolerance);
        }
      }
    }
  });
});

test.each([
  ["sqrt-harmonic", "exponential"],
  ["sqrt-sum", "thermal"],
] as const)("%s, %s baths: the theory's m1, C1 and K3 of the equation, M = 300", async (rate, bath) => {
  const model = defineModel({ cells: 3, particles: 300, temperatures: [1, 2], rate, bath, initial: [2, 1.5, 1] });
  const M = model.particles;
  const replicas = 4e5;
  const run = { replicas, times: [1], method, tolerance: 3e-4, seed: 4, samples: true } as const;
  const ensemble = await simulate(model, run);
  const [limit, C] = [theory.limit(model, [1]), theory.covariance(model, [1])];
  const { m1, C1, K3 } = theory.finiteSize(model, [1], { of: "mesoscopic" });
  const mean = limit.map((E, i) => E + m1[i] / M);
  const covariance = C.map((entry, at) => entry / M + C1[at] / M ** 2);
  const { ofMeans, ofCovariances } = worstZ(ensemble, mean, covariance);
  expect(ofMeans).toBeLessThan(SIX_SIGMA);
  expect(ofCovariances).toBeLessThan(SIX_SIGMA);
  const ofProcess = theory.finiteSize(model, [1]).K3;
  const found = [0, 1, 2].map((i) => {
    const cubes = column(ensemble.samples!, 3, i).map((E) => M ** 2 * (E - ensemble.mean[i]) ** 3);
    return { z: zOfMean(cubes, K3[i * 13]), processZ: zOfMean(cubes, ofProcess[i * 13]) };
  });
  for (const { z } of found) expect(Math.abs(z)).toBeLessThan(SIX_SIGMA);
  // Skew exchanges are what the equation leaves out (THEORY 7).
  expect(Math.max(...found.map(({ processZ }) => Math.abs(processZ)))).toBeGreaterThan(SIX_SIGMA);
});

test("what bonds carry has the mean and the variance that it has in the process, M = 1000 (6 bonds, |z| < 6)", async () => {
  const model = defineModel({ cells: 5, particles: 1000, temperatures: [1, 2], initial: [2, 1.5, 1, 1, 1.5] });
  const run = { times: [1], seed: 7 } as const;
  const process = await simulate(model, { ...run, replicas: 4000 });
  const equation = await simulate(model, { ...run, replicas: 40_000, method });
  for (let k = 0; k <= 5; k++) {
    const variance = equation.currentVariance[k];
    expect(Math.abs(process.current[k] - equation.current[k]) / Math.sqrt(variance / 4000)).toBeLessThan(SIX_SIGMA);
    expect(Math.abs(process.currentVariance[k] / variance - 1) / Math.sqrt(2 / 4000)).toBeLessThan(SIX_SIGMA);
  }
});

test("what one cell loses the next one gains, to rounding, over 10^6 steps", async () => {
  // Baths so cold that they are cut off: f and V vanish with √T.
  const initial = [1, 2, 1.5, 0.7];
  const model = defineModel({ cells: 4, particles: 1e4, temperatures: [1e-60, 1e-60], initial });
  const { mean } = await simulate(model, { replicas: 1, times: [100, 1e5], method, step: 0.1, seed: 5 });
  for (const t of [0, 1]) {
    const total = mean.slice(4 * t, 4 * t + 4).reduce((a, b) => a + b);
    expect(Math.abs(total - 5.2)).toBeLessThan(1e-12);
  }
  expect(Math.abs(mean[4] - mean[0])).toBeGreaterThan(1e-3);
});

test("energies by 16 and time by 1/4, and the slow timescale, bit for bit", async () => {
  const input = { cells: 5, particles: 1024, temperatures: [1, 2] as const, initial: [1.25, 0.5, 2, 1, 1.75] };
  const options = { replicas: 37, method, seed: 42n } as const;
  const one = await simulate(defineModel(input), { ...options, times: [0, 0.5, 1], step: 0.125 });
  // Not by 4 and 1/2, as for jumps: a kick is √h, which has other digits for half of h.
  const hot = defineModel({ ...input, temperatures: [16, 32], initial: [20, 8, 32, 16, 28] });
  const scaled = await simulate(hot, { ...options, times: [0, 0.125, 0.25], step: 0.03125 });
  expect(scaled.mean).toEqual(one.mean.map((E) => 16 * E));
  expect(scaled.covariance).toEqual(one.covariance.map((C) => 256 * C));
  const slow = defineModel({ ...input, timescale: "slow" });
  const later = await simulate(slow, { ...options, times: [0, 512, 1024], step: 128 });
  expect(later.mean).toEqual(one.mean);
  const automatic = await simulate(slow, { ...options, times: [1024] });
  const { certificate } = await simulate(defineModel(input), { ...options, times: [1] });
  expect(automatic.certificate.step).toBe(1024 * certificate.step!);
});

describe("outside the cone", () => {
  const model = defineModel({ cells: 2, particles: 8, temperatures: [1, 2] });
  const run = { replicas: 5000, times: [0.5, 1], method, seed: 6 } as const;
  const failure = async (of: Model, options = {}) =>
    simulate(of, { ...run, ...options }).then(
      () => undefined,
      (error: unknown) => error as LeftConeError<Ensemble>,
    );

  test("the first replica that leaves is named, with the time, a safe M, and those before it as `partial`", async () => {
    const error = (await failure(model))!;
    expect(error).toBeInstanceOf(LeftConeError);
    expect(error.message).toMatch(/^replica \d+ of the mesoscopic equation has an energy below zero at t = /);
    expect(error.time).toBeGreaterThan(0);
    expect(error.time).toBeLessThanOrEqual(1);
    expect(error.partial?.replicas ?? 0).toBe(error.replica);
    // The same one whatever the cut: alone, from its neighbour on, from the middle of a pair.
    for (const firstReplica of [error.replica, error.replica - 1, error.replica - 2]) {
      expect(await failure(model, { firstReplica, replicas: 3 })).toMatchObject({
        replica: error.replica,
        time: error.time,
      });
    }
    expect(await failure(model, { firstReplica: 0, replicas: error.replica })).toBe(undefined);
  });

  test("the time is that of the first kick after which an energy is not positive, wherever observations stand", async () => {
    const step = 1 / 32;
    const often = Array.from({ length: 16 }, (_, i) => (i + 1) / 16);
    const [rarely, soon] = [await failure(model, { step, times: [1] }), await failure(model, { step, times: often })];
    expect(soon!.replica).toBe(rarely!.replica);
    // A kick stands between observations that are two steps apart.
    expect(rarely!.time).toBeCloseTo(soon!.time, 12);
    expect(rarely!.time).toBeLessThan(1 - step);
  });

  test("the M that is called safe is safe, and not ten times too large", async () => {
    const { safeParticles } = (await failure(model))!;
    expect(await failure({ ...model, particles: safeParticles })).toBe(undefined);
    expect(await failure({ ...model, particles: Math.ceil(safeParticles / 10) })).toBeInstanceOf(LeftConeError);
  });

  test("at the M that is called safe the chances to leave add up to a millionth, by the normal law", async () => {
    const { safeParticles } = (await failure(model))!;
    const [E, C] = [theory.limit(model, [1]), theory.covariance(model, [1])];
    const exponent = Math.min(...E.map((e, k) => (e * e) / (2 * C[3 * k])));
    // Chances: replicas, cells and relaxation times, of which there are two with the one at the start.
    const risk = run.replicas * 2 * 2 * Math.exp(-safeParticles * exponent);
    expect(risk).toBeLessThan(1e-6);
    // M is rounded up to two digits, by a tenth at most.
    expect(risk).toBeGreaterThan(1e-6 * Math.exp(-0.1 * safeParticles * exponent));
  });

  test('rate "constant" can be followed there, no other', async () => {
    const free = defineModel({ cells: 2, particles: 8, temperatures: [1, 2], rate: "constant" });
    expect(await failure(free)).toBeInstanceOf(LeftConeError);
    const { samples } = await simulate(free, { ...run, outsideCone: "follow", samples: true });
    expect(samples!.some((E) => E < 0)).toBe(true);
    await expect(simulate(model, { ...run, outsideCone: "follow" })).rejects.toThrow('"outsideCone" expected "error"');
  });
});

test("options that only the equation has are refused elsewhere, all at once", async () => {
  const model = defineModel({ cells: 2, particles: 10, temperatures: [1, 2] });
  const wrong = { replicas: 1, times: [1], step: 0.1, tolerance: 1e-3, outsideCone: "error" } as const;
  await expect(simulate(model, wrong)).rejects.toThrow(
    /"step" expected none unless `method` is "mesoscopic", got 0.1\n.*"tolerance" .*\n.*"outsideCone" .*/,
  );
  await expect(simulate(model, { ...wrong, method })).rejects.toThrow('"tolerance" expected none beside a `step`');
  await expect(simulate(model, { replicas: 1, times: [1], method, step: -1 })).rejects.toThrow(
    '"step" expected a time',
  );
});
