/** What a run costs, by which it is cut into chunks. No number depends on it. */
import type { Model } from "../model.ts";
import { hottestRate } from "../theory/units.ts";

/** Exchanges of a path from these energies, roughly: as if all bonds were as fast as the fastest at the start. */
export function expectedEvents(model: Model, energies: Float64Array, time: number): number {
  const { cells, particles, timescale } = model;
  const speed = timescale === "fast" ? particles : 1;
  return Math.max(1, time * speed * (cells + 1) * hottestRate(model, energies));
}
