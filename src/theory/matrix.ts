/** Products of square matrices, N×N row-major. */

export function multiply(a: Float64Array, b: Float64Array, N: number): Float64Array {
  const result = new Float64Array(N * N);
  for (let i = 0; i < N; i++) {
    for (let k = 0; k < N; k++) {
      const factor = a[i * N + k];
      for (let j = 0; j < N; j++) result[i * N + j] += factor * b[k * N + j];
    }
  }
  return result;
}

/** tr(a b^T): the sum of the products of their entries. */
export function contract(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, entry, at) => sum + entry * b[at], 0);
}
