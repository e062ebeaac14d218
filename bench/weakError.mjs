/**
 * The weak error of a scheme for the mesoscopic equation (3.3), computed rather than sampled, to leading order in 1/M: there
 * the mean is the scheme without its noise, and M times the covariance goes along it by the scheme's tangent.
 */
import { theory } from "../dist/src/index.js";
import { initialEnergies } from "../dist/src/theory/initial.js";
import { carry } from "../dist/src/verify/mesoscopic/stepper.js";

/** Euler and Maruyama's scheme: mean and M times the covariance at `end`, C <- (I + h DF) C (I + h DF)^T + h H H^T. */
export function eulerMoments(model, end, steps) {
  const N = model.cells;
  const h = end / steps;
  const mean = initialEnergies(model);
  let covariance = new Float64Array(N * N);
  for (let step = 0; step < steps; step++) {
    const J = theory.jacobian(model, mean);
    covariance = push(J, h, transposed(push(J, h, covariance, N), N), N);
    addKick(model, mean, h, covariance);
    const F = theory.drift(model, mean);
    for (let i = 0; i < N; i++) mean[i] += h * F[i];
  }
  return { mean, covariance };
}

/** The engine's scheme (assembly/mesoscopic.ts), which takes an even number of steps. */
export const engineMoments = carry;

/** Mean and covariance that the theory has. */
export function exactMoments(model, end) {
  return { mean: theory.limit(model, [end]), covariance: theory.covariance(model, [end]) };
}

/** The largest error, of the means as a part of the hottest energy and of the covariances of √(C_ii C_jj). */
export function weakError(model, moments, exact) {
  const N = model.cells;
  const hottest = Math.max(...initialEnergies(model), ...model.temperatures);
  let worst = 0;
  for (let i = 0; i < N; i++) {
    worst = Math.max(worst, Math.abs(moments.mean[i] - exact.mean[i]) / hottest);
    for (let j = 0; j <= i; j++) {
      const scale = Math.sqrt(exact.covariance[i * N + i] * exact.covariance[j * N + j]);
      worst = Math.max(worst, Math.abs(moments.covariance[i * N + j] - exact.covariance[i * N + j]) / scale);
    }
  }
  return worst;
}

/** X + h J X, J tridiagonal. */
function push(J, h, X, N) {
  const result = X.slice();
  for (let i = 0; i < N; i++) {
    for (let k = Math.max(0, i - 1); k <= Math.min(N - 1, i + 1); k++) {
      const factor = h * J[i * N + k];
      for (let j = 0; j < N; j++) result[i * N + j] += factor * X[k * N + j];
    }
  }
  return result;
}

function transposed(X, N) {
  const result = new Float64Array(N * N);
  for (let i = 0; i < N; i++) {
    for (let j = 0; j < N; j++) result[j * N + i] = X[i * N + j];
  }
  return result;
}

/** C += h H H^T, tridiagonal. */
function addKick(model, energies, h, C) {
  const N = model.cells;
  const H = theory.diffusion(model, energies);
  for (let i = 0; i < N; i++) {
    for (let j = Math.max(0, i - 1); j <= Math.min(N - 1, i + 1); j++) {
      // The bonds that both have: each has the one before it and the one after.
      for (let k = Math.max(i, j); k <= Math.min(i, j) + 1; k++) {
        C[i * N + j] += h * H[i * (N + 1) + k] * H[j * (N + 1) + k];
      }
    }
  }
}
