/** Growths of populations, averaged over them on the aligned tree. */
import type { Block } from "../ensemble/alignedTree.ts";
import type { PopulationResult } from "./kernel.ts";

/** Numbers of a block: populations, mean growth, Σ of squared deviations from it, mean effective clones, events. */
export const GROWTH_BLOCK = 5;

/** The block of one population. */
export const growthBlock = ({ growth, effectiveClones, events }: PopulationResult): Block =>
  Float64Array.of(1, growth, 0, effectiveClones, events);

/** The block of both (Chan, Golub and LeVeque 1979); overwrites the left one. */
export function mergeGrowth(left: Block, right: Block): Block {
  const [n, m] = [left[0], right[0]];
  const difference = right[1] - left[1];
  const part = m / (n + m);
  left[0] = n + m;
  left[1] += difference * part;
  left[2] += right[2] + difference * difference * n * part;
  left[3] += (right[3] - left[3]) * part;
  left[4] += right[4];
  return left;
}

/** Mean growth and its standard error, NaN of one population. */
export function growthOf([n, mean, squares, effectiveClones, events]: Block) {
  return { mean, error: Math.sqrt(squares / (n - 1) / n), effectiveClones, events };
}
