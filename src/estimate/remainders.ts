/**
 * The remainders, the only quantities that are measured: flux and noise less their Taylor polynomials at Θ̄, times the
 * displacements x = Θ - Θ̄, as means <.> over replicas at one time. With derivatives φ', φ'' .. at Θ̄,
 *
 *   flux          M <φ(Θ) - φ - φ' x - φ'' x²/2 - φ''' x³/6>             fluxOne    M <(φ(Θ) - φ - φ' x - φ'' x²/2) x_j>
 *   fluxTwo       M² <(φ(Θ) - φ - φ' x) x_j x_l>                          noise      <a(Θ) - a - a' x - a'' x²/2>
 *   noiseOne      M <(a(Θ) - a - a' x) x_j>                               skewness   <t(Θ) - t>
 *
 * Each is smaller than the known term that it corrects by 1/M, or by M^{-1/2} where it is odd in x. Cells j, l have numbers
 * 1..N, with a border for the baths, where x = 0.
 */
import type { BondExpansion, BondValues } from "./bonds.ts";

/**
 * Sources of the moment equations: all in `data`, bond by bond; with W = N + 2, entry j of bond k is at k W + j, and
 * (j, l), j <= l, at (k W + j) W + l.
 */
export interface Sources {
  readonly data: Float64Array;
  readonly flux: Float64Array;
  readonly noise: Float64Array;
  readonly skewness: Float64Array;
  readonly fluxOne: Float64Array;
  readonly noiseOne: Float64Array;
  readonly fluxTwo: Float64Array;
}

export function zeroSources(N: number): Sources {
  const W = N + 2;
  const widths = [1, 1, 1, W, W, W * W].map((width) => width * (N + 1));
  const data = new Float64Array(widths.reduce((sum, width) => sum + width));
  let end = 0;
  const [flux, noise, skewness, fluxOne, noiseOne, fluxTwo] = widths.map((width) => data.subarray(end, (end += width)));
  return { data, flux, noise, skewness, fluxOne, noiseOne, fluxTwo };
}

/** Adds one replica's remainders, unscaled. `x` has the border. */
export function addRemainders(sums: Sources, expansion: BondExpansion, values: BondValues, x: Float64Array): void {
  const W = x.length;
  const N = W - 2;
  const { flux, noise, skewness, fluxOne, noiseOne, fluxTwo } = sums;
  for (let k = 0; k <= N; k++) {
    const u = x[k];
    const v = x[k + 1];
    const [c, c1, c2, c11, c12, c22, c111, c112, c122, c222] = expansion.flux[k];
    const [a, a1, a2, a11, a12, a22] = expansion.noise[k];
    const uu = u * u;
    const uv = u * v;
    const vv = v * v;
    const bend = values.flux[k] - c - (c1 * u + c2 * v);
    const third = bend - (c11 * uu + c12 * uv + c22 * vv);
    const noiseBend = values.noise[k] - a - (a1 * u + a2 * v);
    flux[k] += third - (uu * (c111 * u + c112 * v) + vv * (c122 * u + c222 * v));
    noise[k] += noiseBend - (a11 * uu + a12 * uv + a22 * vv);
    skewness[k] += values.skewness[k] - expansion.skewness[k];
    for (let j = 1; j <= N; j++) {
      const at = k * W + j;
      const bent = bend * x[j];
      fluxOne[at] += third * x[j];
      noiseOne[at] += noiseBend * x[j];
      for (let l = j; l <= N; l++) fluxTwo[at * W + l] += bent * x[l];
    }
  }
}

/** Turns sums over `replicas` into the sources for M particles. */
export function toMeans(sums: Sources, replicas: number, M: number): void {
  const { flux, noise, skewness, fluxOne, noiseOne, fluxTwo } = sums;
  const scale = (part: Float64Array, factor: number) => {
    for (let i = 0; i < part.length; i++) part[i] *= factor / replicas;
  };
  for (const part of [noise, skewness]) scale(part, 1);
  for (const part of [flux, fluxOne, noiseOne]) scale(part, M);
  scale(fluxTwo, M * M);
}
