/** Conductivities, current per gradient, and their limit as the gap closes. */
import type { ConductivityExpansion } from "../../theory/continuum.ts";
import type { Current } from "../evidence/currents.ts";
import type { Comparison } from "../measure/check.ts";
import { fitLine } from "../measure/statistics.ts";

/** Conductivity at one gap. */
export interface Conduction extends Comparison {
  readonly gap: number;
  /** κ as ΔT → 0, and slope ΔT. */
  readonly twoTerms: number;
}

export function conductionOf(
  { model, mean, error, conductivity }: Current,
  expansion: ConductivityExpansion,
): Conduction {
  const [T_L, T_R] = model.temperatures;
  const gap = T_R - T_L;
  const perCurrent = -(model.cells + 1) / gap;
  return {
    gap,
    twoTerms: expansion.conductivity + expansion.slope * gap,
    predicted: conductivity,
    measured: perCurrent * mean,
    standardError: Math.abs(perCurrent) * error,
  };
}

/**
 * The line through the measured conductivities at ΔT → 0. The part of κ beyond its two terms is a smooth function of ΔT that
 * (5.3) gives, and is taken off first: else the larger gaps, which are measured best, would bend the line.
 */
export function extrapolated(conductions: readonly Conduction[], expansion: ConductivityExpansion) {
  const fit = fitLine(
    conductions.map(({ gap, measured, predicted, twoTerms, standardError }) => ({
      x: gap,
      y: measured - (predicted - twoTerms),
      error: standardError,
    })),
  );
  const intercept: Comparison = {
    predicted: expansion.conductivity,
    measured: fit.intercept,
    standardError: fit.interceptError,
  };
  const slope: Comparison = { predicted: expansion.slope, measured: fit.slope, standardError: fit.slopeError };
  return { intercept, slope };
}
