/**
 * The share of one particle (Lemma 5.2): B ~ Beta(1, M-1), drawn as 1 - u^(1/(M-1)).
 *
 *   density (M-1)(1-x)^(M-2) [B3],   P(B > x) = (1-x)^(M-1),   E[B] = 1/M,   E[B²] = 2/(M(M+1))
 *
 * so a share above M^(ε-1) has probability (1 - M^(ε-1))^(M-1), close to exp(-M^ε). The draws are the engine's own.
 */
import type { Figure, Report, Table } from "../../report/data.ts";
import { check, type Comparison, limitOf, zOf } from "../measure/check.ts";
import { BARS_IN_WORDS, overlay, reportOf } from "../measure/present.ts";
import { type Draws, power, type Shares, THRESHOLDS } from "./shares.ts";

export function betaReport({ count, draws, different }: Shares): Report {
  const all = (of: (one: Draws) => Comparison | readonly Comparison[]) => draws.flatMap(of);
  return reportOf(
    {
      name: "beta",
      title: "The share of one particle (Lemma 5.2)",
      statement:
        "One particle's share of a cell's energy is Beta(1, M-1): it exceeds M^(ε-1) with probability (1 - M^(ε-1))^(M-1) only. Measured: moments, tail, whole distribution and independence of the shares that the engine draws.",
      notes: [],
      tables: [momentTable(draws, count), tailTable(draws)],
      checks: [
        ...draws.map(({ particles, moments }) => check(`E[B], E[B²] at M = ${particles}`, "mean", count, moments)),
        check(
          "P(B > M^(ε-1)) = (1 - M^(ε-1))^(M-1)",
          "square",
          count,
          all(({ tail }) => tail),
        ),
        check(
          "√n sup |F_n - F|",
          "distance",
          count,
          all(({ distance }) => distance),
        ),
        check(
          "a share and the next are independent",
          "mean",
          count,
          all(({ correlation }) => correlation),
        ),
        check("M = 1: a share is the whole energy", "mean", count, [different]),
      ],
      figures: [tailFigure(draws, count)],
      certificates: [],
    },
    {
      title: "The share of one particle: residuals of the tail",
      groups: draws.map(({ particles, tail }) => ({ name: `M = ${particles}`, of: tail })),
      limit: limitOf("square"),
    },
  );
}

function momentTable(draws: readonly Draws[], count: number): Table {
  return {
    title: `Moments of ${count} shares at each M, times M and M²`,
    columns: ["M", "M E[B]", "predicted", "z", "M² E[B²]", "predicted", "z", "√n sup |F_n - F|"],
    rows: draws.map(({ particles: M, moments: [first, second], distance }) => [
      ...[M, M * first.measured, 1, zOf(first)],
      ...[M * M * second.measured, M * M * second.predicted, zOf(second)],
      distance.measured,
    ]),
  };
}

function tailTable(draws: readonly Draws[]): Table {
  const largest = draws.slice(-3);
  return {
    title: "P(B > x/M): measured, and z against (1 - x/M)^(M-1)",
    columns: ["x = M^ε", ...largest.flatMap(({ particles }) => [`M = ${particles}`, "z"]), "exp(-x) at M → ∞"],
    rows: THRESHOLDS.map((threshold) => {
      const shown = largest.map(({ tail }) => tail.find((one) => one.threshold === threshold)!);
      return [threshold, ...shown.flatMap((one) => [one.measured, zOf(one)]), power(1 - threshold / 2 ** 26, 2 ** 26)];
    }),
  };
}

function tailFigure(draws: readonly Draws[], count: number): Figure {
  const shown = draws.filter(({ particles }) => [10, 1000, 100_000].includes(particles));
  return {
    name: "beta-tail",
    title: "The share of one particle: how rare large shares are",
    caption: `Probability that a share exceeds x/M among ${count} draws at each M; ${BARS_IN_WORDS}. Lines: (1 − x/M)^(M−1).`,
    x: { label: "x = M^ε" },
    y: { label: "P(B > x/M)", log: true },
    series: shown.flatMap(({ particles, tail }) => {
      const x = tail.map(({ threshold }) => threshold);
      return overlay(["Lemma 5.2", "draws"], x, tail, `M = ${particles}`);
    }),
  };
}
