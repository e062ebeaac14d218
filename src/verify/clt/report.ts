/**
 * The central limit theorem (Theorem 3): √M (Θ^M - Θ̄) is Gaussian in the limit, with covariance C(t), (3.2).
 *
 * At finite M its mean is m1/√M, its covariance C + C1/M and its skewness K3_ii/(C_ii^{3/2} √M) (THEORY 6). Over n
 * replicas the standard errors are sqrt(C_ii/n) of a mean, sqrt((C_ii C_jj + C_ij²)/n) of a covariance and sqrt(6/n) of a
 * skewness, widened by the predicted skewness.
 */
import type { Check, Report, Table } from "../../report/data.ts";
import { residualFigure } from "../../report/residuals.ts";
import { check, limitOf, rmsZ, worstZ, zOf, type Comparison } from "../measure/check.ts";
import { covarianceEntries, type Entry, meanEntries } from "../measure/entries.ts";
import { covarianceFigure, incrementFigure, skewnessFigure, varianceFigure } from "./figures.ts";
import { nextReplica } from "../measure/independence.ts";
import { clockComparisons, increments, type Kick } from "../evidence/kick.ts";
import type { Ladder, Rung } from "../evidence/ladder.ts";
import { fewestParticles, tooFew } from "../measure/prediction.ts";
import { decayOf, normalityTable, ownParticles, skewnessOf, unchecked } from "./skewness.ts";

export function cltReport(ladder: Ladder, early: Kick): Report {
  const { model, times, rungs, expansion, log } = ladder;
  const last = times.length - 1;
  const covariancesAt = (t: number, { ensemble, particles, predictions }: Rung) =>
    covarianceEntries(ensemble, ladder.at[t], particles, predictions[t]);
  const meansAt = (t: number, { ensemble, particles, predictions }: Rung) => {
    const limit = expansion.limit.subarray(t * model.cells, (t + 1) * model.cells);
    return meanEntries(ensemble, ladder.at[t], particles, limit, predictions[t]);
  };
  const entries = rungs.map((rung) => times.flatMap((_, t) => covariancesAt(t, rung)));
  const means = rungs.map((rung) => times.flatMap((_, t) => meansAt(t, rung)));
  const notes: string[] = [...expansion.notes, ...ownParticles(ladder)];
  const checks: Check[] = [];
  rungs.forEach(({ particles, replicas }, r) => {
    const fewest = fewestParticles(expansion, replicas);
    if (particles < fewest) notes.push(tooFew(particles, replicas, fewest));
    else {
      checks.push(
        check(`covariance of √M(Θ-Θ̄) at M = ${particles}`, "square", replicas, entries[r]),
        check(`mean of √M(Θ-Θ̄) at M = ${particles}`, "mean", replicas, means[r]),
      );
    }
  });

  const skewnesses = skewnessOf(ladder);
  notes.push(...unchecked(skewnesses));
  for (const { rung, comparisons } of skewnesses.filter(({ checked }) => checked)) {
    const name = `skewness of Θ = K3/(C^(3/2) √M) at M = ${rung.particles}, t = ${times[last]}`;
    checks.push(check(name, "cube", rung.replicas, comparisons));
  }
  for (const exponent of decayOf(skewnesses, log)) {
    checks.push(check(`the skewness falls as M^(-1/2) at t = ${times[last]}`, "cube", rungs[0].replicas, [exponent]));
  }

  for (const rung of rungs) {
    const { ensemble, particles, predictions } = rung;
    const correlations = nextReplica(ensemble, ladder.at[last], particles, predictions[last]);
    if (correlations.length === 0) continue;
    checks.push(check(`replicas are independent at M = ${rung.particles}`, "square", rung.replicas, correlations));
  }

  const clocks = clockComparisons(early);
  checks.push(
    check("every clock rings at its own rate: Var Q_k = V_k² t/M", "square", early.ensemble.replicas, clocks),
  );
  const steps = increments(early);
  checks.push(check("variance of the first increments = (H H^T)_kk", "square", early.ensemble.replicas, steps.own));
  if (steps.neighbours.length > 0) {
    const name = "first increments of neighbours are anticorrelated: (H H^T)_k,k+1 = -V²";
    checks.push(check(name, "square", early.ensemble.replicas, steps.neighbours));
  }

  const finest = rungs.at(-1)!;
  const finalEntries = covariancesAt(last, finest);
  return {
    name: "clt",
    title: "Central limit theorem (Theorem 3)",
    statement:
      "√M (Θ^M - Θ̄) tends to a Gaussian process with the covariance C(t) of (3.2). Measured: its mean, covariance and skewness at growing M against the expansion in 1/M, and the first increments, whose neighbours are anticorrelated because a bond gives to one cell what it takes from the other.",
    notes,
    tables: [
      summaryTable(rungs, entries, means),
      entryTable(finalEntries, finest, times[last]),
      ...(skewnesses.length > 0 ? [normalityTable(skewnesses, times[last])] : []),
      incrementTable(early, steps),
    ],
    checks,
    figures: [
      varianceFigure(
        times.map((time, t) => ({ time, entries: covariancesAt(t, finest) })),
        finest,
      ),
      covarianceFigure(finalEntries, finest, times[last]),
      ...(skewnesses.length > 0 ? [skewnessFigure(skewnesses, times[last])] : []),
      incrementFigure(early, steps),
      residualFigure({
        name: "clt-residuals",
        title: "Central limit theorem: residuals of every covariance",
        groups: rungs.map(({ particles }, r) => ({ name: `M = ${particles}`, z: entries[r].map(zOf) })),
        limit: limitOf("square", entries[0].length),
      }),
    ],
    certificates: [...rungs.map(({ ensemble }) => ensemble.certificate), early.ensemble.certificate],
    passed: checks.every(({ passed }) => passed),
  };
}

