/** What is known of a closed table of two cells and of the collisions through its hole. */
import type { Billiards } from "../../billiards/table.ts";
import type { BilliardsCertificate } from "../../billiards/certificate.ts";
import { meanRate } from "../../theory/billiards/rate.ts";
import type { Comparison } from "../measure/check.ts";
import { against, type Measured, ratioOf, type Seen, spent, summed } from "./ratios.ts";

/** The contact constant of a table: its rate over the mean relative speed. */
export interface Constant {
  readonly value: number;
  /** 0 where it is exact. */
  readonly error: number;
}

/** Collisions through the hole of a closed table of two cells and total energy 2. */
export interface TwoCells extends Seen {
  readonly table: Billiards;
  readonly constant: Constant;
  readonly certificate: BilliardsCertificate;
}

/** The energy of either cell, on average. */
export const MEAN_ENERGY = 1;
export const TOTAL = 2 * MEAN_ENERGY;

/** Collisions in a unit of time. */
export function rateOf(seen: Seen): Measured {
  return ratioOf(
    summed(seen, () => 1),
    spent(seen),
  );
}

/** φ(M): collisions in a unit of time against the contact constant times the mean relative speed. */
export function rateComparison(cells: TwoCells): Comparison {
  const { table, constant } = cells;
  return against(rateOf(cells), meanRate(constant.value, table.particles, TOTAL), constant.error / constant.value);
}
