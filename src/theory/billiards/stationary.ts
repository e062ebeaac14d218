/**
 * Energies of the cells of a closed table in equilibrium: E1/Et ~ Beta(M, (N-1) M), because velocities are uniform on the
 * sphere of all of them (BILLIARDS 11, T11).
 */
import { square } from "../../billiards/trigonometry.ts";
import { betaCdf } from "./beta.ts";

/** P(E1/Et <= x), N > 1. The work grows as N M. */
export function cellEnergyCdf(cells: number, particles: number, x: number): number {
  return betaCdf(x, particles, (cells - 1) * particles);
}

/** Var E1 = Et² (N-1)/(N² (N M + 1)); with two cells and Et = 2 it is 1/(2M+1). */
export function cellEnergyVariance(cells: number, particles: number, energy: number): number {
  return (square(energy) * (cells - 1)) / (square(cells) * (cells * particles + 1));
}
