/** Systems of equations with a full matrix, by elimination with exchange of rows. */

/**
 * Replaces B by the X of A X = B, and A by its factors; A is m×m, B m×K, both row-major.
 * @returns the sign of A's determinant; 0 where A is singular, or not finite.
 */
export function solveFull(A: Float64Array, B: Float64Array, m: number): number {
  const K = B.length / m;
  let sign = 1;
  for (let i = 0; i < m; i++) {
    let pivot = i;
    for (let r = i + 1; r < m; r++) if (Math.abs(A[r * m + i]) > Math.abs(A[pivot * m + i])) pivot = r;
    if (!(Math.abs(A[pivot * m + i]) > 0)) return 0;
    if (pivot !== i) {
      exchange(A, i * m, pivot * m, m);
      exchange(B, i * K, pivot * K, K);
      sign = -sign;
    }
    if (A[i * m + i] < 0) sign = -sign;
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
  return sign;
}

function exchange(values: Float64Array, one: number, other: number, count: number): void {
  for (let c = 0; c < count; c++) {
    const kept = values[one + c];
    values[one + c] = values[other + c];
    values[other + c] = kept;
  }
}
