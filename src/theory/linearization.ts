/**
 * The fluctuations about given energies: dΓ = DF Γ dt + H dW, equation (3.2), with DF and H H^T by their diagonals
 * (THEORY 4, 5). H H^T has V_{i-1}² + V_i² on the diagonal and -V_i² beside it.
 * Units: DF per unit of fast time, H H^T energy² per unit of fast time.
 */
import type { Model } from "../model.ts";
import { forEachBond } from "./bonds.ts";
import { bondVarianceOf } from "./diffusion.ts";
import { fluxSlope1, fluxSlope2, rateOf } from "./rates.ts";
import { type Tridiagonal, tridiagonal } from "./tridiagonal.ts";

export interface Linearization {
  /** DF. */
  readonly jacobian: Tridiagonal;
  /** H H^T. */
  readonly noise: Tridiagonal;
}

export function linearize(model: Model, energies: ArrayLike<number>): Linearization {
  const rate = rateOf(model);
  const bondVariance = bondVarianceOf(model);
  const jacobian = tridiagonal(model.cells);
  const noise = tridiagonal(model.cells);
  forEachBond(model, energies, (k, x, y) => {
    const phi1 = fluxSlope1(rate, k, x, y);
    const phi2 = fluxSlope2(rate, k, x, y);
    const variance = bondVariance(k, x, y);
    addBond(jacobian, k, phi1, phi2);
    addBond(noise, k, -variance, variance);
  });
  return { jacobian, noise };
}

/**
 * Adds v_k ⊗ (first·e_k + second·e_{k+1}): what bond k does to the cells k and k + 1 on its ends, if it carries
 * first·x_k + second·x_{k+1} from one to the other.
 */
export function addBond({ below, diagonal, above }: Tridiagonal, k: number, first: number, second: number): void {
  const N = diagonal.length;
  if (k > 0) diagonal[k - 1] -= first;
  if (k < N) diagonal[k] += second;
  if (k > 0 && k < N) {
    above[k - 1] -= second;
    below[k] += first;
  }
}
