/** The amounts that are simulated, in collisions through barriers, for a thorough verification and for a quick one. */

/** A closed table of two cells. */
export interface TableEffort {
  readonly particles: number;
  /** Collisions through the hole, expected. */
  readonly collisions: number;
  /** Sweeps of the Monte Carlo of the contact constant; none where the constant is exact. */
  readonly sweeps: number;
}

/** A chain between baths. */
export interface ChainEffort {
  readonly cells: number;
  readonly particles: number;
  /** Collisions through all barriers, expected. */
  readonly collisions: number;
}

export interface BilliardsEffort {
  /** The tables of Figure 2, by M. */
  readonly tables: readonly TableEffort[];
  /** Smaller disks, R, in the same cells with M = 2. */
  readonly smaller: readonly { readonly radius: number; readonly collisions: number }[];
  readonly chains: readonly ChainEffort[];
  /** Events of each stochastic chain. */
  readonly twinEvents: number;
}

const tables = (rows: readonly (readonly [particles: number, collisions: number, sweeps: number])[]): TableEffort[] =>
  rows.map(([particles, collisions, sweeps]) => ({ particles, collisions, sweeps }));

const chains = (rows: readonly (readonly [cells: number, particles: number, collisions: number])[]): ChainEffort[] =>
  rows.map(([cells, particles, collisions]) => ({ cells, particles, collisions }));

export const EFFORTS: Readonly<Record<"full" | "quick", BilliardsEffort>> = {
  full: {
    tables: tables([
      [1, 800_000, 0],
      [2, 200_000, 2 ** 19],
      [3, 40_000, 2 ** 17],
      [4, 30_000, 2 ** 17],
      [5, 40_000, 2 ** 17],
      [7, 15_000, 2 ** 17],
      [10, 25_000, 2 ** 18],
      [15, 6000, 2 ** 17],
      [20, 8000, 2 ** 17],
      [30, 3000, 2 ** 16],
      [50, 3000, 2 ** 16],
    ]),
    smaller: [
      { radius: 0.5, collisions: 16_000 },
      { radius: 0.25, collisions: 4000 },
    ],
    chains: chains([
      [1, 2, 400_000],
      [2, 2, 500_000],
      [4, 2, 1_000_000],
      [8, 2, 1_000_000],
      [4, 10, 180_000],
    ]),
    twinEvents: 3e7,
  },
  quick: {
    tables: tables([
      [1, 160_000, 0],
      [2, 40_000, 2 ** 17],
      [3, 5000, 2 ** 16],
      [5, 8000, 2 ** 16],
      [10, 4000, 2 ** 16],
      [20, 1200, 2 ** 15],
      [50, 1024, 2 ** 15],
    ]),
    smaller: [{ radius: 0.5, collisions: 3000 }],
    chains: chains([
      [1, 2, 70_000],
      [2, 2, 80_000],
      [4, 2, 200_000],
    ]),
    twinEvents: 4e6,
  },
};
