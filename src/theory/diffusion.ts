/**
 * The noise H of the central limit theorem (THEORY 5):
 *
 *   H = [V_0 v_0, ..., V_N v_N],   H_{i,i-1} = +V_{i-1},   H_{i,i} = -V_i                       (3.2)
 *   V_k² = f(x, y)(s x² - x y + s' y²)/3,   x = E_k, y = E_{k+1}   (exchange.ts)
 *
 * in the paper's exchange, where
 * s = M² E[packet²]/(energy or temperature)²: as M → ∞ 2 for a cell and for the "thermal" bath, 4 for the
 * "exponential" bath; at finite M V_k² = f M² E[J_k²], with 2M/(M+1) and 4M/(M+1) for all but the "thermal" bath.
 * (3.2) and (6.1) print H without its minus signs [B5], and Theorem 6.1 prints other coefficients for V [B6].
 * Units: V² energy² per unit of fast time.
 */
import { defineModel, type Model, type ModelInput } from "../model.ts";
import { orElse, read, strict, word } from "../validate.ts";
import { allocate, checkEnergies } from "./arguments.ts";
import { forEachBond } from "./bonds.ts";
import { scaledMomentsOf } from "./exchange.ts";
import { rateOf } from "./rates.ts";

const optionsSchema = strict({ particles: orElse(word(["limit", "finite"]), "limit") });

/** The number of particles that `diffusion` takes a cell to have. */
export interface DiffusionOptions {
  /** "limit": M → ∞, the default. "finite": M = `model.particles`. */
  readonly particles?: "limit" | "finite";
}

/** V_k² as a function of (k, E_k, E_{k+1}), as M → ∞ or for a given M. */
export function bondVarianceOf(model: Model, particles = Infinity): (k: number, left: number, right: number) => number {
  const { f } = rateOf(model);
  const { second } = scaledMomentsOf(model, particles);
  return (k, x, y) => f(k, x, y) * second(k, x * x, x * y, y * y);
}

/**
 * H(E) of dΓ = DF Γ dt + H dW, equation (3.2): N×(N+1), row-major. Column k is bond k, which takes V_k dW_k from cell k
 * and gives it to cell k + 1, so that the noise conserves energy. Per √(unit of fast time), whatever `model.timescale`;
 * the fluctuations of the energies themselves are M^{-1/2} of this. With `particles: "finite"` H H^T is M times the
 * exact rate at which the covariance of the energies grows at E, L^M(E_i E_j) - E_i F_j - F_i E_j.
 * @param energies E_1..E_N, positive.
 * @returns N·(N+1) entries.
 * @throws InvalidInputError unless there is one positive energy for each cell; NotExpandedError for disks that collide and
 * finite M; OutOfMemoryError if there is no room.
 */
export function diffusion(
  input: ModelInput,
  energies: ArrayLike<number>,
  options: DiffusionOptions = {},
): Float64Array {
  const model = defineModel(input);
  const { particles } = read("options", optionsSchema, options);
  checkEnergies(model, energies);
  const N = model.cells;
  const bondVariance = bondVarianceOf(model, particles === "finite" ? model.particles : Infinity);
  const H = allocate(N * (N + 1));
  forEachBond(model, energies, (k, left, right) => {
    const V = Math.sqrt(bondVariance(k, left, right));
    if (k > 0) H[(k - 1) * (N + 1) + k] = -V;
    if (k < N) H[k * (N + 1) + k] = V;
  });
  return H;
}
