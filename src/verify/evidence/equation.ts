/**
 * The mesoscopic equation on its own at the largest M there is, where its law is Gaussian and known: at the step that
 * `simulate` takes, and at steps so long that the stepper's own error shows.
 */
import { stepFor } from "../../ensemble/mesoscopicStep.ts";
import type { Ensemble } from "../../ensemble/reducers/moments.ts";
import { defineModel, MOST_PARTICLES, type Model } from "../../model.ts";
import { initialEnergies } from "../../theory/initial.ts";
import { limit } from "../../theory/limit.ts";
import { rateOf } from "../../theory/rates.ts";
import { energyRange } from "../../theory/units.ts";
import type { Experiment, Laboratory } from "./laboratory.ts";

/** Longest first; each is half of the one before. */
const LONG_STEPS = 3;
/** The map of the long steps is written out on full matrices, for chains up to this length. */
const MOST_CELLS_FOR_MAP = 50;
/** Kicks that the longest steps may be. */
const MOST_KICKS = 200;

/** At one step; the interval from 0 to the time has so many kicks. */
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

const kicksOf = (time: number, step: number) => 2 * Math.ceil(time / (2 * step));

export function equationExperiments({ model, options }: Laboratory): { fine: Experiment; long: Experiment[] } {
  const chain = defineModel({ ...model, particles: MOST_PARTICLES });
  const time = options.times.at(-1)!;
  const replicas = options.effort.equations;
  const experiment = (step: number, i: number): Experiment => ({
    stage: `the mesoscopic equation in steps of ${step.toPrecision(2)}`,
    model: chain,
    replicas,
    firstReplica: i * replicas,
    times: [time],
    samples: false,
    step,
  });
  const { most: hottest } = energyRange(chain, initialEnergies(chain));
  const first = kicksOf(time, 1 / (2 * rateOf(chain).f(hottest, hottest)));
  const last = first * 2 ** (LONG_STEPS - 1);
  const long = model.cells > MOST_CELLS_FOR_MAP || last > MOST_KICKS ? 0 : LONG_STEPS;
  return {
    fine: experiment(stepFor(chain), 0),
    long: Array.from({ length: long }, (_, i) => experiment(time / (first * 2 ** i), i + 1)),
  };
}

export async function follow(laboratory: Laboratory): Promise<Equation> {
  const { fine, long } = equationExperiments(laboratory);
  const [time] = fine.times;
  const perform = async (experiment: Experiment): Promise<Stepped> => {
    const step = experiment.step!;
    return { step, kicks: kicksOf(time, step), ensemble: await laboratory.perform(experiment) };
  };
  const stepped: Stepped[] = [];
  for (const experiment of long) stepped.push(await perform(experiment));
  return {
    model: fine.model,
    time,
    limit: limit(fine.model, [time]),
    fine: await perform(fine),
    long: stepped,
  };
}
