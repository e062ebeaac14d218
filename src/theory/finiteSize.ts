/**
 * What finite M adds to the two limit theorems (THEORY 6), carried along the limit equation:
 *
 *   E[Θ^M] = Θ̄ + m1/M + ..,   Cov(Θ^M) = C/M + C1/M² + ..,   third cumulant of Θ^M = K3/M² + ..
 *
 * The equations stand in cumulants.ts, thirdCumulant.ts and covarianceCorrection.ts.
 * Units: m1 energy, C1 energy², K3 energy³; times on the model's timescale.
 */
import { defineModel, isDrawn, type Model, type ModelInput } from "../model.ts";
import { allocate, checkTimes } from "./arguments.ts";
import { fluctuations } from "./covariance.ts";
import { correctionBalance } from "./covarianceCorrection.ts";
import { balanceMean, cumulantReader, layoutOf } from "./cumulants.ts";
import { followCumulants } from "./follow.ts";
import type { Derivative } from "./integrate.ts";
import { checkExpansion } from "./smoothness.ts";
import { type SubjectOptions, subjectOf } from "./subject.ts";
import { type Drives, thirdBalance, thirdReader, tripleIndex } from "./thirdCumulant.ts";
import { unpackTriangle } from "./triangle.ts";
import type { Units } from "./units.ts";

/** The result of `finiteSize`, one block for each time, row-major. */
export interface FiniteSize {
  /** T×N. */
  readonly m1: Float64Array;
  /** T×N×N, symmetric. */
  readonly C1: Float64Array;
  /** T×N×N×N, symmetric. */
  readonly K3: Float64Array;
}

/**
 * m1, C1 and K3 of Θ^M(t), or of the mesoscopic limit equation (3.3), from the start `model.initial`. They
 * do not depend on M. Accurate to about 1e-11 of the largest entry. The work grows as N³ times the time in units of
 * 1/f: to time 1, ten cells take some 40 ms and fifty a second.
 * @param times nonnegative and strictly increasing, in units of `model.timescale`.
 * @throws InvalidInputError if the times are not in order or the option is none; NotSmoothError if the rate has
 * a kink and neighbours' energies meet on the way, or may meet it elsewhere; NotExpandedError for the process;
 * OutOfMemoryError if there is no room; MesofluxError if energies are so many decades apart that the equations cannot be
 * followed.
 */
export function finiteSize(input: ModelInput, times: ArrayLike<number>, options: SubjectOptions = {}): FiniteSize {
  const model = defineModel(input);
  checkTimes(times);
  const of = subjectOf(options);
  if (of === "process") checkExpansion(model);
  const N = model.cells;
  const K3 = allocate(times.length * N * N * N);
  const C1 = allocate(times.length * N * N);
  const m1 = allocate(times.length * N);
  const { mean, third, correction, end } = layoutOf(N);
  const beginThird = (state: number[]) => {
    for (let k = 0; k < N; k++) state[third + tripleIndex(N, k + 1)] = 2 * state[k] * state[k] * state[k];
  };
  const drives: Drives = { fluctuations: true, exchanges: of === "process" };
  followCumulants(
    model,
    times,
    end,
    equationOf(drives),
    (i, state, { energy }) => {
      for (let k = 0; k < N; k++) m1[i * N + k] = state[mean + k] * energy;
      unpackTriangle(N, state, correction, energy * energy, C1.subarray(i * N * N, (i + 1) * N * N));
      unpackTriples(N, state, third, energy * energy * energy, K3.subarray(i * N * N * N, (i + 1) * N * N * N));
    },
    isDrawn(model.initial) ? beginThird : undefined,
  );
  return { m1, C1, K3 };
}

/** The derivative of the state [Θ̄, C, m1, K3, C1]. */
const equationOf =
  (drives: Drives) =>
  (model: Model, units: Units): Derivative => {
    const N = model.cells;
    const centralLimit = fluctuations(model, units);
    const readCumulants = cumulantReader(model, units);
    const readThird = thirdReader(N);
    const balanceThird = thirdBalance(N, drives);
    const balanceCorrection = correctionBalance(N, drives);
    return (state, derivative) => {
      centralLimit(state, derivative);
      const cumulants = readCumulants(state);
      const K3 = readThird(state);
      balanceMean(cumulants, derivative);
      balanceThird(cumulants, K3, derivative);
      balanceCorrection(cumulants, K3, state, derivative);
    };
  };

/** Writes the symmetric N×N×N tensor whose sorted entries begin at `from` of the state, times `unit`. */
function unpackTriples(N: number, state: readonly number[], from: number, unit: number, tensor: Float64Array): void {
  const at = (a: number, b: number, c: number) => (a * N + b) * N + c;
  let entry = from;
  for (let i = 0; i < N; i++) {
    for (let j = i; j < N; j++) {
      for (let l = j; l < N; l++) {
        const value = state[entry++] * unit;
        tensor[at(i, j, l)] = tensor[at(j, l, i)] = tensor[at(l, i, j)] = value;
        tensor[at(j, i, l)] = tensor[at(i, l, j)] = tensor[at(l, j, i)] = value;
      }
    }
  }
}
