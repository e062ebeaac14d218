/**
 * The stationary covariance of dx = J x dt + dW where dW has covariance Q dt, J tridiagonal and stable (THEORY 8.2):
 *
 *   J X + X J^T + Q = 0                                                          (Lyapunov's equation)
 *
 * by alternating directions (Peaceman and Rachford; Wachspress, "The ADI Model Problem"). With M = p - J, one step of
 * shift p > 0 takes the residual R of an approximation X, and X, to
 *
 *   X + 2p M^-1 R M^-T,   R - 2p (M^-1 R + R M^-T) + 4p² M^-1 R M^-T = C R C^T,   C = 1 - 2p M^-1 = -(p + J)(p - J)^-1
 *
 * so that a mode of decay rate s shrinks by (p - s)/(p + s) on either side. M is tridiagonal, so a step is O(N²) work,
 * and the number of steps grows as the logarithm of fastest/slowest: eigenvectors would take O(N³). A cycle of steps
 * with shifts all over the spectrum starts from the residual as it is, until another cycle would change nothing.
 */
import { InvalidInputError } from "../errors.ts";
import { allocate } from "./arguments.ts";
import { actOnBothSides, decayRates, solveShifted, type Tridiagonal } from "./tridiagonal.ts";

/** The part of the error that one cycle leaves, at most, where modes do not swing. */
const CYCLE = 1e-8;
/** The change, relative to √(X_ii X_jj), that a further cycle may make at most. */
const NEGLIGIBLE = 1e-15;
/** Two cycles are enough where modes do not swing; where they swing ten times as fast as they decay, thirty. */
const MOST_CYCLES = 1000;

/**
 * X: N×N, row-major, exactly symmetric. Its residual is a few roundings of |J||X| in each entry.
 * @param Q symmetric, N×N, row-major.
 * @throws InvalidInputError if J is not seen to be stable; OutOfMemoryError if there is no room.
 */
export function lyapunov(J: Tridiagonal, Q: Float64Array): Float64Array {
  const N = J.diagonal.length;
  const correction = cycleOf(J);
  const X = allocate(N * N);
  const residual = Q.slice();
  let before = 1;
  for (let cycle = 0; cycle < MOST_CYCLES; cycle++) {
    const step = correction(residual);
    for (let at = 0; at < N * N; at++) X[at] += step[at];
    const change = relativeTo(X, step, N);
    // If the next change is to this one as this one to the last, there is no need for it.
    if (change * change <= NEGLIGIBLE * before) return X;
    before = change;
    actOnBothSides(J, X, residual);
    for (let at = 0; at < N * N; at++) residual[at] += Q[at];
  }
  const expected = "modes that decay faster than they swing";
  throw new InvalidInputError("fixed point", [{ field: "jacobian", expected, got: "modes that do not settle" }]);
}

/**
 * One cycle: from a symmetric R, which it destroys, an exactly symmetric D with J D + D J^T + R = 0 to within 1e-8 of D
 * where modes do not swing.
 * @throws InvalidInputError if J is not seen to be stable; OutOfMemoryError if there is no room.
 */
export function cycleOf(J: Tridiagonal): (R: Float64Array) => Float64Array {
  const N = J.diagonal.length;
  const shifts = shiftsFor(...decayRates(J));
  const left = allocate(N * N);
  const both = allocate(N * N);
  return (R) => {
    const D = allocate(N * N);
    for (const p of shifts) {
      left.set(R);
      solveShifted(J, p, left);
      transpose(left, both, N);
      for (let at = 0; at < N * N; at++) R[at] -= 2 * p * (left[at] + both[at]);
      solveShifted(J, p, both);
      for (let at = 0; at < N * N; at++) {
        const step = 2 * p * both[at];
        D[at] += step;
        R[at] += 2 * p * step;
      }
    }
    for (let i = 0; i < N; i++) {
      for (let j = 0; j < i; j++) D[i * N + j] = D[j * N + i] = (D[i * N + j] + D[j * N + i]) / 2;
    }
    return D;
  };
}

/**
 * The shifts for decay rates from a to b that shrink the slowest to vanish the most, 2^m of them (Wachspress): under
 * p -> (p + ab/p)/2 the problem for 2^m shifts on [a, b] becomes that for half as many on [√(ab), (a + b)/2].
 */
function shiftsFor(a: number, b: number): number[] {
  const root = (Math.sqrt(b) - Math.sqrt(a)) / (Math.sqrt(b) + Math.sqrt(a));
  // With one shift, √(ab), either side shrinks by `root` or more.
  if (root * root <= CYCLE) return [Math.sqrt(a) * Math.sqrt(b)];
  return shiftsFor(Math.sqrt(a) * Math.sqrt(b), (a + b) / 2).flatMap((half) => {
    const larger = half + Math.sqrt(half - Math.sqrt(a) * Math.sqrt(b)) * Math.sqrt(half + Math.sqrt(a) * Math.sqrt(b));
    return [larger, (a * b) / larger];
  });
}

/** The greatest |D_ij|/√(X_ii X_jj). */
function relativeTo(X: Float64Array, D: Float64Array, N: number): number {
  const scale = Float64Array.from({ length: N }, (_, i) => Math.sqrt(X[i * N + i]));
  let greatest = 0;
  for (let i = 0; i < N; i++) {
    for (let j = i; j < N; j++) {
      const size = Math.abs(D[i * N + j]);
      if (size > 0) greatest = Math.max(greatest, size / (scale[i] * scale[j]));
    }
  }
  return greatest;
}

/** `to` becomes the transpose of `from`, by blocks that stay in the cache. */
function transpose(from: Float64Array, to: Float64Array, N: number): void {
  const BLOCK = 32;
  for (let top = 0; top < N; top += BLOCK) {
    for (let left = 0; left < N; left += BLOCK) {
      const [bottom, right] = [Math.min(top + BLOCK, N), Math.min(left + BLOCK, N)];
      for (let i = top; i < bottom; i++) for (let j = left; j < right; j++) to[j * N + i] = from[i * N + j];
    }
  }
}
