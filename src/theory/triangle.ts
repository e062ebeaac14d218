/** A symmetric matrix in a state: its upper triangle, row by row. */
import { aboveUnderflow } from "./units.ts";

/** The number of entries in a triangle of N rows. */
export const pairsOf = (N: number) => (N * (N + 1)) / 2;

/** Writes `unit` times the matrix whose triangle begins at entry `from` of the state: N×N, row-major. */
export function unpackTriangle(
  N: number,
  state: readonly number[],
  from: number,
  unit: number,
  matrix: Float64Array,
): void {
  let entry = from;
  for (let i = 0; i < N; i++) {
    for (let j = i; j < N; j++) matrix[i * N + j] = matrix[j * N + i] = state[entry++] * unit;
  }
}

/** The same between borders that are left as they are: entry (i, j), 1 to N, at i (N + 2) + j. */
export function unpackBordered(N: number, state: readonly number[], from: number, matrix: Float64Array): void {
  const wide = N + 2;
  let entry = from;
  for (let i = 1; i <= N; i++) {
    for (let j = i; j <= N; j++) {
      matrix[i * wide + j] = matrix[j * wide + i] = aboveUnderflow(state[entry++]);
    }
  }
}
