/**
 * The energy of the disk that collides. The paper: a Beta(1, M-1) share of its cell's. That is the law of a disk taken at
 * random; disks that collide come in proportion to their relative speed (BILLIARDS 6.5):
 *
 *   M <e> = (5/4) M/(M+1/4) Ē,   the paper: Ē
 *   P(e/E <= x) = collidingShareCdf(M, x),   the paper: 1 - (1-x)^(M-1)
 */
import { collidingShareCdf, meanCollidingEnergy } from "../../theory/billiards/collidingEnergies.ts";
import type { Comparison } from "../measure/check.ts";
import { largestDifference } from "../measure/statistics.ts";
import { against, meanAt, type Measured, type Seen } from "./ratios.ts";
import { LEVELS, tabulated } from "./distributions.ts";
import { MEAN_ENERGY, type TwoCells } from "./twoCells.ts";

/** M <e>/Ē of both disks. */
export function energyComparison(cells: TwoCells): Comparison {
  const M = cells.table.particles;
  const { before } = cells.events;
  const pair = meanAt(cells, (i) => ((before[2 * i] + before[2 * i + 1]) / 2) * (M / MEAN_ENERGY));
  return against(pair, meanCollidingEnergy(M));
}

/** One place of a distribution function: its measured value, and that of either law. */
export interface Level {
  readonly at: number;
  readonly printed: Comparison;
  readonly right: Comparison;
}

export interface Shares {
  readonly particles: number;
  readonly count: number;
  /** Places in units of 1/M. */
  readonly levels: readonly Level[];
  /** Kolmogorov's distance from either law, over all collisions. */
  readonly distance: { readonly printed: number; readonly right: number };
}

/** Shares e/E of the disks that collide, both of each pair; for M > 1. */
export function sharesOf(cells: TwoCells): Shares {
  const M = cells.table.particles;
  const { before, energies, count } = cells.events;
  const shares = before.map((e, i) => e / energies[i]);
  const printed = (x: number) => 1 - (1 - x) ** (M - 1);
  const quantile = (p: number) => 1 - (1 - p) ** (1 / (M - 1));
  const right = tabulated((p) => collidingShareCdf(M, quantile(p)));
  return {
    particles: M,
    count,
    levels: LEVELS.map((p) => {
      const at = quantile(p);
      const found = below(cells, shares, at);
      return { at: M * at, printed: against(found, p), right: against(found, collidingShareCdf(M, at)) };
    }),
    distance: {
      printed: largestDifference(shares, printed),
      right: largestDifference(shares, (x) => right(printed(x))),
    },
  };
}

/** The part of the values, two of each collision, up to a place. */
function below(seen: Seen, values: Float64Array, at: number): Measured {
  return meanAt(seen, (i) => ((values[2 * i] <= at ? 1 : 0) + (values[2 * i + 1] <= at ? 1 : 0)) / 2);
}
