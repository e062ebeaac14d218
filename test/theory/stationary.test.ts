/** Stationary fluctuations, how fast they forget, and what they do to mean and current (THEORY 8.1 to 8.4). */
import { expect, test } from "vitest";
import { type Bath, type Model } from "../../src/model.ts";
import {
  covariance,
  diffusion,
  drift,
  equilibrium,
  jacobian,
  limit,
  slowestRate,
  stationaryBias,
  stationaryCovariance,
} from "../../src/theory/index.ts";
import { flux, rateOf } from "../../src/theory/rates.ts";
import { NotSmoothError } from "../../src/theory/smoothness.ts";
import { deviation } from "../support/closeness.ts";
import { rates } from "../support/goldens.ts";
import { baths, chain } from "../support/models.ts";

/** max |J S + S J^T + H H^T|, multiplied out from the public DF and H, relative to the largest |DF| times that of S. */
function residual(model: Model, S: Float64Array): number {
  const N = model.cells;
  const { energies } = equilibrium(model);
  const [J, H] = [jacobian(model, energies), diffusion(model, energies)];
  const largest = (matrix: Float64Array) => matrix.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
  let worst = 0;
  for (let i = 0; i < N; i++) {
    for (let j = 0; j < N; j++) {
      let sum = 0;
      for (let k = Math.max(0, i - 1); k <= Math.min(N - 1, i + 1); k++) sum += J[i * N + k] * S[k * N + j];
      for (let k = Math.max(0, j - 1); k <= Math.min(N - 1, j + 1); k++) sum += S[i * N + k] * J[j * N + k];
      for (let k = Math.max(i, j); k <= Math.min(i, j) + 1; k++) sum += H[i * (N + 1) + k] * H[j * (N + 1) + k];
      worst = Math.max(worst, Math.abs(sum));
    }
  }
  return worst / (largest(J) * largest(S));
}

test.each(rates)("$law, cap $cap: noise and dissipation are in balance in every entry", (rate) => {
  for (const bath of baths) {
    for (const temperatures of [
      [1, 2],
      [3, 0.2],
      [1.5, 1.5],
      [1e-3, 1e3],
    ] as [number, number][]) {
      for (const cells of [1, 2, 20]) {
        const model = chain(cells, temperatures, rate, bath);
        expect(residual(model, stationaryCovariance(model))).toBeLessThan(4e-15);
      }
    }
  }
});

test("a thousand cells: in balance to rounding, symmetric, and long before anyone waits", () => {
  const model = chain(1000, [2, 1], "sqrt-harmonic");
  const S = stationaryCovariance(model);
  expect(residual(model, S)).toBeLessThan(1e-14);
  for (const [i, j] of [
    [0, 999],
    [3, 500],
    [998, 999],
  ])
    expect(S[i * 1000 + j]).toBe(S[j * 1000 + i]);
}, 20_000);

test.each(rates)("$law, cap $cap: the covariance that the central limit theorem arrives at", (rate) => {
  for (const bath of baths) {
    const model = chain(4, [2, 0.7], rate, bath);
    const settled = covariance(model, [40 / slowestRate(model)]);
    expect(deviation(settled, stationaryCovariance(model), 1)).toBeLessThan(1e-11);
  }
});

test.each(rates)("$law, cap $cap: the chain seen from the other end fluctuates the same", (rate) => {
  const ahead = stationaryCovariance(chain(7, [0.4, 3], rate));
  const behind = stationaryCovariance(chain(7, [3, 0.4], rate));
  expect(deviation(behind.toReversed(), ahead)).toBeLessThan(1e-12);
});

test("the unit of energy sets only the scale, from 1e-40 to 1e40", () => {
  const one = stationaryCovariance(chain(6, [1, 3], "sqrt-sum"));
  for (const s of [1e-40, 1e40]) {
    const other = stationaryCovariance(chain(6, [s, 3 * s], "sqrt-sum"));
    expect(
      deviation(
        other,
        one.map((entry) => s * s * entry),
      ),
    ).toBeLessThan(1e-13);
  }
});

/** The X of (L X + X L)/2 = e_a e_a^T with L = tridiag(-1, 2, -1), by its sines: e_a is the cell 1 or N. */
function corner(N: number, a: number): Float64Array {
  const u = (k: number, i: number) => Math.sqrt(2 / (N + 1)) * Math.sin((k * i * Math.PI) / (N + 1));
  const mu = (k: number) => 4 * Math.sin((k * Math.PI) / (2 * (N + 1))) ** 2;
  const X = new Float64Array(N * N);
  for (let k = 1; k <= N; k++) {
    for (let l = 1; l <= N; l++) {
      const weight = (2 * u(k, a) * u(l, a)) / (mu(k) + mu(l));
      for (let i = 1; i <= N; i++) for (let j = 1; j <= N; j++) X[(i - 1) * N + j - 1] += weight * u(k, i) * u(l, j);
    }
  }
  return X;
}

