/** What the claims and the laws in their place are compared with: everything that is computed of the findings, once. */
import type { Comparison } from "../measure/check.ts";
import { fitLine } from "../measure/statistics.ts";
import type { Chain } from "./chains.ts";
import { energyComparison, type Shares, sharesOf } from "./energies.ts";
import { type HeldRates, heldRatesOf } from "./heldRates.ts";
import { type Both, type Redistribution, redistributionOf, transferOf } from "./redistribution.ts";
import type { Findings } from "./study.ts";
import { rateComparison, type TwoCells } from "./twoCells.ts";
import { type Waits, waitsOf } from "./waits.ts";

/** By table, M increasing. */
export interface OfTable {
  readonly particles: number;
  readonly cells: TwoCells;
  readonly rate: Comparison;
  readonly energy: Comparison;
}

/** Waits in cells with disks of one size. */
export interface WaitsOf {
  readonly particles: number;
  readonly radius: number;
  readonly waits: Waits;
}

export interface Evidence {
  readonly tables: readonly OfTable[];
  /** Those with at least DETAILED collisions, M = 1 left out: there the energy of the disk is the cell's. */
  readonly shares: readonly Shares[];
  readonly redistributions: readonly Redistribution[];
  readonly transfers: readonly (Both & { readonly particles: number })[];
  readonly heldRates: readonly HeldRates[];
  readonly waits: readonly WaitsOf[];
  readonly chains: readonly Chain[];
  /** The exponent of φ(M) over M from LARGE on, as kinetic theory has it in the same place. */
  readonly exponent: Comparison;
}

/** From here on φ(M) rises. */
export const LARGE = 5;

/** Collisions from which on distributions are compared: 7 a replica. Those of a wait take more. */
const DETAILED = 3500;
const FOR_WAITS = 15_000;

/** M of the tables whose trials are shown; those of the others are in tables of their own. */
const SHOWN = [1, 2, 10];
export const isShown = ({ particles }: { readonly particles: number }) => SHOWN.includes(particles);

export function evidenceOf({ tables, smaller, chains }: Findings): Evidence {
  const detailed = tables.filter(({ events }) => events.count >= DETAILED);
  const most = detailed.filter(({ table }) => table.particles <= 2);
  const waits = (cells: TwoCells): WaitsOf => ({
    particles: cells.table.particles,
    radius: cells.table.radius,
    waits: waitsOf(cells),
  });
  const ofTables = tables.map((cells) => ({
    particles: cells.table.particles,
    cells,
    rate: rateComparison(cells),
    energy: energyComparison(cells),
  }));
  return {
    tables: ofTables,
    shares: detailed.filter(({ table }) => table.particles > 1).map(sharesOf),
    redistributions: detailed.map(redistributionOf),
    transfers: detailed.map((cells) => ({ particles: cells.table.particles, ...transferOf(cells) })),
    heldRates: most.map(heldRatesOf),
    waits: [...tables.filter(({ table, events }) => isShown(table) && events.count >= FOR_WAITS), ...smaller].map(
      waits,
    ),
    chains,
    exponent: exponentOf(ofTables.filter(({ particles }) => particles >= LARGE)),
  };
}

function exponentOf(tables: readonly OfTable[]): Comparison {
  const fit = (of: (rate: Comparison) => number) =>
    fitLine(
      tables.map(({ particles, rate }) => ({
        x: Math.log(particles),
        y: Math.log(of(rate)),
        error: rate.standardError / rate.predicted,
      })),
    );
  const { slope, slopeError } = fit(({ measured }) => measured);
  return { predicted: fit(({ predicted }) => predicted).slope, measured: slope, standardError: slopeError };
}
