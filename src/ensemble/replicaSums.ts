/**
 * What a steady state keeps of its replicas: sums, so that memory grows with neither replicas nor time, and merging is
 * addition.
 *
 * A replica is one number for each statistic, its average over looks at x = E - E*:
 *
 *   A_i = <x_i>,   P_ij = <x_i x_j>,   y_k = (Q_k - j* span)/unit,   y = Σ_k y_k/(N+1)
 *
 * with Q_k what bond k carried in the window, which is `span` long in fast time. All are differences from the theory's E*
 * and j*, of which finite M leaves terms of order 1/M: so sums of squares lose no digits that matter.
 */
import { OutOfMemoryError } from "../errors.ts";

/** The theory's state, from which a replica's numbers are counted. */
export interface Reference {
  /** E*. */
  readonly energies: Float64Array;
  /** j*, left to right per unit of fast time. */
  readonly flux: number;
  /** Length of the window in fast time. */
  readonly span: number;
  /** An energy of the size of the fluctuations of Q, so that powers of y neither overflow nor vanish. */
  readonly unit: number;
}

/** Sums of powers of y, 1 to 6: the error of a third cumulant needs the sixth. */
export const POWERS = 6;
/** Of a pair i >= j: P_ij, P_ij², P_ij A_i, P_ij A_j, A_i A_j. */
export const PAIR = 5;

/** Where the sums are. They begin with the number of replicas and of events. */
export function sumsLayout(cells: number) {
  const means = 2;
  const pairs = means + cells;
  const bonds = pairs + (PAIR * cells * (cells + 1)) / 2;
  // Of each bond y_k, then of each y_k².
  const powers = bonds + 2 * (cells + 1);
  return { means, pairs, bonds, powers, length: powers + POWERS };
}

/**
 * Makes sure that the sums of so many replicas have room, before they are simulated: one block a level of the tree, and
 * two that merge.
 * @throws OutOfMemoryError
 */
export function checkRoom(cells: number, replicas: number): void {
  const { length } = sumsLayout(cells);
  let blocks = 2;
  for (let size = 1; size < replicas; size *= 2) blocks++;
  try {
    Array.from({ length: blocks }, () => new Float64Array(length));
  } catch {
    throw new OutOfMemoryError(8 * length * blocks, "ask for fewer cells");
  }
}

/** Where the pair i >= j is among the pairs. */
export const pairAt = (i: number, j: number) => PAIR * ((i * (i + 1)) / 2 + j);

/** Adds `right` to `left`, and returns it. */
export function addSums(left: Float64Array<ArrayBuffer>, right: Float64Array): Float64Array<ArrayBuffer> {
  for (let i = 0; i < left.length; i++) left[i] += right[i];
  return left;
}

/**
 * The sums of one replica.
 * @param observed its looks × (E_1..E_N, inflow).
 * @param carried what each bond carried from the first look to the last: N+1.
 */
export function sumsOf(observed: Float64Array, carried: Float64Array, reference: Reference): Float64Array<ArrayBuffer> {
  const { energies } = reference;
  const N = energies.length;
  const { means, pairs, bonds, powers, length } = sumsLayout(N);
  const sums = new Float64Array(length);
  sums[0] = 1;

  const looks = observed.length / (N + 1);
  const x = new Float64Array(N);
  for (let look = 0; look < looks; look++) {
    for (let i = 0, at = pairs; i < N; i++) {
      x[i] = observed[look * (N + 1) + i] - energies[i];
      sums[means + i] += x[i];
      for (let j = 0; j <= i; j++, at += PAIR) sums[at] += x[i] * x[j];
    }
  }
  for (let i = 0, at = pairs; i < N; i++) {
    const A = (sums[means + i] /= looks);
    for (let j = 0; j <= i; j++, at += PAIR) {
      const P = (sums[at] /= looks);
      sums[at + 1] = P * P;
      sums[at + 2] = P * A;
      sums[at + 3] = P * sums[means + j];
      sums[at + 4] = A * sums[means + j];
    }
  }

  const expected = reference.flux * reference.span;
  let total = 0;
  for (let k = 0; k <= N; k++) {
    const y = (carried[k] - expected) / reference.unit;
    sums[bonds + k] = y;
    sums[bonds + N + 1 + k] = y * y;
    total += y;
  }
  const y = total / (N + 1);
  for (let n = 0, power = y; n < POWERS; n++, power *= y) sums[powers + n] = power;
  return sums;
}
