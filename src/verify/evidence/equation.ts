/**
 * The mesoscopic equation on its own at the largest M there is, where its law is Gaussian and known: at the step that
 * `simulate` takes, and at steps so long that the stepper's own error shows.
 */
import type { Ensemble } from "../../ensemble/reducers/moments.ts";
import { stepFor } from "../../ensemble/mesoscopicStep.ts";
import { defineModel, MOST_PARTICLES, type Model } from "../../model.ts";
import { initialEnergies } from "../../theory/initial.ts";
import { limit } from "../../theory/limit.ts";
import { hottestRate } from "../../theory/units.ts";
import type { Setting, Study } from "../simulations.ts";

/** Longest first; each is half of the one before. */
const LONG_STEPS = 3;
/** The stepper's map is written out on full matrices, for so many cells and kicks at most. */
const MOST_CELLS_FOR_MAP = 50;
const MOST_KICKS = 200;

/** The equation at one step; the interval from 0 to the time has so many kicks. */
export interface Stepped {
  readonly step: number;
  readonly kicks: number;
  readonly ensemble: Ensemble<"covariance">;
}

export interface Equation {
  readonly model: Model;
  readonly time: number;
  /** Θ̄ then: N. */
  readonly limit: Float64Array;
  readonly fine: Stepped;
  /** None for long chains and long times. */
  readonly long: readonly Stepped[];
}

export function equation({ model, options }: Setting): Study<Equation> {
  const chain = defineModel({ ...model, particles: MOST_PARTICLES });
  const time = options.times.at(-1)!;
  const replicas = options.effort.equations;
  const kicksOf = (step: number) => 2 * Math.ceil(time / (2 * step));
  const first = kicksOf(1 / (2 * hottestRate(chain, initialEnergies(chain))));
  const canBeWritten = model.cells <= MOST_CELLS_FOR_MAP && first * 2 ** (LONG_STEPS - 1) <= MOST_KICKS;
  const long = Array.from({ length: canBeWritten ? LONG_STEPS : 0 }, (_, i) => time / (first * 2 ** i));
  const steps = [stepFor(chain), ...long];
  return {
    experiments: steps.map((step, i) => ({
      stage: `the mesoscopic equation in steps of ${step.toPrecision(2)}`,
      ...{ model: chain, replicas, firstReplica: i * replicas, times: [time], step },
    })),
    conclude: (ensembles: readonly Ensemble<"covariance">[]) => {
      const [fine, ...long] = ensembles.map((ensemble, i) => ({ step: steps[i], kicks: kicksOf(steps[i]), ensemble }));
      return { model: chain, time, limit: limit(chain, [time]), fine, long };
    },
  };
}
