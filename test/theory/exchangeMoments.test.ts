/** The moments of one exchange at any number of particles (THEORY 2.1). */
import { expect, test } from "vitest";
import { InvalidInputError } from "../../src/errors.ts";
import { defineModel } from "../../src/model.ts";
import { diffusion, exchangeMoments } from "../../src/theory/index.ts";
import { rateOf } from "../../src/theory/rates.ts";
import { deviation } from "../support/closeness.ts";
import { type GoldenExchange, goldens, rates } from "../support/goldens.ts";
import { baths } from "../support/models.ts";

const RELATIVE = 1e-10;

/** The moments at bond 0, 1 or 2 of two cells. */
function momentsOf({ kind, a, b, M }: GoldenExchange): Float64Array {
  const bond = kind === "bulk" ? 1 : kind.startsWith("left") ? 0 : 2;
  const [T_L, E_1, E_2, T_R] = [
    [a, b, 1, 1],
    [1, a, b, 1],
    [1, 1, a, b],
  ][bond];
  const model = defineModel({ cells: 2, particles: M, temperatures: [T_L, T_R] });
  return exchangeMoments(model, bond, [E_1, E_2]);
}

test.each(goldens.J_moments)("$kind, M = $M, a = $a, b = $b: the four moments of J", (golden) => {
  const wanted = [golden.EJ, golden.EJ2, golden.EJ3, golden.EJ4];
  const got = momentsOf(golden);
  for (let i = 0; i < 4; i++) expect(deviation([got[i]], [wanted[i]])).toBeLessThan(RELATIVE);
});

test.each(goldens.const_rate_N1_ness_moments)(
  "M = $M, T_R = $T_R, $bath bath: one cell's stationary moments follow, because no power of its energy drifts",
  ({ M, T_L, T_R, bath, moments }) => {
    const temperatures: [number, number] = [T_L, T_R];
    const model = defineModel({
      cells: 1,
      particles: M,
      temperatures,
      rate: "constant",
      bath: bath === "paper" ? "exponential" : bath,
    });
    /** Σ over both bonds of E[(E ± J)^n - E^n]: a polynomial in E of degree n. */
    const drift = (n: number, E: number) => {
      const into = exchangeMoments(model, 0, [E]);
      const out = exchangeMoments(model, 1, [E]);
      let sum = 0;
      for (let m = 1, choose = n; m <= n; choose = (choose * (n - m)) / (m + 1), m++) {
        sum += choose * E ** (n - m) * (into[m - 1] + (-1) ** m * out[m - 1]);
      }
      return sum;
    };
    const found = [1];
    for (let n = 1; n <= 4; n++) {
      const coefficients = interpolate(n, (E) => drift(n, E));
      const lower = found.reduce((sum, moment, i) => sum + coefficients[i] * moment, 0);
      found.push(-lower / coefficients[n]);
    }
    // Interpolation at five points costs four digits at M = 100 000, where each drift is of order 1/M.
    expect(deviation(found, moments)).toBeLessThan(RELATIVE);
  },
);

/** The coefficients of a polynomial of the given degree from its values at 1, 2, .., by divided differences. */
function interpolate(degree: number, value: (x: number) => number): number[] {
  const differences = Array.from({ length: degree + 1 }, (_, i) => value(i + 1));
  for (let order = 1; order <= degree; order++) {
    for (let i = degree; i >= order; i--) differences[i] = (differences[i] - differences[i - 1]) / order;
  }
  let coefficients = [differences[degree]];
  for (let i = degree - 1; i >= 0; i--) {
    const shifted = [0, ...coefficients];
    coefficients = shifted.map((c, at) => c - (i + 1) * (coefficients[at] ?? 0));
    coefficients[0] += differences[i];
  }
  return coefficients;
}

test.each(baths)("%s baths: the mean exchange is (a - b)/(2M) on every bond at every M", (bath) => {
  for (const particles of [1, 2, 10, 1_000_000_000]) {
    const model = defineModel({ cells: 3, particles, temperatures: [1, 2], bath });
    const energies = [1.7, 0.3, 0.9];
    const ends = [1, ...energies, 2];
    for (let bond = 0; bond <= 3; bond++) {
      const [mean] = exchangeMoments(model, bond, energies);
      expect((mean * 2 * particles) / (ends[bond] - ends[bond + 1])).toBeCloseTo(1, 14);
    }
  }
});

