/**
 * Reference numbers of large deviations (THEORY 12), computed apart from this code by independent programs. Temperatures
 * are 1 and 2 unless a row has its own, baths "thermal" unless said.
 */
import { readFileSync } from "node:fs";
import type { Bath, RateLaw } from "../../src/model.ts";

/** Λ(s; a, b) by quadrature over u. */
export interface GoldenGenerating {
  s: number;
  a: number;
  b: number;
  value: number;
}

/** ψ(λ) of the fixed point, its slope, energies and momenta. */
export interface GoldenCurrent {
  N: number;
  rate: RateLaw;
  lam: number;
  psi: number;
  dpsi: number;
  E: number[];
  theta: number[];
}

/** P(E > z), or P(E < z), of one cell at rate "constant", from a rule of 40 places, and how far that of 30 was off. */
export interface GoldenTail {
  M: number;
  bath: Bath;
  z: number;
  side: "above" | "below";
  P: number;
  relative_uncertainty: number;
}

export const goldenLargeDeviations = JSON.parse(
  readFileSync(new URL("../largeDeviations.json", import.meta.url), "utf8"),
) as {
  Lambda: GoldenGenerating[];
  psi: GoldenCurrent[];
  hidden_N1_tails: GoldenTail[];
  /** E[T^n], n = 0..4. */
  hidden_N1_moments: { M: number; bath: Bath; hidden_moments: number[] }[];
  /** [T_L, T_R, λ, principal eigenvalue at M] of two chains of one cell that have the same ω. */
  omega_only: { M: number; omega: number; first: number[]; second: number[] }[];
};
