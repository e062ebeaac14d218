/** Lyapunov's equation for tridiagonal matrices, by itself (THEORY 8.2). */
import { expect, test } from "vitest";
import { InvalidInputError } from "../../src/errors.ts";
import { lyapunov } from "../../src/theory/lyapunov.ts";
import { actOnBothSides, decayRates, dense, type Tridiagonal, tridiagonal } from "../../src/theory/tridiagonal.ts";

function matrix(N: number, at: (i: number) => [below: number, diagonal: number, above: number]): Tridiagonal {
  const A = tridiagonal(N);
  for (let i = 0; i < N; i++) {
    const [below, diagonal, above] = at(i);
    if (i > 0) A.below[i] = below;
    A.diagonal[i] = diagonal;
    if (i < N - 1) A.above[i] = above;
  }
  return A;
}

/** The largest entry of J X + X J^T + Q, multiplied out, relative to that of |J||X|. */
function residual(J: Tridiagonal, X: Float64Array, Q: Float64Array): number {
  const N = J.diagonal.length;
  const product = new Float64Array(N * N);
  actOnBothSides(J, X, product);
  const size = Math.max(...J.diagonal.map(Math.abs)) * X.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
  return product.reduce((worst, entry, at) => Math.max(worst, Math.abs(entry + Q[at])), 0) / size;
}

test("both sides: A X + X A^T of matrices written out", () => {
  const N = 5;
  const A = matrix(N, (i) => [1 + i, -3 * i, 2 - i]);
  const X = Float64Array.from({ length: N * N }, (_, at) => 1 / (1 + (at % N) + Math.floor(at / N)));
  const full = dense(A);
  const result = new Float64Array(N * N);
  actOnBothSides(A, X, result);
  for (let i = 0; i < N; i++) {
    for (let j = 0; j < N; j++) {
      let sum = 0;
      for (let k = 0; k < N; k++) sum += full[i * N + k] * X[k * N + j] + X[i * N + k] * full[j * N + k];
      expect(result[i * N + j]).toBeCloseTo(sum, 14);
    }
  }
});

test("a noise made from a known covariance gives that covariance back", () => {
  const N = 40;
  const J = matrix(N, (i) => [1.1 + i / 50, -3 - i / 20, 1.3 - i / 70]);
  const known = Float64Array.from({ length: N * N }, (_, at) => {
    const [i, j] = [Math.floor(at / N), at % N];
    return 1 / (1 + (i - j) ** 2) + (i + j) / N;
  });
  const Q = new Float64Array(N * N);
  actOnBothSides(J, known, Q);
  const X = lyapunov(
    J,
    Q.map((entry) => -entry),
  );
  X.forEach((entry, at) => expect(Math.abs(entry - known[at])).toBeLessThan(1e-13));
});

test("one mode, and modes that know nothing of each other, settle at noise over decay", () => {
  const alone = matrix(4, (i) => [0, -(10 ** (3 * i)), 0]);
  const X = lyapunov(alone, dense(matrix(4, () => [0, 1, 0])));
  for (let i = 0; i < 4; i++) expect(X[5 * i] * 2 * 10 ** (3 * i)).toBeCloseTo(1, 14);
});

test("a chain of resistances forgets at the rates of its sines", () => {
  for (const N of [1, 2, 3, 50, 1000]) {
    const [slowest, fastest] = decayRates(matrix(N, () => [0.5, -1, 0.5]));
    const wanted = 2 * Math.sin(Math.PI / (2 * (N + 1))) ** 2;
    // Rounding of the fastest, over the slowest.
    expect(Math.abs(slowest / wanted - 1)).toBeLessThan(2e-16 * (N + 1) ** 2);
    expect(fastest).toBeGreaterThan(2 - 1.01 * wanted);
    expect(fastest).toBeLessThanOrEqual(2);
  }
});

// Opposite entries of opposite sign: modes swing up to `swing` times as fast as they decay. A chain has none of them.
test.each([0.3, 1, 10, 60])("modes that swing %d times as fast as they decay settle too", (swing) => {
  const J = matrix(30, (i) => [swing / 2 + i / 100, -1 - i / 100, -swing / 2]);
  const Q = dense(matrix(30, () => [0, 1, 0]));
  expect(residual(J, lyapunov(J, Q), Q)).toBeLessThan(1e-14);
});

test("what grows has no stationary state, and is refused at once", () => {
  const Q = (N: number) => dense(matrix(N, () => [0, 1, 0]));
  for (const J of [
    matrix(1, () => [0, 14.2, 0]),
    matrix(1, () => [0, 0, 0]),
    // The sum is conserved.
    matrix(3, (i) => [1, i === 1 ? -2 : -1, 1]),
    matrix(3, () => [1, -1, 1]),
    matrix(3, () => [0, NaN, 0]),
  ]) {
    expect(() => lyapunov(J, Q(J.diagonal.length))).toThrow(InvalidInputError);
  }
});