function summaryTable(rungs: readonly Rung[], entries: Entry[][], means: Comparison[][]): Table {
  return {
    title: `√M(Θ^M - Θ̄) against its predicted law: ${entries[0].length} covariances and ${means[0].length} means a row`,
    columns: ["M", "replicas", "covariance: rms z", "max |z|", "mean: rms z", "max |z|"],
    rows: rungs.map(({ particles, replicas }, r) => {
      return [particles, replicas, rmsZ(entries[r]), worstZ(entries[r]), rmsZ(means[r]), worstZ(means[r])];
    }),
  };
}

function entryTable(entries: readonly Entry[], { particles }: Rung, time: number): Table {
  const find = (i: number, j: number) => entries.find((entry) => entry.i === i && entry.j === j);
  const show = (entry: Entry | undefined) => (entry ? [entry.measured, entry.predicted, zOf(entry)] : ["", "", ""]);
  return {
    title: `Covariance of √M(Θ^M - Θ̄) at M = ${particles}, t = ${time}`,
    columns: ["cell k", "var(k)", "predicted", "z", "cov(k,k+1)", "predicted", "z"],
    rows: entries.filter(({ i, j }) => i === j).map(({ i }) => [i + 1, ...show(find(i, i)), ...show(find(i + 1, i))]),
  };
}

function incrementTable(early: Kick, { own, neighbours }: ReturnType<typeof increments>): Table {
  const show = (one: Comparison | undefined) => (one ? [one.measured, one.predicted, zOf(one)] : ["", "", ""]);
  return {
    title: `Covariance of the first increments, M Cov/t at M = ${early.model.particles}, t = ${early.time.toPrecision(2)}, against (H H^T)`,
    columns: ["cell k", "var(k)/t", "V_{k-1}² + V_k²", "z", "cov(k,k+1)/t", "-V_k²", "z"],
    rows: own.map((one, i) => [i + 1, ...show(one), ...show(neighbours[i])]),
  };
}
