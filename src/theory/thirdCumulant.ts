/**
 * The third cumulant K3 of the energies, M² times it as M grows, as a balance (THEORY 6 and cumulants.ts):
 *
 *   dK3_ijl/dt = Σ over the three places of i of (flow of bond i-1 with j, l) - (flow of bond i with j, l)
 *   flow of k with j, l = φ_1 K3_{k,j,l} + φ_2 K3_{k+1,j,l}                                     linear
 *     + φ_11 C_kj C_kl + φ_12 (C_kj C_{k+1,l} + C_{k+1,j} C_kl) + φ_22 C_{k+1,j} C_{k+1,l}      bent drift
 *     + (v_k(j) W_l + v_k(l) W_j)/2,   W_i = V²_1 C_ki + V²_2 C_{k+1,i}                          noise that varies
 *     + f t_3 v_k(j) v_k(l)/3                                                                   skew exchanges
 *
 * Energy³, in the units of units.ts. Work and memory grow as N³.
 */
import { type Cumulants, layoutOf } from "./cumulants.ts";
import { pairsOf } from "./triangle.ts";
import { aboveUnderflow } from "./units.ts";

/** The terms that drive the third cumulant. */
export interface Drives {
  /** The drift is bent and the noise varies: so they do for Θ^M and for the mesoscopic equation (3.3). */
  readonly fluctuations: boolean;
  /** Single exchanges are skew: so they are for Θ^M only. */
  readonly exchanges: boolean;
}

/**
 * K3 at one time: row by row for the pairs 1 <= j <= l <= N in order, K3_{i,j,l} at i = 0..N+1 of the row; a bath has
 * none.
 */
export type ThirdCumulant = Float64Array;

/** Which row is that of cells j <= l. */
export const pairIndex = (N: number, j: number, l: number) => ((j - 1) * (2 * N - j + 2)) / 2 + l - j;

/** The place of the entry (i, i, i) among the sorted triples of a state. */
export const tripleIndex = (N: number, i: number) => {
  const triples = (cells: number) => (cells * (cells + 1) * (cells + 2)) / 6;
  return triples(N) - triples(N - i + 1);
};

/** Reads K3 off a state, into the same array each time. */
export function thirdReader(N: number): (state: readonly number[]) => ThirdCumulant {
  const wide = N + 2;
  const { third } = layoutOf(N);
  const K3 = new Float64Array(pairsOf(N) * wide);
  return (state) => {
    let entry = third;
    for (let i = 1; i <= N; i++) {
      for (let j = i; j <= N; j++) {
        const ij = pairIndex(N, i, j) * wide;
        let jl = pairIndex(N, j, j) * wide + i;
        let il = ij + j;
        for (let l = j; l <= N; l++) {
          K3[jl] = K3[il] = K3[ij + l] = aboveUnderflow(state[entry++]);
          jl += wide;
          il += wide;
        }
      }
    }
    return K3;
  };
}

/** Gives the function that writes dK3/dt. */
export function thirdBalance(
  N: number,
  drives: Drives,
): (cumulants: Cumulants, K3: ThirdCumulant, derivative: number[]) => void {
  const wide = N + 2;
  const phi1 = new Float64Array(N + 1);
  const phi2 = new Float64Array(N + 1);
  // φ_11 C_kj + φ_12 C_{k+1,j} and φ_12 C_kj + φ_22 C_{k+1,j}, at j (N + 2) + k.
  const bendLeft = new Float64Array(wide * wide);
  const bendRight = new Float64Array(wide * wide);
  const W = new Float64Array(wide);
  // The flow into cell i through bond i - 1 less the flow out through bond i, laid out as K3.
  const net = new Float64Array(pairsOf(N) * wide);

  const readBend = ({ C, flux }: Cumulants) => {
    for (let k = 0; k <= N; k++) {
      const [, , , half11, phi12, half22] = flux[k];
      for (let j = 1; j <= N; j++) {
        const at = j * wide + k;
        bendLeft[at] = 2 * half11 * C[at] + phi12 * C[at + 1];
        bendRight[at] = phi12 * C[at] + 2 * half22 * C[at + 1];
      }
    }
  };

  const carryFlows = ({ C, flux }: Cumulants, K3: ThirdCumulant) => {
    for (let k = 0; k <= N; k++) [, phi1[k], phi2[k]] = flux[k];
    let at = 0;
    for (let j = 1; j <= N; j++) {
      for (let l = j; l <= N; l++) {
        let bend = j * wide;
        let beside = l * wide;
        let inflow = 0;
        for (let k = 0; k <= N; k++, at++, bend++, beside++) {
          const linear = phi1[k] * K3[at] + phi2[k] * K3[at + 1];
          const flow = linear + bendLeft[bend] * C[beside] + bendRight[bend] * C[beside + 1];
          net[at] = inflow - flow;
          inflow = flow;
        }
        net[at++] = inflow;
      }
    }
  };

  const addFlow = (k: number, pair: number, flow: number) => {
    net[pair * wide + k] -= flow;
    net[pair * wide + k + 1] += flow;
  };

  /** Adds the noise that bond k shares with one of its cells, for which v_k is `v`. */
  const addNoise = (k: number, cell: number, v: number, skew: number) => {
    const own = pairIndex(N, cell, cell);
    for (let j = 1; j < cell; j++) addFlow(k, pairIndex(N, j, cell), (v * W[j]) / 2);
    addFlow(k, own, v * W[cell] + skew);
    for (let l = cell + 1; l <= N; l++) addFlow(k, own + l - cell, (v * W[l]) / 2);
  };

  const addNoises = ({ C, variance, third }: Cumulants) => {
    for (let k = 0; k <= N; k++) {
      if (drives.fluctuations) {
        const [, slope1, slope2] = variance[k];
        for (let j = 1; j <= N; j++) W[j] = slope1 * C[k * wide + j] + slope2 * C[(k + 1) * wide + j];
      }
      const skew = drives.exchanges ? third[k] / 3 : 0;
      if (k > 0) addNoise(k, k, -1, skew);
      if (k < N) addNoise(k, k + 1, 1, skew);
      if (k > 0 && k < N) addFlow(k, pairIndex(N, k, k + 1), -skew);
    }
  };

  return (cumulants, K3, derivative) => {
    if (drives.fluctuations) readBend(cumulants);
    carryFlows(cumulants, K3);
    addNoises(cumulants);
    let entry = cumulants.at.third;
    for (let i = 1; i <= N; i++) {
      for (let j = i; j <= N; j++) {
        const ij = pairIndex(N, i, j) * wide;
        let jl = pairIndex(N, j, j) * wide + i;
        let il = ij + j;
        for (let l = j; l <= N; l++) {
          derivative[entry++] = net[jl] + net[il] + net[ij + l];
          jl += wide;
          il += wide;
        }
      }
    }
  };
}
