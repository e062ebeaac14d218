/** Linear equations by elimination with exchange of rows: full matrices, and those with a band about the diagonal. */

/**
 * Replaces B by the X of A X = B, and A by its factors; A is m×m, B m×K, both row-major.
 * @returns false if A is singular.
 */
export function solveFull(A: Float64Array, B: Float64Array, m: number): boolean {
  const K = B.length / m;
  for (let i = 0; i < m; i++) {
    let pivot = i;
    for (let r = i + 1; r < m; r++) if (Math.abs(A[r * m + i]) > Math.abs(A[pivot * m + i])) pivot = r;
    if (!(Math.abs(A[pivot * m + i]) > 0)) return false;
    if (pivot !== i) {
      exchange(A, i * m, pivot * m, m);
      exchange(B, i * K, pivot * K, K);
    }
    const inverse = 1 / A[i * m + i];
    for (let r = i + 1; r < m; r++) {
      const factor = A[r * m + i] * inverse;
      if (factor === 0) continue;
      for (let c = i + 1; c < m; c++) A[r * m + c] -= factor * A[i * m + c];
      for (let c = 0; c < K; c++) B[r * K + c] -= factor * B[i * K + c];
    }
  }
  for (let i = m - 1; i >= 0; i--) {
    for (let c = i + 1; c < m; c++) {
      const factor = A[i * m + c];
      if (factor === 0) continue;
      for (let j = 0; j < K; j++) B[i * K + j] -= factor * B[c * K + j];
    }
    const inverse = 1 / A[i * m + i];
    for (let j = 0; j < K; j++) B[i * K + j] *= inverse;
  }
  return true;
}

function exchange(values: Float64Array, one: number, other: number, count: number): void {
  for (let c = 0; c < count; c++) {
    const kept = values[one + c];
    values[one + c] = values[other + c];
    values[other + c] = kept;
  }
}

/** A matrix of `size` rows with `reach` entries on either side of the diagonal. */
export interface Band {
  readonly size: number;
  readonly reach: number;
  /** Row i holds columns i - reach to i + reach: `size` × (2 reach + 1). */
  readonly entries: Float64Array;
}

/** Zeros. */
export function bandOf(size: number, reach: number): Band {
  return { size, reach, entries: new Float64Array(size * (2 * reach + 1)) };
}

/**
 * Replaces b by the x of A x = b, and destroys A. Rows are kept with their first entry in the column that is eliminated
 * next, so that an exchange of rows, which widens the band to the right, needs no room (Martin and Wilkinson 1967).
 * @returns false if A is singular.
 */
export function solveBand({ size, reach, entries: A }: Band, b: Float64Array): boolean {
  const width = 2 * reach + 1;
  // The first rows begin at column 0.
  for (let i = 0; i < reach && i < size; i++) {
    const start = i * width;
    const empty = reach - i;
    A.copyWithin(start, start + empty, start + width);
    A.fill(0, start + width - empty, start + width);
  }
  for (let i = 0; i < size; i++) {
    const last = Math.min(size - 1, i + reach);
    let pivot = i;
    for (let r = i + 1; r <= last; r++) if (Math.abs(A[r * width]) > Math.abs(A[pivot * width])) pivot = r;
    if (!(Math.abs(A[pivot * width]) > 0)) return false;
    if (pivot !== i) {
      exchange(A, i * width, pivot * width, width);
      exchange(b, i, pivot, 1);
    }
    const top = i * width;
    const inverse = 1 / A[top];
    for (let r = i + 1; r <= last; r++) {
      const start = r * width;
      const factor = A[start] * inverse;
      for (let c = 1; c < width; c++) A[start + c - 1] = A[start + c] - factor * A[top + c];
      A[start + width - 1] = 0;
      b[r] -= factor * b[i];
    }
  }
  for (let i = size - 1; i >= 0; i--) {
    const most = Math.min(width, size - i);
    let sum = b[i];
    for (let c = 1; c < most; c++) sum -= A[i * width + c] * b[i + c];
    b[i] = sum / A[i * width];
  }
  return true;
}
