/**
 * The equations for the cumulants of Θ^M beyond leading order (THEORY 6), written as balances. Bond k carries φ_k from
 * cell k to cell k + 1; a cumulant of cells changes by what the bonds carry in less what they carry out. To first order
 * in the fluctuations, the joint cumulant of the flow φ_k and of other cells j, .. is
 *
 *   <φ_k; j ..> = φ_1 <E_k; j ..> + φ_2 <E_{k+1}; j ..> + terms of lower cumulants + noise,
 *
 * and the derivative of <E_i; j ..> is <φ_{i-1}; j ..> - <φ_i; j ..>, summed over the cells that can take the place of i.
 * Noise that bond k shares between its two cells enters its flow as a half, or a third, of v_k v_k .., one for each of
 * those places. Here stand what all orders share, and the order of the mean:
 *
 *   dm1_i/dt = (flow of bond i-1) - (flow of bond i),   flow = φ_1 m1_k + φ_2 m1_{k+1} + q_k
 *   q_k = φ_11 C_kk/2 + φ_12 C_{k,k+1} + φ_22 C_{k+1,k+1}/2
 *
 * Cells are numbered from 1 and baths 0 and N + 1 in what is unpacked; baths do not fluctuate. Energies and times are in
 * the units of units.ts, derivatives of φ and V² too.
 */
import type { Model } from "../model.ts";
import { forEachBond } from "./bonds.ts";
import { first, type Jet, multiply, second, times } from "./jet.ts";
import { deficitOf, scaledMomentsOf } from "./exchange.ts";
import { fluxJet, rateJetOf, shareOf } from "./rates.ts";
import { pairsOf, unpackBordered } from "./triangle.ts";
import { readEnergies, type Units } from "./units.ts";

/** The place where each cumulant begins in a state [Θ̄, C, m1, K3, C1], symmetric ones by their sorted indices in order. */
export interface Layout {
  readonly covariance: number;
  readonly mean: number;
  readonly third: number;
  readonly correction: number;
  readonly end: number;
}

export function layoutOf(N: number): Layout {
  const pairs = pairsOf(N);
  const covariance = N;
  const mean = covariance + pairs;
  const third = mean + N;
  const correction = third + (pairs * (N + 2)) / 3;
  return { covariance, mean, third, correction, end: correction + pairs };
}

/** The bonds at one time. */
export interface Bonds {
  /** φ_k in the energies of its two ends. */
  readonly flux: readonly Jet[];
  /** V_k², likewise. */
  readonly variance: readonly Jet[];
  /** f lim M³ E[J³]. */
  readonly third: Float64Array;
  /** f lim M (lim M² E[J²] - M² E[J²]): V_k² is less by 1/M of this. */
  readonly deficit: Float64Array;
}

/** Reads the bonds off a state, into the same arrays each time. */
function bondReader(model: Model, units: Units): (state: readonly number[]) => Bonds {
  const N = model.cells;
  const rate = rateJetOf(model);
  const share = shareOf(model);
  const limits = scaledMomentsOf(model, Infinity);
  const deficitAt = deficitOf(model);
  const energies = new Float64Array(N);
  const flux: Jet[] = [];
  const variance: Jet[] = [];
  const third = new Float64Array(N + 1);
  const deficit = new Float64Array(N + 1);
  return (state) => {
    readEnergies(units, state, energies);
    forEachBond(model, energies, (k, left, right) => {
      const a = left / units.energy;
      const b = right / units.energy;
      const x = first(a);
      const y = second(b);
      const f = times(1 / units.rate, rate(k, times(units.energy, x), times(units.energy, y)));
      flux[k] = fluxJet(share, f, x, y);
      variance[k] = multiply(f, limits.secondJet(k, x, y));
      third[k] = f[0] * limits.third(k, a, b);
      deficit[k] = f[0] * deficitAt(k, a, b);
    });
    return { flux, variance, third, deficit };
  };
}

/** A state unpacked. Matrices have a border of zeros for the baths: entry (i, j) is at i (N + 2) + j. */
export interface Cumulants extends Bonds {
  readonly N: number;
  readonly at: Layout;
  /** C. */
  readonly C: Float64Array;
  /** m1, with zeros for the baths. */
  readonly m1: Float64Array;
}

/** Reads Θ̄, C and m1 off a state, into the same arrays each time. */
export function cumulantReader(model: Model, units: Units): (state: readonly number[]) => Cumulants {
  const N = model.cells;
  const at = layoutOf(N);
  const readBonds = bondReader(model, units);
  const C = new Float64Array((N + 2) * (N + 2));
  const m1 = new Float64Array(N + 2);
  return (state) => {
    unpackBordered(N, state, at.covariance, C);
    for (let i = 1; i <= N; i++) m1[i] = state[at.mean + i - 1];
    return { ...readBonds(state), N, at, C, m1 };
  };
}

/** Half the second differential of a jet with respect to its two variables, applied to a symmetric 2×2 matrix. */
export function halfSecond(jet: Jet, xx: number, xy: number, yy: number): number {
  return jet[3] * xx + jet[4] * xy + jet[5] * yy;
}

/** Writes dm1/dt. */
export function balanceMean({ N, at, C, m1, flux }: Cumulants, derivative: number[]): void {
  const wide = N + 2;
  derivative.fill(0, at.mean, at.third);
  for (let k = 0; k <= N; k++) {
    const diagonal = k * wide + k;
    const q = halfSecond(flux[k], C[diagonal], C[diagonal + 1], C[diagonal + wide + 1]);
    const flow = flux[k][1] * m1[k] + flux[k][2] * m1[k + 1] + q;
    if (k > 0) derivative[at.mean + k - 1] -= flow;
    if (k < N) derivative[at.mean + k] += flow;
  }
}
