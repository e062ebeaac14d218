/** The live table, in its worker: one path, and what its collisions have told so far. */
import { followBilliards, type BarrierCollision, type Billiards, type BilliardsPath } from "mesoflux/billiards";
import { SPACING, tableOf, type TableSettings } from "./settings.ts";
import { StatisticsSoFar, type Statistics } from "./statistics.ts";

/** Data that stay the same while the table runs. */
export interface TableScene {
  readonly spacing: number;
  readonly table: Billiards;
  /** r. */
  readonly radius: number;
}

/** The table at one observation. */
export interface TableFrame {
  readonly observation: number;
  readonly time: number;
  /** n x 4: x, y, vx, vy. */
  readonly disks: Float64Array;
  /** Energies of all cells, those of the baths included. */
  readonly energies: Float64Array;
  /** The collisions through holes since the frame before, the last few. */
  readonly struck: readonly BarrierCollision[];
  readonly statistics: Statistics;
}

/** Observations in the search for the next collision through a hole, at most. */
const MOST_STEPS = 20_000;
/** Collisions that a frame tells. */
const MOST_STRUCK = 20;
/** Milliseconds that a slice should take: the clock is looked at after each. */
const SLICE = 2;

export class LiveTable {
  private observation = 0;
  /** Observations of a slice. */
  private slice = 1;
  private struck: BarrierCollision[] = [];
  private readonly statistics: StatisticsSoFar;

  private constructor(private readonly path: BilliardsPath) {
    this.statistics = new StatisticsSoFar(path.table, path.energies);
  }

  /** @throws the package's errors. */
  static async open(settings: TableSettings): Promise<LiveTable> {
    return new LiveTable(await followBilliards(tableOf(settings), { seed: BigInt(settings.seed) }));
  }

  get scene(): TableScene {
    const { table, radius } = this.path;
    return { spacing: SPACING, table, radius };
  }

  /** Advances by so many observations, or by as many as there is time for. */
  advance(observations: number, milliseconds: number): TableFrame {
    const end = performance.now() + milliseconds;
    const last = this.observation + observations;
    for (let now = performance.now(); this.observation < last && now < end;) {
      this.goOn(Math.min(this.slice, last - this.observation));
      const took = performance.now() - now;
      now += took;
      if (took < SLICE / 2) this.slice *= 2;
      else if (took > SLICE) this.slice = Math.max(1, this.slice / 2);
    }
    return this.frame();
  }

  /** Advances to the next collision through a hole; by one observation where there is no hole. */
  step(): TableFrame {
    const { cells, temperatures } = this.path.table;
    const steps = cells > 1 || temperatures ? MOST_STEPS : 1;
    for (let i = 0; i < steps && this.struck.length === 0; i++) this.goOn(1);
    return this.frame();
  }

  frame(): TableFrame {
    const { observation, path, struck } = this;
    const { time, disks, energies } = path;
    this.struck = [];
    return { observation, time, disks, energies, struck, statistics: this.statistics.read(time) };
  }

  private goOn(observations: number): void {
    this.observation += observations;
    this.path.advance(this.observation * SPACING);
    const { collisions } = this.path;
    if (collisions.length === 0) return;
    this.statistics.add(collisions);
    this.struck = [...this.struck, ...collisions].slice(-MOST_STRUCK);
  }
}
