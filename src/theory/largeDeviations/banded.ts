/**
 * Systems of equations whose matrix has entries near its diagonal alone, by elimination with exchange of rows: the
 * Jacobians of saddle points, which have no definite sign.
 */

/** A matrix of n rows; row i holds columns i - width .. i + 2 width, the last `width` of which exchanges of rows fill. */
export interface Banded {
  readonly n: number;
  readonly width: number;
  readonly entries: Float64Array;
}

/** n×n zeros, for entries at most `width` beside the diagonal. */
export function banded(n: number, width: number): Banded {
  return { n, width, entries: new Float64Array(n * (3 * width + 1)) };
}

/** Adds to the entry in row i and column j. */
export function addTo({ width, entries }: Banded, i: number, j: number, value: number): void {
  entries[i * (3 * width + 1) + j - i + width] += value;
}

/** Replaces each of the right sides, of n entries, by its solution; the matrix is used up. Not finite where it is singular. */
export function solveBanded({ n, width, entries }: Banded, ...sides: Float64Array[]): void {
  const row = 3 * width + 1;
  const at = (i: number, j: number) => i * row + j - i + width;
  for (let j = 0; j < n; j++) {
    const last = Math.min(n - 1, j + width);
    const end = Math.min(n - 1, j + 2 * width);
    let pivot = j;
    for (let i = j + 1; i <= last; i++) if (Math.abs(entries[at(i, j)]) > Math.abs(entries[at(pivot, j)])) pivot = i;
    if (pivot > j) {
      for (let c = j; c <= end; c++) exchange(entries, at(j, c), at(pivot, c));
      for (const side of sides) exchange(side, j, pivot);
    }
    for (let i = j + 1; i <= last; i++) {
      const factor = entries[at(i, j)] / entries[at(j, j)];
      if (factor === 0) continue;
      for (let c = j + 1; c <= end; c++) entries[at(i, c)] -= factor * entries[at(j, c)];
      for (const side of sides) side[i] -= factor * side[j];
    }
  }
  for (const side of sides) {
    for (let i = n - 1; i >= 0; i--) {
      let sum = side[i];
      for (let c = i + 1; c <= Math.min(n - 1, i + 2 * width); c++) sum -= entries[at(i, c)] * side[c];
      side[i] = sum / entries[at(i, i)];
    }
  }
}

function exchange(numbers: Float64Array, i: number, j: number): void {
  const kept = numbers[i];
  numbers[i] = numbers[j];
  numbers[j] = kept;
}
