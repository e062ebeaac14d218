/** What a Gaussian of the limit's mean and of the covariance C/M makes of an event: the law of large and of small deviations. */
import type { Model } from "../model.ts";
import { covariance } from "../theory/covariance.ts";
import type { Threshold } from "../theory/largeDeviations/event.ts";
import { logNormalTail } from "../theory/largeDeviations/normalTail.ts";
import { limit } from "../theory/limit.ts";
import { type Probability, probabilityOf } from "./weights.ts";

/** P of an energy beyond its threshold; undefined for a carried energy, whose variance at a finite time is not known here. */
export function gaussianOf(
  model: Model,
  { coordinate, bond, value, isAbove, time }: Threshold,
): Probability | undefined {
  if (bond !== undefined) return undefined;
  const { cells, particles } = model;
  const mean = limit(model, [time])[coordinate];
  const variance = covariance(model, [time])[coordinate * cells + coordinate] / particles;
  const z = (value - mean) / Math.sqrt(variance);
  return probabilityOf(logNormalTail(isAbove ? z : -z));
}
