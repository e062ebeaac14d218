/**
 * The mesoscopic equation's numerical parameters: its step from the weak error that it may leave, and the number of
 * particles that keeps it inside the cone of positive energies.
 *
 * The step. With λ the fastest rate at which a cell can relax, the stepper (assembly/mesoscopic.ts) leaves, as a part of the
 * hottest energy in the means and of √(C_ii C_jj) in the covariances, at most about
 *
 *   means a (hλ)⁴,   covariances b (hλ)⁴ + c hλ/M
 *
 * with the constants below, found by comparison with the theory over laws, baths, starts and sizes
 * (test/ensemble/mesoscopic.test.ts).
 * A standard deviation is about M^{-1/2} of an energy, so the step shrinks as M^{-1/8} when means are to keep pace with it.
 *
 * The cone. An energy is about normal with variance C/M around Θ̄, so that it is below zero with a probability of about
 * e^{-M Θ̄²/(2C)} (THEORY 7). It has as many chances as there are replicas, cells and relaxation times.
 */
import { describe, InvalidInputError } from "../errors.ts";
import type { Kernel } from "../kernel.ts";
import type { Model } from "../model.ts";
import { fluctuations } from "../theory/covariance.ts";
import { beginAtStart, initialEnergies } from "../theory/initial.ts";
import { fastestRate, fluxSlope1, fluxSlope2, rateOf } from "../theory/rates.ts";
import { pairsOf } from "../theory/triangle.ts";
import { energyRange, unitsOf } from "../theory/units.ts";
import type { EquationOptions } from "./options.ts";

/** The standard error of a mean over 10^6 replicas, in standard deviations. */
const TOLERANCE = 1e-3;

const OF_MEANS = 3e-4;
const OF_COVARIANCES = 0.025;
const OF_KICKS = 1;
/** hλ at most: the longest drift is then well within the stability of the method, 2.78. */
const STABLE = 1.5;

/**
 * The options with the step that they ask for, which is left out for other methods.
 * @throws InvalidInputError if negative energies are to be followed where the rate has no value.
 */
export function withStep<O extends EquationOptions>(model: Model, options: O): O {
  if (options.method !== "mesoscopic") return options;
  if (options.outsideCone === "follow" && !rateOf(model).isConstant) {
    const expected = '"error", since the rate has no value at negative energies; only "constant" has';
    throw new InvalidInputError("options", [{ field: "outsideCone", expected, got: describe("follow") }]);
  }
  return { ...options, step: options.step ?? stepFor(model, options.tolerance) };
}

/** h on the model's timescale for this weak error. */
export function stepFor(model: Model, tolerance = TOLERANCE): number {
  const M = model.particles;
  const fourthPower = tolerance * Math.min(1 / (OF_MEANS * Math.sqrt(M)), 1 / OF_COVARIANCES);
  const relative = Math.min(STABLE, Math.sqrt(Math.sqrt(fourthPower)), (tolerance * M) / OF_KICKS);
  return (relative / relaxationRate(model)) * (model.timescale === "slow" ? M : 1);
}

/** λ per unit of fast time: a bound on the eigenvalues of DF by its rows, energies being where they are at time 0. */
function relaxationRate(model: Model): number {
  const { least, most } = energyRange(model, initialEnergies(model));
  const rate = rateOf(model);
  const steepest = (energies: readonly number[]): number => {
    let slope = 0;
    for (let k = 0; k <= (rate.isUniform ? 0 : model.cells); k++) {
      for (const x of energies) {
        for (const y of energies) {
          slope = Math.max(slope, Math.abs(fluxSlope1(rate, k, x, y)), Math.abs(fluxSlope2(rate, k, x, y)));
        }
      }
    }
    return slope;
  };
  // The laws are steepest at the ends of the range, others may be between.
  const ratio = Math.sqrt(Math.sqrt(Math.sqrt(most / least)));
  const between = [least];
  while (between.length < 8) between.push(between[between.length - 1] * ratio);
  const [atEnds, inside] = [steepest([least, most]), steepest(between)];
  return 4 * (inside > 1.001 * atEnds ? inside : atEnds);
}

/** The probability that a run at a safe M leaves the cone, about. */
const RISK = 1e-6;
/** For longer chains, whose C(t) takes long to compute, C/Θ̄²: neighbours are alike there, and it is at most 1.41. */
const MOST_CELLS_FOR_C = 50;
const LONG_CHAIN = 1.5;

/** The M that keeps so many replicas inside the cone up to the last time, rounded up to two digits. */
export function safeParticles(
  kernel: Kernel,
  model: Model,
  { replicas, times }: { readonly replicas: number; readonly times: readonly number[] },
): number {
  const end = times.at(-1)!;
  const hottest = Math.max(...model.temperatures);
  const relaxations = 1 + (fastestRate(model, hottest) * end) / (model.timescale === "slow" ? model.particles : 1);
  const chances = replicas * model.cells * relaxations;
  const particles = 2 * relativeVariance(model, end) * kernel.log(chances / RISK);
  let unit = 1;
  while (unit * 100 < particles) unit *= 10;
  return Math.ceil(particles / unit) * unit;
}

/** A step of the classical method in units of 1/λ, and the relative change in one by which the chain has settled. */
const COARSE = 0.5;
const SETTLED = 1e-6;
/** Steps after which it is as good as settled: chains of 50 cells take 70,000; an f that jumps to 10^100 never gets there. */
const MOST_STEPS = 1e5;

/**
 * The greatest C_kk/Θ̄_k² at this time, to a percent: by Runge and Kutta's classical method, which a page need not load the
 * theory's own for.
 */
function relativeVariance(model: Model, time: number): number {
  const N = model.cells;
  if (N > MOST_CELLS_FOR_C) return LONG_CHAIN;
  const units = unitsOf(model, initialEnergies(model));
  const derive = fluctuations(model, units);
  const size = N + pairsOf(N);
  let state = new Array<number>(size).fill(0);
  beginAtStart(model, units.energy, state);
  const slopes = [0, 1, 2, 3].map(() => new Array<number>(size).fill(0));
  const end = (time * units.rate) / (model.timescale === "slow" ? model.particles : 1);
  const steps = Math.max(1, Math.ceil((end / units.rate) * (relaxationRate(model) / COARSE)));
  const h = end / steps;
  /** C_kk is the first of its row of the upper triangle. */
  const greatest = () => {
    let [most, at] = [0, N];
    for (let k = 0; k < N; at += N - k++) most = Math.max(most, state[at] / (state[k] * state[k]));
    return most;
  };
  // The largest is that of the start, where this is drawn.
  const most = greatest();
  let variance = 0;
  for (let i = 0; i < Math.min(steps, MOST_STEPS); i++) {
    slopes.forEach((slope, stage) => {
      const part = [0, h / 2, h / 2, h][stage];
      derive(stage === 0 ? state : state.map((y, j) => y + part * slopes[stage - 1][j]), slope);
    });
    const [s1, s2, s3, s4] = slopes;
    state = state.map((y, j) => y + (h / 6) * (s1[j] + 2 * (s2[j] + s3[j]) + s4[j]));
    const before = variance;
    variance = greatest();
    if (Math.abs(variance - before) < SETTLED * h * variance) break;
  }
  return Math.max(most, variance);
}
