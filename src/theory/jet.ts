/**
 * Arithmetic of functions of two variables known to third order, for derivatives without rounding by differences: the
 * Taylor polynomial of degree 3 at a point, where sums, products, quotients and square roots of functions become those
 * of their polynomials, cut off after degree 3. Coefficients, x and y being the distances from the point:
 *
 *   [1, x, y, x², xy, y², x³, x²y, xy², y³]   so that   g_1 = [1], g_11 = 2 [3], g_12 = [4], g_112 = 2 [7], g_111 = 6 [6]
 *
 * A quotient and a root solve for their coefficients one degree after the other (Griewank and Walther, "Evaluating
 * Derivatives", chapter 13), which forms no power that could overflow.
 */

/** Ten Taylor coefficients. */
export type Jet = readonly number[];

/** The function that is `value` everywhere. */
export const constant = (value: number): Jet => [value, 0, 0, 0, 0, 0, 0, 0, 0, 0];

/** The first variable, at the given point. */
export const first = (at: number): Jet => [at, 1, 0, 0, 0, 0, 0, 0, 0, 0];

/** The second variable, at the given point. */
export const second = (at: number): Jet => [at, 0, 1, 0, 0, 0, 0, 0, 0, 0];

export function add(a: Jet, b: Jet): Jet {
  return combine(1, a, 1, b);
}

/** c·a. */
export function times(c: number, a: Jet): Jet {
  return [c * a[0], c * a[1], c * a[2], c * a[3], c * a[4], c * a[5], c * a[6], c * a[7], c * a[8], c * a[9]];
}

/** p·a + q·b. */
export function combine(p: number, a: Jet, q: number, b: Jet): Jet {
  return [
    p * a[0] + q * b[0],
    p * a[1] + q * b[1],
    p * a[2] + q * b[2],
    p * a[3] + q * b[3],
    p * a[4] + q * b[4],
    p * a[5] + q * b[5],
    p * a[6] + q * b[6],
    p * a[7] + q * b[7],
    p * a[8] + q * b[8],
    p * a[9] + q * b[9],
  ];
}

export function multiply(a: Jet, b: Jet): Jet {
  const [a0, a1, a2, a3, a4, a5, a6, a7, a8, a9] = a;
  const [b0, b1, b2, b3, b4, b5, b6, b7, b8, b9] = b;
  return [
    a0 * b0,
    a0 * b1 + a1 * b0,
    a0 * b2 + a2 * b0,
    a0 * b3 + a1 * b1 + a3 * b0,
    a0 * b4 + a1 * b2 + a2 * b1 + a4 * b0,
    a0 * b5 + a2 * b2 + a5 * b0,
    a0 * b6 + a1 * b3 + a3 * b1 + a6 * b0,
    a0 * b7 + a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 + a7 * b0,
    a0 * b8 + a1 * b5 + a2 * b4 + a4 * b2 + a5 * b1 + a8 * b0,
    a0 * b9 + a2 * b5 + a5 * b2 + a9 * b0,
  ];
}

/** q = a/b, from q b = a degree by degree; b is not zero at the point. */
export function divide(a: Jet, b: Jet): Jet {
  const [b0, b1, b2, b3, b4, b5, b6, b7, b8, b9] = b;
  const q0 = a[0] / b0;
  const q1 = (a[1] - q0 * b1) / b0;
  const q2 = (a[2] - q0 * b2) / b0;
  const q3 = (a[3] - q0 * b3 - q1 * b1) / b0;
  const q4 = (a[4] - q0 * b4 - q1 * b2 - q2 * b1) / b0;
  const q5 = (a[5] - q0 * b5 - q2 * b2) / b0;
  const q6 = (a[6] - q0 * b6 - q1 * b3 - q3 * b1) / b0;
  const q7 = (a[7] - q0 * b7 - q1 * b4 - q2 * b3 - q3 * b2 - q4 * b1) / b0;
  const q8 = (a[8] - q0 * b8 - q1 * b5 - q2 * b4 - q4 * b2 - q5 * b1) / b0;
  const q9 = (a[9] - q0 * b9 - q2 * b5 - q5 * b2) / b0;
  return [q0, q1, q2, q3, q4, q5, q6, q7, q8, q9];
}

/** s = √a, from s s = a degree by degree; a is positive at the point. */
export function sqrt(a: Jet): Jet {
  const s0 = Math.sqrt(a[0]);
  const half = 0.5 / s0;
  const s1 = a[1] * half;
  const s2 = a[2] * half;
  const s3 = (a[3] - s1 * s1) * half;
  const s4 = (a[4] - 2 * s1 * s2) * half;
  const s5 = (a[5] - s2 * s2) * half;
  const s6 = (a[6] - 2 * s1 * s3) * half;
  const s7 = (a[7] - 2 * (s1 * s4 + s2 * s3)) * half;
  const s8 = (a[8] - 2 * (s1 * s5 + s2 * s4)) * half;
  const s9 = (a[9] - 2 * s2 * s5) * half;
  return [s0, s1, s2, s3, s4, s5, s6, s7, s8, s9];
}
