/**
 * What one side offers in an exchange, X or Y of J = (1 - p) X - p Y, as moments (THEORY 2.1):
 *
 *   s_m = M^m c_m,   c_m = E[packet^m]/(energy or temperature)^m
 *
 * which is m!/((1 + 1/M)(1 + 2/M)..(1 + (m-1)/M)) for a cell, m! times that for the "exponential" bath, and m! for the
 * "thermal" one. Units: none.
 */
import type { Bath } from "../model.ts";

const HIGHEST = 4;

/** s_0..s_4 of a cell and of a bath. */
export interface PacketMoments {
  readonly cell: readonly number[];
  readonly bath: readonly number[];
}

/** @param particles M, or Infinity for the limit. */
export function packetMomentsOf(bath: Bath, particles: number): PacketMoments {
  const cell = [1];
  const factorial = [1];
  for (let m = 1; m <= HIGHEST; m++) {
    cell.push((cell[m - 1] * m) / (1 + (m - 1) / particles));
    factorial.push(factorial[m - 1] * m);
  }
  return { cell, bath: bath === "thermal" ? factorial : cell.map((s, m) => factorial[m] * s) };
}
