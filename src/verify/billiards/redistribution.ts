/**
 * The share p' = e1'/(e1+e2) of the left disk after a collision. The paper: uniform, whatever there was before, so that
 * half of the difference of the shares is exchanged. Disks (BILLIARDS 6.6), with p = e1/(e1+e2) before:
 *
 *   E[p' | p] = 1/2 - (p - 1/2)/3,   Var p' = 3/35 instead of 1/12,   P(p' <= x) = pairShareCdf(x)
 *   M E[e1 - e1' | E1, E2] = 2M/(2M+1) (E1 - E2) instead of (E1 - E2)/2
 */
import { pairShareCdf, pairShareVariance } from "../../theory/billiards/collidingEnergies.ts";
import {
  redistributionCorrelation,
  redistributionMean,
  transferCoefficient,
} from "../../theory/billiards/redistribution.ts";
import type { Comparison } from "../measure/check.ts";
import { largestDifference } from "../measure/statistics.ts";
import { LEVELS, tabulated } from "./distributions.ts";
import type { Level } from "./energies.ts";
import { against, meanAt, ratioOf, type Seen, slopeAt, summed } from "./ratios.ts";
import type { TwoCells } from "./twoCells.ts";

/** Predictions of one quantity, by the paper and by kinetic theory. */
export interface Both {
  readonly printed: Comparison;
  readonly right: Comparison;
}

export interface Redistribution {
  readonly particles: number;
  readonly count: number;
  /** The slope of p' over p: the correlation of the two, because both have one law. */
  readonly correlation: Both;
  readonly variance: Both;
  readonly levels: readonly Level[];
  readonly distance: { readonly printed: number; readonly right: number };
  /** The mean of p' for p from i/10 to (i+1)/10. */
  readonly means: readonly (Both & { readonly p: number })[];
}

const BINS = 10;

export function redistributionOf(cells: TwoCells): Redistribution {
  const { before, after, count } = cells.events;
  const share = (of: Float64Array) =>
    Float64Array.from({ length: count }, (_, i) => of[2 * i] / (of[2 * i] + of[2 * i + 1]));
  const p = share(before);
  const next = share(after);
  const correlation = slopeAt(
    cells,
    (i) => p[i] - 0.5,
    (i) => next[i] - 0.5,
  );
  const variance = meanAt(cells, (i) => (next[i] - 0.5) ** 2);
  return {
    particles: cells.table.particles,
    count,
    correlation: { printed: against(correlation, 0), right: against(correlation, redistributionCorrelation) },
    variance: { printed: against(variance, 1 / 12), right: against(variance, pairShareVariance) },
    levels: LEVELS.map((at) => {
      const found = meanAt(cells, (i) => (next[i] <= at ? 1 : 0));
      return { at, printed: against(found, at), right: against(found, pairShareCdf(at)) };
    }),
    distance: {
      printed: largestDifference(next, (x) => x),
      right: largestDifference(next, tabulated(pairShareCdf)),
    },
    means: Array.from({ length: BINS }, (_, bin) => meanIn(cells, p, next, bin)),
  };
}

function meanIn(seen: Seen, p: Float64Array, next: Float64Array, bin: number): Both & { p: number } {
  const isIn = (i: number) => (Math.min(BINS - 1, Math.floor(BINS * p[i])) === bin ? 1 : 0);
  const there = summed(seen, isIn);
  const found = ratioOf(
    summed(seen, (i) => isIn(i) * next[i]),
    there,
  );
  const place = ratioOf(
    summed(seen, (i) => isIn(i) * p[i]),
    there,
  ).measured;
  return { p: place, printed: against(found, 0.5), right: against(found, redistributionMean(place)) };
}

/** M (e1 - e1') over E1 - E2, by least squares. */
export function transferOf(cells: TwoCells): Both {
  const M = cells.table.particles;
  const { before, after, energies } = cells.events;
  const found = slopeAt(
    cells,
    (i) => energies[2 * i] - energies[2 * i + 1],
    (i) => M * (before[2 * i] - after[2 * i]),
  );
  return { printed: against(found, 0.5), right: against(found, transferCoefficient(M)) };
}
