/**
 * C1, the next order of the covariance, Cov(Θ^M) = C/M + C1/M² + .., as a balance (THEORY 6 and cumulants.ts):
 *
 *   dC1_ij/dt = (flow of bond i-1 with j) - (flow of bond i with j) + the same with i and j exchanged
 *   flow of k with j = φ_1 C1_kj + φ_2 C1_{k+1,j}
 *     + φ_11 K3_{k,k,j}/2 + φ_12 K3_{k,k+1,j} + φ_22 K3_{k+1,k+1,j}/2
 *     + m1_k (φ_11 C_kj + φ_12 C_{k+1,j}) + m1_{k+1} (φ_12 C_kj + φ_22 C_{k+1,j})
 *     + (φ_111 C_kk + 2 φ_112 C_{k,k+1} + φ_122 C_{k+1,k+1}) C_kj/2 + (φ_112 C_kk + ..) C_{k+1,j}/2
 *     + n_k v_k(j)/2,   n_k = V²_1 m1_k + V²_2 m1_{k+1} + V²_11 C_kk/2 + V²_12 C_{k,k+1} + V²_22 C_{k+1,k+1}/2 - d_k
 *
 * where d_k is f (δ x² + δ' y²)/3 of exchange.ts for Θ^M and zero for the mesoscopic equation (3.3). Energy², in the
 * units of units.ts.
 */
import { type Cumulants, halfSecond } from "./cumulants.ts";
import { type Drives, pairIndex, type ThirdCumulant } from "./thirdCumulant.ts";
import { unpackBordered } from "./triangle.ts";

/** Gives the function that writes dC1/dt. */
export function correctionBalance(
  N: number,
  drives: Drives,
): (cumulants: Cumulants, K3: ThirdCumulant, state: readonly number[], derivative: number[]) => void {
  const wide = N + 2;
  const C1 = new Float64Array(wide * wide);
  // Row i: what bond i - 1 carries into cell i less what bond i carries out.
  const net = new Float64Array(wide * wide);

  return ({ at, C, m1, flux, variance, deficit }, K3, state, derivative) => {
    unpackBordered(N, state, at.correction, C1);
    for (let k = 0; k <= N; k++) {
      const [, phi1, phi2, half11, phi12, half22, sixth111, half112, half122, sixth222] = flux[k];
      const x = k * wide;
      const y = x + wide;
      const [Cxx, Cxy, Cyy] = [C[x + k], C[x + k + 1], C[y + k + 1]];
      const bendX = 2 * half11 * m1[k] + phi12 * m1[k + 1] + 3 * sixth111 * Cxx + 2 * half112 * Cxy + half122 * Cyy;
      const bendY = phi12 * m1[k] + 2 * half22 * m1[k + 1] + half112 * Cxx + 2 * half122 * Cxy + 3 * sixth222 * Cyy;
      const noise =
        variance[k][1] * m1[k] +
        variance[k][2] * m1[k + 1] +
        halfSecond(variance[k], Cxx, Cxy, Cyy) -
        (drives.exchanges ? deficit[k] : 0);
      for (let j = 1; j <= N; j++) {
        const Kxx = k > 0 ? K3[pairIndex(N, k, k) * wide + j] : 0;
        const Kxy = k > 0 && k < N ? K3[pairIndex(N, k, k + 1) * wide + j] : 0;
        const Kyy = k < N ? K3[pairIndex(N, k + 1, k + 1) * wide + j] : 0;
        const v = j === k ? -1 : j === k + 1 ? 1 : 0;
        const flow =
          phi1 * C1[x + j] +
          phi2 * C1[y + j] +
          halfSecond(flux[k], Kxx, Kxy, Kyy) +
          bendX * C[x + j] +
          bendY * C[y + j] +
          (noise * v) / 2;
        net[y + j] = flow;
        net[x + j] -= flow;
      }
    }
    let entry = at.correction;
    for (let i = 1; i <= N; i++) {
      for (let j = i; j <= N; j++) derivative[entry++] = net[i * wide + j] + net[j * wide + i];
    }
  };
}
