/**
 * When the error bar of a weighted mean is not to be trusted. It is made of the same weights as the mean: where few paths carry
 * it, both miss what is rarer still among the paths that were run.
 */
import type { Weighed } from "./weights.ts";

/** The least effective sample size, and the largest share of one path. */
export const LEAST_SAMPLE = 100;
export const LARGEST_SHARE = 0.05;
/** The largest relative error of the variance: the error bar is then known to a quarter. */
export const LARGEST_VARIANCE_ERROR = 0.5;

const inWords = (x: number) => String(Number(x.toPrecision(2)));

/** The reasons for which the error bar is not to be trusted. */
export function doubtsOf({ hits, effectiveSampleSize, largestShare, varianceError }: Weighed): string[] {
  if (hits === 0) return ["no path has reached the event: run more, or guide them to it"];
  const doubts: string[] = [];
  if (largestShare > LARGEST_SHARE) {
    doubts.push(
      `one path has ${inWords(100 * largestShare)}% of the probability: its error bar is too small, run more`,
    );
  }
  if (effectiveSampleSize < LEAST_SAMPLE) {
    doubts.push(
      `the paths are worth ${inWords(effectiveSampleSize)} of equal weight: the error bar is rough, run more`,
    );
  }
  if (varianceError > LARGEST_VARIANCE_ERROR) {
    doubts.push(
      `the variance of weights is known to ${inWords(100 * varianceError)}% only: the error bar may be too small`,
    );
  }
  return doubts;
}