test.each(baths)("%s baths: the chain's mirror image exchanges the opposite", (bath) => {
  const ahead = defineModel({ cells: 3, particles: 7, temperatures: [1, 2], bath });
  const behind = defineModel({ cells: 3, particles: 7, temperatures: [2, 1], bath });
  for (let bond = 0; bond <= 3; bond++) {
    const image = exchangeMoments(behind, 3 - bond, [0.9, 0.3, 1.7]).map((moment, i) =>
      i % 2 === 0 ? -moment : moment,
    );
    expect(deviation(image, exchangeMoments(ahead, bond, [1.7, 0.3, 0.9]))).toBeLessThan(1e-15);
  }
});

test("equal cells have no odd moments, to the bit; an exponential bath beside its equal has a third", () => {
  const model = defineModel({ cells: 2, particles: 10, temperatures: [0.7, 1] });
  const [mean, , third] = exchangeMoments(model, 1, [0.7, 0.7]);
  expect([mean, third]).toEqual([0, 0]);
  const large = defineModel({ cells: 2, particles: 1_000_000_000, temperatures: [0.7, 1] });
  // t_3 = 7T³ (THEORY 2.1).
  expect(exchangeMoments(large, 0, [0.7, 0.7])[2] * 1e27).toBeCloseTo(7 * 0.7 ** 3, 7);
});

test("one particle a cell: both baths offer the same packet, and all is mixed at once", () => {
  for (let bond = 0; bond <= 2; bond++) {
    const [exponential, thermal] = baths.map((bath) =>
      exchangeMoments(defineModel({ cells: 2, particles: 1, temperatures: [1, 2], bath }), bond, [0.4, 3]),
    );
    expect(exponential).toEqual(thermal);
  }
  // E_1' is uniform on [0, E_1 + E_2]: J = E_1 - E_1' has the second moment (a² - ab + b²)/3.
  const model = defineModel({ cells: 2, particles: 1, temperatures: [1, 2] });
  expect(exchangeMoments(model, 1, [0.4, 3])[1]).toBeCloseTo((0.16 - 1.2 + 9) / 3, 14);
});

test.each(rates)("$law, cap $cap: at finite M the noise has the variance of an exchange, M² f E[J²]", (rate) => {
  const energies = [1.7, 0.3, 0.9];
  const ends = [1, ...energies, 2];
  for (const bath of baths) {
    for (const particles of [1, 2, 10, 1000]) {
      const model = defineModel({ cells: 3, particles, temperatures: [1, 2], rate, bath });
      const H = diffusion(model, energies, { particles: "finite" });
      for (let bond = 0; bond <= 3; bond++) {
        const entry = bond < 3 ? H[bond * 4 + bond] : -H[2 * 4 + 3];
        const f = rateOf(model).f(bond, ends[bond], ends[bond + 1]);
        const variance = particles ** 2 * f * exchangeMoments(model, bond, energies)[1];
        expect(deviation([entry * entry], [variance])).toBeLessThan(1e-14);
      }
    }
    const many = defineModel({ cells: 3, particles: 1_000_000_000, temperatures: [1, 2], rate, bath });
    const limit = diffusion(many, energies, { particles: "limit" });
    expect(limit).toEqual(diffusion(many, energies));
    expect(deviation(diffusion(many, energies, { particles: "finite" }), limit)).toBeLessThan(3e-9);
  }
});

test("a bond that is not there, and particles that mean nothing, are refused", () => {
  const model = defineModel({ cells: 3, particles: 10, temperatures: [1, 2] });
  for (const bond of [-1, 4, 1.5, NaN, "1" as unknown as number]) {
    expect(() => exchangeMoments(model, bond, [1, 1, 1])).toThrow('"bond" expected an integer from 0 to 3');
  }
  expect(() => exchangeMoments(model, 0, [1, 1])).toThrow(InvalidInputError);
  expect(() => diffusion(model, [1, 1, 1], { particles: 10 as unknown as "finite" })).toThrow(
    '"particles" expected one of "limit", "finite", got 10',
  );
});
