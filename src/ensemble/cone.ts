/**
 * How many particles keep the mesoscopic equation (3.3) inside the cone of positive energies.
 *
 * An energy is about normal with variance C/M around Θ̄, so that it is below zero with a probability of about
 * e^{-M Θ̄²/(2C)} (THEORY 7). It has as many chances as there are replicas, cells and relaxation times.
 */
import type { Kernel } from "../kernel.ts";
import type { Model } from "../model.ts";
import { covariance } from "../theory/covariance.ts";
import { limit } from "../theory/limit.ts";

/** The probability that a run at this M leaves the cone, about. */
const RISK = 1e-6;
/** C/Θ̄² of longer chains, whose C(t) takes long to compute: neighbours are alike there, and at most 1.41 is left. */
const MOST_CELLS = 50;
const LONG_CHAIN = 1.5;

/** M for these replicas up to the last time, rounded up to two digits. */
export function safeParticles(
  kernel: Kernel,
  model: Model,
  { replicas, times }: { readonly replicas: number; readonly times: readonly number[] },
): number {
  const end = times.at(-1)!;
  const hottest = Math.max(...model.temperatures);
  const relaxations = 1 + (kernel.rate(hottest, hottest) * end) / (model.timescale === "slow" ? model.particles : 1);
  const chances = replicas * model.cells * relaxations;
  const particles = 2 * spread(model, end) * kernel.log(chances / RISK);
  let unit = 1;
  while (unit * 100 < particles) unit *= 10;
  return Math.ceil(particles / unit) * unit;
}

/** The greatest C_kk/Θ̄_k² at this time. */
function spread(model: Model, time: number): number {
  const N = model.cells;
  if (N > MOST_CELLS) return LONG_CHAIN;
  const energies = limit(model, [time]);
  const C = covariance(model, [time]);
  return energies.reduce((most, E, k) => Math.max(most, C[k * (N + 1)] / (E * E)), 0);
}
