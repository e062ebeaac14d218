/**
 * The law of large numbers (Theorem 1): sup |Θ^M - Θ̄| → 0, checked by its size and by its bias.
 *
 *   M E|Θ^M - Θ̄|² = tr C + (tr C1 + |m1|²)/M + ...,   M (E Θ^M - Θ̄) = m1 + ...                  (THEORY 6)
 *
 * so the RMS distance falls as M^{-1/2} and the bias as M^{-1}. Over n replicas the mean square has the standard error
 * sqrt((2 tr C² + kurtosis)/n)/M.
 */
import type { Check, Report, Table } from "../../report/data.ts";
import { residualFigure } from "../../report/residuals.ts";
import { type Bias, biasesOf } from "./bias.ts";
import { check, limitOf, zOf, type Comparison } from "../measure/check.ts";
import { biasFigure, profileFigure, rmsFigure } from "./figures.ts";
import { type Ladder, MOST_CELLS_FOR_BIAS, type Rung } from "../evidence/ladder.ts";
import { fewestParticles, tooFew } from "../measure/prediction.ts";
import { fitLine } from "../measure/statistics.ts";
import { type Distance, distance, slopeOf } from "./distance.ts";

/** Below this M the bias has terms beyond m1/M that are seen with some thousand replicas (found by simulation). */
const FEWEST_PARTICLES_FOR_BIAS = 1000;

export function llnReport(ladder: Ladder): Report {
  const { model, times, rungs, expansion, log } = ladder;
  const last = times.length - 1;
  const byRung = rungs.map((rung) => times.map((_, t) => distance(ladder, rung, t)));
  const final = byRung.map((distances) => distances[last]);
  const notes: string[] = [...expansion.notes];
  const checks: Check[] = [];

  const when = times.length === 1 ? `t = ${times[0]}` : `${times.length} times`;
  const sound = rungs.map(({ particles, replicas }, i) => {
    const fewest = fewestParticles(expansion, replicas);
    if (particles >= fewest) {
      checks.push(check(`M E|Θ-Θ̄|² at M = ${particles}, ${when}`, "square", replicas, byRung[i]));
    } else notes.push(tooFew(particles, replicas, fewest));
    return particles >= fewest;
  });
  const used = final.filter((_, i) => sound[i]);
  const slopes = used.length > 1 ? [slopeOf(used, log)] : [];
  for (const slope of slopes) {
    checks.push(check(`slope of log RMS over log M at t = ${times[last]}`, "square", used[0].replicas, [slope]));
  }

  const biases = measuredBiases(ladder, notes);
  const m1 = biases && expansion.bias!.subarray(last * model.cells);
  const resolved = (biases ?? []).map((bias, i) => ({ bias, rung: rungs[i] }));
  const compared = resolved.filter(({ rung }) => rung.particles >= FEWEST_PARTICLES_FOR_BIAS);
  for (const { bias, rung } of compared) {
    const name = `M (EΘ-Θ̄) = m1 at M = ${rung.particles}, t = ${times[last]}`;
    checks.push(check(name, "mean", rung.replicas, biasComparisons(bias, m1!)));
  }
  if (compared.length > 1) {
    const exponent = decay(compared, log);
    checks.push(check(`the bias falls as M^-1 at t = ${times[last]}`, "mean", compared[0].rung.replicas, [exponent]));
  }

  return {
    name: "lln",
    title: "Law of large numbers (Theorem 1)",
    statement:
      "As M grows the energies follow the limit equation (3.1). Measured: the mean square distance to it, which falls as 1/M, and the bias of the mean, which falls as 1/M too, against the expansion in 1/M.",
    notes,
    tables: [
      distanceTable(final, times[last], log),
      ...slopes.map(slopeTable),
      ...(biases ? [biasTable(resolved, m1!, times[last])] : []),
    ],
    checks,
    figures: [
      rmsFigure(final, times[last]),
      profileFigure(ladder),
      ...(biases ? [biasFigure(resolved, m1!, times[last])] : []),
      residualFigure({
        name: "lln-residuals",
        title: "Law of large numbers: residuals of the mean square distance",
        groups: rungs.map(({ particles }, i) => ({ name: `M = ${particles}`, z: byRung[i].map(zOf) })),
        limit: limitOf("square"),
      }),
    ],
    certificates: rungs.map(({ ensemble }) => ensemble.certificate),
    passed: checks.every(({ passed }) => passed),
  };
}

function measuredBiases(ladder: Ladder, notes: string[]): Bias[] | undefined {
  const { model, expansion, times } = ladder;
  const m1 = expansion.bias?.subarray((times.length - 1) * model.cells);
  if (!m1) return undefined;
  if (model.rate.law === "constant") {
    notes.push('no bias to measure: at rate "constant" the mean is the limit equation itself at every M');
    return undefined;
  }
  if (model.cells > MOST_CELLS_FOR_BIAS) {
    notes.push(`the bias is measured for up to ${MOST_CELLS_FOR_BIAS} cells`);
    return undefined;
  }
  return biasesOf(ladder, m1);
}

function biasComparisons({ mean, standardError }: Bias, m1: Float64Array): Comparison[] {
  return Array.from(m1, (predicted, i) => ({ predicted, measured: mean[i], standardError: standardError[i] }));
}

/** The exponent p of a bias m1 M^p: where the share of m1 in M · bias changes as M^(p + 1), to first order. */
function decay(resolved: readonly { bias: Bias; rung: Rung }[], log: (x: number) => number): Comparison {
  const { slope, slopeError } = fitLine(
    resolved.map(({ bias, rung }) => ({ x: log(rung.particles), y: bias.share, error: bias.shareError })),
  );
  return { predicted: -1, measured: -1 + slope, standardError: slopeError };
}

function distanceTable(distances: readonly Distance[], time: number, log: (x: number) => number): Table {
  return {
    title: `RMS distance of Θ^M to the limit equation Θ̄ at t = ${time}`,
    columns: ["M", "replicas", "RMS", "predicted", "√(tr C/M)", "std. error", "z", "local slope"],
    rows: distances.map((d, i) => {
      const root = (square: number) => Math.sqrt(square / d.particles);
      const rms = root(d.measured);
      const before = distances[i - 1];
      const slope = before
        ? log(rms / Math.sqrt(before.measured / before.particles)) / log(d.particles / before.particles)
        : "";
      const error = d.standardError / d.particles / (2 * rms);
      return [d.particles, d.replicas, rms, root(d.predicted), root(d.leading), error, zOf(d), slope];
    }),
  };
}

function slopeTable(slope: Comparison): Table {
  return {
    title: "Slope of log RMS over log M, all M",
    columns: ["measured", "predicted", "std. error", "z"],
    rows: [[slope.measured, slope.predicted, slope.standardError, zOf(slope)]],
  };
}

function biasTable(resolved: readonly { bias: Bias; rung: Rung }[], m1: Float64Array, time: number): Table {
  return {
    title: `Bias M (EΘ^M - Θ̄) at t = ${time}, by the exact identity, against m1`,
    columns: ["cell k", "m1", ...resolved.flatMap(({ rung }) => [`M = ${rung.particles}`, "±"])],
    rows: Array.from(m1, (predicted, i) => [
      i + 1,
      predicted,
      ...resolved.flatMap(({ bias }) => [bias.mean[i], bias.standardError[i]]),
    ]),
  };
}
