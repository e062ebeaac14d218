/**
 * The weak error of a scheme for the mesoscopic equation (3.3), computed rather than sampled, to leading order in 1/M: there the
 * mean is the scheme without its noise, and M times the covariance goes along it by the scheme's tangent P,
 *
 *   C <- P C P^T,   and then C <- C + h H H^T at a kick.
 */
import { theory } from "../dist/src/index.js";
import { initialEnergies } from "../dist/src/theory/initial.js";

/** Runge and Kutta: stage i stands `nodes[i]` of a step along the slope of the stage before; `weights` of the slopes. */
const EULER = { nodes: [0], weights: [1] };
const CLASSICAL = { nodes: [0, 1 / 2, 1 / 2, 1], weights: [1 / 6, 1 / 3, 1 / 3, 1 / 6] };

/** Euler and Maruyama's scheme: mean and M times the covariance at `end`. */
export function eulerMoments(model, end, steps) {
  return follow(model, end / steps, EULER, new Array(steps).fill(1));
}

/** The engine's scheme (assembly/mesoscopic.ts), which takes an even number of steps. */
export function engineMoments(model, end, steps) {
  const toKick = 1 - 1 / Math.sqrt(3);
  const flows = Array.from({ length: steps }, (_, i) => (i % 2 ? 2 / Math.sqrt(3) : 2 * toKick));
  return follow(model, end / steps, CLASSICAL, [toKick, ...flows.slice(1)], toKick);
}

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

/** Flows of these lengths, in units of h, a kick after each; and one flow more without a kick. */
function follow(model, h, scheme, flows, last = 0) {
  let state = { mean: initialEnergies(model), covariance: new Float64Array(model.cells ** 2) };
  for (const length of flows) {
    const { stage, ...moved } = flow(model, scheme, length * h, state);
    state = moved;
    addKick(model, stage, h, state.covariance);
  }
  const { mean, covariance } = last > 0 ? flow(model, scheme, last * h, state) : state;
  return { mean, covariance };
}

/** One step of the drift; `stage` is the last at which the drift was taken, where the noise is taken too. */
function flow(model, scheme, time, { mean, covariance }) {
  const stages = [];
  const moved = take(scheme, time, mean, (_, energies) => {
    stages.push(energies);
    return theory.drift(model, energies);
  });
  const jacobians = stages.map((energies) => theory.jacobian(model, energies));
  const push = (matrix) => take(scheme, time, matrix, (i, stage) => product(jacobians[i], stage, model.cells));
  return {
    mean: moved,
    covariance: push(transposed(push(covariance), model.cells)),
    stage: stages.at(-1),
  };
}

function take({ nodes, weights }, time, start, slopeAt) {
  const end = start.slice();
  let slope = new Float64Array(start.length);
  for (const [i, node] of nodes.entries()) {
    const stage = start.slice();
    for (let at = 0; at < stage.length; at++) stage[at] += node * time * slope[at];
    slope = slopeAt(i, stage);
    for (let at = 0; at < end.length; at++) end[at] += weights[i] * time * slope[at];
  }
  return end;
}

/** J X, J tridiagonal. */
function product(J, X, N) {
  const result = new Float64Array(N * N);
  for (let i = 0; i < N; i++) {
    for (let k = Math.max(0, i - 1); k <= Math.min(N - 1, i + 1); k++) {
      const factor = J[i * N + k];
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
