/**
 * Mean and covariance of the energies at any number of particles, exactly, for the rate "constant" alone (THEORY 8.4):
 * with f = λ second moments couple to second moments and nothing else. With A = -(λ/2) tridiag(-1, 2, -1), m the mean
 * and C = M Cov(E):
 *
 *   dm/dt = A m + (λ/2)(T_L e_1 + T_R e_N),   dC/dt = A C + C A + Σ_k λ w_k v_k v_k^T
 *   w_k = (s <E_k²> - <E_k E_{k+1}> + s' <E_{k+1}²>)/3
 *   <E_k²> = m_k² + C_kk/M,   <E_k E_{k+1}> = m_k m_{k+1} + C_{k,k+1}/M
 *
 * where s = M² E[packet²]/E² and a bath does not fluctuate. The mesoscopic equation (3.3) has the same with the limits of s
 * for M to infinity, 2M/(M+1) -> 2 (THEORY 8.4).
 * Units: energy and energy²; times on the model's timescale.
 */
import { describe, InvalidInputError } from "../errors.ts";
import { defineModel, type Model, type ModelInput } from "../model.ts";
import { nameOf } from "../rate/rate.ts";
import { allocate, checkTimes, checkUniform } from "./arguments.ts";
import { forEachBond } from "./bonds.ts";
import { beginAtStart, initialEnergies, linear } from "./initial.ts";
import { type Derivative, integrate, zeroState } from "./integrate.ts";
import { addBond, linearize } from "./linearization.ts";
import { cycleOf } from "./lyapunov.ts";
import { packetMomentsOf } from "./baths.ts";
import { type ScaledMoments, scaledMomentsOf } from "./exchange.ts";
import { flux, rateOf } from "./rates.ts";
import { type SubjectOptions, subjectOf } from "./subject.ts";
import { pairsOf, unpackTriangle } from "./triangle.ts";
import { actOnBothSides, dense, type Tridiagonal, tridiagonal } from "./tridiagonal.ts";
import { timesIn, unitsOf } from "./units.ts";

/** The result of `exactMoments`. */
export interface ExactMoments {
  /** T×N, or N for the stationary state. */
  readonly mean: Float64Array;
  /** The covariance of the energies themselves, not M times it: T×N×N, or N×N for the stationary state. */
  readonly covariance: Float64Array;
}

/**
 * Mean and covariance of the energies at `model.particles`, from the start `model.initial` or in the
 * stationary state. Row-major. Accurate to about 1e-11 at given times and to 1e-13 of the largest entry in the
 * stationary state. The work grows as N² times the time in units of 1/f. The stationary state of 50 cells takes ten
 * milliseconds, or sixty at M = 1; of a thousand, some seconds, or half a minute.
 * @param times nonnegative and strictly increasing, in units of `model.timescale`; or "stationary".
 * @throws InvalidInputError for any rate but a constant of all bonds, if the times are not in order or the option is none;
 * OutOfMemoryError.
 */
export function exactMoments(
  input: ModelInput,
  times: ArrayLike<number> | "stationary",
  options: SubjectOptions = {},
): ExactMoments {
  const model = defineModel(input);
  checkUniform(model);
  if (!rateOf(model).isConstant) {
    const expected = '"constant", the one law whose moments close, or a number';
    throw new InvalidInputError("model", [{ field: "rate", expected, got: describe(nameOf(model.rate)) }]);
  }
  const of = subjectOf(options);
  const particles = of === "process" ? model.particles : Infinity;
  if (of === "mesoscopic" && times === "stationary" && model.particles === 1) {
    // In a long chain its fluctuations would beget more than themselves.
    throw new InvalidInputError("model", [{ field: "particles", expected: "2 or more for the equation", got: "1" }]);
  }
  return times === "stationary" ? inTheLongRun(model, particles) : atTimes(model, particles, times);
}

function atTimes(model: Model, particles: number, times: ArrayLike<number>): ExactMoments {
  checkTimes(times);
  const { cells: N, particles: M } = model;
  const start = initialEnergies(model);
  const units = unitsOf(model, start);
  const least = units.least / units.energy;
  const mean = allocate(times.length * N);
  const covariance = allocate(times.length * N * N);
  const state = zeroState(N + pairsOf(N));
  beginAtStart(model, units.energy, state);
  // In units of energy and of 1/λ the model is one with other temperatures and λ = 1.
  const [T_L, T_R] = model.temperatures;
  const inUnits: Model = {
    ...model,
    temperatures: [T_L / units.energy, T_R / units.energy],
    rate: { law: "constant", scale: 1, cap: null },
  };
  integrate(
    closedEquations(inUnits, scaledMomentsOf(model, particles)),
    state,
    timesIn(units, model, times),
    least * least,
    (i, reached) => {
      for (let k = 0; k < N; k++) mean[i * N + k] = reached[k] * units.energy;
      const C = covariance.subarray(i * N * N, (i + 1) * N * N);
      unpackTriangle(N, reached, N, 1, C);
      for (let at = 0; at < N * N; at++) C[at] = ((C[at] * units.energy) / M) * units.energy;
    },
  );
  return { mean, covariance };
}

