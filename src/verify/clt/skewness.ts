/**
 * How far √M (Θ^M - Θ̄) is from normal: its skewness, K3_ii/(C_ii^{3/2} √M) to leading order (THEORY 6), and the M from
 * which on so many replicas could not tell it from a Gaussian.
 */
import type { Table } from "../../report/data.ts";
import { type Comparison, worstZ, zOf } from "../measure/check.ts";
import type { Ladder, Rung } from "../evidence/ladder.ts";
import { predict } from "../measure/prediction.ts";
import { fitLine } from "../measure/statistics.ts";
import { FEWEST_REPLICAS } from "../options.ts";

export interface Skewness {
  readonly rung: Rung;
  /** One a cell. */
  readonly comparisons: readonly Comparison[];
  /** The measured share of the prediction, over all cells: 1 where it holds; and its standard error. */
  readonly share: number;
  readonly shareError: number;
  /** Whether the leading order is good enough at this M. */
  readonly checked: boolean;
}

/** What follows the leading order is about this much larger by a factor 1/M (found by simulation). */
const NEXT = 20;

/** Of every rung at the last time; nothing where no third cumulant is predicted. */
export function skewnessOf(ladder: Ladder): Skewness[] {
  if (!ladder.expansion.next || ladder.nodes.length === 0) return [];
  return ladder.rungs.map((rung) => {
    const comparisons = skewnesses(ladder, rung);
    // Its next order must stay below two standard errors.
    const shift = Math.max(
      ...comparisons.map(
        ({ predicted, standardError }) => (NEXT * Math.abs(predicted)) / rung.particles / standardError,
      ),
    );
    return { rung, comparisons, ...shareOf(rung, comparisons), checked: shift <= 2 };
  });
}

/** The words where a rung's skewness is not checked. */
export function unchecked(all: readonly Skewness[]): string[] {
  return all
    .filter(({ checked }) => !checked)
    .map(
      ({ rung }) =>
        `the skewness at M = ${rung.particles} is not checked: with ${rung.replicas} replicas its next order in 1/M would be seen`,
    );
}

/** Third moments about the mean over the predicted deviation cubed, so that only their numerator is random. */
function skewnesses(ladder: Ladder, { particles, replicas, ensemble, predictions }: Rung): Comparison[] {
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
      // Of a gamma law of this skewness; sqrt(6/n) of a normal one.
      standardError: Math.sqrt((6 + 22.5 * s * s + 7.5 * s ** 4) / replicas),
    };
  });
}

/** Σ s_i ŝ_i / Σ s_i² over the cells. Third moments of a Gaussian pair are correlated as ρ³, ρ their correlation. */
function shareOf({ predictions }: Rung, comparisons: readonly Comparison[]) {
  const N = comparisons.length;
  const { covariance } = predictions.at(-1)!;
  const deviation = comparisons.map((_, i) => Math.sqrt(covariance[i * (N + 1)]));
  const size = comparisons.reduce((sum, { predicted }) => sum + predicted ** 2, 0);
  let [sum, variance] = [0, 0];
  comparisons.forEach((a, i) => {
    sum += a.predicted * a.measured;
    comparisons.forEach((b, j) => {
      const correlation = covariance[i * N + j] / (deviation[i] * deviation[j]);
      variance += a.predicted * b.predicted * a.standardError * b.standardError * correlation ** 3;
    });
  });
  return { share: sum / size, shareError: Math.sqrt(variance) / size };
}

/**
 * The exponent p of a skewness that falls as M^p: the share of the prediction changes as M^(p + 1/2), to first order. None
 * unless two rungs are checked.
 */
export function decayOf(all: readonly Skewness[], log: (x: number) => number): Comparison[] {
  const points = all
    .filter(({ checked }) => checked)
    .map(({ rung, share, shareError }) => ({ x: log(rung.particles), y: share, error: shareError }));
  if (points.length < 2) return [];
  const { slope, slopeError } = fitLine(points);
  return [{ predicted: -0.5, measured: -0.5 + slope, standardError: slopeError }];
}

/** Where the model's own M is too small for the Gaussian of the theorem: so says the skewness of its last energies. */
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
function neededFor(replicas: number, skewness: number, particles: number): number {
  return Math.ceil((replicas * skewness * skewness * particles) / 24);
}

export function normalityTable(all: readonly Skewness[], time: number): Table {
  return {
    title: `How normal √M(Θ^M - Θ̄) is at t = ${time}: the cell of the largest predicted skewness, and the M above which n replicas could not tell it from a Gaussian, n s²M/24`,
    columns: ["M", "replicas n", "skewness", "predicted", "std. error", "z", "max |z|", "M needed", "looks normal"],
    rows: all.map(({ rung, comparisons }) => {
      const worst = comparisons.reduce((a, b) => (Math.abs(b.predicted) > Math.abs(a.predicted) ? b : a));
      const needed = neededFor(rung.replicas, worst.predicted, rung.particles);
      return [
        rung.particles,
        rung.replicas,
        worst.measured,
        worst.predicted,
        worst.standardError,
        zOf(worst),
        worstZ(comparisons),
        needed,
        rung.particles >= needed ? "yes" : "no",
      ];
    }),
  };
}
