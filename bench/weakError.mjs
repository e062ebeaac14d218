/**
 * The weak error of a scheme for the mesoscopic equation (3.3), computed rather than sampled, to leading order in 1/M: there
 * the mean is the scheme without its noise, and M times the covariance goes along it by the scheme's tangent.
 */
import { theory } from "../dist/src/index.js";
import { initialEnergies } from "../dist/src/theory/initial.js";
import { linearize } from "../dist/src/theory/linearization.js";
import { dense } from "../dist/src/theory/tridiagonal.js";
import { weakErrors } from "../dist/src/verify/mesoscopic/stepper.js";

/** Euler and Maruyama's scheme: mean and M times the covariance at `end`, C <- (I + h DF) C (I + h DF)^T + h H H^T. */
export function eulerMoments(model, end, steps) {
  const N = model.cells;
  const h = end / steps;
  const mean = initialEnergies(model);
  let covariance = new Float64Array(N * N);
  for (let step = 0; step < steps; step++) {
    const J = theory.jacobian(model, mean);
    covariance = push(J, h, transposed(push(J, h, covariance, N), N), N);
    const noise = dense(linearize(model, mean).noise);
    for (let at = 0; at < N * N; at++) covariance[at] += h * noise[at];
    const F = theory.drift(model, mean);
    for (let i = 0; i < N; i++) mean[i] += h * F[i];
  }
  return { mean, covariance };
}

/** The largest error of all. */
export function weakError(model, moments, exact) {
  const { mean, covariance } = weakErrors(model, moments, exact);
  return Math.max(mean, covariance);
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
