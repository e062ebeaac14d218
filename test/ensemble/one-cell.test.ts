/**
 * One cell between two thermal baths of one temperature T has a known stationary law for every rate (THEORY 8.3): density
 * proportional to E^(M-1) e^(-M E/T) / f(T, E). It tests thinning and the raising of its bound at small M with no
 * asymptotics. Kolmogorov-Smirnov at 1e5 replicas, false alarm 1e-9 each, finds a distribution function off by 0.011; the
 * law without its factor 1/f is rejected.
 */
import { expect, test } from "vitest";
import { defineModel, simulate, type Model } from "../../src/index.ts";
import { rate } from "../support/reference.ts";
import { kolmogorovSmirnov, KS_LIMIT } from "../support/statistics.ts";

const REPLICAS = 1e5;

/** The distribution function of a density on (0, 20), by Simpson's rule in the square root of the energy. */
function cdfOf(density: (E: number) => number): (E: number) => number {
  const steps = 20_000;
  const width = Math.sqrt(20) / steps;
  const weight = (i: number) => (i === 0 ? 0 : 2 * i * width * density((i * width) ** 2));
  const sums = [0];
  for (let i = 0; i < steps; i++) {
    const middle = 2 * (i + 0.5) * width * density(((i + 0.5) * width) ** 2);
    sums.push(sums[i] + (weight(i) + 4 * middle + weight(i + 1)) / 6);
  }
  return (E) => {
    const place = Math.sqrt(Math.min(E, 19.999)) / width;
    const i = Math.floor(place);
    return (sums[i] + (place - i) * (sums[i + 1] - sums[i])) / sums[steps];
  };
}

function law(model: Model, withRate: boolean): (E: number) => number {
  const { particles: M } = model;
  return cdfOf((E) => (E ** (M - 1) * Math.exp(-M * E)) / (withRate ? rate(model, 1, E) : 1));
}

test.each([
  { law: "sqrt-sum", particles: 1, cap: null },
  { law: "sqrt-sum", particles: 3, cap: null },
  { law: "sqrt-harmonic", particles: 3, cap: null },
  { law: "sqrt-min", particles: 3, cap: null },
  { law: "sqrt-sum", particles: 1, cap: 0.5 },
] as const)("$law, M = $particles, cap $cap", async ({ law: name, particles, cap }) => {
  for (const method of ["exact", "direct"] as const) {
    const model = defineModel({
      cells: 1,
      particles,
      temperatures: [1, 1],
      bath: "thermal",
      rate: { law: name, cap },
    });
    const { samples } = await simulate(model, { replicas: REPLICAS, times: [40], method, seed: 3, samples: true });
    expect(kolmogorovSmirnov(samples!, law(model, true))).toBeLessThan(KS_LIMIT);
    expect(kolmogorovSmirnov(samples!, law(model, false))).toBeGreaterThan(KS_LIMIT);
  }
});
