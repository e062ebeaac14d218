/** Tridiagonal matrices by their diagonals: systems of equations and how fast the modes of dx/dt = A x decay. */
import { InvalidInputError } from "../errors.ts";
import { allocate } from "./arguments.ts";

/** Row i holds `below[i]`, `diagonal[i]`, `above[i]` in columns i-1, i, i+1. `below[0]` and `above[N-1]` are unused. */
export interface Tridiagonal {
  readonly below: Float64Array;
  readonly diagonal: Float64Array;
  readonly above: Float64Array;
}

/** N×N zeros. */
export function tridiagonal(N: number): Tridiagonal {
  return { below: new Float64Array(N), diagonal: new Float64Array(N), above: new Float64Array(N) };
}

/** The matrix with all its entries: N×N, row-major. @throws OutOfMemoryError if there is no room. */
export function dense({ below, diagonal, above }: Tridiagonal): Float64Array {
  const N = diagonal.length;
  const entries = allocate(N * N);
  for (let i = 0; i < N; i++) {
    if (i > 0) entries[i * N + i - 1] = below[i];
    entries[i * N + i] = diagonal[i];
    if (i < N - 1) entries[i * N + i + 1] = above[i];
  }
  return entries;
}

/** A X + X A^T for a symmetric X, both N×N and row-major, into `result`: symmetric to the bit. */
export function actOnBothSides({ below, diagonal, above }: Tridiagonal, X: Float64Array, result: Float64Array): void {
  const N = diagonal.length;
  for (let i = 0; i < N; i++) {
    for (let j = i; j < N; j++) {
      const at = i * N + j;
      let sum = (diagonal[i] + diagonal[j]) * X[at];
      if (i > 0) sum += below[i] * X[at - N];
      if (i < N - 1) sum += above[i] * X[at + N];
      if (j > 0) sum += below[j] * X[at - 1];
      if (j < N - 1) sum += above[j] * X[at + 1];
      result[at] = sum;
      result[j * N + i] = sum;
    }
  }
}

/**
 * Replaces B by the X of (p - A) X = B; B is N×K, row-major. Elimination without exchange of rows, which is stable
 * where p - A is an M-matrix, as for the A of a chain, or has a positive definite symmetric part.
 */
export function solveShifted({ below, diagonal, above }: Tridiagonal, p: number, B: Float64Array): void {
  const N = diagonal.length;
  const K = B.length / N;
  const pivots = new Float64Array(N);
  for (let i = 0; i < N; i++) {
    const carried = i > 0 ? -below[i] / pivots[i - 1] : 0;
    pivots[i] = p - diagonal[i] + (i > 0 ? carried * above[i - 1] : 0);
    if (i > 0) for (let j = i * K; j < (i + 1) * K; j++) B[j] -= carried * B[j - K];
  }
  for (let i = N - 1; i >= 0; i--) {
    const inverse = 1 / pivots[i];
    if (i === N - 1) for (let j = i * K; j < (i + 1) * K; j++) B[j] *= inverse;
    else for (let j = i * K; j < (i + 1) * K; j++) B[j] = (B[j] + above[i] * B[j + K]) * inverse;
  }
}

/**
 * [slowest, fastest]: no mode of dx/dt = A x decays more slowly, and none decays or swings faster. Where no two entries
 * opposite each other have a negative product, as in a chain, A is similar to a symmetric matrix, no mode swings, and
 * `slowest` is attained, to rounding of `fastest`. Else it is that of the symmetric part after scaling (Bendixson).
 * @throws InvalidInputError if `slowest` would not be positive.
 */
export function decayRates({ below, diagonal, above }: Tridiagonal): [slowest: number, fastest: number] {
  const N = diagonal.length;
  const squares = new Float64Array(N);
  let least = Infinity;
  let fastest = 0;
  let before = 0;
  for (let i = 0; i < N; i++) {
    if (i > 0) squares[i] = Math.max(0, below[i] * above[i - 1]);
    const after = i < N - 1 ? Math.sqrt(Math.abs(below[i + 1] * above[i])) : 0;
    least = Math.min(least, -diagonal[i]);
    fastest = Math.max(fastest, before - diagonal[i] + after);
    before = after;
  }
  if (isAnyBelow(0, diagonal, squares)) {
    const expected = "modes that all decay, for there to be a stationary state";
    throw new InvalidInputError("fixed point", [{ field: "jacobian", expected, got: "one that may grow" }]);
  }
  // The least eigenvalue is at most the least diagonal entry. Its binary order first, then its digits.
  let from = least;
  while (isAnyBelow(from, diagonal, squares)) from /= 2;
  let to = Math.min(2 * from, least);
  for (;;) {
    const middle = (from + to) / 2;
    if (!(from < middle && middle < to)) return [to, fastest];
    if (isAnyBelow(middle, diagonal, squares)) to = middle;
    else from = middle;
  }
}

/** True if -A, made symmetric, has an eigenvalue at or below x: a pivot of -A - x is not positive (Sturm). */
function isAnyBelow(x: number, diagonal: Float64Array, squares: Float64Array): boolean {
  let pivot = 1;
  for (let i = 0; i < diagonal.length; i++) {
    pivot = -diagonal[i] - x - squares[i] / pivot;
    if (!(pivot > 0)) return true;
  }
  return false;
}
