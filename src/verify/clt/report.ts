/**
 * The central limit theorem (Theorem 3): √M (Θ^M - Θ̄) is Gaussian in the limit, with covariance C(t), (3.2).
 *
 * At finite M its mean is m1/√M, its covariance C + C1/M and its skewness K3_ii/(C_ii^{3/2} √M) (THEORY 6). Over n
 * replicas the standard errors are sqrt(C_ii/n) of a mean, sqrt((C_ii C_jj + C_ij²)/n) of a covariance and sqrt(6/n) of a
 * skewness, widened by the predicted skewness.
 */
import type { Check, Report } from "../../report/data.ts";
import { clockComparisons, type FirstIncrements, incrementComparisons } from "../evidence/firstIncrements.ts";
import type { Ladder, Rung } from "../evidence/ladder.ts";
import { check, limitOf } from "../measure/check.ts";
import { covarianceEntries, meanEntries, nextReplica } from "../measure/moments.ts";
import { fewestParticles, tooFew } from "../measure/prediction.ts";
import { reportOf } from "../measure/present.ts";
import { exponentOf } from "../measure/statistics.ts";
import {
  covarianceFigure,
  entryTable,
  type Found,
  incrementFigure,
  incrementTable,
  normalityTable,
  skewnessFigure,
  summaryTable,
  varianceFigure,
} from "./display.ts";
import { ownParticles, skewnessOf } from "./skewness.ts";

export function cltReport(ladder: Ladder, early: FirstIncrements): Report {
  const { times, rungs, expansion, log } = ladder;
  const last = times.length - 1;
  const end = times[last];
  const byTime = rungs.map((rung) => times.map((_, t) => momentsAt(ladder, rung, t)));
  const found = byTime.map((all) => ({
    ...all[0],
    covariances: all.flatMap(({ covariances }) => covariances),
    means: all.flatMap(({ means }) => means),
  }));
  const notes: string[] = [...expansion.notes, ...ownParticles(ladder)];
  const checks: Check[] = [];
  for (const { particles, replicas, covariances, means } of found) {
    const fewest = fewestParticles(expansion, replicas);
    if (particles < fewest) notes.push(tooFew(particles, replicas, fewest));
    else {
      checks.push(
        check(`covariance of √M(Θ-Θ̄) at M = ${particles}`, "square", replicas, covariances),
        check(`mean of √M(Θ-Θ̄) at M = ${particles}`, "mean", replicas, means),
      );
    }
  }

  const skewness = skewnessOf(ladder);
  for (const { particles, replicas, cells, checked } of skewness) {
    if (checked)
      checks.push(check(`skewness of Θ = K3/(C^(3/2) √M) at M = ${particles}, t = ${end}`, "cube", replicas, cells));
    else
      notes.push(
        `the skewness at M = ${particles} is not checked: with ${replicas} replicas its next order in 1/M would be seen`,
      );
  }
  const tested = skewness.filter(({ checked }) => checked);
  if (tested.length > 1) {
    const exponent = exponentOf(tested, -0.5, log);
    checks.push(check(`the skewness falls as M^(-1/2) at t = ${end}`, "cube", rungs[0].replicas, [exponent]));
  }

  for (const { particles, replicas, ensemble, predictions } of rungs) {
    const correlations = nextReplica(ensemble, ladder.at[last], particles, predictions[last]);
    if (correlations.length === 0) continue;
    checks.push(check(`replicas are independent at M = ${particles}`, "square", replicas, correlations));
  }

  const increments = incrementComparisons(early);
  const { replicas } = early.ensemble;
  checks.push(
    check("every clock rings at its own rate: Var Q_k = V_k² t/M", "square", replicas, clockComparisons(early)),
    check("variance of the first increments = (H H^T)_kk", "square", replicas, increments.own),
  );
  if (increments.neighbours.length > 0) {
    const name = "first increments of neighbours are anticorrelated: (H H^T)_k,k+1 = -V²";
    checks.push(check(name, "square", replicas, increments.neighbours));
  }

  const finest = byTime.at(-1)!;
  return reportOf(
    {
      name: "clt",
      title: "Central limit theorem (Theorem 3)",
      statement:
        "√M (Θ^M - Θ̄) tends to a Gaussian process with the covariance C(t) of (3.2). Measured: its mean, covariance and skewness at growing M against the expansion in 1/M, and the first increments, whose neighbours are anticorrelated because a bond gives to one cell what it takes from the other.",
      notes,
      tables: [
        summaryTable(found),
        entryTable(finest[last], end),
        ...(skewness.length > 0 ? [normalityTable(skewness, end)] : []),
        incrementTable(early, increments),
      ],
      checks,
      figures: [
        varianceFigure(finest, times),
        covarianceFigure(finest[last], end),
        ...(skewness.length > 0 ? [skewnessFigure(skewness, end)] : []),
        incrementFigure(early, increments),
      ],
      certificates: [...rungs.map(({ ensemble }) => ensemble.certificate), early.ensemble.certificate],
    },
    {
      title: "Central limit theorem: residuals of every covariance",
      groups: found.map(({ particles, covariances }) => ({ name: `M = ${particles}`, of: covariances })),
      limit: limitOf("square", found[0].covariances.length),
    },
  );
}

/** The moments of one rung at the t-th time. */
function momentsAt({ model, at, expansion }: Ladder, rung: Rung, t: number): Found {
  const { ensemble, particles, replicas, predictions } = rung;
  const limit = expansion.limit.subarray(t * model.cells, (t + 1) * model.cells);
  return {
    particles,
    replicas,
    covariances: covarianceEntries(ensemble, at[t], particles, predictions[t]),
    means: meanEntries(ensemble, at[t], particles, limit, predictions[t]),
  };
}