/** The derivative of the state [m, upper triangle of C by rows]. */
function closedEquations(model: Model, moments: ScaledMoments): Derivative {
  const N = model.cells;
  const noiseOf = noiseIn(model, moments);
  const rate = rateOf(model);
  const m = new Float64Array(N);
  const { jacobian } = linearize(model, linear(model));
  const C = allocate(N * N);
  const product = allocate(N * N);
  return (state, derivative) => {
    for (let k = 0; k < N; k++) m[k] = state[k];
    unpackTriangle(N, state, N, 1, C);
    derivative.fill(0, 0, N);
    forEachBond(model, m, (k, left, right) => {
      const phi = flux(rate, k, left, right);
      if (k > 0) derivative[k - 1] -= phi;
      if (k < N) derivative[k] += phi;
    });
    const noise = noiseOf(m, C);
    actOnBothSides(jacobian, C, product);
    let to = N;
    for (let i = 0; i < N; i++) {
      for (let j = i; j < N; j++) {
        derivative[to++] = product[i * N + j] + (i === j ? noise.diagonal[i] : j === i + 1 ? noise.above[i] : 0);
      }
    }
  };
}

/**
 * The stationary state. The mean is linear. For the covariance, noise w begets fluctuations C = G w, the solution of
 * Lyapunov's equation, and fluctuations beget noise, w = w_0 + B C. The spectrum of G B is real and lies between 0
 * and 2s/(3M), s that of a cell: it was computed for chains of up to 30 cells, and the upper end is what an endless chain
 * gives back of an even w. So Chebyshev's iteration for C = G (w_0 + B C) (Golub and Varga) takes few steps, 29 at M = 1.
 * In each, G (w_0 + B C) - C is a correction to C, for which one cycle of lyapunov.ts does.
 */
function inTheLongRun(model: Model, particles: number): ExactMoments {
  const { cells: N, particles: M } = model;
  const mean = linear(model);
  const { jacobian } = linearize(model, mean);
  const noiseOf = noiseIn(model, scaledMomentsOf(model, particles));
  const correctionTo = cycleOf(jacobian);

  const most = (2 * packetMomentsOf(model.bath, particles).cell[2]) / (3 * M);
  const step = 2 / (2 - most);
  const width = most / (2 - most);
  const shrinks = width / (1 + Math.sqrt(1 - width * width));
  const residual = allocate(N * N);
  let before: Float64Array = allocate(N * N);
  let C: Float64Array = correctionTo(dense(noiseOf(mean, before))).map((entry) => step * entry);
  let weight = 2;
  for (let error = shrinks; error > Number.EPSILON / 4; error *= shrinks) {
    weight = 1 / (1 - (width * width * weight) / 4);
    const noise = dense(noiseOf(mean, C));
    actOnBothSides(jacobian, C, residual);
    for (let at = 0; at < N * N; at++) residual[at] += noise[at];
    const next = correctionTo(residual);
    for (let at = 0; at < N * N; at++) {
      next[at] = weight * (step * next[at] + C[at] - before[at]) + before[at];
    }
    before = C;
    C = next;
  }
  return { mean, covariance: C.map((entry) => entry / M) };
}

/** Σ_k λ w_k v_k v_k^T as a function of m and C. */
function noiseIn(model: Model, { second }: ScaledMoments): (m: Float64Array, C: Float64Array) => Tridiagonal {
  const { cells: N, particles: M } = model;
  const { f } = rateOf(model);
  return (m, C) => {
    const noise = tridiagonal(N);
    forEachBond(model, m, (k, x, y) => {
      const xx = x * x + (k > 0 ? C[(k - 1) * N + k - 1] / M : 0);
      const xy = x * y + (k > 0 && k < N ? C[(k - 1) * N + k] / M : 0);
      const yy = y * y + (k < N ? C[k * N + k] / M : 0);
      const variance = f(k, x, y) * second(k, xx, xy, yy);
      addBond(noise, k, -variance, variance);
    });
    return noise;
  };
}
