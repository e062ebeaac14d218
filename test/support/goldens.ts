/** The reference numbers of test/goldens.json (THEORY 10), as models and typed values. */
import { readFileSync } from "node:fs";
import { defineModel, type Model, type ModelInput, type RateLaw } from "../../src/model.ts";

type Matrix = number[][] | number[];

export interface GoldenCase {
  N: number;
  rate: NonNullable<ModelInput["rate"]>;
  T_L: number;
  T_R: number;
  E0: number[];
  equilibrium: {
    E_star: number[];
    c_star: number;
    mean_flux_left_to_right: number;
    kappa: number;
    J?: Matrix;
    H?: Matrix;
    J_diag?: number[];
    J_upper?: number[];
    J_lower?: number[];
    V?: number[];
    S?: Matrix;
    S_diag?: number[];
    S_row1?: number[];
    S_row25?: number[];
    /** Absent for "sqrt-min". */
    m1_stationary?: number[];
    max_real_eig_J: number;
    OU_entropy_production: number;
    channel_entropy_production_over_M: number;
  };
  times: { t: number; Theta_bar: number[]; C?: Matrix; C_diag?: number[]; C_row1?: number[]; C_row25?: number[] }[];
}

export interface GoldenConstantRate {
  N: number;
  M: number;
  T_L: number;
  T_R: number;
  E0: number[];
  ness_mean: number[];
  ness_M_cov: Matrix;
  ness_M_cov_thermal_bath: Matrix;
  times: { t: number; mean: number[]; M_cov: Matrix }[];
}

/** E[J^n] of one ring: a is the energy, or temperature, on the bond's left and b on its right. */
export interface GoldenExchange {
  M: number;
  kind: "bulk" | "left_bath(k=0): a=T_L,b=E_1" | "right_bath(k=N): a=E_N,b=T_R";
  a: number;
  b: number;
  EJ: number;
  EJ2: number;
  EJ3: number;
  EJ4: number;
}

/** <E^n>, n = 0..4, of one cell with f = 1. */
export interface GoldenOneCell {
  M: number;
  T_L: number;
  T_R: number;
  bath: "paper" | "thermal";
  moments: number[];
}

export const goldens = JSON.parse(readFileSync(new URL("../goldens.json", import.meta.url), "utf8")) as {
  cases: Record<string, GoldenCase>;
  J_moments: GoldenExchange[];
  const_rate_exact_finite_M: GoldenConstantRate[];
  const_rate_N1_ness_moments: GoldenOneCell[];
};

/** [name, case] pairs, for test.each. */
export const goldenCases = Object.entries(goldens.cases);

/** The goldens' bath is the paper's, "exponential"; M does not enter their limits. */
export function modelOf({ N, rate, T_L, T_R, E0 }: GoldenCase): Model {
  return defineModel({ cells: N, particles: 1000, temperatures: [T_L, T_R], rate, initial: E0 });
}

/** Every rate law, plain and capped, as models take them. */
export const rates: { law: RateLaw; scale: number; cap?: number }[] = (
  ["constant", "sqrt-sum", "sqrt-harmonic", "sqrt-min"] as const
).flatMap((law) => [
  { law, scale: 1 },
  { law, scale: 1.7, cap: 0.8 },
]);