test.each(baths)("%s baths, rate constant: local equilibrium, a long-range part and a corner at either end", (bath) => {
  for (const N of [1, 2, 3, 17]) {
    for (const [T_L, T_R] of [
      [1, 2],
      [5, 0.3],
    ]) {
      const g = (T_R - T_L) / (N + 1);
      const [left, right] = [corner(N, 1), corner(N, N)];
      const wanted = left.map((_, at) => {
        const [i, j] = [Math.floor(at / N) + 1, (at % N) + 1];
        const local = i === j ? (T_L + i * g) ** 2 + (g * g) / 6 : 0;
        const longRange = (g * g * Math.min(i, j) * (N + 1 - Math.max(i, j))) / (N + 1);
        const ends = bath === "exponential" ? (2 / 3) * (T_L ** 2 * left[at] + T_R ** 2 * right[at]) : 0;
        return local + longRange + ends;
      });
      const S = stationaryCovariance(chain(N, [T_L, T_R], { law: "constant", scale: 2.5 }, bath));
      expect(deviation(S, wanted)).toBeLessThan(1e-12);
    }
  }
});

// J = -(f/2)L and H H^T are multiples of f(T, T) for every law.
test.each(rates)(
  "$law, cap $cap, equal baths: the exponential ones heat the ends, the thermal ones nothing",
  (rate) => {
    const S = (N: number, bath: Bath) => stationaryCovariance(chain(N, [3, 3], rate, bath));
    expect(S(1, "exponential")[0] / 9).toBeCloseTo(5 / 3, 13);
    expect(S(2, "exponential")[0] / 9).toBeCloseTo(13 / 9, 13);
    expect(S(3, "exponential")[0] / 9).toBeCloseTo(17 / 12, 13);
    const identity = S(9, "thermal").map((_, at) => (at % 10 === 0 ? 9 : 0));
    expect(deviation(S(9, "thermal"), identity, 1)).toBeLessThan(1e-14);
  },
);

test("on a long chain the first cell's variance is 1 + (4/3)(2 - 16/(3π)) T², and falls off as a corner", () => {
  const N = 300;
  const S = stationaryCovariance(chain(N, [1, 1], "sqrt-sum"));
  expect(S[0]).toBeCloseTo(1 + (4 / 3) * (2 - 16 / (3 * Math.PI)), 6);
  expect(S[0]).toBeCloseTo(1.40313, 5);
  const [i, j] = [20, 30];
  const asymptote = ((16 / (3 * Math.PI)) * i * j) / (i * i + j * j) ** 2;
  expect(S[(i - 1) * N + j - 1] / asymptote).toBeCloseTo(1, 1);
});

test("the rate constant: the slowest mode is the longest sine's", () => {
  for (const N of [1, 2, 3, 100, 1000]) {
    const wanted = 2.5 * 2 * Math.sin(Math.PI / (2 * (N + 1))) ** 2;
    const found = slowestRate(chain(N, [3, 1], { law: "constant", scale: 2.5 }));
    expect(Math.abs(found / wanted - 1)).toBeLessThan(3e-16 * (N + 1) ** 2);
  }
});

test.each(rates)("$law, cap $cap: a small disturbance dies at the slowest rate in the end", (rate) => {
  const base = chain(3, [1, 2], rate);
  const { energies } = equilibrium(base);
  const slowest = slowestRate(base);
  const model = { ...base, initial: [...energies.map((E) => 1.0001 * E)] };
  const [t1, t2] = [8 / slowest, 9 / slowest];
  const at = limit(model, [t1, t2]);
  for (let k = 0; k < 3; k++) {
    const [first, second] = [at[k] - energies[k], at[3 + k] - energies[k]];
    expect(second / first / Math.exp(-1)).toBeCloseTo(1, 4);
  }
});

const smooth = rates.filter(({ law }) => law !== "sqrt-min");

