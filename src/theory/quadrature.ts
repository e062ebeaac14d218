/** Gauss's rule of four nodes on equal panels: exact for polynomials of degree 7 on each. */

export interface Node {
  readonly time: number;
  readonly weight: number;
}

const inner = Math.sqrt(3 / 7 - (2 / 7) * Math.sqrt(6 / 5));
const outer = Math.sqrt(3 / 7 + (2 / 7) * Math.sqrt(6 / 5));
const heavy = (18 + Math.sqrt(30)) / 36;
const light = (18 - Math.sqrt(30)) / 36;
/** Places, increasing, and weights on [-1, 1]. */
export const GAUSS_4 = [
  [-outer, light],
  [-inner, heavy],
  [inner, heavy],
  [outer, light],
] as const;

/** An integral of a longer time than this many panels can resolve is not worth its memory. */
const MOST_PANELS = 16;

/** Nodes for an integral from 0 to `end` of what changes at the given rate: in panels as long as 1/rate, or longer. */
export function quadrature(end: number, rate: number): Node[] {
  const panels = Math.min(MOST_PANELS, Math.max(2, Math.ceil(end * rate)));
  const half = end / panels / 2;
  return Array.from({ length: panels }, (_, panel) => {
    return GAUSS_4.map(([place, weight]) => ({ time: half * (2 * panel + 1 + place), weight: half * weight }));
  }).flat();
}
