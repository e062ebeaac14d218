/**
 * One step of Gauss's collocation of order 6 for dz/dt = F(z) (Hairer, Lubich and Wanner, "Geometric Numerical
 * Integration", II.1.3):
 *
 *   Z_i = z_0 + h Σ_j a_ij F(Z_j),   z_1 = z_0 + h Σ_j b_j F(Z_j),   i, j = 1..3
 *
 * It is symplectic: the action of a path that is cut in such steps, ∫ θ dE - H dt by the same weights b, is stationary for
 * exactly this path, and so its derivative by an end is the momentum there, however long the steps are.
 */
import { type Flow, type Motion, motionOf } from "./flow.ts";
import { solveFull } from "./elimination.ts";

/** The stages of a step. */
export const STAGES = 3;
const ROOT = Math.sqrt(15);
/** Their places in a step, from 0 to 1. */
export const PLACES: readonly number[] = [0.5 - ROOT / 10, 0.5, 0.5 + ROOT / 10];
const WEIGHTS = [5 / 18, 4 / 9, 5 / 18];
const COEFFICIENTS = [
  [5 / 36, 2 / 9 - ROOT / 15, 5 / 36 - ROOT / 30],
  [5 / 36 + ROOT / 24, 2 / 9, 5 / 36 - ROOT / 24],
  [5 / 36 + ROOT / 30, 2 / 9 + ROOT / 15, 5 / 36],
];

/** A step near some states, where the equations are linear: the change of z_1 is `map` times that of z_0, plus `offset`. */
export interface LinearStep {
  /** 2n×2n, row-major: a symplectic matrix where the states solve the equations. */
  readonly map: Float64Array;
  /** 2n entries, zero where the states solve the equations. */
  readonly offset: Float64Array;
  /** The change of Z_1..Z_3: 2n columns by that of z_0, and one that is added. 6n×(2n+1), row-major. */
  readonly stages: Float64Array;
  /** The step's part of ∫ θ dE - H dt. */
  action: number;
}

/** A step to be filled. */
export function linearStepOf(n: number): LinearStep {
  const width = 2 * n;
  return {
    map: new Float64Array(width * width),
    offset: new Float64Array(width),
    stages: new Float64Array(STAGES * width * (width + 1)),
    action: 0,
  };
}

/**
 * A function that linearizes the step of length h from the state at entry `node` of `nodes` to the next one, about the
 * stages at entry `stage` of `stages`. It returns false outside the domain of H.
 */
export function linearizer(
  flow: Flow,
): (h: number, nodes: Float64Array, node: number, stages: Float64Array, stage: number, to: LinearStep) => boolean {
  const n = flow.coordinates;
  const width = 2 * n;
  const columns = width + 1;
  const rows = STAGES * width;
  const motions: Motion[] = Array.from({ length: STAGES }, () => motionOf(n));
  const matrix = new Float64Array(rows * rows);
  return (h, nodes, node, stages, stage, to) => {
    to.action = 0;
    for (let j = 0; j < STAGES; j++) {
      const motion = motions[j];
      if (!flow.at(stages, stage + j * width, motion)) return false;
      let lagrangian = -motion.value;
      for (let c = 0; c < n; c++) lagrangian += stages[stage + j * width + n + c] * motion.velocity[c];
      to.action += h * WEIGHTS[j] * lagrangian;
    }
    matrix.fill(0);
    to.stages.fill(0);
    for (let i = 0; i < STAGES; i++) {
      for (let r = 0; r < width; r++) {
        const row = i * width + r;
        let missing = nodes[node + r] - stages[stage + row];
        for (let j = 0; j < STAGES; j++) {
          const factor = h * COEFFICIENTS[i][j];
          missing += factor * motions[j].velocity[r];
          const { slope } = motions[j];
          for (let c = 0; c < width; c++) matrix[row * rows + j * width + c] = -factor * slope[r * width + c];
        }
        matrix[row * rows + row] += 1;
        to.stages[row * columns + r] = 1;
        to.stages[row * columns + width] = missing;
      }
    }
    if (solveFull(matrix, to.stages, rows) === 0) return false;
    to.map.fill(0);
    for (let r = 0; r < width; r++) {
      to.map[r * width + r] = 1;
      let offset = nodes[node + r] - nodes[node + width + r];
      for (let j = 0; j < STAGES; j++) {
        const factor = h * WEIGHTS[j];
        offset += factor * motions[j].velocity[r];
        for (let c = 0; c < width; c++) {
          const along = factor * motions[j].slope[r * width + c];
          if (along === 0) continue;
          const start = (j * width + c) * columns;
          for (let m = 0; m < width; m++) to.map[r * width + m] += along * to.stages[start + m];
          offset += along * to.stages[start + width];
        }
      }
      to.offset[r] = offset;
    }
    return true;
  };
}
