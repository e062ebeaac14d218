/**
 * The process Θ^M and the mesoscopic equation (3.3) side by side at one time, over a ladder of M: Proposition 4 is about
 * them. The ladder is the verification's own, since a distance that falls as 1/M drowns in the noise of a large M.
 */
import { safeParticles } from "../../ensemble/mesoscopicStep.ts";
import type { Ensemble } from "../../ensemble/reducers/moments.ts";
import { defineModel, type Model } from "../../model.ts";
import { nameOf } from "../../rate/rate.ts";
import { initialEnergies } from "../../theory/initial.ts";
import { rateOf } from "../../theory/rates.ts";
import type { Subject } from "../../theory/subject.ts";
import { hottestRate } from "../../theory/units.ts";
import { wassersteinConstant } from "../../theory/wasserstein.ts";
import { type Expansion, expansionOf, fewestParticles, predict, type Prediction } from "../measure/prediction.ts";
import { eventsOf, type Setting, type Study, without } from "../simulations.ts";

/** Each M over the one before. */
const FACTOR = 2;
const RUNGS = 3;
/** Steps in the time in which the busiest bond of one particle rings once: third cumulants are right to 1%. */
const STEPS = 50;

/** Both at one M, R replicas of the process and 2R of the equation, with samples. */
export interface Pair {
  readonly particles: number;
  readonly replicas: number;
  readonly process: Ensemble<"covariance">;
  readonly equation: Ensemble<"covariance">;
  readonly predictions: Readonly<Record<Subject, Prediction>>;
}

export interface PairLadder {
  readonly model: Model;
  readonly time: number;
  readonly expansions: Readonly<Record<Subject, Expansion>>;
  /** lim M W1 of each energy, with the sign of K3 of the process less that of the equation: N. */
  readonly constants: Float64Array;
  readonly rungs: readonly Pair[];
  readonly log: (x: number) => number;
}

/** The ladder, or the words why it is not simulated. */
export function pairs({ model, options, kernel }: Setting): Study<PairLadder | string> {
  const { cumulantCells, pairs: replicas } = options.effort;
  if (rateOf(model).kinks !== "none")
    return without(
      `no distance is predicted between the process and the equation: "${nameOf(model.rate)}" is not smooth`,
    );
  if (model.exchange === "kinetic")
    return without(
      "no distance is predicted between the process and the equation: the mean of disks that collide has a term of order 1/M that the equation has not",
    );
  if (model.cells > cumulantCells)
    return without(`the process and the equation are compared for up to ${cumulantCells} cells`);
  const time = options.times.at(-1)!;
  const expansions = {
    process: expansionOf(model, [time], cumulantCells),
    mesoscopic: expansionOf(model, [time], cumulantCells, "mesoscopic"),
  };
  const first = Math.max(
    safeParticles(kernel, model, { replicas: 2 * RUNGS * replicas, times: [time] }),
    fewestParticles(expansions.process, replicas),
    fewestParticles(expansions.mesoscopic, 2 * replicas),
  );
  const step = 1 / (STEPS * hottestRate(model, initialEnergies(model)));
  // No replica number twice, so that the rungs are independent.
  const rungs = Array.from({ length: RUNGS }, (_, i) => {
    const M = first * FACTOR ** i;
    const at = { model: defineModel({ ...model, particles: M }), times: [time], samples: true };
    return [
      { ...at, stage: `the process at M = ${M}`, replicas, firstReplica: i * replicas },
      {
        ...{ ...at, stage: `the mesoscopic equation at M = ${M}`, step },
        ...{ replicas: 2 * replicas, firstReplica: 2 * i * replicas },
      },
    ];
  });
  const events = rungs.reduce((sum, [process]) => sum + eventsOf(process), 0);
  if (!(events <= options.budget))
    return without(
      `the process and the equation take about ${events.toPrecision(2)} events to compare, at M = ${first} and more; to do so, ask for a budget of as many (budget, --budget)`,
    );
  return {
    experiments: rungs.flat(),
    conclude: (ensembles: readonly Ensemble<"covariance">[]) => {
      const [own, its] = [expansions.process.next!, expansions.mesoscopic.next!];
      const isLess = (i: number) => own.thirdCumulant[i] < its.thirdCumulant[i];
      return {
        ...{ model, time, expansions },
        constants: wassersteinConstant(model, [time]).map((c, i) => (isLess(i) ? -c : c)),
        rungs: rungs.map(([{ model }], i) => ({
          ...{ particles: model.particles, replicas },
          ...{ process: ensembles[2 * i], equation: ensembles[2 * i + 1] },
          predictions: {
            process: predict(expansions.process, model.particles)[0],
            mesoscopic: predict(expansions.mesoscopic, model.particles)[0],
          },
        })),
        log: (x) => kernel.log(x),
      };
    },
  };
}
