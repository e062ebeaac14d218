/**
 * The distance between the law of an energy under the equation and its law under the process, that of Wasserstein:
 *
 *   W1 = min E|Θ - Z| over all couplings = ∫ |F_Θ - F_Z| dE = max E ψ(Θ) - E ψ(Z) over all ψ with |ψ'| <= 1
 *
 * of two samples, three ways. Sorted samples give the second form, which is never below its floor: the distance of two
 * samples of one law. To leading order F_Θ - F_Z is -δ (x² - 1) Φ'(x)/(6σ³), δ the difference of third cumulants and x = (E - m)/σ
 * (THEORY 7), so that ψ = ±σ (x - 2 min(1, max(-1, x))) is the best potential; with this one the third form is a difference
 * of two means: no floor, an honest error, and W1 to leading order. Pairs taken as they come are a coupling too, a bad one:
 * E|Θ - Z| = √(2/π) √(Var Θ + Var Z) falls as M^{-1/2} alone.
 */
import type { Pair, PairLadder } from "../evidence/pairs.ts";
import type { Comparison } from "../measure/check.ts";
import { meanOf } from "../measure/statistics.ts";

/** √(2/π). */
const MEAN_OF_ABSOLUTE = 0.7978845608028654;

/** The distances at one M. */
export interface Distances {
  readonly particles: number;
  /** Averages over the cells, of M W1 by sorted samples and of its floor. */
  readonly sorted: number;
  readonly floor: number;
  /** √M E|Θ - Z| of independent pairs, cell by cell. */
  readonly pairs: readonly Comparison[];
  /** M (E ψ(Θ) - E ψ(Z)), cell by cell; and the share of the limits that this is. */
  readonly potentials: readonly Comparison[];
  readonly share: Comparison;
}

export function distancesOf(ladder: PairLadder, rung: Pair): Distances {
  const sorted = sortedDistances(ladder, rung);
  return {
    particles: rung.particles,
    sorted: average(sorted.map(({ distance }) => distance)),
    floor: average(sorted.map(({ floor }) => floor)),
    pairs: independentPairs(ladder, rung),
    potentials: potentialDifferences(ladder, rung),
    share: shareOf(ladder, rung),
  };
}

/** lim M W1, averaged over the cells. */
export const averageLimit = ({ constants }: PairLadder) => average(Array.from(constants, Math.abs));

export const average = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

/** Energies of cell i in replicas [from, from + replicas). */
function column(samples: Float64Array, N: number, i: number, from: number, replicas: number): Float64Array {
  return Float64Array.from({ length: replicas }, (_, r) => samples[(from + r) * N + i]);
}

/** M W1 of each cell by sorted samples, and the floor of as many; both biased upwards. */
function sortedDistances({ model }: PairLadder, { particles, replicas, process, equation }: Pair) {
  const N = model.cells;
  const between = (a: Float64Array, b: Float64Array) => {
    a.sort();
    b.sort();
    return (particles * a.reduce((sum, x, r) => sum + Math.abs(x - b[r]), 0)) / replicas;
  };
  return Array.from({ length: N }, (_, i) => {
    const [first, second] = [0, replicas].map((from) => column(equation.samples!, N, i, from, replicas));
    return { distance: between(column(process.samples!, N, i, 0, replicas), first), floor: between(first, second) };
  });
}

/** M (E ψ(Θ) - E ψ(Z)) of each cell against its limit, with the sign of δ. */
function potentialDifferences(ladder: PairLadder, rung: Pair): Comparison[] {
  const N = ladder.model.cells;
  return Array.from(ladder.constants, (predicted, i) => {
    const weights = new Float64Array(N);
    weights[i] = 1;
    return { predicted, ...difference(ladder, rung, weights) };
  });
}

/** The part of the limits that is measured, all cells in one number: Σ c_i D_i / Σ c_i². */
function shareOf(ladder: PairLadder, rung: Pair): Comparison {
  const size = ladder.constants.reduce((sum, c) => sum + c * c, 0);
  const weights = ladder.constants.map((c) => c / size);
  return { predicted: 1, ...difference(ladder, rung, weights) };
}

/** M Σ w_i (E ψ_i(Θ) - E ψ_i(Z)). */
function difference({ model, expansions }: PairLadder, { particles, process, equation }: Pair, weights: Float64Array) {
  const N = model.cells;
  const { limit, bias, covariance } = expansions.process;
  const centre = limit.map((E, i) => E + bias![i] / particles);
  const width = limit.map((_, i) => Math.sqrt(covariance[i * (N + 1)] / particles));
  function* potentials(samples: Float64Array) {
    for (let from = 0; from < samples.length; from += N) {
      let sum = 0;
      for (let i = 0; i < N; i++) {
        if (weights[i] === 0) continue;
        const x = (samples[from + i] - centre[i]) / width[i];
        sum += weights[i] * width[i] * (x - 2 * Math.min(1, Math.max(-1, x)));
      }
      yield particles * sum;
    }
  }
  const [ofProcess, ofEquation] = [meanOf(potentials(process.samples!)), meanOf(potentials(equation.samples!))];
  return {
    measured: ofProcess.mean - ofEquation.mean,
    standardError: Math.sqrt(ofProcess.error ** 2 + ofEquation.error ** 2),
  };
}

/** √M E|Θ - Z| of independent pairs, cell by cell. */
function independentPairs({ model }: PairLadder, rung: Pair): Comparison[] {
  const N = model.cells;
  const { particles, replicas, process, equation, predictions } = rung;
  const root = Math.sqrt(particles);
  return Array.from({ length: N }, (_, i) => {
    const [a, b] = [process, equation].map(({ samples }) => column(samples!, N, i, 0, replicas));
    const { mean, error } = meanOf(a.map((x, r) => root * Math.abs(x - b[r])));
    const at = i * (N + 1);
    const variance = predictions.process.covariance[at] + predictions.mesoscopic.covariance[at];
    return { predicted: MEAN_OF_ABSOLUTE * Math.sqrt(variance), measured: mean, standardError: error };
  });
}
