/**
 * The distance of √M (Θ^M - Θ̄) from a normal law: its skewness, K3_ii/(C_ii^{3/2} √M) to leading order (THEORY 6), and the
 * M from which on so many replicas could not tell it from a Gaussian.
 */
import type { Ladder, Rung } from "../evidence/ladder.ts";
import type { Comparison } from "../measure/check.ts";
import { predict } from "../measure/prediction.ts";
import { FEWEST_REPLICAS } from "../options.ts";

/** The skewness of every energy on one rung, at the last time. */
export interface Skewness {
  readonly particles: number;
  readonly replicas: number;
  /** One a cell. */
  readonly cells: readonly Comparison[];
  /** The measured share of the prediction, over all cells: 1 where it holds; and its standard error. */
  readonly share: number;
  readonly shareError: number;
  /** The leading order is good enough at this M. */
  readonly checked: boolean;
}

/** The order after the leading one is about this much larger by a factor 1/M (found by simulation). */
const NEXT = 20;

/** One for every rung; none where no third cumulant is predicted. */
export function skewnessOf(ladder: Ladder): Skewness[] {
  if (!ladder.expansion.next || ladder.nodes.length === 0) return [];
  return ladder.rungs.map((rung) => {
    const { particles, replicas } = rung;
    const cells = comparisonsOf(ladder, rung);
    // The next order must stay below two standard errors.
    const shifts = cells.map((one) => (NEXT * Math.abs(one.predicted)) / particles / one.standardError);
    return { particles, replicas, cells, ...shareOf(rung, cells), checked: Math.max(...shifts) <= 2 };
  });
}

/** Third moments about the mean over the predicted deviation cubed, so that only their numerator is random. */
function comparisonsOf(ladder: Ladder, { particles, replicas, ensemble, predictions }: Rung): Comparison[] {
  const N = ladder.model.cells;
  const T = ensemble.times.length;
  const last = ladder.times.length - 1;
  const { covariance, skewness } = predictions[last];
  return Array.from({ length: N }, (_, i) => {
    const at = ladder.at[last] * N + i;
    const mean = ensemble.mean[at];
    let cubes = 0;
    for (let r = 0; r < replicas; r++) cubes += (ensemble.samples![r * T * N + at] - mean) ** 3;
    const third = (cubes * replicas) / (replicas - 1) / (replicas - 2);
    const variance = covariance[i * (N + 1)] / particles;
    const s = skewness[i];
    return {
      predicted: s,
      measured: third / (variance * Math.sqrt(variance)),
      // That of a gamma law of this skewness; sqrt(6/n) of a normal one.
      standardError: Math.sqrt((6 + 22.5 * s * s + 7.5 * s ** 4) / replicas),
    };
  });
}

/** Σ s_i ŝ_i / Σ s_i² over the cells. Third moments of a Gaussian pair are correlated as ρ³, ρ their correlation. */
function shareOf({ predictions }: Rung, cells: readonly Comparison[]) {
  const N = cells.length;
  const { covariance } = predictions.at(-1)!;
  const deviation = cells.map((_, i) => Math.sqrt(covariance[i * (N + 1)]));
  const size = cells.reduce((sum, { predicted }) => sum + predicted ** 2, 0);
  let [sum, variance] = [0, 0];
  cells.forEach((a, i) => {
    sum += a.predicted * a.measured;
    cells.forEach((b, j) => {
      const correlation = covariance[i * N + j] / (deviation[i] * deviation[j]);
      variance += a.predicted * b.predicted * a.standardError * b.standardError * correlation ** 3;
    });
  });
  return { share: sum / size, shareError: Math.sqrt(variance) / size };
}

/** A note where the model's own M is too small for the Gaussian of the theorem: so says the skewness of its last energies. */
export function ownParticles({ model, times, expansion }: Ladder): string[] {
  if (!expansion.next) return [];
  const largest = Math.max(...predict(expansion, model.particles).at(-1)!.skewness.map(Math.abs));
  const needed = neededFor(FEWEST_REPLICAS, largest, model.particles);
  if (model.particles >= needed) return [];
  return [
    `the model's own M = ${model.particles} is too small for the Gaussian: the skewness at t = ${times.at(-1)} is about ${largest.toPrecision(2)}; from M = ${needed} on ${FEWEST_REPLICAS} replicas could not tell`,
  ];
}

/** The M above which n replicas cannot tell a skewness, `skewness` at the given M, from that of a Gaussian, √(24/n). */
export function neededFor(replicas: number, skewness: number, particles: number): number {
  return Math.ceil((replicas * skewness * skewness * particles) / 24);
}
