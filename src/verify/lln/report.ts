/**
 * The law of large numbers (Theorem 1): sup |Θ^M - Θ̄| → 0, checked by its size and by its bias.
 *
 *   M E|Θ^M - Θ̄|² = tr C + (tr C1 + |m1|²)/M + ...,   M (E Θ^M - Θ̄) = m1 + ...                  (THEORY 6)
 *
 * so the RMS distance falls as M^{-1/2} and the bias as M^{-1}. Over n replicas the mean square has the standard error
 * sqrt((2 tr C² + kurtosis)/n)/M.
 */
import type { Check, Report } from "../../report/data.ts";
import { nameOf } from "../../rate/rate.ts";
import { rateOf } from "../../theory/rates.ts";
import { type Ladder, MOST_CELLS_FOR_BIAS } from "../evidence/ladder.ts";
import { check, limitOf } from "../measure/check.ts";
import { fewestParticles, tooFew } from "../measure/prediction.ts";
import { reportOf } from "../measure/present.ts";
import { exponentOf } from "../measure/statistics.ts";
import { type Bias, biasesOf } from "./bias.ts";
import { biasFigure, biasTable, distanceFigure, distanceTable, profileFigure, slopeTable } from "./display.ts";
import { distance, slopeOf } from "./distance.ts";

/** Below this M the bias has terms beyond m1/M that are seen with some thousand replicas (found by simulation). */
const FEWEST_PARTICLES_FOR_BIAS = 1000;

export function llnReport(ladder: Ladder): Report {
  const { model, times, rungs, expansion, log } = ladder;
  const last = times.length - 1;
  const end = times[last];
  const byRung = rungs.map((rung) => times.map((_, t) => distance(ladder, rung, t)));
  const final = byRung.map((distances) => distances[last]);
  const notes: string[] = [...expansion.notes];
  const checks: Check[] = [];

  const when = times.length === 1 ? `t = ${times[0]}` : `${times.length} times`;
  const used = final.filter(({ particles, replicas }, r) => {
    const fewest = fewestParticles(expansion, replicas);
    const isEnough = particles >= fewest;
    if (isEnough) checks.push(check(`M E|Θ-Θ̄|² at M = ${particles}, ${when}`, "square", replicas, byRung[r]));
    else notes.push(tooFew(particles, replicas, fewest));
    return isEnough;
  });
  const slopes = used.length > 1 ? [slopeOf(used, log)] : [];
  if (slopes.length > 0) {
    checks.push(check(`slope of log RMS over log M at t = ${end}`, "square", used[0].replicas, slopes));
  }

  const m1 = expansion.bias?.subarray(last * model.cells);
  const biases = m1 ? measuredBiases(ladder, m1, notes) : [];
  const compared = biases.filter(({ particles }) => particles >= FEWEST_PARTICLES_FOR_BIAS);
  for (const { particles, replicas, cells } of compared) {
    checks.push(check(`M (EΘ-Θ̄) = m1 at M = ${particles}, t = ${end}`, "mean", replicas, cells));
  }
  if (compared.length > 1) {
    const exponent = exponentOf(compared, -1, log);
    checks.push(check(`the bias falls as M^-1 at t = ${end}`, "mean", compared[0].replicas, [exponent]));
  }

  return reportOf(
    {
      name: "lln",
      title: "Law of large numbers (Theorem 1)",
      statement:
        "As M grows the energies follow the limit equation (3.1). Measured: the mean square distance to it, which falls as 1/M, and the bias of the mean, which falls as 1/M too, against the expansion in 1/M.",
      notes,
      tables: [
        distanceTable(final, end, log),
        ...slopes.map(slopeTable),
        ...(biases.length > 0 ? [biasTable(biases, m1!, end)] : []),
      ],
      checks,
      figures: [
        distanceFigure(final, end),
        profileFigure(ladder),
        ...(biases.length > 0 ? [biasFigure(biases, m1!, end)] : []),
      ],
      certificates: rungs.map(({ ensemble }) => ensemble.certificate),
    },
    {
      title: "Law of large numbers: residuals of the mean square distance",
      groups: rungs.map(({ particles }, r) => ({ name: `M = ${particles}`, of: byRung[r] })),
      limit: limitOf("square"),
    },
  );
}

function measuredBiases(ladder: Ladder, m1: Float64Array, notes: string[]): Bias[] {
  const { model } = ladder;
  if (rateOf(model).isConstant) {
    notes.push(`no bias to measure: at rate "${nameOf(model.rate)}" the mean is the limit equation itself at every M`);
    return [];
  }
  if (model.cells <= MOST_CELLS_FOR_BIAS) return biasesOf(ladder, m1);
  notes.push(`the bias is measured for up to ${MOST_CELLS_FOR_BIAS} cells`);
  return [];
}
