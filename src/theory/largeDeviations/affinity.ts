/**
 * The affinity of the two baths, A = 1/T_L - 1/T_R: with "thermal" baths M A Q is the entropy that a transfer of Q from right
 * to left makes, and the current's generating function has ψ(λ) = ψ(A - λ) (THEORY 12.1, 12.3). Units: 1/energy.
 */
import { defineModel, type ModelInput } from "../../model.ts";

/** A = 1/T_L - 1/T_R, positive where T_L < T_R. */
export function affinity(input: ModelInput): number {
  const [T_L, T_R] = defineModel(input).temperatures;
  return (T_R - T_L) / T_L / T_R;
}
