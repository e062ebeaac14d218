/**
 * Every sampler against its distribution: Kolmogorov-Smirnov at n = 1e6, or chi-squared, each with false alarm 1e-9
 * and a planted twin that must be rejected. KS at this n finds a distribution function off by 0.0033 anywhere.
 */
import { expect, test } from "vitest";
import { collect, loadProbe } from "../support/probe.ts";
import { kolmogorovSmirnov, KS_LIMIT, SIX_SIGMA, zOfMean } from "../support/statistics.ts";

const probe = loadProbe();
const N = 1e6;
const betaCdf = (shape: number) => (x: number) => -Math.expm1(shape * Math.log1p(-x));

test("a share is Beta(1, M-1) at every M, and Beta(1, M) is rejected", () => {
  for (const particles of [2, 3, 10, 129, 130, 1000, 9421, 9422, 1e5, 1e9]) {
    probe.start(1n, BigInt(particles), 3);
    const shares = collect(probe, N, (count) => probe.betas(particles, count));
    expect(shares.every((b) => b > 0 && b < 1)).toBe(true);
    expect(kolmogorovSmirnov(shares, betaCdf(particles - 1)), `M = ${particles}`).toBeLessThan(KS_LIMIT);
    if (particles <= 30) expect(kolmogorovSmirnov(shares, betaCdf(particles))).toBeGreaterThan(KS_LIMIT);
  }
});

test("at M = 1 a share is everything", () => {
  expect(collect(probe, 1000, (count) => probe.betas(1, count)).every((b) => b === 1)).toBe(true);
});

test("the tail of a share: P(B > x) = (1-x)^(M-1)", () => {
  for (const particles of [2, 10, 1000, 1e5]) {
    probe.start(2n, BigInt(particles), 3);
    const shares = collect(probe, N, (count) => probe.betas(particles, count));
    for (const tail of [0.1, 0.01, 0.001]) {
      const beyond = shares.filter((b) => b > 1 - tail ** (1 / (particles - 1))).length;
      expect(Math.abs(beyond - N * tail) / Math.sqrt(N * tail * (1 - tail))).toBeLessThan(SIX_SIGMA);
    }
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
