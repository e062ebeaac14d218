/** What kinetic theory says of the table's pictures, in the worker. */
import { theory } from "mesoflux";
import { contactConstant, defineBilliards, type Billiards } from "mesoflux/billiards";
import { tableOf, type TableSettings } from "./settings.ts";
import { shareBins } from "./statistics.ts";

export interface Prediction {
  readonly table: Billiards;
  /** Collisions through an inner hole a unit of time, with its standard error; none between baths and where there is no hole. */
  readonly rate: { readonly value: number; readonly error: number } | undefined;
  /** At the edges of the bins of the shares: the paper's law, and that of disks in proportion to their speed. */
  readonly paper: Float64Array;
  readonly weighted: Float64Array;
  /** The mean of the latter where a cell has several disks. */
  readonly meanShare: number;
}

/** Sweeps for the constant of the rate: it is then known to one or two hundredths. */
const SWEEPS = 2 ** 14;
/** Points of a mean. */
const POINTS = 500;

export async function predict(settings: TableSettings): Promise<Prediction> {
  const table = defineBilliards(tableOf(settings));
  const { particles: M } = table;
  const { count, most } = shareBins(M);
  const edges = Float64Array.from({ length: count + 1 }, (_, i) => (i * most) / count);
  const density = (x: number) =>
    M === 1 ? theory.billiards.pairShareDensity(x) : theory.billiards.collidingShareDensity(M, x / M) / M;
  return {
    table,
    rate: await rateOf(table),
    paper: edges.map((x) => (M === 1 ? 1 : (1 - 1 / M) * Math.max(0, 1 - x / M) ** (M - 2))),
    weighted: edges.map(density),
    meanShare: M === 1 ? NaN : meanOf(density, M),
  };
}

/** φ: the rate of a pair of cells, averaged over all states of the table. */
async function rateOf(table: Billiards): Promise<Prediction["rate"]> {
  const { cells, particles, energy } = table;
  if (energy === undefined || cells === 1) return undefined;
  const speed = theory.billiards.microcanonicalRelativeSpeed(cells, particles, energy);
  if (particles === 1) return { value: theory.billiards.rateConstant(table).value * speed, error: 0 };
  const { constant, error } = await contactConstant(table, { sweeps: SWEEPS });
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
