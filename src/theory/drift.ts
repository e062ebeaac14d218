/**
 * The drift F of the limit equation and its Jacobian (THEORY 3 and 4):
 *
 *   F_i = φ(E_{i-1}, E_i) - φ(E_i, E_{i+1})                                                     (3.1)
 *   DF_{i,i-1} = φ_1(E_{i-1}, E_i),   DF_{i,i+1} = -φ_2(E_i, E_{i+1})
 *   DF_{i,i} = φ_2(E_{i-1}, E_i) - φ_1(E_i, E_{i+1})
 *
 * The paper's Lemma 5.7 prints the entries of DF without the factor 1/2 that F has [B9]; φ carries it here.
 * Units: F energy, DF one, per unit of fast time.
 */
import { defineModel, type ModelInput } from "../model.ts";
import { allocate, checkEnergies } from "./arguments.ts";
import { forEachBond } from "./bonds.ts";
import { flux, fluxSlope1, fluxSlope2, rateOf } from "./rates.ts";

/**
 * F(E) of the limit equation dE/dt = F(E), equation (3.1): the net energy each cell gains per unit of fast time,
 * whatever `model.timescale`. It is the exact mean drift at every M, or as M grows for disks that
 * collide. No bath and no M enters it.
 * @param energies E_1..E_N, positive.
 * @returns N entries.
 * @throws InvalidInputError unless there is one positive energy for each cell.
 */
export function drift(input: ModelInput, energies: ArrayLike<number>): Float64Array {
  const model = defineModel(input);
  checkEnergies(model, energies);
  const N = model.cells;
  const rate = rateOf(model);
  const F = new Float64Array(N);
  forEachBond(model, energies, (k, left, right) => {
    const phi = flux(rate, k, left, right);
    if (k > 0) F[k - 1] -= phi;
    if (k < N) F[k] += phi;
  });
  return F;
}

/**
 * DF(E), the derivative of the drift, per unit of fast time: N×N, row-major, tridiagonal. Entry (i, j) is ∂F_i/∂E_j.
 * Its columns sum to zero, except the first and the last, through which the baths drain (THEORY 4).
 * On E_k = E_{k+1}, where "sqrt-min" has a kink, φ is still differentiable, and so is F. On other kinks the mean of the
 * slopes of both sides is taken.
 * @param energies E_1..E_N, positive.
 * @returns N·N entries.
 * @throws InvalidInputError unless there is one positive energy for each cell; OutOfMemoryError if there is no room.
 */
export function jacobian(input: ModelInput, energies: ArrayLike<number>): Float64Array {
  const model = defineModel(input);
  checkEnergies(model, energies);
  const N = model.cells;
  const rate = rateOf(model);
  const DF = allocate(N * N);
  forEachBond(model, energies, (k, left, right) => {
    const phi1 = fluxSlope1(rate, k, left, right);
    const phi2 = fluxSlope2(rate, k, left, right);
    const giver = k - 1;
    const taker = k;
    if (k > 0) DF[giver * N + giver] -= phi1;
    if (k < N) DF[taker * N + taker] += phi2;
    if (k > 0 && k < N) {
      DF[giver * N + taker] = -phi2;
      DF[taker * N + giver] = phi1;
    }
  });
  return DF;
}
