/** One model at growing M: the law of large numbers and the central limit theorem are checked on it. */
import type { Ensemble } from "../../ensemble/reducers/moments.ts";
import { defineModel, type Model } from "../../model.ts";
import { initialEnergies } from "../../theory/initial.ts";
import { type Node, quadrature } from "../../theory/quadrature.ts";
import { hottestRate } from "../../theory/units.ts";
import { type Expansion, expansionOf, predict, type Prediction } from "../measure/prediction.ts";
import type { Setting, Study } from "../simulations.ts";

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
  /** The places of the ladder's own times among an ensemble's. */
  readonly at: readonly number[];
  /** Quadrature from 0 to the last time, and the places of its nodes among an ensemble's times. */
  readonly nodes: readonly (Node & { readonly at: number })[];
  readonly expansion: Expansion;
  readonly rungs: readonly Rung[];
  /** Natural logarithm, the engine's own. */
  readonly log: (x: number) => number;
}

/** Longer chains are observed at the ladder's times alone: their bias is not resolved (bias.ts). */
export const MOST_CELLS_FOR_BIAS = 128;

/** One experiment a rung. No replica number twice: the rungs are independent, as the error of a slope takes for granted. */
export function ladder({ kernel, model, options }: Setting): Study<Ladder> {
  const { particles, replicas, times, effort } = options;
  // A chain that is too long for it is refused here, before anything is simulated.
  const expansion = expansionOf(model, times, effort.cumulantCells);
  const isResolved = model.cells <= MOST_CELLS_FOR_BIAS;
  const nodes = isResolved ? quadrature(times.at(-1)!, hottestRate(model, initialEnergies(model))) : [];
  const observed = [...new Set([...times, ...nodes.map(({ time }) => time)])].sort((a, b) => a - b);
  let next = 0;
  return {
    experiments: particles.map((M, r) => {
      const firstReplica = next;
      next += replicas[r];
      const chain = defineModel({ ...model, particles: M });
      const sizes = { replicas: replicas[r], firstReplica, times: observed };
      return { stage: `M = ${M}`, model: chain, ...sizes, samples: isResolved };
    }),
    conclude: (ensembles: readonly Ensemble<"covariance">[]) => ({
      model,
      times,
      at: times.map((time) => observed.indexOf(time)),
      nodes: nodes.map((node) => ({ ...node, at: observed.indexOf(node.time) })),
      expansion,
      rungs: ensembles.map((ensemble, r) => {
        const predictions = predict(expansion, particles[r]);
        return { particles: particles[r], replicas: replicas[r], ensemble, predictions };
      }),
      log: (x) => kernel.log(x),
    }),
  };
}
