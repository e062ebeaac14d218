/**
 * Exact mean and covariance of the energies at any finite M, for the rate "constant" only (THEORY 8.4).
 *
 * With f = λ second moments couple to second moments alone. With A = -(λ/2) tridiag(-1, 2, -1), m the mean and
 * C = M Cov(Θ^M):
 *
 *   dm/dt = A m + (λ/2)(T_L e_1 + T_R e_N),   dC/dt = A C + C A + Σ_k λ w_k v_k v_k^T,   m(0) = start, C(0) = 0
 *   w_k = (b <E_k²> + b' <E_{k+1}²> - <E_k E_{k+1}>)/3
 *
 * b = 2M/(M+1) for a cell, 4M/(M+1) for the "exponential" bath, 2 for the "thermal" bath; <E_k²> = m_k² + C_kk/M and
 * <E_k E_{k+1}> = m_k m_{k+1} + C_{k,k+1}/M; a bath does not fluctuate. Written out on full matrices, apart from
 * src/theory, so that it is evidence of its own.
 */
import { integrateDopri } from "dopri";
import { energiesOf, type Model } from "../../src/model.ts";

export interface Moments {
  /** T×N. */
  readonly mean: Float64Array;
  /** Cov(Θ^M), T×N×N. */
  readonly covariance: Float64Array;
}

/** @param times nonnegative and increasing, in units of `model.timescale`. */
export function constantRateMoments(model: Model, times: readonly number[]): Moments {
  const { cells: N, particles: M, rate, timescale } = model;
  if (!("law" in rate) || rate.law !== "constant") throw new Error('moments close for the rate "constant" only');
  const lambda = rate.scale / (1 + rate.scale / (rate.cap ?? Infinity)) / (timescale === "slow" ? M : 1);
  const derivative = closedEquations(model, lambda);

  const mean = new Float64Array(times.length * N);
  const covariance = new Float64Array(times.length * N * N);
  let state = [...start(model), ...new Array<number>(N * N).fill(0)];
  let now = 0;
  times.forEach((time, i) => {
    if (time > now) {
      const tight = { rtol: 1e-12, atol: 1e-14, maxSteps: 1e7, stepSizeMin: 0, tcrit: [time - now] };
      state = integrateDopri(derivative, state, 0, time - now, tight)([time - now])[0];
      now = time;
    }
    for (let k = 0; k < N; k++) mean[i * N + k] = state[k];
    for (let k = 0; k < N * N; k++) covariance[i * N * N + k] = state[N + k] / M;
  });
  return { mean, covariance };
}

function closedEquations({ cells: N, particles: M, temperatures: [T_L, T_R], bath }: Model, lambda: number) {
  const ofCell = (2 * M) / (M + 1);
  const ofBath = bath === "exponential" ? (4 * M) / (M + 1) : 2;
  return (_time: number, state: number[], derivative: number[]): void => {
    // Cells are numbered 1..N here, baths 0 and N + 1.
    const inside = (k: number) => k >= 1 && k <= N;
    const m = (k: number) => (k === 0 ? T_L : k === N + 1 ? T_R : state[k - 1]);
    const C = (i: number, j: number) => (inside(i) && inside(j) ? state[N + (i - 1) * N + (j - 1)] : 0);
    const square = (k: number) => (inside(k) ? ofCell : ofBath) * (m(k) * m(k) + C(k, k) / M);
    const w = (k: number) => (square(k) + square(k + 1) - (m(k) * m(k + 1) + C(k, k + 1) / M)) / 3;
    for (let i = 1; i <= N; i++) {
      derivative[i - 1] = (lambda / 2) * (m(i - 1) - 2 * m(i) + m(i + 1));
      for (let j = 1; j <= N; j++) {
        const spread = C(i - 1, j) + C(i + 1, j) + C(i, j - 1) + C(i, j + 1) - 4 * C(i, j);
        const noise = i === j ? w(i - 1) + w(i) : Math.abs(i - j) === 1 ? -w(Math.min(i, j)) : 0;
        derivative[N + (i - 1) * N + (j - 1)] = (lambda / 2) * spread + lambda * noise;
      }
    }
  };
}

function start({ cells: N, temperatures: [T_L, T_R], ...model }: Model): number[] {
  const initial = energiesOf(model.initial);
  if (typeof initial === "number") return new Array<number>(N).fill(initial);
  if (typeof initial !== "string") return [...initial];
  // "linear" is the equilibrium of this rate.
  return Array.from({ length: N }, (_, k) => T_L + ((T_R - T_L) * (k + 1)) / (N + 1));
}
