/**
 * The stationary fluctuations about E* to leading order in 1/M, and what they do to the mean and the current
 * (THEORY 8.1, 8.2):
 *
 *   J S + S J^T + H H^T = 0,   stationary density ~ exp(-(M/2)(E - E*)^T S^{-1} (E - E*))          (section 7)
 *   J m1 + (1/2) D²F:S = 0,   <E> = E* + m1/M + O(1/M²)
 *   j1 = φ_1 m1_k + φ_2 m1_{k+1} + q_k,   <j> = φ + j1/M + O(1/M²)
 *   q_k = (φ_11 S_kk + 2 φ_12 S_{k,k+1} + φ_22 S_{k+1,k+1})/2
 *
 * with J = DF(E*) and the entries of S and m1 zero at a bath. The paper prints the exponent as S/(2M), and calls S a
 * small perturbation of a diagonal matrix, which it is not where the chain meets an "exponential" bath [B13].
 * Units: S energy², m1 energy, j1 energy per unit of fast time.
 */
import { defineModel, type ModelInput } from "../model.ts";
import { forEachBond } from "./bonds.ts";
import { equilibrium } from "./equilibrium.ts";
import { first, second } from "./jet.ts";
import { linearize } from "./linearization.ts";
import { lyapunov } from "./lyapunov.ts";
import { fluxJet, rateJetOf, shareOf } from "./rates.ts";
import { checkExpansion, watchOrder } from "./smoothness.ts";
import { decayRates, dense, solveShifted } from "./tridiagonal.ts";

/** The result of `stationaryBias`: the terms of order 1/M, without the 1/M. */
export interface StationaryBias {
  /** m1: `lim M (<E> - E*)`, N entries. */
  readonly mean: Float64Array;
  /** j1: `lim M (<j> - j*)`, the same for every bond, left to right per unit of fast time. */
  readonly current: number;
}

/**
 * S, the covariance of the stationary fluctuations lim √M (E - E*), whatever `initial` and `timescale`: N×N, row-major,
 * symmetric. At finite M the covariance is S/M + O(1/M²). J S + S J^T + H H^T is zero to rounding, entry by entry; S
 * itself is right to 1e-14 √(S_ii S_jj) on a thousand cells at rate "constant", which take one or two seconds. The work
 * grows as N².
 * @throws OutOfMemoryError if there is no room.
 */
export function stationaryCovariance(input: ModelInput): Float64Array {
  const model = defineModel(input);
  const { jacobian, noise } = linearize(model, equilibrium(model).energies);
  return lyapunov(jacobian, dense(noise));
}

/**
 * The least decay rate of small deviations from E*, per unit of fast time whatever `model.timescale`: the slowest mode
 * falls as e^{-rate·t}, and a start is forgotten to 1e-6 after 14/rate. No mode swings where φ rises in x and falls in y;
 * else it may be less than the least. About π² κ/(N+1)² where the
 * temperatures are alike; right to rounding of the fastest rate, 4κ.
 */
export function slowestRate(input: ModelInput): number {
  const model = defineModel(input);
  return decayRates(linearize(model, equilibrium(model).energies).jacobian)[0];
}

/**
 * How far finite M moves the stationary mean and current, to first order in 1/M; nothing for the rate "constant".
 * @throws NotSmoothError if the rate has its kink on a = b, as "sqrt-min", and T_L = T_R; or if it has kinks elsewhere;
 * NotExpandedError; OutOfMemoryError.
 */
export function stationaryBias(input: ModelInput): StationaryBias {
  const model = defineModel(input);
  const N = model.cells;
  checkExpansion(model);
  const { energies } = equilibrium(model);
  watchOrder(model, energies);
  const { jacobian, noise } = linearize(model, energies);
  const S = lyapunov(jacobian, dense(noise));

  const f = rateJetOf(model);
  const q = new Float64Array(N + 1);
  let intoFirst = 0;
  forEachBond(model, energies, (k, left, right) => {
    const [x, y] = [first(left), second(right)];
    const [, , phi2, half11, phi12, half22] = fluxJet(shareOf(model), f(k, x, y), x, y);
    if (k === 0) intoFirst = phi2;
    if (k > 0) q[k] += half11 * S[(k - 1) * N + k - 1];
    if (k < N) q[k] += half22 * S[k * N + k];
    if (k > 0 && k < N) q[k] += phi12 * S[(k - 1) * N + k];
  });
  const mean = Float64Array.from({ length: N }, (_, i) => q[i] - q[i + 1]);
  solveShifted(jacobian, 0, mean);
  return { mean, current: intoFirst * mean[0] + q[0] };
}
