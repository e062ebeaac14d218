/**
 * The noise H of the central limit theorem (THEORY 5):
 *
 *   H = [V_0 v_0, ..., V_N v_N],   H_{i,i-1} = +V_{i-1},   H_{i,i} = -V_i                       (3.2)
 *   V_k² = f(x, y)(b x² - xy/3 + b' y²),   x = E_k, y = E_{k+1}
 *
 * where b = 2/3 for a cell, 4/3 for the "exponential" bath and 2/3 for the "thermal" bath, b = lim M² E[packet²]/(3T²).
 * (3.2) and (6.1) print H without its minus signs [B5], and Theorem 6.1 prints other coefficients for V [B6].
 * Units: V² energy² per unit of fast time.
 */
import type { Model } from "../model.ts";
import { allocate, checkEnergies } from "./arguments.ts";
import { forEachBond } from "./bonds.ts";
import { rateOf } from "./rates.ts";

/** V_k² as a function of (k, E_k, E_{k+1}). */
export function bondVarianceOf(model: Model): (k: number, left: number, right: number) => number {
  const { f } = rateOf(model);
  const N = model.cells;
  const ofCell = 2 / 3;
  const ofBath = model.bath === "exponential" ? 4 / 3 : 2 / 3;
  return (k, x, y) =>
    f(x, y) * ((k === 0 ? ofBath : ofCell) * x * x - (x * y) / 3 + (k === N ? ofBath : ofCell) * y * y);
}

/**
 * H(E) of dΓ = DF Γ dt + H dW, equation (3.2), in the limit M → ∞: N×(N+1), row-major. Column k is bond k, which takes
 * V_k dW_k from cell k and gives it to cell k + 1, so that the noise conserves energy. Per √(unit of fast time),
 * whatever `model.timescale`; the fluctuations of the energies themselves are M^{-1/2} of this.
 * @param energies E_1..E_N, positive.
 * @returns N·(N+1) entries.
 * @throws InvalidInputError unless there is one positive energy for each cell; OutOfMemoryError if there is no room.
 */
export function diffusion(model: Model, energies: ArrayLike<number>): Float64Array {
  checkEnergies(model, energies);
  const N = model.cells;
  const bondVariance = bondVarianceOf(model);
  const H = allocate(N * (N + 1));
  forEachBond(model, energies, (k, left, right) => {
    const V = Math.sqrt(bondVariance(k, left, right));
    if (k > 0) H[(k - 1) * (N + 1) + k] = -V;
    if (k < N) H[k * (N + 1) + k] = V;
  });
  return H;
}
