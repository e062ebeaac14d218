/**
 * The mesoscopic limit equation (Proposition 4, Corollary 6.8): dZ = F(Z) dt + M^{-1/2} H(Z) dW, (3.3), has the law of Θ^M
 * up to 1/M. Means and covariances agree to the next order; M W1 of the laws of one energy tends to a known constant, for
 * single exchanges are skew and the noise of the equation is not (THEORY 7). The printed |Θ - Z| <= C/M means a coupling.
 */
import type { Check, Report, Table } from "../../report/data.ts";
import { residualFigure } from "../../report/residuals.ts";
import type { Equation } from "../evidence/equation.ts";
import type { TwinLadder, Twins } from "../evidence/twins.ts";
import { check, limitOf, rmsZ, worstZ, zOf, type Comparison } from "../measure/check.ts";
import { nextReplica } from "../measure/independence.ts";
import { fitLine } from "../measure/statistics.ts";
import { average, averageLimit, type Distances, distancesOf } from "./distance.ts";
import { cellFigure, distanceFigure, orderFigure } from "./figures.ts";
import { type Moments, ofDifference, ofExpansion, ofStepper, ofTheory } from "./moments.ts";

export function mesoscopicReport(equation: Equation, twins: TwinLadder | string): Report {
  const { model, time, fine, long } = equation;
  const { replicas } = fine.ensemble;
  const notes: string[] = [];
  const checks: Check[] = [];
  const tables: Table[] = [];

  const alone = ofTheory(equation);
  const largest = model.particles.toExponential(0).replace("+", "");
  const where = `at M = ${largest}, t = ${time}`;
  checks.push(
    check(`mean of Z = Θ̄ ${where}`, "mean", replicas, alone.means),
    check(`M Cov(Z) = C ${where}`, "square", replicas, alone.covariances),
  );

  const stepped = long.map((each) => ofStepper(equation, each));
  const errors = stepped.map(({ means }) => rmsOf(means, model.particles));
  if (long.length > 0) {
    checks.push(
      check(
        `errors of the means at ${long.length} long steps: those of order h⁴`,
        "mean",
        replicas,
        stepped.flatMap(({ means }) => means),
      ),
      check("covariance at the longest step: that of the stepper", "square", replicas, stepped[0].covariances),
    );
    tables.push(orderTable(equation, errors));
  } else notes.push("the order of the stepper is not measured: the chain or the time is too long to write its map out");

  const compared = typeof twins === "string" ? [] : [comparisonOf(twins)];
  if (typeof twins === "string") notes.push(twins);
  checks.push(...compared.flatMap((each) => each.checks));
  tables.push(...compared.flatMap((each) => each.tables));

  return {
    name: "mesoscopic",
    title: "The mesoscopic limit equation (Proposition 4, Corollary 6.8)",
    statement:
      "dZ = F(Z)dt + M^(-1/2)H(Z)dW has the law of Θ^M up to 1/M. Measured: means and covariances of Z against the theory and against Θ^M, and the Wasserstein distance W1 of the laws of each energy, which is 1/M of a predicted constant. Independent pairs are no nearer than M^(-1/2), so the printed |Θ - Z| <= C/M is a statement about the best coupling. And the stepper's own errors at long steps, which fall as h⁴.",
    notes,
    tables,
    checks,
    figures: [
      ...compared.flatMap((each) => each.figures),
      ...(long.length > 0 ? [orderFigure(equation, errors)] : []),
      residualFigure({
        name: "mesoscopic-residuals",
        title: "The mesoscopic equation: residuals of every covariance",
        groups: [
          { name: `M = ${largest}`, z: alone.covariances.map(zOf) },
          ...compared.flatMap((each) => each.residuals),
        ],
        limit: limitOf("square", alone.covariances.length),
      }),
    ],
    certificates: [
      ...[fine, ...long].map(({ ensemble }) => ensemble.certificate),
      ...compared.flatMap((each) => each.certificates),
    ],
    passed: checks.every(({ passed }) => passed),
  };
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

/** What is found of the process and the equation beside each other, one rung after the other. */
function comparisonOf(twins: TwinLadder) {
  const found = twins.rungs.map((rung) => {
    const own = ofExpansion(twins, rung);
    return { rung, own, between: ofDifference(twins, rung, own), distances: distancesOf(twins, rung) };
  });
  const distances = found.map((each) => each.distances);
  const checks = found.flatMap(({ rung, own, between, distances: { potentials, pairs } }) => {
    const { particles, replicas, equation, predictions } = rung;
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
  if (twins.constants.some((c) => c !== 0)) {
    checks.push(check("W1 falls as M^-1", "mean", twins.rungs[0].replicas, [decayOf(twins, distances)]));
  }
  return {
    checks,
    tables: [distanceTable(twins, distances), momentTable(found)],
    figures: [distanceFigure(twins, distances), cellFigure(twins, distances[0])],
    residuals: found.map(({ rung, own }) => ({ name: `M = ${rung.particles}`, z: own.covariances.map(zOf) })),
    certificates: twins.rungs.flatMap(({ process, equation }) => [process.certificate, equation.certificate]),
  };
}

/** The exponent p of W1 = c M^p: where the share of c in M W1 changes as M^(p + 1), to first order. */
function decayOf({ log }: TwinLadder, distances: readonly Distances[]): Comparison {
  const { slope, slopeError } = fitLine(
    distances.map(({ particles, share }) => ({ x: log(particles), y: share.measured, error: share.standardError })),
  );
  return { predicted: -1, measured: -1 + slope, standardError: slopeError };
}

function orderTable({ time, long }: Equation, errors: readonly Comparison[]): Table {
  return {
    title: `Halving the step: RMS error of the means at t = ${time}`,
    columns: ["step h", "kicks", "measured", "the stepper's own", "std. error", "h times 2: error times"],
    rows: long.map(({ step, kicks }, i) => {
      const { measured, predicted, standardError } = errors[i];
      return [step, kicks, measured, predicted, standardError, i === 0 ? "" : errors[i - 1].predicted / predicted];
    }),
  };
}

function distanceTable(twins: TwinLadder, distances: readonly Distances[]): Table {
  const limit = averageLimit(twins);
  return {
    title: `M W1(Θ_i, Z_i) at t = ${twins.time}, averaged over the cells: ${twins.rungs[0].replicas} samples of either`,
    columns: [
      "M",
      "limit",
      "best potential",
      "std. error",
      "sorted samples",
      "their floor",
      "E|Θ-Z| of pairs: M times",
    ],
    rows: distances.map(({ particles, share, sorted, floor, pairs }) => [
      particles,
      limit,
      limit * share.measured,
      limit * share.standardError,
      sorted,
      floor,
      average(pairs.map(({ measured }) => measured)) * Math.sqrt(particles),
    ]),
  };
}

function momentTable(found: readonly { rung: Twins; own: Moments; between: Moments }[]): Table {
  return {
    title: "Means and covariances of Z: against the expansion of (3.3), and against those of Θ^M",
    columns: ["M", "mean: rms z", "max |z|", "cov: rms z", "max |z|", "Θ-Z, mean: max |z|", "cov: max |z|"],
    rows: found.map(({ rung, own, between }) => [
      rung.particles,
      rmsZ(own.means),
      worstZ(own.means),
      rmsZ(own.covariances),
      worstZ(own.covariances),
      worstZ(between.means),
      worstZ(between.covariances),
    ]),
  };
}
