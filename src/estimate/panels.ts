/**
 * The times at which the remainders are measured: the time from 0 to the last observation is cut into panels, each with the
 * four nodes of Gauss's rule, so that a cubic through the values at the nodes integrates as the rule does.
 *
 * Remainders have means that relax as products of up to four modes of the chain, none faster than about 2 f. Panels are at
 * most half as long as 1/f at the hottest; a test shows that panels of half that length change no result visibly.
 */
import { describe, InvalidInputError } from "../errors.ts";
import { GAUSS_4 } from "../theory/quadrature.ts";

export interface Panel {
  readonly start: number;
  readonly end: number;
  /** Four times inside, increasing. */
  readonly nodes: readonly number[];
  /** Numbers of the observations in (start, end]. */
  readonly observations: readonly number[];
}

/** A panel ends at most at this multiple of its first observation time, so that early observations are resolved too. */
const REACH = 4;

/** More panels than this are a run that does not end: some 5e4 times the time in which the hottest bond rings M times. */
const MOST_PANELS = 1e5;

/**
 * Panels end at observation times where they can, and many observations share a panel.
 * @param longest length of a panel, in the unit of the times.
 * @throws InvalidInputError if there would be too many.
 */
export function panelsOf(times: readonly number[], longest: number): Panel[] {
  const panels: Panel[] = [];
  const last = times[times.length - 1];
  if (last / longest > MOST_PANELS) {
    const expected = `times up to ${(MOST_PANELS * longest).toPrecision(2)}; later ones need plain means, by simulate`;
    throw new InvalidInputError("options", [{ field: "times", expected, got: describe(last) }]);
  }
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
