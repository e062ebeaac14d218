/**
 * Starts that each replica draws: E_k = T_k Gamma(M)/M (THEORY 12.1). Against the distribution function of Gamma(M) by its
 * Poisson sum, against theory with such a start, and against planted defects, which must be rejected. Kolmogorov-Smirnov
 * limits have a false-alarm rate of 1e-9 each, z-values of 6 one of 2e-9; there are some 30 and some 150 of them.
 */
import { describe, expect, test } from "vitest";
import { follow, InvalidInputError, simulate, theory, trajectory, type ModelInput } from "../../src/index.ts";
import { METHODS } from "../../src/kernel.ts";
import { RunFolder } from "../../src/store/index.ts";
import { checkAnswer } from "../guest/answers.ts";
import { entries } from "../guest/entries.ts";
import { finished } from "../support/runFolders.ts";
import { column, kolmogorovSmirnov, KS_LIMIT, products, SIX_SIGMA, zOfMean } from "../support/statistics.ts";

/** P(Gamma(M) <= x), M an integer: 1 - P(Poisson(x) < M). */
function gammaCdf(M: number): (x: number) => number {
  let logFactorial = 0;
  for (let j = 1; j < M; j++) logFactorial += Math.log(j);
  return (x) => {
    let term = Math.exp((M - 1) * Math.log(x) - x - logFactorial);
    let tail = term;
    for (let j = M - 1; j > 0 && !(term < 1e-16 && j < x); j--) tail += term *= j / x;
    return 1 - tail;
  };
}

const TEMPERATURES = [0.5, 1, 3];
const chain = (particles: number, others: Partial<ModelInput> = {}): ModelInput => ({
  ...{ cells: 3, particles, temperatures: [1, 2], bath: "thermal", rate: "sqrt-sum" },
  initial: { gamma: TEMPERATURES },
  ...others,
});

describe("energies at time 0", () => {
  test.each([1, 2, 10, 1000])("are of Gamma(M), M = %i, and not of Gamma(M - 1), by every method", async (M) => {
    const cdf = gammaCdf(M);
    for (const method of METHODS) {
      const { samples } = await simulate(chain(M), { replicas: 8e4, times: [0], method, samples: true, seed: 11n });
      const scaled = () => samples!.map((E, i) => (E / TEMPERATURES[i % 3]) * M);
      expect(kolmogorovSmirnov(scaled(), cdf)).toBeLessThan(KS_LIMIT);
      expect(kolmogorovSmirnov(scaled(), gammaCdf(M - 1 || 2))).toBeGreaterThan(KS_LIMIT);
      const cells = TEMPERATURES.map((_, k) => column(samples!, 3, k));
      cells.forEach((cell, k) => {
        expect(Math.abs(zOfMean(cell, TEMPERATURES[k]))).toBeLessThan(SIX_SIGMA);
        const next = cells[(k + 1) % 3];
        expect(Math.abs(zOfMean(products(cell, next), 0))).toBeLessThan(SIX_SIGMA);
        expect(Math.abs(correlation(cell))).toBeLessThan(SIX_SIGMA);
        // Two replicas of one start.
        expect(correlation(cell.map((_, r) => cell[r & ~1]))).toBeGreaterThan(SIX_SIGMA);
      });
    }
  });

  test("are of Gamma(M) at the most particles, but for what rounding leaves", async () => {
    const M = 1e9;
    const { samples } = await simulate(chain(M), { replicas: 5e4, times: [0], samples: true });
    const normal = samples!.map((E, i) => (E / TEMPERATURES[i % 3] - 1) * Math.sqrt(M));
    // The third moment is 2/√M, nothing beside 1/√n; the fourth is 3.
    for (const [power, moment] of [0, 1, 0, 3].entries()) {
      expect(
        Math.abs(
          zOfMean(
            normal.map((z) => z ** (power + 1)),
            moment,
          ),
        ),
      ).toBeLessThan(SIX_SIGMA);
    }
  });

  /** z of the product of neighbouring replicas. */
  function correlation(cell: Float64Array): number {
    const half = cell.length / 2;
    const pick = (odd: number) => Float64Array.from({ length: half }, (_, r) => cell[2 * r + odd]);
    return zOfMean(products(pick(0), pick(1)), 0);
  }
});

