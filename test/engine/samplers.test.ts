/**
 * Every sampler against its distribution: Kolmogorov-Smirnov at n = 1e6, or chi-squared, each with false alarm 1e-9
 * and a planted twin that must be rejected. KS at this n finds a distribution function off by 0.0033 anywhere.
 */
import { expect, test } from "vitest";
import { loadKernel } from "../../src/engine.ts";
import { defineModel } from "../../src/index.ts";
import { collect, loadProbe, numbersAt } from "../support/probe.ts";
import { kolmogorovSmirnov, KS_LIMIT, SIX_SIGMA, zOfMean } from "../support/statistics.ts";
import { setModel } from "../support/kernels.ts";

const probe = loadProbe();
const kernel = await loadKernel();
const N = 1e6;
const betaCdf = (shape: number) => (x: number) => -Math.expm1(shape * Math.log1p(-x));

/** Shares as the default method draws them, many at a time; `probe.betas` draws them by pairs, as the direct one does. */
function sharesOf(particles: number, count: number): Float64Array {
  setModel(kernel, defineModel({ cells: 1, particles, temperatures: [1, 1] }), 1n);
  return kernel.shares(particles, count);
}

test("a share is Beta(1, M-1) at every M, and Beta(1, M) is rejected", () => {
  for (const particles of [2, 3, 10, 129, 130, 1000, 9421, 9422, 1e5, 1e9]) {
    const shares = sharesOf(particles, N);
    expect(shares.every((b) => b > 0 && b < 1)).toBe(true);
    expect(kolmogorovSmirnov(shares, betaCdf(particles - 1)), `M = ${particles}`).toBeLessThan(KS_LIMIT);
    if (particles <= 30) expect(kolmogorovSmirnov(shares, betaCdf(particles))).toBeGreaterThan(KS_LIMIT);
  }
});

test("at M = 1 a share is everything", () => {
  for (const shares of [sharesOf(1, 1000), collect(probe, 1000, (count) => probe.betas(1, count))]) {
    expect(shares.every((b) => b === 1)).toBe(true);
  }
});

test("the tail of a share, drawn either way: P(B > x) = (1-x)^(M-1), and that of M + 1 at M = 2 and 10 is rejected", () => {
  const zOfTail = (shares: Float64Array, particles: number, tail: number) => {
    const from = 1 - tail ** (1 / (particles - 1));
    const beyond = shares.filter((b) => b > from).length;
    return Math.abs(beyond - N * tail) / Math.sqrt(N * tail * (1 - tail));
  };
  for (const particles of [2, 10, 1000, 1e5]) {
    probe.start(2n, BigInt(particles), 3);
    for (const shares of [sharesOf(particles, N), collect(probe, N, (count) => probe.betas(particles, count))]) {
      for (const tail of [0.1, 0.01, 0.001]) {
        expect(zOfTail(shares, particles, tail)).toBeLessThan(SIX_SIGMA);
        if (particles <= 10) expect(zOfTail(shares, particles + 1, tail)).toBeGreaterThan(SIX_SIGMA);
      }
    }
  }
});

/**
 * Hörmann's transformed rejection as its paper states it, without its squeezes: they only save a logarithm. The table of
 * log k! is summed up, Kahan's way.
 */
function rejection(mean: number, logFactorials: Float64Array, u: number, v: number): number | undefined {
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const us = 0.5 - Math.abs(u);
  const k = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
  if (k < 0) return undefined;
  const accepted =
    Math.log((v * (1.1239 + 1.1328 / (b - 3.4))) / (a / us ** 2 + b)) <= k * Math.log(mean) - mean - logFactorials[k];
  return accepted ? k : undefined;
}

