/** Formulas of the limit in words, as the model's exchange has them: φ = f (x - y)/2 or, where disks collide, f (x - y). */
import type { Model } from "../../model.ts";

export interface Formulas {
  /** The current from left to right. */
  readonly current: string;
  /** κ as T_R → T_L, and its slope in ΔT. */
  readonly conductivity: string;
  readonly slope: string;
  /** The equation of the continuum. */
  readonly continuum: string;
}

export const formulasOf = ({ exchange }: Model): Formulas =>
  exchange === "kinetic"
    ? {
        current: "-c",
        conductivity: "f(T_L, T_L)",
        slope: "(f_1 + f_2)/2",
        continuum: "d/dx f(E,E) dE/dx = 0",
      }
    : {
        current: "-c/2",
        conductivity: "f(T_L, T_L)/2",
        slope: "(f_1 + f_2)/4",
        continuum: "(1/2) d/dx f(E,E) dE/dx = 0",
      };

/** The mean energy of a steady state, m1 where it is known. */
export const meanName = (bias: unknown) => (bias ? "E* + m1/M" : "E*");
