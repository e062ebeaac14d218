/**
 * The paper's misprints as rival hypotheses, each on trial against the corrected formula on the same simulation; and its
 * claims that are mistaken otherwise, as findings.
 */
import type { Figure, Report, Table } from "../../report/data.ts";
import type { FirstIncrements } from "../evidence/firstIncrements.ts";
import type { Ladder } from "../evidence/ladder.ts";
import type { Reversal } from "../evidence/reversal.ts";
import type { Steady } from "../evidence/steady.ts";
import { check, limitOf, zOf } from "../measure/check.ts";
import { BARS_IN_WORDS, count, dots, reportOf } from "../measure/present.ts";
import { billiardsTable, coneTable, distanceTables, equilibriaTable, reversalTable } from "./findings.ts";
import { testedRung, type Trial, trialsOf, zPrinted } from "./trials.ts";

/** A printed formula is rejected from this |z| on. */
const REJECTED = 20;

const REVERSAL = {
  exponential: 'B14: the "exponential" bath at T_L = T_R breaks time reversal, by as much as predicted',
  thermal: 'B14: the "thermal" bath keeps time reversal',
};

export function errataReport(
  ladder: Ladder,
  early: FirstIncrements,
  own: Steady | string,
  reversals: readonly Reversal[],
): Report {
  const notes: string[] = [];
  const trials = trialsOf(ladder, early, own, notes);
  for (const { erratum, share } of trials) {
    const z = Math.abs(zPrinted(share));
    if (z < REJECTED)
      notes.push(
        `${erratum}: on this chain the printed formula is told apart at |z| = ${z.toFixed(1)} only; take more replicas, or a chain farther from equilibrium`,
      );
  }
  return reportOf(
    {
      name: "errata",
      title: "The paper's misprints, put to the test",
      statement:
        "Each printed formula that a correction replaces is a hypothesis too. Measured: where between the corrected formula (0) and the printed one (1) the simulation lies, with the z of either.",
      notes,
      tables: [
        trialTable(trials),
        equilibriaTable(),
        reversalTable(reversals),
        ...distanceTables(ladder),
        coneTable(ladder),
        billiardsTable(),
      ],
      checks: [
        ...trials.map(({ erratum, right, share, samples }) =>
          check(`${erratum}, corrected: ${right}`, "square", samples, [share]),
        ),
        ...reversals.map(({ bath, asymmetry, replicas }) => check(REVERSAL[bath], "square", replicas, [asymmetry])),
      ],
      figures: [trialFigure(trials)],
      certificates: [
        ...ladder.rungs.filter((_, r) => r === testedRung(ladder)).map(({ ensemble }) => ensemble.certificate),
        early.ensemble.certificate,
        ...(typeof own === "string" ? [] : [own.measured.certificate]),
        ...reversals.map(({ certificate }) => certificate),
      ],
    },
    {
      title: "The paper's misprints: residuals of the corrected formulas",
      groups: trials.map(({ erratum, share }) => ({ name: erratum, of: [share] })),
      limit: limitOf("square"),
    },
  );
}

function trialTable(trials: readonly Trial[]): Table {
  return {
    title: "Where the simulation lies between the corrected formula (0) and the printed one (1)",
    columns: ["", "printed", "measured", "std. error", "z if corrected", "z if printed", "verdict"],
    rows: trials.map(({ erratum, printed, share }) => [
      ...[erratum, printed, share.measured, share.standardError, zOf(share), zPrinted(share)],
      Math.abs(zPrinted(share)) >= REJECTED ? "misprint" : "open",
    ]),
  };
}

function trialFigure(trials: readonly Trial[]): Figure {
  const shares = trials.map(({ share }) => share);
  return {
    name: "errata",
    title: "The paper's misprints: on which side the simulation lies",
    caption: `${trials.map(({ erratum, printed }, i) => `${i + 1}: ${erratum}, ${printed}`).join("; ")}; ${BARS_IN_WORDS}.`,
    x: { label: "misprint" },
    y: { label: "0: corrected, 1: printed" },
    series: [dots("simulation", count(1, trials.length), shares)],
    marks: [
      { axis: "y", at: 0, label: "corrected" },
      { axis: "y", at: 1, label: "printed" },
    ],
  };
}
