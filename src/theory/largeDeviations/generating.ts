/**
 * The generating function of the energy that one exchange moves, as M grows (THEORY 12.2):
 *
 *   lim E[e^{s M J}] = Λ(s; a, b) = L(σ),   σ = s (a - b) + s² a b = 1 - (1 - s a)(1 + s b),   -1/b < s < 1/a
 *   the paper's exchange:     L(σ) = -log(1 - σ)/σ,   from J = (1 - u) X a - u Y b with X, Y ~ Exp(1) and u uniform
 *   two disks that collide:   L(σ) = 1/(1 - σ)
 *
 * The second is the integral of (x - y)_+ e^{s (x² - y²)} over two normal variables of variance a/2 and b/2: the tilt makes
 * them a/(1 - s a) and b/(1 + s b), whose sum is (a + b)/(1 - σ). Both obey Λ(s) = Λ(1/a - 1/b - s). Units: none.
 */
import type { Model } from "../../model.ts";
import { log1p } from "../../rate/elementary.ts";

/** L at some σ, less the 1 that it is at 0, and its derivatives. */
export interface Generating {
  /** L - 1. */
  readonly value: number;
  /** L'. */
  readonly slope: number;
  /** L''. */
  readonly curvature: number;
}

/** Below this |σ| the series of L'' is summed, so that no digits are lost to 1/σ². */
const SERIES_BELOW = 0.25;
/** The first term left out is 1e-18 there. */
const SERIES_TERMS = 32;

const OUTSIDE: Generating = { value: Infinity, slope: Infinity, curvature: Infinity };

/** L of the paper's exchange to about 1e-14 of each; infinite from σ = 1 on. */
export function generating(sigma: number): Generating {
  if (!(sigma < 1)) return OUTSIDE;
  const inverse = 1 / (1 - sigma);
  if (Math.abs(sigma) >= SERIES_BELOW) {
    // From σ L = -log(1 - σ): σ L' + L = 1/(1 - σ) and σ L'' + 2 L' = 1/(1 - σ)².
    const L = -log1p(-sigma) / sigma;
    const slope = (inverse - L) / sigma;
    return { value: L - 1, slope, curvature: (inverse * inverse - 2 * slope) / sigma };
  }
  // L'' = Σ_{n >= 2} n (n - 1) σ^{n-2}/(n + 1), and the same two equations downwards, which lose nothing.
  let curvature = 0;
  for (let n = SERIES_TERMS; n >= 2; n--) curvature = curvature * sigma + (n * (n - 1)) / (n + 1);
  const slope = (inverse * inverse - sigma * curvature) / 2;
  return { value: sigma * (inverse - slope), slope, curvature };
}

/** L of two disks that collide. */
export function generatingOfCollision(sigma: number): Generating {
  if (!(sigma < 1)) return OUTSIDE;
  const inverse = 1 / (1 - sigma);
  return { value: sigma * inverse, slope: inverse * inverse, curvature: 2 * inverse * inverse * inverse };
}

/** L of the model's exchange. */
export const generatingOf = ({ exchange }: Model) => (exchange === "kinetic" ? generatingOfCollision : generating);

/** σ, formed so that it is right to rounding where s is small. */
export function sigmaOf(a: number, b: number, s: number): number {
  return s * (a - b) + s * a * (s * b);
}
