/** The elementary functions against 50 digits. An error of 0.5 ULP is a correctly rounded result. */
import { Decimal } from "decimal.js";
import { describe, expect, test } from "vitest";
import { decimalExpm1, spread, worst } from "../support/decimals.ts";
import { loadProbe } from "../support/probe.ts";

const probe = loadProbe();

describe("elementary functions keep their bounds in ULP", () => {
  test("log below 2 over every interval of its table, near 1 and over all exponents", () => {
    const uniforms = spread(2000).map((u) => (Math.floor(u * 2 ** 52) + 0.5) * 2 ** -52);
    const intervals = Array.from({ length: 128 * 8 }, (_, i) => 0.70703125 * 2 ** (i / 1024));
    const nearOne = spread(300).flatMap((u) => [1 - 2 ** (-1 - 52 * u), 1 + 2 ** (-52 * u)]);
    const anywhere = spread(500).map((u) => 2 ** (2040 * u - 1020) * (1 + u));
    const smallest = [2 ** -53, 1 - 2 ** -53, 2 ** 1023, 2 ** -1022];
    const inputs = [...uniforms, ...intervals, ...nearOne, ...anywhere, ...smallest].filter((x) => x !== 1);
    expect(worst(probe.log, (x) => x.ln(), inputs)).toBeLessThan(2);
    const near = spread(2000).map((u) => 1 - 2 ** (-1 - 52 * u));
    const octaves = spread(4000).map((u, i) => 2 ** -(i % 53) * (0.5 + u / 2));
    const ofUniforms = [...uniforms, ...near, ...octaves, 2 ** -53, 1 - 2 ** -53].filter((x) => x < 1);
    expect(worst(probe.logUniform, (x) => x.ln(), ofUniforms)).toBeLessThan(2);
    expect(probe.log(1)).toBe(0);
  });

  test("exp below 1", () => {
    const inputs = spread(3000).map((u) => 1400 * u - 700);
    expect(worst(probe.streamExp, (x) => x.exp(), inputs)).toBeLessThan(1);
    expect(probe.streamExp(0)).toBe(1);
  });

  test("expm1 below 2, and for tiny arguments no worse", () => {
    const wide = spread(3000).map((u) => 1400 * u - 700);
    const narrow = spread(3000).map((u) => 2 * u - 1);
    const tiny = spread(500).flatMap((u) => [2 ** (-60 * u), -(2 ** (-60 * u))]);
    expect(worst(probe.streamExpm1, decimalExpm1, [...wide, ...narrow, ...tiny])).toBeLessThan(2);
    expect(probe.streamExpm1(0)).toBe(0);
  });

  test("a share B of Beta(1, M-1) is right within 3 ULP from M = 2 to 10^9", () => {
    const uniforms = spread(200).map((u) => (Math.floor(u * 2 ** 52) + 0.5) * 2 ** -52);
    const inputs = [...uniforms, 2 ** -53, 2 ** -40, 1 - 2 ** -20, 1 - 2 ** -53];
    // Both sides of each switch between the series and the closed form, and within, where one moved would be wrong.
    for (const particles of [2, 3, 10, 60, 129, 130, 1000, 2000, 9421, 9422, 20_000, 65535, 65536, 1e5, 1e9]) {
      for (const sampler of [probe.beta, probe.betaOfBlock]) {
        const error = worst(
          (u) => sampler(u, particles),
          (u) => decimalExpm1(u.ln().div(particles - 1)).neg(),
          inputs,
        );
        expect(error, `M = ${particles}`).toBeLessThan(3);
      }
    }
  });

  test("log k! agrees with the product", () => {
    let product = new Decimal(1);
    for (let k = 1; k <= 400; k++) {
      product = product.times(k);
      const right = product.ln().toNumber();
      expect(Math.abs(probe.logFactorial(k) - right)).toBeLessThanOrEqual(1e-14 * Math.max(1, right));
    }
    expect(probe.logFactorial(0)).toBe(0);
  });
});
