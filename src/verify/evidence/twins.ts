/**
 * The process Θ^M and the mesoscopic equation (3.3) side by side at one time, over a ladder of M: what Proposition 4 is
 * about. The ladder is the verification's own, since a distance that falls as 1/M drowns in the noise of a large M.
 */
import { safeParticles } from "../../ensemble/mesoscopicStep.ts";
import type { Ensemble } from "../../ensemble/reducers/moments.ts";
import { defineModel, type Model } from "../../model.ts";
import { initialEnergies } from "../../theory/initial.ts";
import { rateOf } from "../../theory/rates.ts";
import { energyRange } from "../../theory/units.ts";
import type { Subject } from "../../theory/subject.ts";
import { wassersteinConstant } from "../../theory/wasserstein.ts";
import { type Expansion, expansionOf, fewestParticles, predict, type Prediction } from "../measure/prediction.ts";
import type { Experiment, Laboratory } from "./laboratory.ts";

/** Each M over the one before. */
const FACTOR = 2;
const RUNGS = 3;
/** Steps in the time in which the busiest bond of one particle rings once: third cumulants are right to 1%. */
const STEPS = 50;

/** Both at one M, R replicas of the process and 2R of the equation, with samples. */
export interface Twins {
  readonly particles: number;
  readonly replicas: number;
  readonly process: Ensemble<"covariance">;
  readonly equation: Ensemble<"covariance">;
  readonly predictions: Readonly<Record<Subject, Prediction>>;
}

export interface TwinLadder {
  readonly model: Model;
  readonly time: number;
  readonly expansions: Readonly<Record<Subject, Expansion>>;
  /** lim M W1 of each energy, with the sign of K3 of the process less that of the equation: N. */
  readonly constants: Float64Array;
  readonly rungs: readonly Twins[];
  readonly log: (x: number) => number;
}

/** What is to be simulated, or the word why nothing is. */
export type TwinPlan =
  | { readonly rungs: readonly Readonly<Record<Subject, Experiment>>[]; readonly expansions: TwinLadder["expansions"] }
  | { readonly reason: string };

export function twinPlan({ model, options, kernel }: Laboratory): TwinPlan {
  if (model.rate.law === "sqrt-min")
    return { reason: 'no distance is predicted between the process and the equation: "sqrt-min" is not smooth' };
  const { cumulantCells } = options.effort;
  if (model.cells > cumulantCells)
    return { reason: `the process and the equation are compared for up to ${cumulantCells} cells` };
  const time = options.times.at(-1)!;
  const replicas = options.effort.twins;
  const expansions = {
    process: expansionOf(model, [time], cumulantCells),
    mesoscopic: expansionOf(model, [time], cumulantCells, "mesoscopic"),
  };
  const first = Math.max(
    safeParticles(kernel, model, { replicas: 2 * RUNGS * replicas, times: [time] }),
    fewestParticles(expansions.process, replicas),
    fewestParticles(expansions.mesoscopic, 2 * replicas),
  );
  const { most: hottest } = energyRange(model, initialEnergies(model));
  const busiest = rateOf(model).f(hottest, hottest);
  const particles = Array.from({ length: RUNGS }, (_, i) => first * FACTOR ** i);
  const events = replicas * (model.cells + 1) * busiest * time * particles.reduce((a, b) => a + b);
  if (!(events <= options.budget)) {
    const reason = `the process and the equation take about ${events.toPrecision(2)} events to compare, at M = ${first} and more; to do so, ask for a budget of as many (budget, --budget)`;
    return { reason };
  }
  // No replica number twice, so that the rungs are independent.
  const rungs = particles.map((M, i) => {
    const at = { model: defineModel({ ...model, particles: M }), times: [time], samples: true };
    const step = 1 / (STEPS * busiest);
    return {
      process: { ...at, stage: `the process at M = ${M}`, replicas, firstReplica: i * replicas },
      mesoscopic: {
        ...at,
        stage: `the mesoscopic equation at M = ${M}`,
        replicas: 2 * replicas,
        firstReplica: 2 * i * replicas,
        step,
      },
    };
  });
  return { rungs, expansions };
}

export async function pair(laboratory: Laboratory, plan: TwinPlan): Promise<TwinLadder | string> {
  if ("reason" in plan) return plan.reason;
  const { model, options, kernel } = laboratory;
  const { expansions } = plan;
  const time = options.times.at(-1)!;
  const rungs: Twins[] = [];
  for (const { process, mesoscopic } of plan.rungs) {
    const { particles } = process.model;
    rungs.push({
      particles,
      replicas: process.replicas,
      process: await laboratory.perform(process),
      equation: await laboratory.perform(mesoscopic),
      predictions: {
        process: predict(expansions.process, particles)[0],
        mesoscopic: predict(expansions.mesoscopic, particles)[0],
      },
    });
  }
  const [own, its] = [expansions.process.next!, expansions.mesoscopic.next!];
  const constants = wassersteinConstant(model, [time]).map((c, i) =>
    own.thirdCumulant[i] < its.thirdCumulant[i] ? -c : c,
  );
  return { model, time, expansions, constants, rungs, log: (x) => kernel.log(x) };
}
