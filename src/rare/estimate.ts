/** What paths make of a rare event's probability, and what theory says of it without any. */
import type { Instanton } from "../theory/largeDeviations/instanton.ts";
import type { RareMethod } from "./run.ts";
import type { Probability, Weighed } from "./weights.ts";

/** The probability of an event from the paths so far, beside its predictions. */
export interface RareEventEstimate extends Weighed {
  /** Paths that are in the estimate. */
  readonly replicas: number;
  /** How they were run. */
  readonly method: RareMethod;
  /** The most likely path to the event, along which they were guided; of the method "tilted" alone. */
  readonly instanton: Instanton | undefined;
  /** e^{-MA} of its action A: right in the exponent as M grows, without the factor before it. */
  readonly leading: Probability | undefined;
  /** What a Gaussian with the limit's mean and the covariance C/M has beyond the threshold; for the energy of a cell. */
  readonly gaussian: Probability | undefined;
}
