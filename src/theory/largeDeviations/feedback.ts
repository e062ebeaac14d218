/**
 * How the momenta of an instanton change where the energies are not quite on it (THEORY 12.5). With
 *
 *   u(E, t') = lim (1/M) log E[ e^{M η E_k(t)} | E(t') = E ]   (or e^{M λ Q}, for Q carried from t' on)
 *
 * which obeys ∂u/∂t' + H(E, ∇u) = 0, momenta are θ = ∇u, and K = ∂²u/∂E². Here η, or λ, is held at its value on the
 * instanton while the energies at t' change: the end's condition is θ(t) = η e_k, so that K(t) = 0. In the way of control
 * u is minus the least cost to go, action less η E_k(t).
 *
 * Along the path K obeys a Riccati equation. Each step's symplectic map [A B; C D], from (δE, δθ) at its start to those at
 * its end, takes K back by δθ' = K' δE' exactly: (D - K' B) K = K' A - C; so do those of the variables of flow.ts.
 */
import { MesofluxError } from "../../errors.ts";
import { defineModel, type ModelInput } from "../../model.ts";
import { log } from "../../rate/elementary.ts";
import { timesIn, unitsOf } from "../units.ts";
import { resampled } from "./boundary.ts";
import { linearizer, linearStepOf, STAGES } from "./collocation.ts";
import { solveFull } from "./elimination.ts";
import { flowOf } from "./flow.ts";
import type { Instanton } from "./instanton.ts";
import { startOf } from "./start.ts";

/** Newton's steps for the stages: from Hermite's cubics on, four are more than enough. */
const STAGE_STEPS = 4;

/**
 * K at the instanton's times: θ(E, t') = θ_inst(t') + K(t') (E - E_inst(t')) to first order. (S+1)×N×N, row-major,
 * symmetric, zero at the end; in 1/energy². It is right to the path's own accuracy.
 * @throws MesofluxError if u has no second derivative: e^{M η E_k} has no expectation from all energies near the path.
 */
export function feedbackOf(input: ModelInput, path: Instanton): Float64Array {
  const model = defineModel(input);
  const N = model.cells;
  const units = unitsOf(model, startOf(model).energies);
  const flow = flowOf(model, units, path.event.bond);
  const n = flow.coordinates;
  const width = 2 * n;
  const S = path.times.length - 1;
  const nodes = new Float64Array((S + 1) * width);
  for (let i = 0; i <= S; i++) {
    for (let k = 0; k < N; k++) {
      const E = path.energies[i * N + k];
      nodes[i * width + k] = log(E / units.energy);
      nodes[i * width + n + k] = E * path.momenta[i * N + k];
    }
    if (n > N) nodes[(i + 1) * width - 1] = path.currentMomentum * units.energy;
  }
  const times = timesIn(units, model, path.times);
  const { stages } = resampled(flow, { times, nodes, stages: new Float64Array(0) }, times);
  const linearize = linearizer(flow);
  const step = linearStepOf(n);
  const result = new Float64Array((S + 1) * N * N);
  const after = new Float64Array(n * n);
  const matrix = new Float64Array(n * n);
  // θ fixed at the end is π in proportion to E there.
  for (let k = 0; k < N; k++) after[k * n + k] = nodes[S * width + n + k];
  for (let i = S - 1; i >= 0; i--) {
    const first = i * STAGES * width;
    for (let count = 0; count < STAGE_STEPS; count++) {
      if (!linearize(times[i + 1] - times[i], nodes, i * width, stages, first, step)) throw unbounded();
      for (let row = 0; row < STAGES * width; row++) stages[first + row] += step.stages[row * (width + 1) + width];
    }
    const before = backwards(step.map, after, matrix, n);
    if (!before) throw unbounded();
    // Symmetric but for rounding.
    for (let j = 0; j < n; j++)
      for (let k = 0; k < n; k++) after[j * n + k] = (before[j * n + k] + before[k * n + j]) / 2;
    // From ∂π/∂y to ∂θ/∂E, θ = π/E.
    for (let j = 0; j < N; j++) {
      for (let k = 0; k < N; k++) {
        const own = j === k ? nodes[i * width + n + k] : 0;
        const product = path.energies[i * N + j] * path.energies[i * N + k];
        result[(i * N + j) * N + k] = (after[j * n + k] - own) / product;
      }
    }
  }
  return result;
}

/** K before a step from K' after it; undefined where there is none. */
function backwards(map: Float64Array, after: Float64Array, matrix: Float64Array, n: number): Float64Array | undefined {
  const before = new Float64Array(n * n);
  for (let r = 0; r < n; r++) {
    for (let c = 0; c < n; c++) {
      let left = map[(n + r) * 2 * n + n + c];
      let right = -map[(n + r) * 2 * n + c];
      for (let m = 0; m < n; m++) {
        left -= after[r * n + m] * map[m * 2 * n + n + c];
        right += after[r * n + m] * map[m * 2 * n + c];
      }
      matrix[r * n + c] = left;
      before[r * n + c] = right;
    }
  }
  // The matrix is near the identity for a short step: where its determinant is not positive, K has passed through infinity.
  return solveFull(matrix, before, n) > 0 ? before : undefined;
}

function unbounded(): MesofluxError {
  return new MesofluxError(
    "there is no feedback along this path: its momentum at the end is too large for the exponential of the observed energy to " +
      "have an expectation from every start near the path; keep to its open momenta, or ask for an event nearer the typical one",
  );
}
