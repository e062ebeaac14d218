/** Theory and simulation held against each other: the public namespace `verify`. */
import { defineModel, type Model } from "../model.ts";
import type { Report } from "../report/data.ts";
import { betaReport } from "./beta/report.ts";
import { cltReport } from "./clt/report.ts";
import { currentExperiments, currents } from "./evidence/currents.ts";
import { errataReport } from "./errata/report.ts";
import { fourierReport } from "./fourier/report.ts";
import { kick, kickExperiment } from "./evidence/kick.ts";
import { type Experiment, Laboratory, type SteadyExperiment } from "./evidence/laboratory.ts";
import { climb, ladderExperiments } from "./evidence/ladder.ts";
import { equationExperiments, follow } from "./evidence/equation.ts";
import { llnReport } from "./lln/report.ts";
import { mesoscopicReport } from "./mesoscopic/report.ts";
import { nessReport } from "./ness/report.ts";
import type { VerifyOptions } from "./options.ts";
import { reversalExperiments, reverse } from "./evidence/reversal.ts";
import { reach, steadyPlans, type SteadyPlan } from "./evidence/steady.ts";
import { pair, twinPlan } from "./evidence/twins.ts";

export type { VerifyOptions, VerifyProgress } from "./options.ts";

/** The standard chain: ten cells, from a profile that leans the wrong way, energy k/11 of the way from T_R to T_L. */
export function standardChain(): Model {
  return defineModel({
    cells: 10,
    particles: 100_000,
    temperatures: [1, 2],
    rate: "sqrt-harmonic",
    initial: Array.from({ length: 10 }, (_, i) => 2 - (i + 1) / 11),
  });
}

/** The words of the command line, each a function here; what they verify: there. */
export type VerificationName = "lln" | "clt" | "fourier" | "mesoscopic" | "ness" | "beta" | "errata";

/** What a verification simulates, and what it makes of it. */
interface Verification {
  readonly experiments: (laboratory: Laboratory) => (Experiment | SteadyExperiment)[];
  readonly report: (laboratory: Laboratory) => Promise<Report>;
}

/** What is made of a laboratory, once for all the verifications that look at it. */
function kept<T extends object>(make: (laboratory: Laboratory) => T): (laboratory: Laboratory) => T {
  const made = new WeakMap<Laboratory, T>();
  return (laboratory) => {
    let one = made.get(laboratory);
    if (!one) made.set(laboratory, (one = make(laboratory)));
    return one;
  };
}

const ladder = kept(climb);
const early = kept(kick);
const plans = kept(({ model, options }) => steadyPlans(model, options));
const twins = kept(twinPlan);
const own = kept((lab) => reach(lab, plans(lab).own));

const ofLadder = ({ model, options }: Laboratory) => ladderExperiments(model, options);
const ofEarly = ({ model, options }: Laboratory) => kickExperiment(model, options);
const planned = (...chosen: readonly SteadyPlan[]) =>
  chosen.flatMap((plan) => ("experiment" in plan ? [plan.experiment] : []));

const VERIFICATIONS: Record<VerificationName, Verification> = {
  lln: {
    experiments: ofLadder,
    report: async (lab) => llnReport(await ladder(lab)),
  },
  clt: {
    experiments: (lab) => [...ofLadder(lab), ofEarly(lab)],
    report: async (lab) => cltReport(await ladder(lab), await early(lab)),
  },
  fourier: {
    experiments: (lab) => [...currentExperiments(lab.model, lab.options), ...planned(plans(lab).own)],
    report: async (lab) => fourierReport(await currents(lab), await own(lab)),
  },
  mesoscopic: {
    experiments: (lab) => {
      const { fine, long } = equationExperiments(lab);
      const plan = twins(lab);
      return [fine, ...long, ...("rungs" in plan ? plan.rungs.flatMap((rung) => Object.values(rung)) : [])];
    },
    report: async (lab) => mesoscopicReport(await follow(lab), await pair(lab, twins(lab))),
  },
  ness: {
    experiments: (lab) => planned(...Object.values(plans(lab))),
    report: async (lab) =>
      nessReport({
        own: await own(lab),
        exponential: await reach(lab, plans(lab).exponential),
        thermal: await reach(lab, plans(lab).thermal),
      }),
  },
  beta: {
    experiments: () => [],
    report: (lab) => Promise.resolve(betaReport(lab)),
  },
  errata: {
    experiments: (lab) => [
      ...ofLadder(lab),
      ofEarly(lab),
      ...planned(plans(lab).own),
      ...Object.values(reversalExperiments(lab.options)),
    ],
    report: async (lab) =>
      errataReport({
        ladder: await ladder(lab),
        early: await early(lab),
        own: await own(lab),
        reversals: await reverse(lab),
      }),
  },
};

/** The names of all verifications, in the order in which `all` makes them. */
export const NAMES = Object.keys(VERIFICATIONS) as VerificationName[];

async function conduct(names: readonly VerificationName[], model: Model, options: VerifyOptions): Promise<Report[]> {
  const laboratory = await Laboratory.open(model, options);
  laboratory.expect(names.flatMap((name) => VERIFICATIONS[name].experiments(laboratory)));
  const reports: Report[] = [];
  for (const name of names) reports.push(await VERIFICATIONS[name].report(laboratory));
  return reports;
}

const single =
  (name: VerificationName) =>
  async (model: Model, options: VerifyOptions = {}): Promise<Report> =>
    (await conduct([name], model, options))[0];

/**
 * The law of large numbers (Theorem 1): mean square distance to the limit equation and bias over a ladder of M, with their
 * slopes. In every verification M comes from the ladder, `model.particles` enters a note of `clt` alone, and time is fast
 * whatever `model.timescale`; what is thrown is the same.
 * @throws InvalidInputError listing every fault in the options; AbortedError.
 * @function
 */
export const lln = single("lln");
/**
 * The central limit theorem (Theorem 3): mean, covariance and skewness of √M(Θ^M - Θ̄), and the first increments.
 * @function
 */
export const clt = single("clt");
/**
 * Fourier's law (Proposition 2): conductivity over a ladder of gaps, the current bond by bond, the profile.
 * @function
 */
export const fourier = single("fourier");
/**
 * The mesoscopic limit equation (Proposition 4, Corollary 6.8): its moments, its distance to the process, its stepper.
 * @function
 */
export const mesoscopic = single("mesoscopic");
/**
 * The steady state (section 7): mean, covariance, current; equal temperatures with either bath.
 * @function
 */
export const ness = single("ness");
/**
 * The share of one particle (Lemma 5.2): moments, tail and distribution of the engine's draws.
 * @function
 */
export const beta = single("beta");
/**
 * The paper's misprints as rival hypotheses, and its mistaken claims as findings.
 * @function
 */
export const errata = single("errata");

/**
 * Every verification, in the order of `NAMES`; simulations that several need are made once.
 * @throws InvalidInputError listing every fault in the options; AbortedError.
 */
export async function all(model: Model, options: VerifyOptions = {}): Promise<Report[]> {
  return conduct(NAMES, model, options);
}
