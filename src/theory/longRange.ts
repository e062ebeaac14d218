/**
 * Correlations over the length of the chain that a temperature difference keeps up (THEORY 8.5). As the chain grows,
 * (N+1) S_ij for i ≠ j tends to c(x, y), which solves
 *
 *   [∂_x² D(E(x)) + ∂_y² D(E(y))] c = -(D χ)'' δ(x - y),   c = 0 at the baths
 *
 * with D = σ g (rates.ts), χ = E², E(x) the profile of the continuum and g(E) = f(E, E). Since q = D E' is constant,
 *
 *   (D χ)'' = (q²/D)(2 + 2 g' E/g + (g'' g - g'²) E²/g²)
 *
 * On a grid of spacing h, with second differences and 1/h for δ on the diagonal, that is Lyapunov's equation. It stands
 * for the bulk: an "exponential" bath adds to S a corner at either end that falls off as 1/N² inside the chain.
 * Units: energy².
 */
import { defineModel, type ModelInput } from "../model.ts";
import { integer, read, strict } from "../validate.ts";
import { continuumOf } from "./continuum.ts";
import { lyapunov } from "./lyapunov.ts";
import { diagonal, shareOf } from "./rates.ts";
import { checkKinks } from "./smoothness.ts";
import { dense, tridiagonal } from "./tridiagonal.ts";

const MOST_POINTS = 100_000;

/** The result of `longRangeCorrelations`. */
export interface LongRangeCorrelations {
  /** x_i = i/(points + 1), i = 1..points. */
  readonly positions: Float64Array;
  /** c(x_i, x_j): points×points, row-major, symmetric. */
  readonly correlation: Float64Array;
}

/**
 * c(x, y) = lim (N+1) M Cov(E_i, E_j) at x = i/(N+1), y = j/(N+1), i ≠ j: positive, and of order (T_R - T_L)²; for the
 * rate "constant" (T_R - T_L)² x(1 - y), x <= y. The grid is right to rounding for every law without a cap. For
 * other rates the error falls as 1/(points + 1)²: times the largest value, with a cap, about 0.003 of that between
 * temperatures 1 and 2, and 0.1 between 0.001 and 1. A thousand points take about two seconds.
 * @param points 1 to 100 000 points between the baths.
 * @throws InvalidInputError unless `points` is such a number, and the rate the same on all bonds; NotSmoothError if it has
 * kinks beside a = b; OutOfMemoryError if there is no room.
 */
export function longRangeCorrelations(input: ModelInput, points: number): LongRangeCorrelations {
  const model = defineModel(input);
  read("arguments", strict({ points: integer(1, MOST_POINTS) }), { points });
  // A kink of g would be a source of its own.
  checkKinks(model);
  const intervals = points + 1;
  const { energyAt, conductivity } = continuumOf(model);
  const [T_L, T_R] = model.temperatures;
  const q = conductivity * (T_R - T_L);
  const along = diagonal(model);
  const share = shareOf(model);
  const positions = Float64Array.from({ length: points }, (_, i) => (i + 1) / intervals);
  const J = tridiagonal(points);
  const source = tridiagonal(points);
  positions.forEach((x, i) => {
    const E = energyAt(x);
    const { g, slope, curvature } = along(E);
    const D = share * g * intervals * intervals;
    J.diagonal[i] = -2 * D;
    if (i > 0) J.above[i - 1] = D;
    if (i < points - 1) J.below[i + 1] = D;
    // g' E/g and g'' E²/g
    const first = (slope * E) / g;
    const second = ((curvature * E) / g) * E;
    source.diagonal[i] = ((q * q) / (share * g)) * (2 + 2 * first + second - first * first) * intervals;
  });
  return { positions, correlation: lyapunov(J, dense(source)) };
}
