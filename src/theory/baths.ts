/**
 * The packets of an exchange, X or Y of J = (1 - p) X - p Y, by their moments (THEORY 2.1):
 *
 *   s_m = M^m c_m,   c_m = E[packet^m]/(energy or temperature)^m
 *
 * which is m!/((1 + 1/M)(1 + 2/M)..(1 + (m-1)/M)) for a cell, and for a bath stands in `BATHS`. Units: none.
 */
import type { Bath } from "../model.ts";

/** m! for m = 0..4. */
const FACTORIALS = [1, 1, 2, 6, 24];

interface Packet {
  /** s_m, from s_0..s_4 of a cell. */
  readonly moment: (cell: readonly number[], m: number) => number;
  /** lim M (lim s_2 - s_2) as M grows. */
  readonly deficit: number;
}

const BATHS: Readonly<Record<Bath, Packet>> = {
  // B T ξ with ξ ~ Exp(1).
  exponential: { moment: (cell, m) => FACTORIALS[m] * cell[m], deficit: 4 },
  // T ξ/M.
  thermal: { moment: (_, m) => FACTORIALS[m], deficit: 0 },
};

/** s_0..s_4 of a cell and of a bath. */
export interface PacketMoments {
  readonly cell: readonly number[];
  readonly bath: readonly number[];
}

/** @param particles M, or Infinity for the limit. */
export function packetMomentsOf(bath: Bath, particles: number): PacketMoments {
  const cell = [1];
  for (let m = 1; m < FACTORIALS.length; m++) cell.push((cell[m - 1] * m) / (1 + (m - 1) / particles));
  return { cell, bath: cell.map((_, m) => BATHS[bath].moment(cell, m)) };
}

/** lim M (lim s_2 - s_2): of a cell 2, because s_2 = 2M/(M+1) = 2 - 2/M + .. */
export function packetDeficitsOf(bath: Bath): { readonly cell: number; readonly bath: number } {
  return { cell: 2, bath: BATHS[bath].deficit };
}

/** True if a bath's packets are those of a cell in equilibrium at its temperature, Exp(T/M): it keeps detailed balance. */
export function keepsDetailedBalance(bath: Bath, particles: number): boolean {
  return packetMomentsOf(bath, particles).bath.every((s, m) => s === FACTORIALS[m]);
}
