/**
 * Gauss's rule of a law by its moments: n places and weights that average every polynomial of degree 2n - 1 exactly. The
 * recurrence of the law's orthogonal polynomials, from the moments by Chebyshev's algorithm (Gautschi, "Orthogonal
 * Polynomials", 2.1.7),
 *
 *   p_{k+1} = (x - α_k) p_k - β_k p_{k-1},   s_{k,l} = ∫ p_k x^l = s_{k-1,l+1} - α_{k-1} s_{k-1,l} - β_{k-1} s_{k-2,l}
 *   β_k = s_kk/s_{k-1,k-1},   α_k = s_{k,k+1}/s_kk - s_{k-1,k}/s_{k-1,k-1}
 *
 * loses a digit or more with each k, so it runs on whole numbers, moments times 2^bits. The places are the eigenvalues of
 * the matrix with α on its diagonal and √β beside it; a weight is 1/Σ_k p_k²/∫p_k² there, a sum of positive terms, and so
 * right to rounding however small it is.
 */

/** Places in increasing order, and the weights of a law, which add up to 1. */
export interface GaussRule {
  readonly places: Float64Array;
  readonly weights: Float64Array;
}

/** The recurrence of degrees 0..n-1; β_0 is not used. */
export interface Recurrence {
  readonly alpha: Float64Array;
  readonly beta: Float64Array;
}

/** The double nearest to numerator/2^bits, to 2^-62 of it. */
export function toDouble(numerator: bigint, bits: number): number {
  const size = numerator < 0n ? -numerator : numerator;
  const excess = Math.max(0, size.toString(16).length * 4 - 64);
  let value = Number(size >> BigInt(excess));
  // In steps that neither overflow nor lose digits.
  for (let left = bits - excess; left !== 0;) {
    const step = Math.max(-1000, Math.min(1000, left));
    value *= powerOfTwo(-step);
    left -= step;
  }
  return numerator < 0n ? -value : value;
}

/** 2^k, |k| <= 1000. */
function powerOfTwo(k: number): number {
  let value = 1;
  for (let i = 0; i < Math.abs(k); i++) value *= k < 0 ? 0.5 : 2;
  return value;
}

/** The recurrence from 2n moments, the first of which is 2^bits for 1. */
export function recurrenceOf(moments: readonly bigint[], bits: number): Recurrence {
  const n = moments.length / 2;
  const one = BigInt(bits);
  const alpha = new Float64Array(n);
  const beta = new Float64Array(n);
  let before: bigint[] = moments.map(() => 0n);
  let row = [...moments];
  let ratio = (row[1] << one) / row[0];
  let [a, b] = [ratio, 0n];
  alpha[0] = toDouble(a, bits);
  for (let k = 1; k < n; k++) {
    const next = row.map(() => 0n);
    for (let l = k; l < 2 * n - k; l++) next[l] = row[l + 1] - ((a * row[l] + b * before[l]) >> one);
    b = (next[k] << one) / row[k - 1];
    const nextRatio = (next[k + 1] << one) / next[k];
    a = nextRatio - ratio;
    ratio = nextRatio;
    [before, row] = [row, next];
    alpha[k] = toDouble(a, bits);
    beta[k] = toDouble(b, bits);
  }
  return { alpha, beta };
}

/** The rule of n places, n at most the length of the recurrence. */
export function gaussRule({ alpha, beta }: Recurrence, n: number): GaussRule {
  const places = eigenvalues(alpha.slice(0, n), beta.slice(0, n).map(Math.sqrt));
  const weights = places.map((x) => {
    // Polynomials of norm 1, which grow outside the law, where weights are least.
    let [previous, value, sum] = [0, 1, 1];
    for (let k = 0; k + 1 < n; k++) {
      const next = ((x - alpha[k]) * value - Math.sqrt(beta[k]) * previous * (k > 0 ? 1 : 0)) / Math.sqrt(beta[k + 1]);
      [previous, value] = [value, next];
      sum += value * value;
    }
    return 1 / sum;
  });
  return { places, weights };
}

/** Turns after which an eigenvalue is taken as it is: two or three do. */
const MOST_TURNS = 60;

/** The eigenvalues of a symmetric tridiagonal matrix, increasing, by the QL algorithm with implicit shifts; `e[k]` joins k - 1 and k. */
function eigenvalues(d: Float64Array, e: Float64Array): Float64Array {
  const n = d.length;
  e = Float64Array.from({ length: n }, (_, k) => (k + 1 < n ? e[k + 1] : 0));
  for (let l = 0; l < n; l++) {
    for (let turn = 0; turn < MOST_TURNS; turn++) {
      let m = l;
      while (m < n - 1 && Math.abs(e[m]) > Number.EPSILON * 0.5 * (Math.abs(d[m]) + Math.abs(d[m + 1]))) m++;
      if (m === l) break;
      let g = (d[l + 1] - d[l]) / (2 * e[l]);
      let r = Math.sqrt(g * g + 1);
      g = d[m] - d[l] + e[l] / (g + (g >= 0 ? r : -r));
      let [s, c, p] = [1, 1, 0];
      for (let i = m - 1; i >= l; i--) {
        const f = s * e[i];
        const b = c * e[i];
        r = Math.sqrt(f * f + g * g);
        e[i + 1] = r;
        s = f / r;
        c = g / r;
        g = d[i + 1] - p;
        r = (d[i] - g) * s + 2 * c * b;
        p = s * r;
        d[i + 1] = g + p;
        g = c * r - b;
      }
      d[l] -= p;
      e[l] = g;
      e[m] = 0;
    }
  }
  return d.sort();
}
