/**
 * Weights of paths summed up on the aligned tree. They may be e^{-1000} or smaller, so that sums are kept relative to the
 * largest weight; merging takes one exponential, and depends on the tree alone.
 */
import type { Block } from "../ensemble/alignedTree.ts";
import { exp, log } from "../rate/elementary.ts";

/** Numbers of a block: paths, those that count, events, log of the largest weight w, then Σ (w_i/w)^j for j = 1 to 4. */
export const BLOCK = 8;
const [PATHS, EVENTS, LARGEST, SUMS] = [0, 2, 3, 4];

/** The block of one path. @param logWeight -Infinity where it does not count. */
export function blockOf(logWeight: number, events: number): Block {
  const counts = logWeight > -Infinity;
  const sum = counts ? 1 : 0;
  return Float64Array.of(1, sum, events, logWeight, sum, sum, sum, sum);
}

/** The block of both; overwrites the left one. */
export function mergeWeights(left: Block, right: Block): Block {
  const largest = Math.max(left[LARGEST], right[LARGEST]);
  for (let i = PATHS; i <= EVENTS; i++) left[i] += right[i];
  if (largest > -Infinity) {
    const [x, y] = [exp(left[LARGEST] - largest), exp(right[LARGEST] - largest)];
    for (let i = SUMS, u = x, v = y; i < BLOCK; i++, u *= x, v *= y) left[i] = left[i] * u + right[i] * v;
  }
  left[LARGEST] = largest;
  return left;
}

/** A probability, and its logarithm, which is there where the number itself is below 1e-308. */
export interface Probability {
  /** P; 0 where it is too small for a number. */
  readonly probability: number;
  /** log P. */
  readonly logProbability: number;
}

export const probabilityOf = (logProbability: number): Probability => ({
  probability: exp(logProbability),
  logProbability,
});

/** A mean of weights over paths, and how good it is. */
export interface Weighed extends Probability {
  /** Paths whose weights count. */
  readonly hits: number;
  /** Events in all paths. */
  readonly events: number;
  /** Of the probability: from the differences between paths. NaN without hits. */
  readonly standardError: number;
  /** The standard error in units of the probability. NaN without hits. */
  readonly relativeError: number;
  /** The variance of one path's weight, 0 where it does not count, in units of the probability's square. */
  readonly relativeVariance: number;
  /** (Σw)²/Σw²: the number of paths of equal weight that would do as well. */
  readonly effectiveSampleSize: number;
  /** The share of one path, the largest, in the sum of weights. */
  readonly largestShare: number;
  /** The standard error of the variance in units of it, by the fourth moment of weights. */
  readonly varianceError: number;
}

export function weigh(block: Block): Weighed {
  const [paths, hits, events, largest, sum, squares, , fourths] = block;
  const logProbability = hits > 0 ? largest + log(sum / paths) : -Infinity;
  const { probability } = probabilityOf(logProbability);
  const excess = (paths * squares) / (sum * sum) - 1;
  // Of paths that all have the same weight nothing is left but rounding.
  const relativeVariance = hits > 0 ? Math.max(excess, 0) * (paths / (paths - 1)) : NaN;
  const relativeError = Math.sqrt(relativeVariance / paths);
  return {
    ...{ probability, logProbability, hits, events, relativeVariance, relativeError },
    standardError: probability * relativeError,
    effectiveSampleSize: hits > 0 ? (sum * sum) / squares : 0,
    largestShare: hits > 0 ? 1 / sum : NaN,
    varianceError: hits > 0 ? Math.sqrt(Math.max((paths * fourths) / (squares * squares) - 1, 0) / paths) : NaN,
  };
}
