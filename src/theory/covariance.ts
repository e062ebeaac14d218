/**
 * The covariance of the central limit theorem, carried along the limit equation (THEORY 5):
 *
 *   dΘ̄/dt = F(Θ̄),   dC/dt = DF C + C DF^T + H H^T,   C(0) = 0                                  (3.2)
 *
 * or C(0) = diag(T_k²) where each replica draws its start (initial.ts),
 *
 * with DF and H at Θ̄(t). Both are sparse: DF is tridiagonal, and H H^T has V_{i-1}² + V_i² on the diagonal and -V_i²
 * beside it. C is symmetric, so its upper triangle is all that is integrated: O(N²) work each time.
 * Units: energy², on the model's timescale.
 */
import { defineModel, type Model, type ModelInput } from "../model.ts";
import { allocate, checkTimes } from "./arguments.ts";
import { forEachBond } from "./bonds.ts";
import { bondVarianceOf } from "./diffusion.ts";
import { beginAtStart, initialEnergies } from "./initial.ts";
import { type Derivative, integrate, zeroState } from "./integrate.ts";
import { addBond } from "./linearization.ts";
import { flux, fluxSlope1, fluxSlope2, rateOf } from "./rates.ts";
import { pairsOf, unpackBordered, unpackTriangle } from "./triangle.ts";
import { tridiagonal } from "./tridiagonal.ts";
import { readEnergies, timesIn, type Units, unitsOf } from "./units.ts";

/**
 * C(t), the covariance of the fluctuations Γ̄ = lim √M (Θ^M - Θ̄), equation (3.2), from the start
 * `model.initial`: T×N×N, row-major, one symmetric matrix for each time. At finite M, Cov(Θ^M(t)) = C(t)/M + O(1/M²).
 * Accurate to about 1e-12 of the largest entry; for "sqrt-min" to 1e-11, where neighbours' energies cross. The work
 * grows as N² times the time in units of 1/f.
 * @param times nonnegative and strictly increasing, in units of `model.timescale`.
 * @throws InvalidInputError if the times are not in order; OutOfMemoryError if there is no room.
 */
export function covariance(input: ModelInput, times: ArrayLike<number>): Float64Array {
  const model = defineModel(input);
  checkTimes(times);
  const N = model.cells;
  const start = initialEnergies(model);
  const units = unitsOf(model, start);
  const square = units.energy * units.energy;
  const size = N * N;
  const least = units.least / units.energy;

  const result = allocate(times.length * size);
  const state = zeroState(N + pairsOf(N));
  beginAtStart(model, units.energy, state);
  integrate(fluctuations(model, units), state, timesIn(units, model, times), least * least, (i, reached) => {
    unpackTriangle(N, reached, N, square, result.subarray(i * size, (i + 1) * size));
  });
  return result;
}

/**
 * The derivative of the state [Θ̄, upper triangle of C by rows, ..], in the given units; what follows C is left alone.
 */
export function fluctuations(model: Model, units: Units): Derivative {
  const N = model.cells;
  const rate = rateOf(model);
  const bondVariance = bondVarianceOf(model);
  const perRate = 1 / units.rate;
  const perFlux = perRate / units.energy;
  const perVariance = perFlux / units.energy;
  const energies = new Float64Array(N);
  // DF and H H^T.
  const jacobian = tridiagonal(N);
  const noise = tridiagonal(N);
  const { below, diagonal, above } = jacobian;
  // C with a border of zeros, so that the cells beside the baths need no case of their own.
  const wide = N + 2;
  const C = new Float64Array(wide * wide);

  return (state, derivative) => {
    readEnergies(units, state, energies);
    derivative.fill(0, 0, N);
    for (const { below, diagonal, above } of [jacobian, noise]) {
      below.fill(0);
      diagonal.fill(0);
      above.fill(0);
    }
    forEachBond(model, energies, (k, x, y) => {
      const phi = flux(rate, k, x, y) * perFlux;
      const variance = bondVariance(k, x, y) * perVariance;
      if (k > 0) derivative[k - 1] -= phi;
      if (k < N) derivative[k] += phi;
      addBond(jacobian, k, fluxSlope1(rate, k, x, y) * perRate, fluxSlope2(rate, k, x, y) * perRate);
      addBond(noise, k, -variance, variance);
    });

    unpackBordered(N, state, N, C);
    let to = N;
    for (let i = 0; i < N; i++) {
      for (let j = i; j < N; j++) {
        const at = (i + 1) * wide + j + 1;
        // (DF C)_ij + (DF C)_ji
        derivative[to++] =
          below[i] * C[at - wide] +
          above[i] * C[at + wide] +
          (diagonal[i] + diagonal[j]) * C[at] +
          below[j] * C[at - 1] +
          above[j] * C[at + 1] +
          (i === j ? noise.diagonal[i] : j === i + 1 ? noise.above[i] : 0);
      }
    }
  };
}
