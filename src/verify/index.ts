/** Theory and simulation held against each other: the public namespace `verify`. */
import { InvalidInputError } from "../errors.ts";
import { defineModel, isDrawn, type Model, type ModelInput } from "../model.ts";
import type { Report } from "../report/data.ts";
import { betaReport } from "./beta/report.ts";
import { shares } from "./beta/shares.ts";
import { cltReport } from "./clt/report.ts";
import { errataReport } from "./errata/report.ts";
import { balances } from "./evidence/balance.ts";
import { carried } from "./evidence/carried.ts";
import { currents } from "./evidence/currents.ts";
import { equation } from "./evidence/equation.ts";
import { firstIncrements } from "./evidence/firstIncrements.ts";
import { hiddenTails } from "./evidence/hiddenTails.ts";
import { ladder } from "./evidence/ladder.ts";
import { pathRatios } from "./evidence/pathRatios.ts";
import { pairs } from "./evidence/pairs.ts";
import { reversals } from "./evidence/reversal.ts";
import { exponentialSteady, ownSteady, thermalSteady } from "./evidence/steady.ts";
import { fluctuationsReport } from "./fluctuations/report.ts";
import { fourierReport } from "./fourier/report.ts";
import { largeDeviationsReport } from "./largeDeviations/report.ts";
import { llnReport } from "./lln/report.ts";
import { mesoscopicReport } from "./mesoscopic/report.ts";
import { nessReport } from "./ness/report.ts";
import type { VerifyOptions } from "./options.ts";
import { type Setting, settingOf, Simulations, type Study } from "./simulations.ts";

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

/** The words of the command line, each a function here. */
export type VerificationName =
  "lln" | "clt" | "fourier" | "mesoscopic" | "ness" | "fluctuations" | "largeDeviations" | "beta" | "errata";

type StudyOf<T> = (setting: Setting) => Study<T>;

/** A report, and the studies whose findings it is made of, in their order. */
interface Verification {
  report(this: void, ...findings: unknown[]): Report;
  readonly studies: readonly StudyOf<unknown>[];
}

const verification = <F extends unknown[]>(
  report: (...findings: F) => Report,
  ...studies: { readonly [K in keyof F]: StudyOf<F[K]> }
): Verification => ({ report, studies });

const VERIFICATIONS: Record<VerificationName, Verification> = {
  lln: verification(llnReport, ladder),
  clt: verification(cltReport, ladder, firstIncrements),
  fourier: verification(fourierReport, currents, ownSteady),
  mesoscopic: verification(mesoscopicReport, equation, pairs),
  ness: verification(nessReport, ownSteady, exponentialSteady, thermalSteady, balances),
  fluctuations: verification(fluctuationsReport, pathRatios),
  largeDeviations: verification(largeDeviationsReport, carried, hiddenTails),
  beta: verification(betaReport, shares),
  errata: verification(errataReport, ladder, firstIncrements, ownSteady, reversals),
};

/** The names of all verifications, in the order in which `all` makes them. */
export const NAMES = Object.keys(VERIFICATIONS) as VerificationName[];

/** What is about formulas of the paper's own exchange, and of no other: the title, and what is not in a model of disks. */
const OF_PAPER: Partial<Record<VerificationName, readonly [title: string, subject: string]>> = {
  beta: ["The share of one particle (Lemma 5.2)", "the shares that the paper's exchange moves"],
  errata: ["The paper's misprints, put to the test", "formulas of the paper's exchange"],
};

/** The report in the place of one that does not apply. */
function leftOut(name: VerificationName): Report {
  const [title, subject] = OF_PAPER[name]!;
  const nothing = { tables: [], checks: [], figures: [], certificates: [] };
  const statement = "In this model disks collide; nothing is measured here.";
  return { name, title, statement, notes: [`left out: it is about ${subject}`], ...nothing, passed: true };
}

/** Verifications of theorems about one start, the same in every replica. */
const STARTS_FIXED: ReadonlySet<VerificationName> = new Set(["lln", "clt", "mesoscopic", "errata"]);

/** @throws InvalidInputError for a start that each replica draws. */
function checkStart({ initial }: Model): void {
  if (!isDrawn(initial)) return;
  const expected = "energies that all replicas start from, which the theorems are about";
  throw new InvalidInputError("model", [{ field: "initial", expected, got: "{ gamma }" }]);
}

/** Performs every study once, for all the reports that need it. */
async function conduct(
  names: readonly VerificationName[],
  input: ModelInput,
  options: VerifyOptions,
): Promise<Report[]> {
  if (names.some((name) => STARTS_FIXED.has(name))) checkStart(defineModel(input));
  const setting = await settingOf(input, options);
  const verificationOf = (name: VerificationName): Verification =>
    setting.model.exchange && name in OF_PAPER ? { report: () => leftOut(name), studies: [] } : VERIFICATIONS[name];
  const wanted = new Set(names.flatMap((name) => verificationOf(name).studies));
  const studies = new Map<StudyOf<unknown>, Study<unknown>>();
  for (const study of wanted) {
    await setting.pause();
    studies.set(study, study(setting));
  }
  const simulations = new Simulations(setting, [...studies.values()]);
  const findings = new Map<StudyOf<unknown>, unknown>();
  const reports: Report[] = [];
  for (const name of names) {
    const { studies: own, report } = verificationOf(name);
    for (const study of own) {
      if (!findings.has(study)) findings.set(study, await simulations.perform(studies.get(study)!));
    }
    await setting.pause();
    const made = report(...own.map((study) => findings.get(study)));
    reports.push(made);
    setting.options.onReport?.(made);
  }
  return reports;
}

const single =
  (name: VerificationName) =>
  async (input: ModelInput, options: VerifyOptions = {}): Promise<Report> =>
    (await conduct([name], input, options))[0];

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
 * The fluctuation theorem at finite M (section 7): P(Σ = s) = e^s P(Σ = -s) on short chains between "thermal" baths that have this
 * rate and this exchange; without the rate's part, and with the paper's bath, it is rejected.
 * @function
 */
export const fluctuations = single("fluctuations");
/**
 * Large deviations (section 7): the curvature of the current's generating function, and the exact tails of a cell's energy.
 * @function
 */
export const largeDeviations = single("largeDeviations");
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
export async function all(input: ModelInput, options: VerifyOptions = {}): Promise<Report[]> {
  return conduct(NAMES, input, options);
}
