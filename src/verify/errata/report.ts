/**
 * The paper's misprints as rival hypotheses, each on trial against the corrected formula on the same simulation; and its
 * claims that are mistaken otherwise, as findings.
 */
import type { Check, Report, Table } from "../../report/data.ts";
import { residualFigure } from "../../report/residuals.ts";
import { reversalComparisons } from "../evidence/reversal.ts";
import { check, limitOf, zOf } from "../measure/check.ts";
import { errataFigure } from "./figures.ts";
import { findings } from "./findings.ts";
import { type Evidence, testedRung, type Trial, trialsOf, zPrinted } from "./trials.ts";

/** A printed formula is rejected from this |z| on. */
const REJECTED = 20;

export function errataReport(evidence: Evidence): Report {
  const { ladder, early, own, reversals } = evidence;
  const notes: string[] = [];
  const trials = trialsOf(evidence, notes);
  const reversal = reversalComparisons(reversals);
  const checks: Check[] = [
    ...trials.map(({ erratum, right, share, samples }) =>
      check(`${erratum}, corrected: ${right}`, "square", samples, [share]),
    ),
    ...reversal.map(({ name, comparison, samples }) => check(`B14: ${name}`, "square", samples, [comparison])),
  ];
  const weak = trials.filter(({ share }) => Math.abs(zPrinted(share)) < REJECTED);
  notes.push(
    ...weak.map(({ erratum, share }) => {
      return `${erratum}: on this chain the printed formula is told apart at |z| = ${Math.abs(zPrinted(share)).toFixed(1)} only; take more replicas, or a chain farther from equilibrium`;
    }),
  );
  return {
    name: "errata",
    title: "The paper's misprints, put to the test",
    statement:
      "Each printed formula that a correction replaces is a hypothesis too. Measured: where between the corrected formula (0) and the printed one (1) the simulation lies, with the z of either.",
    notes,
    tables: [trialTable(trials), ...findings(evidence)],
    checks,
    figures: [
      errataFigure(trials),
      residualFigure({
        name: "errata-residuals",
        title: "The paper's misprints: residuals of the corrected formulas",
        groups: trials.map(({ erratum, share }) => ({ name: erratum, z: [zOf(share)] })),
        limit: limitOf("square"),
      }),
    ],
    certificates: [
      ...ladder.rungs.filter((_, r) => r === testedRung(ladder)).map(({ ensemble }) => ensemble.certificate),
      early.ensemble.certificate,
      ...(typeof own === "string" ? [] : [own.measured.certificate]),
      ...Object.values(reversals).map(({ ensemble }) => ensemble.certificate),
    ],
    passed: checks.every(({ passed }) => passed),
  };
}

function trialTable(trials: readonly Trial[]): Table {
  return {
    title: "Where the simulation lies between the corrected formula (0) and the printed one (1)",
    columns: ["", "printed", "measured", "std. error", "z if corrected", "z if printed", "verdict"],
    rows: trials.map(({ erratum, printed, share }) => [
      erratum,
      printed,
      share.measured,
      share.standardError,
      zOf(share),
      zPrinted(share),
      Math.abs(zPrinted(share)) >= REJECTED ? "misprint" : "open",
    ]),
  };
}
