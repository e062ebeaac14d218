/**
 * A deterministic chain between two baths beside the stochastic chains that are to stand for it, all at the same rate and with
 * nothing fitted: positions give the contact constant c, and with it ν(E1, E2) = c <g>.
 *
 *   disks that collide: exchange "kinetic", f = s f_M where f_M = (2/√π) <g>, so s = (√π/2) c
 *   the paper's rule: exchange "uniform", f = c <g>(T, T) √((E1+E2)/2T), T between the baths: <g> is nearly √(E1+E2)
 *
 * The constant is that of cells with one hole, as those of the baths are. In a cell with two there is another pocket, of area
 * p = A2 - A1, and so a contact is the rarer by the factor of `secondHole`. Bonds have one rate here, the harmonic mean of
 * theirs, since resistances add.
 */
import type { Billiards } from "../../billiards/table.ts";
import type { BilliardsResult } from "../../billiards/simulate.ts";
import type { Ensemble } from "../../ensemble/reducers/moments.ts";
import { defineModel, type Model } from "../../model.ts";
import { excludedArea, excludedAreaAtContact } from "../../theory/billiards/exclusion.ts";
import { freeArea } from "../../theory/billiards/freeArea.ts";
import { meanRelativeSpeed } from "../../theory/billiards/relativeSpeed.ts";
import { meanOf } from "../measure/statistics.ts";
import type { Measured } from "./ratios.ts";
import type { Constant } from "./twoCells.ts";

/** The mean current from left to right through all bonds, and the energies of the cells. */
export interface Conduction {
  readonly flux: Measured;
  readonly energies: readonly Measured[];
}

/** A chain of disks in motion, and what its two stochastic chains predict of it. */
export interface Chain {
  readonly table: Billiards;
  /** The contact constant that the stochastic ones have. */
  readonly constant: Constant;
  readonly collisions: number;
  /** Parts of the time of all replicas, whose differences give the errors. */
  readonly batches: number;
  readonly disks: Conduction;
  readonly kinetic: Conduction;
  readonly uniform: Conduction;
  readonly certificates: readonly object[];
}

const measuredOf = ({ mean, error }: { mean: number; error: number }): Measured => ({
  measured: mean,
  standardError: error,
});

/** The contact constant's factor for a second hole in one of the two cells, to first order in the pocket's area. */
export function secondHole(table: Billiards): number {
  const { particles: M } = table;
  const [A1, A2] = [freeArea(table, 1), freeArea(table, 2)];
  if (M === 1) return A1 / A2;
  const contact = excludedAreaAtContact(table);
  const pair = excludedArea(table);
  // A disk in the new pocket excludes what one in contact does.
  const pairNow = (A1 * pair + 2 * (A2 - A1) * contact) / A2;
  return (A1 / A2) * (((A2 - contact) / (A1 - contact)) * ((A1 - pair) / (A2 - pairNow))) ** (M - 1);
}

/** The contact constant of a chain between baths, the harmonic mean over its bonds. */
export function constantOf(table: Billiards, { value, error }: Constant): Constant {
  const { cells: N } = table;
  const factor = secondHole(table);
  const mean = (N + 1) / (2 / factor + (N - 1) / factor ** 2);
  return { value: mean * value, error: mean * error };
}

/** The two stochastic chains, at rates per unit of the table's time. */
export function twinsOf(table: Billiards, constant: number): { readonly kinetic: Model; readonly uniform: Model } {
  const { cells, particles, temperatures } = table;
  const T = (temperatures![0] + temperatures![1]) / 2;
  const common = { cells, particles, temperatures: temperatures!, bath: "exponential", timescale: "slow" } as const;
  const rate = (scale: number) => ({ law: "sqrt-sum", scale }) as const;
  const atT = meanRelativeSpeed(particles, T, T) / Math.sqrt(2 * T);
  return {
    kinetic: defineModel({ ...common, exchange: "kinetic", rate: rate((Math.sqrt(Math.PI) / 2) * constant) }),
    uniform: defineModel({ ...common, rate: rate(constant * atT) }),
  };
}

/** The mean rate of a bond, roughly. */
export function usualRate({ particles, temperatures }: Billiards, constant: number): number {
  const T = (temperatures![0] + temperatures![1]) / 2;
  return constant * meanRelativeSpeed(particles, T, T);
}

/** The time in which the slowest mode of a chain fades, with a rate ν of every bond: (N+1)² M/(π² ν) roughly. */
export function relaxationOf({ cells, particles }: Billiards, rate: number): number {
  return ((cells + 1) ** 2 * particles) / (Math.PI ** 2 * rate);
}

/** The conduction of a deterministic chain, of which all collisions through barriers were kept. */
export function conductionOf(result: BilliardsResult, burnIn: number): Conduction {
  const { events, replicas, batches, time, energies, energiesError, certificate } = result;
  const { count, replica, before, after } = events!;
  const each = batches / replicas;
  const carried = new Float64Array(batches);
  for (let i = 0; i < count; i++) {
    const batch = Math.min(each - 1, Math.floor(((events!.time[i] - burnIn) / time) * each));
    carried[(replica[i] - certificate.firstReplica) * each + batch] += before[2 * i] - after[2 * i];
  }
  const perFlux = (time / each) * result.flux.length;
  return {
    flux: measuredOf(meanOf(carried.map((energy) => energy / perFlux))),
    energies: Array.from(energies, (mean, k) => measuredOf({ mean, error: energiesError[k] })),
  };
}

/** The same of a stochastic chain, of which samples were kept at even times. */
export function conductionOfTwin(
  { samples, transferredSamples, replicas, times }: Ensemble,
  cells: number,
): Conduction {
  const T = times.length;
  const span = times[T - 1] - times[0];
  const perReplica = (of: (r: number) => number) =>
    measuredOf(meanOf(Array.from({ length: replicas }, (_, r) => of(r))));
  const through = (r: number, t: number, k: number) => transferredSamples![(r * T + t) * (cells + 1) + k];
  return {
    flux: perReplica((r) => {
      let carried = 0;
      for (let k = 0; k <= cells; k++) carried += through(r, T - 1, k) - through(r, 0, k);
      return carried / (span * (cells + 1));
    }),
    energies: Array.from({ length: cells }, (_, k) =>
      perReplica((r) => {
        let sum = 0;
        for (let t = 0; t < T; t++) sum += samples![(r * T + t) * cells + k];
        return sum / T;
      }),
    ),
  };
}
