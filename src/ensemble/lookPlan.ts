/**
 * When the replicas of a steady state are looked at: from E* on they wait for the burn-in, then come `looks` looks,
 * `spacing` apart. With λ the rate of the slowest mode (theory.slowestRate) and R replicas,
 *
 *   spacing = 1/(2 λ),   e^(-λ burnIn) = 0.1/√(R looks).
 *
 * What finite M moves, the means by m1/M, is then there but for a part that is a tenth of what R looks, were they all
 * independent, could resolve of one standard deviation; covariances, whose modes fade at 2 λ, are closer still. Times are
 * made from + - * /, sqrt and the engine's own log, since a path depends on their last bit.
 */
import { describe, InvalidInputError } from "../errors.ts";
import type { Kernel } from "../kernel.ts";
import type { Model } from "../model.ts";
import { slowestRate } from "../theory/stationary.ts";
import type { SettledSteadyState } from "./stationaryOptions.ts";

/** When the replicas of a steady state were looked at. Times in units of the model's timescale. */
export interface LookPlan {
  /** From the start at E* to the first look. */
  readonly burnIn: number;
  /** Looks at each replica. */
  readonly looks: number;
  /** Between two looks. */
  readonly spacing: number;
  /** From the first look to the last, over which currents are counted. */
  readonly window: number;
}

/** Half of the slowest mode's time. */
const SPACING = 0.5;
/** What is left of the start, in standard errors of R looks. */
const LEFT = 0.1;

/**
 * The plan with its defaults filled in.
 * @throws InvalidInputError if the looks cannot be told apart in double precision.
 */
export function planLooks(kernel: Kernel, model: Model, { replicas, stationary }: SettledSteadyState): LookPlan {
  const { looks } = stationary;
  let { burnIn, spacing } = stationary;
  if (burnIn === undefined || spacing === undefined) {
    const rate = slowestRate(model) / (model.timescale === "slow" ? model.particles : 1);
    burnIn ??= kernel.log(Math.sqrt(replicas * looks) / LEFT) / rate;
    spacing ??= SPACING / rate;
  }
  const times = lookTimes({ burnIn, looks, spacing });
  if (!times.every((time, i) => i === 0 || time > times[i - 1])) {
    const expected = `a time that is not lost beside the last look's, ${times.at(-1)}`;
    throw new InvalidInputError("options", [{ field: "stationary.spacing", expected, got: describe(spacing) }]);
  }
  return { burnIn, looks, spacing, window: times[looks - 1] - times[0] };
}

export function lookTimes({ burnIn, looks, spacing }: Omit<LookPlan, "window">): number[] {
  return Array.from({ length: looks }, (_, look) => burnIn + look * spacing);
}
