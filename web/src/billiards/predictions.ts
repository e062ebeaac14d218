/** What kinetic theory says of the table's pictures, in the worker. */
import { theory } from "mesoflux";
import { contactConstant, defineBilliards, type Billiards } from "mesoflux/billiards";
import { tableOf, type TableSettings } from "./settings.ts";
import { shareBins } from "./statistics.ts";

export interface Laws {
  readonly table: Billiards;
  /** At the edges of the bins of the shares: the paper's law, and that of disks in proportion to their speed. */
  readonly paper: Float64Array;
  readonly weighted: Float64Array;
  /** The mean of the latter where a cell has several disks. */
  readonly meanShare: number;
}

/** Collisions through a hole a unit of time. */
export interface Rate {
  readonly value: number;
  /** Its standard error, 0 if it is exact. */
  readonly error: number;
}

/** Disks moved for the constant of the rate: a second or two, after which it is known to some thousandths. */
const MOVES = 2 ** 21;
const MOST_SWEEPS = 2 ** 17;
/** Points of a mean. */
const POINTS = 500;

export function lawsOf(settings: TableSettings): Laws {
  const table = defineBilliards(tableOf(settings));
  const { particles: M } = table;
  const { count, most } = shareBins(M);
  const edges = Float64Array.from({ length: count + 1 }, (_, i) => (i * most) / count);
  const density = (x: number) =>
    M === 1 ? theory.billiards.pairShareDensity(x) : theory.billiards.collidingShareDensity(M, x / M) / M;
  return {
    table,
    paper: edges.map((x) => (M === 1 ? 1 : (1 - 1 / M) * Math.max(0, 1 - x / M) ** (M - 2))),
    weighted: edges.map(density),
    meanShare: M === 1 ? NaN : meanOf(density, M),
  };
}

/** φ: the rate of a pair of cells, averaged over all states of a closed table; none where there is no such average. */
export async function rateOf(settings: TableSettings): Promise<Rate | undefined> {
  const table = defineBilliards(tableOf(settings));
  const { cells, particles, energy } = table;
  if (energy === undefined || cells === 1) return undefined;
  const speed = theory.billiards.microcanonicalRelativeSpeed(cells, particles, energy);
  if (particles === 1) return { value: theory.billiards.rateConstant(table).value * speed, error: 0 };
  const sweeps = Math.min(MOST_SWEEPS, Math.ceil(MOVES / particles));
  const { constant, error } = await contactConstant(table, { sweeps });
  return { value: constant * speed, error: error * speed };
}

function meanOf(density: (x: number) => number, most: number): number {
  const end = Math.min(most, 20);
  let mean = 0;
  for (let i = 0; i < POINTS; i++) {
    const x = ((i + 0.5) / POINTS) * end;
    mean += (x * density(x) * end) / POINTS;
  }
  return mean;
}
