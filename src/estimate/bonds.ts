/**
 * The coefficients of each bond in the moment equations, at any energies x, y of its ends: the flux φ of rates.ts, the
 * noise a = f M² E[J²], which is V² of (3.2) at finite M, and the skewness t = f M³ E[J³] (THEORY 2.1, 5); and their Taylor
 * polynomials at Θ̄. Energies, times and rates in the units of units.ts.
 */
import type { Method } from "../kernel.ts";
import type { Model } from "../model.ts";
import { forEachBond } from "../theory/bonds.ts";
import { scaledMomentsOf } from "../theory/exchange.ts";
import { constant, first, type Jet, multiply, second, times } from "../theory/jet.ts";
import { fluxJet, fluxSlope1, fluxSlope2, rateJetOf, rateOf } from "../theory/rates.ts";
import type { Units } from "../theory/units.ts";

/** True for methods that move energy by exchanges of `model.particles`, false for the Gaussian noise of their limit. */
const BY_EXCHANGES: Readonly<Record<Method, boolean>> = { exact: true, direct: true, mesoscopic: false };

/** M of the moments. Those of disks that collide are known as M grows alone, and serve as a reference of plain means. */
const particlesOf = (model: Model, exchanges: boolean) =>
  exchanges && model.exchange === undefined ? model.particles : Infinity;

/** Coefficients of all bonds at given energies: N+1 entries each. */
export interface BondValues {
  readonly flux: Float64Array;
  readonly noise: Float64Array;
  readonly skewness: Float64Array;
}

/** Expansion of all bonds at Θ̄: flux and noise as Taylor polynomials in the energies at their ends. */
export interface BondExpansion {
  readonly flux: readonly Jet[];
  readonly noise: readonly Jet[];
  readonly skewness: Float64Array;
}

/** Writes the values of all bonds at E_1..E_N, in the model's own unit. */
export function bondEvaluator(
  model: Model,
  units: Units,
  method: Method,
): (energies: ArrayLike<number>, values: BondValues) => void {
  const { f, share } = rateOf(model);
  const exchanges = BY_EXCHANGES[method];
  const moments = scaledMomentsOf(model, particlesOf(model, exchanges));
  return (energies, { flux, noise, skewness }) =>
    forEachBond(model, energies, (k, left, right) => {
      const x = left / units.energy;
      const y = right / units.energy;
      const rate = f(k, left, right) / units.rate;
      flux[k] = rate * (x - y) * share;
      noise[k] = rate * moments.second(k, x * x, x * y, y * y);
      skewness[k] = exchanges ? rate * moments.third(k, x, y) : 0;
    });
}

/**
 * Gives the expansion at E_1..E_N, in the model's own unit. The polynomial subtracted from a measurement is added back with
 * its own mean, so that a wrong coefficient costs precision and makes no bias. For rates with kinks the coefficients
 * that jump where neighbours' energies are equal are left out, because remainders could not be interpolated over the jump.
 */
export function bondExpander(
  model: Model,
  units: Units,
  method: Method,
): (energies: ArrayLike<number>) => BondExpansion {
  const rate = rateOf(model);
  const rateJet = rateJetOf(model);
  const exchanges = BY_EXCHANGES[method];
  const moments = scaledMomentsOf(model, particlesOf(model, exchanges));
  return (energies) => {
    const flux: Jet[] = [];
    const noise: Jet[] = [];
    const skewness = new Float64Array(model.cells + 1);
    forEachBond(model, energies, (k, left, right) => {
      const x = first(left / units.energy);
      const y = second(right / units.energy);
      const f = times(1 / units.rate, rateJet(k, times(units.energy, x), times(units.energy, y)));
      flux[k] = fluxJet(rate.share, f, x, y);
      noise[k] = multiply(f, moments.secondJet(k, x, y));
      if (rate.kinks !== "none") {
        const slopes = [fluxSlope1(rate, k, left, right) / units.rate, fluxSlope2(rate, k, left, right) / units.rate];
        flux[k] = [flux[k][0], ...slopes, ...constant(0).slice(3)];
        noise[k] = constant(noise[k][0]);
      }
      skewness[k] = exchanges ? f[0] * moments.third(k, x[0], y[0]) : 0;
    });
    return { flux, noise, skewness };
  };
}