test("a replica goes on from the start it drew as one that was told to start there: its path's numbers are others", async () => {
  const times = [0, 0.2, 0.7];
  for (const exchange of ["uniform", "kinetic"] as const) {
    for (const method of METHODS) {
      for (const particles of [1, 6, 300]) {
        if (method === "mesoscopic" && particles < 300) continue;
        const model = chain(particles, { exchange });
        const common = { times, seed: 5n, replica: 9, method };
        const drawn = await trajectory(model, common);
        const told = await trajectory({ ...model, initial: drawn.energies.slice(0, 3) }, common);
        expect(drawn.energies).toEqual(told.energies);
        expect(drawn.transferred).toEqual(told.transferred);
        expect(drawn.events).toBe(told.events);
        const path = await follow(model, { seed: 5n, replica: 9, method });
        expect(path.energies).toEqual(drawn.energies.slice(0, 3));
        path.advance(0.2);
        path.advance(0.7);
        expect(path.energies).toEqual(drawn.energies.slice(6));
        expect(path.transferred).toEqual(drawn.transferred.slice(8));
      }
    }
  }
});

test("what bonds transfer is counted from each replica's own start, alone, in any company, on workers and in a folder", async () => {
  const model = chain(20, { exchange: "uniform" });
  const options = { replicas: 37, firstReplica: 3, times: [0, 0.4], seed: 2n, samples: true };
  const whole = await simulate(model, { ...options, workers: 1 });
  const { samples, transferredSamples: Q } = whole;
  for (let r = 0; r < 37; r++) {
    for (let k = 0; k < 3; k++) {
      const [before, after] = [samples![6 * r + k], samples![6 * r + 3 + k]];
      expect(Q![8 * r + 4 + k] - Q![8 * r + 5 + k]).toBeCloseTo(after - before, 12);
      expect(Q![8 * r + k]).toBe(0);
    }
  }
  for (let k = 0; k <= 3; k++) {
    expect(whole.transferred[4 + k]).toBeCloseTo(column(Q!, 8, 4 + k).reduce((a, b) => a + b) / 37, 12);
  }
  const shared = await simulate(model, { ...options, workers: 2 });
  expect(shared.certificate).toEqual(whole.certificate);
  expect(shared.transferredSamples).toEqual(Q);
  const folder = await finished(undefined, {
    model: whole.certificate.model,
    options: { ...options, workers: 1 },
  });
  expect(folder).toBeInstanceOf(RunFolder);
  const kept = [...folder.samples()];
  expect(kept.flatMap(({ energies }) => [...energies])).toEqual([...samples!]);
  expect(kept.flatMap(({ transferred }) => [...transferred])).toEqual([...Q!]);
  expect((await folder.merge()).result.certificate.result).toBe(whole.certificate.result);
});

describe("product Gamma(M, T) is stationary at rate constant between thermal baths of T", () => {
  test.each(["exact", "direct"] as const)("%s", async (method) => {
    for (const M of [2, 10]) {
      const model = chain(M, { temperatures: [1.5, 1.5], rate: "constant", initial: { gamma: 1.5 } });
      const run = { replicas: 3e4, times: [1.3], method, samples: true, seed: 8n };
      const { samples } = await simulate(model, run);
      expect(
        kolmogorovSmirnov(
          samples!.map((E) => (E / 1.5) * M),
          gammaCdf(M),
        ),
      ).toBeLessThan(KS_LIMIT);
      const paper = await simulate({ ...model, bath: "exponential" }, run);
      expect(
        kolmogorovSmirnov(
          paper.samples!.map((E) => (E / 1.5) * M),
          gammaCdf(M),
        ),
      ).toBeGreaterThan(KS_LIMIT);
    }
  });
});