/** J m1 + (1/2) D²F:S by differences of the public drift. */
function meanDrift(model: Model, mean: Float64Array): number[] {
  const N = model.cells;
  const { energies } = equilibrium(model);
  const S = stationaryCovariance(model);
  const h = 1e-3;
  const moved = (i: number, a: number, j: number, b: number) => {
    const point = energies.slice();
    point[i] += a;
    point[j] += b;
    return drift(model, point);
  };
  const total = new Array<number>(N).fill(0);
  for (let i = 0; i < N; i++) {
    const [up, down] = [moved(i, h, i, 0), moved(i, -h, i, 0)];
    for (let l = 0; l < N; l++) total[l] += (mean[i] * (up[l] - down[l])) / (2 * h);
    for (let j = 0; j < N; j++) {
      const [pp, pm] = [moved(i, h, j, h), moved(i, h, j, -h)];
      const [mp, mm] = [moved(i, -h, j, h), moved(i, -h, j, -h)];
      for (let l = 0; l < N; l++) total[l] += (S[i * N + j] * (pp[l] - pm[l] - mp[l] + mm[l])) / (8 * h * h);
    }
  }
  return total;
}

test.each(rates)("$law, cap $cap: with the mean moved as it is, nothing drifts to order 1/M", (rate) => {
  for (const bath of baths) {
    for (const temperatures of [
      [1, 2],
      [3, 1],
    ] as [number, number][]) {
      const model = chain(4, temperatures, rate, bath);
      for (const change of meanDrift(model, stationaryBias(model).mean)) expect(Math.abs(change)).toBeLessThan(1e-5);
    }
  }
});

test.each(rates)("$law, cap $cap: every bond carries the same correction to the current", (rate) => {
  for (const [bath, temperatures] of [
    ["exponential", [1, 2]],
    ["thermal", [4, 1]],
  ] as [Bath, [number, number]][]) {
    const model = chain(5, temperatures, rate, bath);
    const { mean, current } = stationaryBias(model);
    const S = stationaryCovariance(model);
    const ends = [temperatures[0], ...equilibrium(model).energies, temperatures[1]];
    const r = rateOf(model);
    const h = 1e-3;
    const inside = (k: number) => k >= 1 && k <= 5;
    const m1 = (k: number) => (inside(k) ? mean[k - 1] : 0);
    const C = (k: number, l: number) => (inside(k) && inside(l) ? S[(k - 1) * 5 + l - 1] : 0);
    for (let k = 0; k <= 5; k++) {
      const phi = (a: number, b: number) => flux(r, k, ends[k] + a * h, ends[k + 1] + b * h);
      const slopes = ((phi(1, 0) - phi(-1, 0)) * m1(k) + (phi(0, 1) - phi(0, -1)) * m1(k + 1)) / (2 * h);
      const phi11 = (phi(1, 0) - 2 * phi(0, 0) + phi(-1, 0)) / h ** 2;
      const phi12 = (phi(1, 1) - phi(1, -1) - phi(-1, 1) + phi(-1, -1)) / (4 * h ** 2);
      const phi22 = (phi(0, 1) - 2 * phi(0, 0) + phi(0, -1)) / h ** 2;
      const q = (phi11 * C(k, k) + 2 * phi12 * C(k, k + 1) + phi22 * C(k + 1, k + 1)) / 2;
      expect(slopes + q).toBeCloseTo(current, 4);
    }
  }
});

test("one cell between equal baths is colder than they are: by 5T/12 over M, or T/4 with thermal baths", () => {
  const T = 1.7;
  for (const law of ["sqrt-sum", "sqrt-harmonic"] as const) {
    const of = (bath: Bath) => stationaryBias(chain(1, [T, T], law, bath));
    expect(of("exponential").mean[0]).toBeCloseTo((-5 * T) / 12, 13);
    expect(of("thermal").mean[0]).toBeCloseTo(-T / 4, 13);
    expect(of("thermal").current).toBeCloseTo(0, 14);
  }
});

test("three cells: the current weakens by 0.06824 over M, as simulations at M = 10 found", () => {
  expect(stationaryBias(chain(3, [1, 2], "sqrt-harmonic")).current).toBeCloseTo(0.06824, 5);
  expect(stationaryBias(chain(3, [2, 1], "sqrt-harmonic")).current).toBeCloseTo(-0.06824, 5);
});

test.each(smooth)("$law, cap $cap: equal baths drive no current at any order", (rate) => {
  expect(Math.abs(stationaryBias(chain(6, [1.5, 1.5], rate)).current)).toBeLessThan(1e-15);
});

test("the rate constant moves nothing; sqrt-min at equal temperatures sits on its kink and is refused", () => {
  expect(stationaryBias(chain(4, [1, 2], "constant"))).toEqual({ mean: new Float64Array(4), current: 0 });
  expect(() => stationaryBias(chain(4, [1, 1], "sqrt-min"))).toThrow(NotSmoothError);
});
