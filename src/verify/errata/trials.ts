/**
 * Trials of a printed formula against the corrected one: one statistic that is 0 if the corrected formula is right and 1 if
 * the printed one is.
 *
 * For predictions p (right) and p' (printed) of several measurements x it is Σ w (x - p) / Σ w (p' - p), where w = p' - p
 * over a scale: for covariances C_ii C_jj, and then its variance is 2 tr(w C w C)/n over n replicas.
 */
import { inverse, Matrix } from "ml-matrix";
import { contract, multiply } from "../../theory/matrix.ts";
import { clockComparisons, type FirstIncrements } from "../evidence/firstIncrements.ts";
import type { Ladder } from "../evidence/ladder.ts";
import type { Steady } from "../evidence/steady.ts";
import type { Comparison } from "../measure/check.ts";
import { fewestParticles } from "../measure/prediction.ts";
import { RIVALS, rivalCovariance } from "./rivals.ts";

/** A printed formula against the corrected one. */
export interface Trial {
  readonly erratum: string;
  readonly printed: string;
  readonly right: string;
  /** The place of the measurement between them: 0 is right, 1 is printed. */
  readonly share: Comparison;
  readonly samples: number;
}

/** With a standard error above this the printed and the corrected formula are nearly the same, or the sample is small. */
const BLIND = 0.5;

/** Every trial there is evidence for; `notes` says what there is none for. */
export function trialsOf(ladder: Ladder, early: FirstIncrements, own: Steady | string, notes: string[]): Trial[] {
  const trials = [clockTrial(early), ...covarianceTrials(ladder, notes), ...exponentTrials(own, notes)];
  return trials.filter(({ erratum, printed, share }) => {
    const isTold = share.standardError <= BLIND;
    if (!isTold) notes.push(`${erratum}: "${printed}" says nearly the same of this chain as the corrected formula`);
    return isTold;
  });
}

/** z of the hypothesis that the printed formula is right. */
export const zPrinted = ({ measured, standardError }: Comparison) => (measured - 1) / standardError;

/**
 * B1: (2.3) selects clock k where Σ_{j<=k} f_j <= p_1 R < Σ_{j<=k+1} f_j, so that clock k rings at rate f_{k+1}, and clock N
 * never. Measured on all clocks together, by the energy that their bonds transfer.
 */
function clockTrial(early: FirstIncrements): Trial {
  const right = clockComparisons(early);
  const shift = right.map((_, k) => ((early.rates[k + 1] ?? 0) - early.rates[k]) * early.seconds[k]);
  const weight = right.map(({ standardError }, k) => shift[k] / standardError ** 2);
  const whole = shift.reduce((sum, d, k) => sum + weight[k] * d, 0);
  const found = right.reduce((sum, { measured, predicted }, k) => sum + weight[k] * (measured - predicted), 0);
  return {
    erratum: "B1",
    printed: "clock k rings at f_{k+1}, clock N never (2.3)",
    right: "clock k rings at f_k",
    // The bonds are independent.
    share: { predicted: 0, measured: found / whole, standardError: 1 / Math.sqrt(whole) },
    samples: early.ensemble.replicas,
  };
}

/** The rung with the most replicas of those at which the covariance is predicted well enough. */
export function testedRung({ rungs, expansion }: Ladder): number {
  const usable = rungs.map((rung) => rung.particles >= fewestParticles(expansion, rung.replicas));
  const most = Math.max(...rungs.map(({ replicas }, r) => (usable[r] ? replicas : 0)));
  return rungs.findIndex(({ replicas }, r) => usable[r] && replicas === most);
}

/** The covariance of rivals is integrated as a full matrix. */
const MOST_CELLS = 64;

function covarianceTrials(ladder: Ladder, notes: string[]): Trial[] {
  const { model, times, at, rungs, expansion } = ladder;
  const tested = testedRung(ladder);
  if (tested < 0)
    notes.push("B5, B6, B9: at no M of the ladder is the covariance predicted well enough for its number of replicas");
  if (model.cells > MOST_CELLS) notes.push(`B5, B6, B9 are tried on chains of up to ${MOST_CELLS} cells`);
  if (tested < 0 || model.cells > MOST_CELLS) return [];
  const N = model.cells;
  const { particles, replicas, ensemble, predictions } = rungs[tested];
  const last = times.length - 1;
  const { covariance: right } = predictions[last];
  const leading = expansion.covariance.subarray(last * N * N, (last + 1) * N * N);
  const measured = ensemble.covariance.slice(at[last] * N * N, (at[last] + 1) * N * N).map((c) => particles * c);
  const errorOf = (w: Float64Array) =>
    Math.sqrt((2 * contract(multiply(w, right, N), multiply(right, w, N))) / (replicas - 1));
  return RIVALS.map((rival) => {
    const difference = rivalCovariance(model, times[last], rival).map((C, entry) => C - leading[entry]);
    const { erratum, printed, right: corrected } = rival;
    const share = covarianceShare(measured, right, difference, errorOf);
    return { erratum, printed, right: corrected, share, samples: replicas };
  });
}

/** N×N all: the measured and the right covariance, and the printed one less the right one. */
function covarianceShare(
  measured: Float64Array,
  right: Float64Array,
  difference: Float64Array,
  errorOf: (weights: Float64Array) => number,
): Comparison {
  const N = Math.sqrt(right.length);
  const weights = difference.map((d, at) => d / (right[Math.floor(at / N) * (N + 1)] * right[(at % N) * (N + 1)]));
  const whole = contract(weights, difference);
  const excess = measured.map((c, at) => c - right[at]);
  return { predicted: 0, measured: contract(weights, excess) / whole, standardError: errorOf(weights) / whole };
}

/** B13: the density exp(-(E - E*)^T S (E - E*)/(2M)) has the covariance M S^-1; with M in its place, S^-1/M. */
function exponentTrials(own: Steady | string, notes: string[]): Trial[] {
  if (typeof own === "string") {
    notes.push(`B13: ${own}`);
    return [];
  }
  const { model, covariance, scaled, measured, errorOf } = own;
  const N = model.cells;
  const M = model.particles;
  const inverted = Float64Array.from(inverse(Matrix.from1DArray(N, N, covariance)).to1DArray());
  const trial = (printed: string, printedCovariance: string, factor: number): Trial => {
    const difference = inverted.map((entry, at) => factor * entry - covariance[at]);
    return {
      ...{ erratum: "B13", printed, right: `the steady covariance is S/M, not ${printedCovariance}` },
      share: covarianceShare(scaled, covariance, difference, errorOf),
      samples: measured.replicas,
    };
  };
  return [
    trial("exp(-(E-E*)^T S (E-E*)/(2M)), section 7", "M S^-1", M * M),
    trial("the same with M in its place: exp(-(M/2)(E-E*)^T S (E-E*))", "S^-1/M", 1),
  ];
}
