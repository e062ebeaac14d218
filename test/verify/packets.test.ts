/**
 * What the paper's bath has in the place of the fluctuation theorem (THEORY 12.1): with both packets of every exchange with a
 * bath recorded, Z that comes and Z' that goes, and the density g of packets, paths have the ratio
 *
 *   Σ = (M/T_R) Σ_k (E_k(t) - E_k(0)) + Σ over events at baths of log g(Z)/g(Z') + W_f,   <e^-Σ> = 1
 *
 *   g(z) = ∫_0^1 (M-1) (1-b)^(M-2) e^(-z/(b T)) db/(b T)
 *
 * from Gamma(M, T_R). The engine keeps no packets: the process here is plain TypeScript, with nothing of the package. z-values
 * of 6 have a false-alarm rate of 2e-9 each; there are eight. Heat alone, and packets in each other's place, are rejected.
 */
import { expect, test } from "vitest";
import { uniforms } from "../support/sfc32.ts";
import { SIX_SIGMA, zOfMean } from "../support/statistics.ts";

const T = [1, 1.3];
const TIME = 1.5;
type OfTwo = (a: number, b: number) => number;
const RATES: Record<string, OfTwo> = { constant: () => 1, "sqrt-sum": (a, b) => Math.sqrt(a + b) };

/** log g of a bath of temperature 1, by Simpson's rule in y = -log b and then by interpolation in log z. */
function logDensity(M: number): (z: number) => number {
  const density = (z: number) => {
    const [steps, end] = [200, Math.log(1 + 50 / z)];
    const f = (y: number) => (1 - Math.exp(-y)) ** (M - 2) * Math.exp(-z * Math.exp(y));
    let sum = 0;
    for (let i = 0; i <= steps; i++) sum += (i === 0 || i === steps ? 1 : i % 2 ? 4 : 2) * f((i * end) / steps);
    return ((M - 1) * sum * end) / steps / 3;
  };
  const [low, step, size] = [Math.log(1e-12), 0.02, 1600];
  const table = Array.from({ length: size }, (_, i) => Math.log(density(Math.exp(low + i * step))));
  return (z) => {
    const place = (Math.log(z) - low) / step;
    const i = Math.min(Math.max(Math.floor(place), 0), size - 2);
    return table[i] + (place - i) * (table[i + 1] - table[i]);
  };
}

/** Σ of a path with the packets and without them, and with those that come and go in each other's place. */
function path(N: number, M: number, f: OfTwo, logG: (z: number) => number, random: () => number) {
  const exponential = () => -Math.log(random());
  const share = () => (M === 1 ? 1 : 1 - random() ** (1 / (M - 1)));
  const start = Array.from({ length: N }, () => {
    let sum = 0;
    for (let i = 0; i < M; i++) sum += exponential();
    return (T[1] * sum) / M;
  });
  const E = [T[0], ...start, T[1]];
  let [packets, ratio, given] = [0, 0, 0];
  for (let time = 0; ;) {
    const rates = Array.from({ length: N + 1 }, (_, k) => f(E[k], E[k + 1]));
    const total = rates.reduce((a, b) => a + b);
    time += exponential() / (M * total);
    if (time > TIME) break;
    let k = 0;
    for (let at = random() * total - rates[0]; at >= 0 && k < N;) at -= rates[++k];
    const packet = (i: number) => share() * (i === 0 ? T[0] * exponential() : i > N ? T[1] * exponential() : E[i]);
    const [x, y, p] = [packet(k), packet(k + 1), random()];
    const flux = (1 - p) * x - p * y;
    const change = (came: number, T: number, went: number) => (packets += logG(came / T) - logG(went / T));
    if (k > 0) E[k] -= flux;
    else {
      change(x, T[0], x - flux);
      given += flux;
    }
    if (k < N) E[k + 1] += flux;
    else change(y, T[1], y + flux);
    ratio += Math.log(rates[k] / f(E[k], E[k + 1]));
  }
  const gained = (M / T[1]) * start.reduce((sum, before, k) => sum + E[k + 1] - before, 0);
  return {
    right: gained + packets + ratio,
    heat: -M * (1 / T[0] - 1 / T[1]) * given + ratio,
    swapped: gained - packets + ratio,
  };
}

test.each([
  ["constant", 1, 2],
  ["constant", 3, 2],
  ["sqrt-sum", 3, 2],
  ["sqrt-sum", 1, 5],
])("%s, N = %i, M = %i", (rate, N, M) => {
  const random = uniforms(N, M, 7);
  const logG = logDensity(M);
  const paths = Array.from({ length: 1e5 }, () => path(N, M, RATES[rate], logG, random));
  const z = (of: keyof (typeof paths)[0], predicted: number, statistic: (x: number) => number) =>
    Math.abs(
      zOfMean(
        paths.map((one) => statistic(one[of])),
        predicted,
      ),
    );
  // Bounded, for sums that are wrong have heavy tails: 0 for the right one.
  const odd = (x: number) => x / Math.sqrt(1 + x * x) / (1 + Math.exp(x));
  expect(z("right", 1, (x) => Math.exp(-x))).toBeLessThan(SIX_SIGMA);
  expect(z("right", 0, odd)).toBeLessThan(SIX_SIGMA);
  expect(z("heat", 1, (x) => Math.exp(-x))).toBeGreaterThan(SIX_SIGMA);
  expect(z("swapped", 0, odd)).toBeGreaterThan(50);
  expect(z("right", 0, (x) => x)).toBeGreaterThan(50);
});
