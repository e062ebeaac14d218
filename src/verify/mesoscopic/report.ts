/**
 * The mesoscopic limit equation (Proposition 4, Corollary 6.8): dZ = F(Z) dt + M^{-1/2} H(Z) dW, (3.3), has the law of Θ^M
 * up to 1/M. Means and covariances agree to the next order; M W1 of the laws of one energy tends to a known constant, for
 * single exchanges are skew and the noise of the equation is not (THEORY 7). The printed |Θ - Z| <= C/M means a coupling.
 */
import type { Check, Figure, Report, Table } from "../../report/data.ts";
import type { Equation } from "../evidence/equation.ts";
import type { PairLadder } from "../evidence/pairs.ts";
import { check, limitOf, type Comparison } from "../measure/check.ts";
import { nextReplica } from "../measure/moments.ts";
import { type Group, reportOf } from "../measure/present.ts";
import { exponentOf } from "../measure/statistics.ts";
import { cellFigure, distanceFigure, distanceTable, momentTable, orderFigure, orderTable } from "./display.ts";
import { distancesOf } from "./distance.ts";
import { ofDifference, ofExpansion, ofStepper, ofTheory } from "./moments.ts";

/** The parts of the report that come from the comparison of pairs. */
interface Comparisons {
  readonly checks: readonly Check[];
  readonly tables: readonly Table[];
  readonly figures: readonly Figure[];
  readonly groups: readonly Group[];
  readonly certificates: readonly object[];
}

export function mesoscopicReport(equation: Equation, pairs: PairLadder | string): Report {
  const { model, time, fine, long } = equation;
  const { replicas } = fine.ensemble;
  const alone = ofTheory(equation);
  const largest = model.particles.toExponential(0).replace("+", "");
  const where = `at M = ${largest}, t = ${time}`;
  const stepped = long.map((each) => ofStepper(equation, each));
  const errors = stepped.map(({ means }) => rmsOf(means, model.particles));
  const notes: string[] = [];
  const checks: Check[] = [
    check(`mean of Z = Θ̄ ${where}`, "mean", replicas, alone.means),
    check(`M Cov(Z) = C ${where}`, "square", replicas, alone.covariances),
  ];
  if (long.length === 0)
    notes.push("the order of the stepper is not measured: the chain or the time is too long to write its map out");
  else {
    const name = `errors of the means at ${long.length} long steps: those of order h⁴`;
    const means = stepped.flatMap((each) => each.means);
    checks.push(
      check(name, "mean", replicas, means),
      check("covariance at the longest step: that of the stepper", "square", replicas, stepped[0].covariances),
    );
  }
  if (typeof pairs === "string") notes.push(pairs);
  // One comparison, or none.
  const compared = typeof pairs === "string" ? [] : [compare(pairs)];
  return reportOf(
    {
      name: "mesoscopic",
      title: "The mesoscopic limit equation (Proposition 4, Corollary 6.8)",
      statement:
        "dZ = F(Z)dt + M^(-1/2)H(Z)dW has the law of Θ^M up to 1/M. Measured: means and covariances of Z against the theory and against Θ^M, and the Wasserstein distance W1 of the laws of each energy, which is 1/M of a predicted constant. Independent pairs are no nearer than M^(-1/2), so the printed |Θ - Z| <= C/M is a statement about the best coupling. And the stepper's own errors at long steps, which fall as h⁴.",
      notes,
      tables: [...(long.length > 0 ? [orderTable(equation, errors)] : []), ...compared.flatMap(({ tables }) => tables)],
      checks: [...checks, ...compared.flatMap((each) => each.checks)],
      figures: [
        ...compared.flatMap(({ figures }) => figures),
        ...(long.length > 0 ? [orderFigure(equation, errors)] : []),
      ],
      certificates: [
        ...[fine, ...long].map(({ ensemble }) => ensemble.certificate),
        ...compared.flatMap(({ certificates }) => certificates),
      ],
    },
    {
      title: "The mesoscopic equation: residuals of every covariance",
      groups: [{ name: `M = ${largest}`, of: alone.covariances }, ...compared.flatMap(({ groups }) => groups)],
      limit: limitOf("square", alone.covariances.length),
    },
  );
}

/** Root mean square over the cells, of errors of the means themselves. */
function rmsOf(means: readonly Comparison[], particles: number): Comparison {
  const rms = (of: (one: Comparison) => number) =>
    Math.sqrt(means.reduce((sum, one) => sum + of(one) ** 2, 0) / means.length / particles);
  return {
    predicted: rms(({ predicted }) => predicted),
    measured: rms(({ measured }) => measured),
    standardError: rms(({ standardError }) => standardError),
  };
}

/** The process and the equation beside each other, one rung after the other. */
function compare(ladder: PairLadder): Comparisons {
  const { rungs, constants, log } = ladder;
  const found = rungs.map((rung) => {
    const own = ofExpansion(ladder, rung);
    return { particles: rung.particles, own, between: ofDifference(ladder, rung, own) };
  });
  const distances = rungs.map((rung) => distancesOf(ladder, rung));
  const checks = rungs.flatMap(({ particles, replicas, equation, predictions }, r) => {
    const { own, between } = found[r];
    const { potentials, pairs } = distances[r];
    const at = `at M = ${particles}`;
    const correlations = nextReplica(equation, 0, particles, predictions.mesoscopic);
    return [
      check(`mean of Z = Θ̄ + m1/M ${at}`, "mean", equation.replicas, own.means),
      check(`M Cov(Z) = C + C1/M, C1 of (3.3), ${at}`, "square", equation.replicas, own.covariances),
      check(`the means of Θ and Z are the same ${at}`, "mean", replicas, between.means),
      check(`M (Cov Θ - Cov Z) = difference of C1 over M ${at}`, "square", replicas, between.covariances),
      check(`replicas of Z are independent ${at}`, "square", equation.replicas, correlations),
      check(`M W1 by the best potential, every cell, ${at}`, "mean", replicas, potentials),
      check(`independent pairs: √M E|Θ-Z| ${at}`, "mean", replicas, pairs),
    ];
  });
  // No constant, no distance to fall: where every exchange is as likely as its reverse.
  if (constants.some((c) => c !== 0)) {
    const shares = distances.map(({ particles, share }) => {
      return { particles, share: share.measured, shareError: share.standardError };
    });
    checks.push(check("W1 falls as M^-1", "mean", rungs[0].replicas, [exponentOf(shares, -1, log)]));
  }
  return {
    checks,
    tables: [distanceTable(ladder, distances), momentTable(found)],
    figures: [distanceFigure(ladder, distances), cellFigure(ladder, distances[0])],
    groups: found.map(({ particles, own }) => ({ name: `M = ${particles}`, of: own.covariances })),
    certificates: rungs.flatMap(({ process, equation }) => [process.certificate, equation.certificate]),
  };
}
