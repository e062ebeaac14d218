/** Correlations over the length of the chain (THEORY 8.5). */
import { expect, test } from "vitest";
import { InvalidInputError } from "../../src/errors.ts";
import { type Bath, defineModel, type ModelInput } from "../../src/model.ts";
import { continuum, longRangeCorrelations, stationaryCovariance } from "../../src/theory/index.ts";
import { rateOf } from "../../src/theory/rates.ts";
import { deviation } from "../support/closeness.ts";
import { rates } from "../support/goldens.ts";

const chain = (
  temperatures: [number, number],
  rate: NonNullable<ModelInput["rate"]>,
  cells = 1,
  bath: Bath = "thermal",
) => defineModel({ cells, particles: 10, temperatures, rate, bath });

/** c(x, y), where the grid has points there. */
function at({ positions, correlation }: ReturnType<typeof longRangeCorrelations>, x: number, y: number): number {
  const index = (place: number) => positions.findIndex((p) => Math.abs(p - place) < 1e-12);
  return correlation[index(x) * positions.length + index(y)];
}

test("the rate constant: c = (T_R - T_L)² x(1 - y), to rounding", () => {
  for (const scale of [1, 3]) {
    const { positions, correlation } = longRangeCorrelations(chain([1, 4], { law: "constant", scale }), 37);
    const wanted = correlation.map((_, k) => {
      const [x, y] = [positions[Math.floor(k / 37)], positions[k % 37]];
      return 9 * Math.min(x, y) * (1 - Math.max(x, y));
    });
    expect(deviation(correlation, wanted)).toBeLessThan(1e-13);
  }
});

// D c is then linear in either variable on either side of the diagonal: (2 + α)/2 q² x(1 - y)/(D(x) D(y)), g ~ E^α.
test.each(rates.filter(({ cap }) => cap === undefined))(
  "$law without a cap: c = (1 + α/2) q² x(1 - y)/(D(x) D(y)), on a grid of any spacing",
  (rate) => {
    const alpha = rate.law === "constant" ? 0 : 0.5;
    for (const temperatures of [
      [1, 2],
      [3, 0.2],
    ] as [number, number][]) {
      const model = chain(temperatures, rate);
      const { positions, correlation } = longRangeCorrelations(model, 24);
      const { energies, conductivity } = continuum(model, positions);
      const q = conductivity * (temperatures[1] - temperatures[0]);
      const D = energies.map((E) => rateOf(model).f(0, E, E) / 2);
      const wanted = correlation.map((_, k) => {
        const [i, j] = [Math.floor(k / 24), k % 24].toSorted((a, b) => a - b);
        return ((1 + alpha / 2) * q * q * positions[i] * (1 - positions[j])) / (D[i] * D[j]);
      });
      expect(deviation(correlation, wanted)).toBeLessThan(1e-12);
    }
  },
);

test("the known values between temperatures 1 and 2", () => {
  for (const law of ["sqrt-sum", "sqrt-harmonic"] as const) {
    const found = longRangeCorrelations(chain([1, 2], law), 99);
    expect(at(found, 0.25, 0.75)).toBeCloseTo(0.07678, 5);
    expect(at(found, 0.4, 0.6)).toBeCloseTo(0.19335, 5);
    expect(found.positions[0]).toBe(0.01);
  }
});

test.each(rates)("$law, cap $cap: a hundred cells correlate so, and longer chains more nearly", (rate) => {
  const gap = (N: number) => {
    const temperatures: [number, number] = [1, 2];
    const S = stationaryCovariance(chain(temperatures, rate, N));
    const found = longRangeCorrelations(chain(temperatures, rate), N);
    const [i, j] = [(N + 1) * 0.25 - 1, (N + 1) * 0.75 - 1];
    return Math.abs((N + 1) * S[i * N + j] - at(found, 0.25, 0.75));
  };
  expect(gap(99)).toBeLessThan(rate.law === "sqrt-min" ? 2e-3 : 2e-5);
  if (rate.law !== "constant") expect(gap(199)).toBeLessThan(0.6 * gap(99));
});

test("with a cap the error falls as the square of the spacing", () => {
  const on = (points: number) => longRangeCorrelations(chain([1, 2], { law: "sqrt-sum", scale: 1, cap: 1 }), points);
  const values = [19, 39, 79].map((points) => at(on(points), 0.4, 0.6));
  const [first, second] = [values[1] - values[0], values[2] - values[1]];
  expect(first / second).toBeCloseTo(4, 0);
  expect(Math.abs(first) * 20 ** 2).toBeLessThan(0.01);
});

test("the chain from the other end, and a chain that is everywhere as warm", () => {
  const rate = { law: "sqrt-harmonic", scale: 1, cap: 2 } as const;
  const ahead = longRangeCorrelations(chain([1, 3], rate), 12).correlation;
  const behind = longRangeCorrelations(chain([3, 1], rate), 12).correlation;
  expect(deviation(behind.toReversed(), ahead)).toBeLessThan(1e-12);
  expect(longRangeCorrelations(chain([2, 2], rate), 4).correlation).toEqual(new Float64Array(16));
});

test("points that cannot be are refused", () => {
  for (const points of [0, 1.5, -3, NaN, 1e9]) {
    expect(() => longRangeCorrelations(chain([1, 2], "constant"), points)).toThrow(InvalidInputError);
  }
  expect(longRangeCorrelations(chain([1, 3], "constant"), 1).correlation[0]).toBeCloseTo(1, 14);
});