test("a Poisson number is the one that given uniforms lead to, by exact log-factorials; with odd ones too large it is not", () => {
  const draws = 4e4;
  const logFactorials = new Float64Array(2e5);
  for (let k = 1, lost = 0; k < logFactorials.length; k++) {
    const term = Math.log(k) - lost;
    logFactorials[k] = logFactorials[k - 1] + term;
    lost = logFactorials[k] - logFactorials[k - 1] - term;
  }
  const differences = (mean: number, table: Float64Array) => {
    probe.start(5n, BigInt(mean), 3);
    const drawn = numbersAt(probe, probe.poissons(mean, draws), draws);
    probe.start(5n, BigInt(mean), 3);
    return drawn.filter((k) => {
      let found: number | undefined;
      while (found === undefined) found = rejection(mean, table, probe.uniform() - 0.5, probe.uniform());
      return k !== found;
    }).length;
  };
  for (const mean of [10, 11, 20, 100, 1000, 1e5]) {
    expect(differences(mean, logFactorials), `mean ${mean}`).toBe(0);
    expect(
      differences(
        mean,
        logFactorials.map((log, k) => log + (k % 2) / 2),
      ),
    ).toBeGreaterThan(draws / 10);
  }
});

test("below mean 10 a Poisson number is the first k whose distribution function reaches a given uniform", () => {
  for (const mean of [1e-3, 0.5, 3, 9.99]) {
    probe.start(6n, 0n, 3);
    const drawn = numbersAt(probe, probe.poissons(mean, 1e5), 1e5);
    probe.start(6n, 0n, 3);
    expect(
      drawn.every((k) => {
        const u = probe.uniform();
        let [term, sum, first] = [Math.exp(-mean), Math.exp(-mean), 0];
        while (sum < u) sum += term *= mean / ++first;
        return k === first;
      }),
    ).toBe(true);
  }
});

test("a bath's packet is exponential, and one of mean 1.01 is rejected", () => {
  probe.start(3n, 0n, 3);
  const samples = collect(probe, N, probe.exponentials);
  expect(kolmogorovSmirnov(samples, (x) => -Math.expm1(-x))).toBeLessThan(KS_LIMIT);
  expect(kolmogorovSmirnov(samples, (x) => -Math.expm1(-x / 1.01))).toBeGreaterThan(KS_LIMIT);
});

/** Standardised chi-squared of counts against Poisson(mean), classes of at least 20 expected. */
function poissonChiSquared(samples: Float64Array, mean: number): number {
  const counts = new Map<number, number>();
  for (const k of samples) counts.set(k, (counts.get(k) ?? 0) + 1);
  let [statistic, classes, expected, observed, below] = [0, -1, 0, 0, 0];
  const most = Math.ceil(mean + 12 * Math.sqrt(mean) + 20);
  let logP = -mean;
  for (let k = 0; k <= most; k++) {
    expected += samples.length * Math.exp(logP);
    observed += counts.get(k) ?? 0;
    logP += Math.log(mean) - Math.log(k + 1);
    const rest = samples.length - below - expected;
    if ((expected >= 20 && rest >= 20) || k === most) {
      if (k === most) expected = samples.length - below;
      below += expected;
      statistic += (observed - expected) ** 2 / expected;
      [classes, expected, observed] = [classes + 1, 0, 0];
    }
  }
  return (statistic - classes) / Math.sqrt(2 * classes);
}

test("the number of candidates is Poisson, and a mean off by 1% is rejected", () => {
  for (const mean of [1e-3, 0.5, 3, 9.99, 10, 30, 512, 4096, 1e5]) {
    probe.start(4n, BigInt(Math.round(mean * 1000)), 3);
    const samples = collect(probe, N, (count) => probe.poissons(mean, count));
    // Chi-squared is wider than normal: at 20 classes or more, 8 of its sigmas are beyond probability 1e-9.
    expect(Math.abs(poissonChiSquared(samples, mean)), `mean ${mean}`).toBeLessThan(mean < 1 ? 12 : 8);
    expect(Math.abs(zOfMean(samples, mean))).toBeLessThan(SIX_SIGMA);
    if (mean >= 3) expect(Math.abs(zOfMean(samples, mean * 1.01))).toBeGreaterThan(SIX_SIGMA);
  }
  expect(collect(probe, 100, (count) => probe.poissons(0, count)).every((k) => k === 0)).toBe(true);
});
