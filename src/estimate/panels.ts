/**
 * When the process is looked at: the time from 0 to the last observation in panels, each with the four places of Gauss's
 * rule, so that a cubic through what is measured there integrates as the rule does.
 *
 * What is measured has means that relax as products of up to four modes of the chain, none faster than about 2 f. Panels
 * are half as long as 1/f at the hottest, or shorter; that half of it again changes nothing one can see is tested.
 */
import { GAUSS_4 } from "../theory/quadrature.ts";

export interface Panel {
  readonly start: number;
  readonly end: number;
  /** Four times inside, increasing. */
  readonly nodes: readonly number[];
  /** Numbers of the observations in (start, end]. */
  readonly observations: readonly number[];
}

/** How many times as late as its first observation a panel may end, so that early ones are resolved too. */
const REACH = 4;

/**
 * Panels end at observation times where they can, and many observations share a panel.
 * @param longest length of a panel, in the unit of the times.
 */
export function panelsOf(times: readonly number[], longest: number): Panel[] {
  const panels: Panel[] = [];
  const last = times[times.length - 1];
  for (let start = 0; start < last;) {
    const end = endOf(start, times, longest);
    const observations = times.flatMap((time, i) => (time > start && time <= end ? [i] : []));
    const half = (end - start) / 2;
    const nodes = GAUSS_4.map(([place]) => start + half * (1 + place));
    panels.push({ start, end, nodes, observations });
    start = end;
  }
  return panels;
}

function endOf(start: number, times: readonly number[], longest: number): number {
  const next = times.find((time) => time > start)!;
  const within = times.filter((time) => time > start && time - start <= longest && time <= REACH * next).at(-1);
  if (within !== undefined) return within;
  return start + (next - start) / Math.ceil((next - start) / longest);
}

/** The weights of four nodes' values in their cubic at a time, by Lagrange's formula. */
export function cubicWeights(nodes: readonly number[], time: number): number[] {
  return nodes.map((node) =>
    nodes.reduce((product, other) => (other === node ? product : (product * (time - other)) / (node - other)), 1),
  );
}
