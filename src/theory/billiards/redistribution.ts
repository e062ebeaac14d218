/**
 * What a collision through the hole does with the energies e1, e2 of its two disks (BILLIARDS 6.6). They swap the components
 * x, y of their velocities along the line of centres; directions are isotropic and come in proportion to (x - y)_+. With
 * p = e1/(e1+e2), and p' after it,
 *
 *   p' = p - x² + y²,   x = √p cos α, y = √(1-p) cos β,   α, β in (0, π/2), of density in proportion to max(x, y)
 *   E[p' | p] = 1/2 - (p - 1/2)/3,   M E[e1 - e1' | E1, E2] = 2M/(2M+1) (E1 - E2)
 *
 * The paper has p' uniform and independent of p, and 1/2 instead of 2M/(2M+1).
 */
import { acos, square } from "../../billiards/trigonometry.ts";
import { cos, sin } from "../../rate/elementary.ts";
import { integral } from "./integral.ts";
import { meanRelativeSpeed } from "./relativeSpeed.ts";

/** corr(p, p'). */
export const redistributionCorrelation = -1 / 3;

/** E[p' | p]. */
export function redistributionMean(p: number): number {
  return 0.5 + redistributionCorrelation * (p - 0.5);
}

/** P(p' <= q | p), 0 <= p, q <= 1. Absolute error below 1e-9. */
export function redistributionCdf(p: number, q: number): number {
  const b = Math.sqrt(1 - p);
  const angleOf = (cosine: number) => acos(Math.min(1, cosine));
  // ∫ max(x, y) over β from that where y² = q - p + x², up to π/2.
  const over = (alpha: number) => {
    const x = Math.sqrt(p) * cos(alpha);
    const most = q - p + square(x);
    if (most < 0) return 0;
    const from = angleOf(Math.sqrt(most) / b);
    const equal = Math.max(from, angleOf(x / b));
    return b * (sin(equal) - sin(from)) + x * (Math.PI / 2 - equal);
  };
  // Kinks: y² = 1 - p is all, x meets the largest y, no y is left.
  const kinks = [(1 - q) / p, (1 - p) / p, Math.max(0, p - q) / p].map((square) => angleOf(Math.sqrt(square)));
  return integral(over, 0, Math.PI / 2, 1e-11, kinks) / ((Math.PI / 2) * meanRelativeSpeed(1, p, 1 - p));
}

/** M E[e1 - e1' | E1, E2]/(E1 - E2) = 2M/(2M+1). */
export function transferCoefficient(particles: number): number {
  return 1 / (1 + 0.5 / particles);
}
