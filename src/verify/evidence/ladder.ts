/** One model at growing M: what the law of large numbers and the central limit theorem are checked on. */
import type { Ensemble } from "../../ensemble/reducers/moments.ts";
import { defineModel, type Model } from "../../model.ts";
import { initialEnergies } from "../../theory/initial.ts";
import { rateOf } from "../../theory/rates.ts";
import { energyRange } from "../../theory/units.ts";
import type { Experiment, Laboratory } from "./laboratory.ts";
import type { Settled } from "../options.ts";
import { type Expansion, expansionOf, predict, type Prediction } from "../measure/prediction.ts";
import { type Node, quadrature } from "../../theory/quadrature.ts";

/** The ensemble at one M. Its times are those of the nodes and the ladder's own, in order. */
export interface Rung {
  readonly particles: number;
  readonly replicas: number;
  readonly ensemble: Ensemble<"covariance">;
  /** At the ladder's own times. */
  readonly predictions: readonly Prediction[];
}

export interface Ladder {
  readonly model: Model;
  readonly times: readonly number[];
  /** Where in an ensemble's times the ladder's own stand. */
  readonly at: readonly number[];
  /** Quadrature from 0 to the last time, and where in an ensemble's times its nodes stand. */
  readonly nodes: readonly (Node & { readonly at: number })[];
  readonly expansion: Expansion;
  readonly rungs: readonly Rung[];
  /** Natural logarithm, the engine's own. */
  readonly log: (x: number) => number;
}

/** Longer chains are observed at the ladder's times alone: their bias is not resolved (bias.ts). */
export const MOST_CELLS_FOR_BIAS = 128;

/** One experiment a rung. No replica number twice: the rungs are independent, as the error of a slope takes for granted. */
export function ladderExperiments(model: Model, options: Settled): Experiment[] {
  const times = observed(model, options);
  let next = 0;
  return options.particles.map((M, i) => {
    const firstReplica = next;
    const replicas = options.replicas[i];
    next += replicas;
    const samples = model.cells <= MOST_CELLS_FOR_BIAS;
    return {
      stage: `M = ${M}`,
      model: defineModel({ ...model, particles: M }),
      replicas,
      firstReplica,
      times,
      samples,
    };
  });
}

export async function climb(laboratory: Laboratory): Promise<Ladder> {
  const { model, options, kernel } = laboratory;
  // First, because a chain too long for it is refused at once.
  const expansion = expansionOf(model, options.times, options.effort.cumulantCells);
  const rungs: Rung[] = [];
  for (const experiment of ladderExperiments(model, options)) {
    const { particles } = experiment.model;
    const ensemble = await laboratory.perform(experiment);
    rungs.push({ particles, replicas: experiment.replicas, ensemble, predictions: predict(expansion, particles) });
  }
  const observations = observed(model, options);
  return {
    model,
    times: options.times,
    at: options.times.map((time) => observations.indexOf(time)),
    nodes: nodesOf(model, options).map((node) => ({ ...node, at: observations.indexOf(node.time) })),
    expansion,
    rungs,
    log: (x) => kernel.log(x),
  };
}

function observed(model: Model, options: Settled): number[] {
  const times = new Set([...options.times, ...nodesOf(model, options).map(({ time }) => time)]);
  return [...times].sort((a, b) => a - b);
}

/** A panel for each time in which a bond rings M times or less, at the hottest. */
function nodesOf(model: Model, { times }: Settled): Node[] {
  if (model.cells > MOST_CELLS_FOR_BIAS) return [];
  const { most: hottest } = energyRange(model, initialEnergies(model));
  return quadrature(times.at(-1)!, rateOf(model).f(hottest, hottest));
}
