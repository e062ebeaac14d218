/** The checks: each law that has the place of a claim must not be rejected. */
import type { Check } from "../../report/data.ts";
import { check, type Comparison } from "../measure/check.ts";
import type { Evidence } from "./evidence.ts";
import { fluxOf, profileOf } from "./trials.ts";

/** Part of a prediction by which a stochastic chain may be off: it is an approximation of the deterministic one. */
export const BAND = 0.06;
/** Probability by which the waits between small disks may be off an exponential law. */
const WAIT_BAND = 0.02;

/** Against the value nearest to the measurement that is within a band around the prediction. */
export function within(band: number, { predicted, measured, standardError }: Comparison): Comparison {
  const width = Math.abs(band * predicted);
  const nearest = Math.min(predicted + width, Math.max(predicted - width, measured));
  return { predicted: nearest, measured, standardError };
}

export function checksOf({
  tables,
  exponent,
  shares,
  redistributions,
  transfers,
  heldRates,
  waits,
  chains,
}: Evidence): Check[] {
  const [{ cells }] = tables;
  const made = (name: string, comparisons: readonly Comparison[], samples = cells.replicas) =>
    comparisons.length > 0 ? [check(name, "ratio", samples, comparisons)] : [];
  const batches = Math.min(...chains.map((chain) => chain.batches));
  const smallest = waits.at(-1)!;
  const percent = `${100 * BAND}%`;
  return [
    ...made(
      "φ(M), collisions in a unit of time = contact constant times ⟨g⟩, every M",
      tables.map(({ rate }) => rate),
    ),
    ...made("the exponent of φ(M) is the one of that prediction", [exponent]),
    ...heldRates.flatMap(({ particles, bins }) =>
      made(
        `rate at given energies = contact constant times ⟨g⟩(E_1, E_2), M = ${particles}`,
        bins.map(({ right }) => right),
      ),
    ),
    ...made(
      `waits of the smallest disks, R = ${smallest.radius}: exponential within ${WAIT_BAND}`,
      smallest.waits.levels.map((level) => within(WAIT_BAND / level.predicted, level)),
    ),
    ...made(
      "M⟨e⟩ = 1.25 M/(M + 1/4) times the mean energy of a cell, every M > 1",
      tables.filter(({ particles }) => particles > 1).map(({ energy }) => energy),
    ),
    ...shares.flatMap(({ particles, levels }) =>
      made(
        `share of the colliding disk: its law by flux, M = ${particles}`,
        levels.map(({ right }) => right),
      ),
    ),
    ...made(
      "shares before and after a collision: correlation -1/3, every M",
      redistributions.map(({ correlation }) => correlation.right),
    ),
    ...made(
      "share after a collision: variance 3/35, every M",
      redistributions.map(({ variance }) => variance.right),
    ),
    ...made(
      "share after a collision: its law by flux, every M",
      redistributions.flatMap(({ levels }) => levels.map(({ right }) => right)),
    ),
    ...made(
      "mean share after a collision, for any share before: 1/2 - (p - 1/2)/3, every M",
      redistributions.flatMap(({ means }) => means.map(({ right }) => right)),
    ),
    ...made(
      "energy handed over = 2M/(2M+1) (E_1 - E_2)/M, every M",
      transfers.map(({ right }) => right),
    ),
    ...made(
      `current of deterministic chains = that of their kinetic twins within ${percent}`,
      chains.map((chain) => within(BAND, fluxOf(chain).right)),
      batches,
    ),
    ...made(
      `energies of deterministic chains = those of their kinetic twins within ${percent}`,
      chains.flatMap((chain) => profileOf(chain).map((energy) => within(BAND, energy))),
      batches,
    ),
  ];
}