describe("theory from a start that is drawn", () => {
  const times = [0, 0.2, 0.6];

  test("begins with the cumulants of Gamma(M, T): T²/M and 2 T³/M²", () => {
    const model = chain(10);
    expect([...theory.limit(model, [0])]).toEqual(TEMPERATURES);
    const diagonal = (values: readonly number[]) => values.flatMap((x, i) => values.map((_, j) => (i === j ? x : 0)));
    expect([...theory.covariance(model, [0])]).toEqual(diagonal([0.25, 1, 9]));
    const { m1, C1, K3 } = theory.finiteSize(model, [0]);
    expect([...m1, ...C1].every((x) => x === 0)).toBe(true);
    const cubes = new Float64Array(27);
    TEMPERATURES.forEach((T, k) => (cubes[13 * k] = 2 * T ** 3));
    expect(K3).toEqual(cubes);
    const exact = theory.exactMoments({ ...model, rate: "constant" }, [0]);
    expect([...exact.mean, ...exact.covariance]).toEqual([...TEMPERATURES, ...diagonal([0.025, 0.1, 0.9])]);
  });

  test("the orders of 1/M are those of the exact moments", () => {
    // M (M Cov - C) -> C1: the next order is 1/M of it.
    const M = 1e5;
    const model = chain(M, { rate: "constant", bath: "exponential" });
    const { covariance } = theory.exactMoments(model, times);
    const C = theory.covariance(model, times);
    const { C1 } = theory.finiteSize(model, times);
    covariance.forEach((value, i) => expect(Math.abs(M * (M * value - C[i]) - C1[i])).toBeLessThan(2e-3));
    expect(Math.max(...C1)).toBeGreaterThan(0.1);
  });

  test.each(["exact", "mesoscopic"] as const)(
    "is what %s simulation measures, and not from a fixed start",
    async (method) => {
      for (const rate of ["constant", "sqrt-sum"]) {
        const M = 200;
        const model = chain(M, { rate });
        const { samples } = await simulate(model, { replicas: 1e5, times, method, samples: true, seed: 4n });
        const told = { ...model, initial: TEMPERATURES };
        const subject = { of: method === "exact" ? ("process" as const) : ("mesoscopic" as const) };
        const [[C, { m1, C1, K3 }], [fixedC, { K3: fixedK3 }]] = [model, told].map(
          (of) => [theory.covariance(of, times), theory.finiteSize(of, times, subject)] as const,
        );
        const limit = theory.limit(model, times);
        let [mostC, mostK] = [0, 0];
        for (let t = 1; t < 3; t++) {
          const cells = [0, 1, 2].map((k) => column(samples!, 9, 3 * t + k));
          const means = cells.map((_, k) => limit[3 * t + k] + m1[3 * t + k] / M);
          cells.forEach((cell, k) => {
            expect(Math.abs(zOfMean(cell, means[k]))).toBeLessThan(SIX_SIGMA);
            const centred = cell.map((E) => E - means[k]);
            // M² times the third cumulant, whose next order is some 1/M of it.
            const cubes = centred.map((x) => M * M * x ** 3);
            const at = 27 * t + 13 * k;
            expect(Math.abs(zOfMean(cubes, K3[at]))).toBeLessThan(SIX_SIGMA);
            mostK = Math.max(mostK, Math.abs(zOfMean(cubes, fixedK3[at])));
            for (let l = 0; l < 3; l++) {
              const entry = 9 * t + 3 * k + l;
              const ofPair = products(cell, cells[l]).map((x) => M * x);
              expect(Math.abs(zOfMean(ofPair, C[entry] + C1[entry] / M))).toBeLessThan(SIX_SIGMA);
              mostC = Math.max(mostC, Math.abs(zOfMean(ofPair, fixedC[entry])));
            }
          });
        }
        expect(mostC).toBeGreaterThan(50);
        expect(mostK).toBeGreaterThan(10);
      }
    },
  );
});

test("every entry takes a start that is drawn, or refuses it in words", async () => {
  const model = { cells: 4, particles: 200, temperatures: [1, 2] as const, initial: { gamma: [1, 1.2, 1.5, 2] } };
  const refused: string[] = [];
  for (const entry of entries) {
    await checkAnswer(entry, { model, how: "gamma" });
    if (/^verify\.(beta|fourier|ness)$|workers|store/.test(entry.name)) continue;
    try {
      await entry.call(model, () => AbortSignal.abort());
    } catch (error) {
      if (error instanceof InvalidInputError && error.message.includes('"initial"')) refused.push(entry.name);
    }
  }
  expect(refused).toEqual([
    "expectations",
    ...["all", "clt", "errata", "lln", "mesoscopic"].map((name) => `verify.${name}`),
  ]);
});
