/**
 * The Hamiltonian of the paths of the energies as M grows, bond by bond (THEORY 12.2):
 *
 *   H(E, θ) = Σ_k h_k(E_k, E_{k+1}, s_k),   h_k(a, b, s) = f_k(a, b) (L(σ) - 1),   s_k = θ_{k+1} - θ_k
 *
 * with E_0 = T_L, E_{N+1} = T_R, θ_0 = θ_{N+1} = 0 for the energies alone, and θ_{N+1} = λ for the current with them. A
 * "thermal" bath is a cell of energy T. Second derivatives are exact, those of f from its jets.
 * Units: h per unit of fast time, θ and s 1/energy.
 */
import type { Model } from "../../model.ts";
import { first, second } from "../jet.ts";
import { rateJetOf, rateOf } from "../rates.ts";
import { checkLargeDeviations } from "./bath.ts";
import { generatingOf, sigmaOf } from "./generating.ts";

/** h of a bond and its derivatives by s, a and b. */
export interface BondHamiltonian {
  /** h. */
  h: number;
  /** ∂h/∂s, the current that the tilted bond carries. */
  hs: number;
  /** ∂h/∂a. */
  ha: number;
  /** ∂h/∂b. */
  hb: number;
  /** ∂²h/∂s². */
  hss: number;
  /** ∂²h/∂s∂a. */
  hsa: number;
  /** ∂²h/∂s∂b. */
  hsb: number;
  /** ∂²h/∂a². */
  haa: number;
  /** ∂²h/∂a∂b. */
  hab: number;
  /** ∂²h/∂b². */
  hbb: number;
}

/** A record to be filled. */
export const bondHamiltonian = (): BondHamiltonian => ({
  ...{ h: 0, hs: 0, ha: 0, hb: 0, hss: 0, hsa: 0, hsb: 0, haa: 0, hab: 0, hbb: 0 },
});

/**
 * A function that fills `to` with h of bond k at energies a and b; it returns false and leaves `to` as it is outside the
 * domain a, b > 0, -1/b < s < 1/a.
 * @throws InvalidInputError for baths without large deviations at speed M.
 */
export function bondHamiltonianOf(
  model: Model,
): (k: number, a: number, b: number, s: number, to: BondHamiltonian) => boolean {
  checkLargeDeviations(model);
  const L = generatingOf(model);
  const { f: valueOf, isConstant } = rateOf(model);
  const jetOf = rateJetOf(model);
  return (k, a, b, s, to) => {
    if (!(a > 0 && b > 0 && s * a < 1 && s * b > -1)) return false;
    const { value, slope, curvature } = L(sigmaOf(a, b, s));
    const sigma_s = a - b + 2 * s * a * b;
    const sigma_a = s * (1 + s * b);
    const sigma_b = -s * (1 - s * a);
    // L and its derivatives by s, a and b, for f = 1.
    const Ls = slope * sigma_s;
    const La = slope * sigma_a;
    const Lb = slope * sigma_b;
    const Lss = curvature * sigma_s * sigma_s + slope * 2 * a * b;
    const Lsa = curvature * sigma_s * sigma_a + slope * (1 + 2 * s * b);
    const Lsb = curvature * sigma_s * sigma_b - slope * (1 - 2 * s * a);
    const Laa = curvature * sigma_a * sigma_a;
    const Lab = curvature * sigma_a * sigma_b + slope * s * s;
    const Lbb = curvature * sigma_b * sigma_b;
    if (isConstant) {
      const f = valueOf(k, a, b);
      to.h = f * value;
      to.hs = f * Ls;
      to.ha = f * La;
      to.hb = f * Lb;
      to.hss = f * Lss;
      to.hsa = f * Lsa;
      to.hsb = f * Lsb;
      to.haa = f * Laa;
      to.hab = f * Lab;
      to.hbb = f * Lbb;
      return true;
    }
    const [f, f1, f2, half11, f12, half22] = jetOf(k, first(a), second(b));
    to.h = f * value;
    to.hs = f * Ls;
    to.ha = f1 * value + f * La;
    to.hb = f2 * value + f * Lb;
    to.hss = f * Lss;
    to.hsa = f1 * Ls + f * Lsa;
    to.hsb = f2 * Ls + f * Lsb;
    to.haa = 2 * half11 * value + 2 * f1 * La + f * Laa;
    to.hab = f12 * value + f1 * Lb + f2 * La + f * Lab;
    to.hbb = 2 * half22 * value + 2 * f2 * Lb + f * Lbb;
    return true;
  };
}
