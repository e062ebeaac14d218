/**
 * The share of one particle (Lemma 5.2): B ~ Beta(1, M-1), drawn as 1 - u^(1/(M-1)).
 *
 *   density (M-1)(1-x)^(M-2) [B3],   P(B > x) = (1-x)^(M-1),   E[B] = 1/M,   E[B²] = 2/(M(M+1))
 *
 * so a share above M^(ε-1) has probability (1 - M^(ε-1))^(M-1), close to exp(-M^ε). The draws are the engine's own.
 */
import type { Check, Report, Table } from "../../report/data.ts";
import { residualFigure } from "../../report/residuals.ts";
import { check, limitOf, zOf } from "../measure/check.ts";
import { drawAll, type Draws, power, THRESHOLDS, wholeShare } from "./draws.ts";
import { tailFigure } from "./figures.ts";
import type { Laboratory } from "../evidence/laboratory.ts";

export function betaReport(laboratory: Laboratory): Report {
  const all = drawAll(laboratory);
  const count = laboratory.options.effort.shares;
  const checks: Check[] = [
    ...all.map(({ particles, moments }) => check(`E[B], E[B²] at M = ${particles}`, "mean", count, moments)),
    check(
      "P(B > M^(ε-1)) = (1 - M^(ε-1))^(M-1)",
      "square",
      count,
      all.flatMap(({ tail }) => tail),
    ),
    check(
      "√n sup |F_n - F|",
      "distance",
      count,
      all.map(({ distance }) => distance),
    ),
    check(
      "a share and the next are independent",
      "mean",
      count,
      all.map(({ correlation }) => correlation),
    ),
    check("M = 1: a share is the whole energy", "mean", count, [wholeShare(laboratory)]),
  ];
  return {
    name: "beta",
    title: "The share of one particle (Lemma 5.2)",
    statement:
      "One particle's share of a cell's energy is Beta(1, M-1): it exceeds M^(ε-1) with probability (1 - M^(ε-1))^(M-1) only. Measured: moments, tail, whole distribution and independence of the shares that the engine draws.",
    notes: [],
    tables: [momentTable(all), tailTable(all)],
    checks,
    figures: [
      tailFigure(all),
      residualFigure({
        name: "beta-residuals",
        title: "The share of one particle: residuals of the tail",
        groups: all.map(({ particles, tail }) => ({ name: `M = ${particles}`, z: tail.map(zOf) })),
        limit: limitOf("square"),
      }),
    ],
    certificates: [],
    passed: checks.every(({ passed }) => passed),
  };
}

function momentTable(all: readonly Draws[]): Table {
  return {
    title: `Moments of ${all[0].count} shares at each M, times M and M²`,
    columns: ["M", "M E[B]", "predicted", "z", "M² E[B²]", "predicted", "z", "√n sup |F_n - F|"],
    rows: all.map(({ particles: M, moments: [first, second], distance }) => [
      M,
      M * first.measured,
      1,
      zOf(first),
      M * M * second.measured,
      M * M * second.predicted,
      zOf(second),
      distance.measured,
    ]),
  };
}

function tailTable(all: readonly Draws[]): Table {
  return {
    title: "P(B > x/M): measured, and z against (1 - x/M)^(M-1)",
    columns: ["x = M^ε", ...all.slice(-3).flatMap(({ particles }) => [`M = ${particles}`, "z"]), "exp(-x) at M → ∞"],
    rows: THRESHOLDS.map((threshold) => {
      const shown = all.slice(-3).map(({ tail }) => tail.find((one) => one.threshold === threshold)!);
      const largest = power(1 - threshold / 2 ** 26, 2 ** 26);
      return [threshold, ...shown.flatMap((one) => [one.measured, zOf(one)]), largest];
    }),
  };
}
