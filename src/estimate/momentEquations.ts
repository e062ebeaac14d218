/**
 * The exact equations for the first three moments of x = Θ^M - Θ̄ (Dynkin's formula; docs/theory.md 6), as balances.
 * The state holds, for M particles, with q_k = M E[energy that bond k has transferred] less the same along Θ̄,
 *
 *   m_i = M E[x_i] = q_{i-1} - q_i,   P = M E[x x^T],   T = M² E[x x x].
 *
 * Bond k, with x, y its ends and S the sources of remainders.ts, transfers
 *
 *   of m:  φ_1 m_x + φ_2 m_y + (φ_11 P_xx + 2 φ_12 P_xy + φ_22 P_yy)/2 + (φ_111 T_xxx + ..)/(6 M) + S
 *   of P:  φ_1 P_xj + φ_2 P_yj + (φ_11 T_xxj + 2 φ_12 T_xyj + φ_22 T_yyj)/(2 M) + S_j + n v_k(j)/2
 *   of T:  φ_1 T_xjl + φ_2 T_yjl + S_jl + (n_l v_k(j) + n_j v_k(l))/2 + S v_k(j) v_k(l)/3
 *   n = (a_1 m_x + a_2 m_y + (a_11 P_xx + ..)/2)/M + S,   n_j = a m_j + a_1 P_xj + a_2 P_yj + S_j
 *
 * They are linear. The part that the theory knows has the sources a and t at Θ̄ alone; the measured part has those of
 * remainders.ts; the sum of the two is exact. Units of units.ts.
 */
import type { BondExpansion } from "./bonds.ts";
import type { Sources } from "./remainders.ts";

/** Positions of P, T and the end in a state, after q by bonds; P and T have a border of zeros for the baths, W = N + 2. */
export interface Layout {
  readonly second: number;
  readonly third: number;
  readonly end: number;
}

export function layoutOf(N: number): Layout {
  const W = N + 2;
  const second = N + 1;
  const third = second + W * W;
  return { second, third, end: third + W * W * W };
}

/** Gives the function that writes the derivative of a state, which begins at `from` in both arrays. */
export function momentEquations(
  N: number,
  M: number,
): (expansion: BondExpansion, sources: Sources, state: readonly number[], derivative: number[], from?: number) => void {
  const W = N + 2;
  const { second, third, end } = layoutOf(N);
  const m = new Float64Array(W);
  const noiseOne = new Float64Array(W);
  // Row i: the flow through bond i - 1 into cell i less that through bond i out of it; of the third, entries j <= l.
  const netSecond = new Float64Array(W * W);
  const netThird = new Float64Array(W * W * W);

  return (expansion, sources, state, derivative, from = 0) => {
    derivative.fill(0, from, from + end);
    for (let i = 1; i <= N; i++) m[i] = state[from + i - 1] - state[from + i];
    const P = from + second;
    const T = from + third;
    for (let k = 0; k <= N; k++) {
      const [, c1, c2, c11, c12, c22, c111, c112, c122, c222] = expansion.flux[k];
      const [a, a1, a2, a11, a12, a22] = expansion.noise[k];
      const x = k * W;
      const y = x + W;
      const xx = T + (x + k) * W;
      const xy = xx + W;
      const yy = T + (y + k + 1) * W;
      const Pxx = state[P + x + k];
      const Pxy = state[P + x + k + 1];
      const Pyy = state[P + y + k + 1];
      derivative[from + k] =
        c1 * m[k] +
        c2 * m[k + 1] +
        (c11 * Pxx + c12 * Pxy + c22 * Pyy) +
        (c111 * state[xx + k] + c112 * state[xx + k + 1] + c122 * state[xy + k + 1] + c222 * state[yy + k + 1]) / M +
        sources.flux[k];
      const noise = (a1 * m[k] + a2 * m[k + 1] + a11 * Pxx + a12 * Pxy + a22 * Pyy) / M + sources.noise[k];
      for (let j = 1; j <= N; j++) {
        const Pxj = state[P + x + j];
        const Pyj = state[P + y + j];
        const v = j === k ? -1 : j === k + 1 ? 1 : 0;
        const flow =
          c1 * Pxj +
          c2 * Pyj +
          (c11 * state[xx + j] + c12 * state[xy + j] + c22 * state[yy + j]) / M +
          sources.fluxOne[x + j] +
          (noise * v) / 2;
        netSecond[y + j] = flow;
        netSecond[x + j] -= flow;
        noiseOne[j] = a * m[j] + a1 * Pxj + a2 * Pyj + sources.noiseOne[x + j];
      }
      for (let j = 1; j <= N; j++) {
        const v = j === k ? -1 : j === k + 1 ? 1 : 0;
        const atX = (x + j) * W;
        const atY = (y + j) * W;
        for (let l = j; l <= N; l++) {
          const w = l === k ? -1 : l === k + 1 ? 1 : 0;
          const flow =
            c1 * state[T + atX + l] +
            c2 * state[T + atY + l] +
            sources.fluxTwo[atX + l] +
            (noiseOne[l] * v + noiseOne[j] * w) / 2 +
            (sources.skewness[k] * v * w) / 3;
          netThird[atY + l] = flow;
          netThird[atX + l] -= flow;
        }
      }
    }
    for (let i = 1; i <= N; i++) {
      for (let j = i; j <= N; j++) {
        const second = netSecond[i * W + j] + netSecond[j * W + i];
        derivative[P + i * W + j] = second;
        derivative[P + j * W + i] = second;
        for (let l = j; l <= N; l++) {
          const third = netThird[(i * W + j) * W + l] + netThird[(j * W + i) * W + l] + netThird[(l * W + i) * W + j];
          derivative[T + (i * W + j) * W + l] = third;
          derivative[T + (i * W + l) * W + j] = third;
          derivative[T + (j * W + i) * W + l] = third;
          derivative[T + (j * W + l) * W + i] = third;
          derivative[T + (l * W + i) * W + j] = third;
          derivative[T + (l * W + j) * W + i] = third;
        }
      }
    }
  };
}
