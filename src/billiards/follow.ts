/** One table that goes on to whatever time it is asked for next: for live simulations. */
import { describe, InvalidInputError } from "../errors.ts";
import { diskRadius } from "./geometry.ts";
import { BilliardsKernel, billiardsModule, RECORD } from "./kernel.ts";
import { type FollowBilliardsOptions, readFollowBilliardsOptions } from "./options.ts";
import { defineBilliards, type Billiards, type BilliardsInput } from "./table.ts";

/** A collision through a barrier. Energies of two are those of the left and the right one. */
export interface BarrierCollision {
  /** Since the start. */
  readonly time: number;
  /** 0 .. from the left; between baths the leftmost is the left bath's. */
  readonly barrier: number;
  /** The cells' energies before. */
  readonly energies: readonly [number, number];
  /** The disks' energies v²/M before. */
  readonly before: readonly [number, number];
  /** The disks' energies after. */
  readonly after: readonly [number, number];
}

/** A table in motion, as of its present. Disks come cell by cell from the left; bath cells, where there are, come first and last. */
export class BilliardsPath {
  /** r: the radius of a disk. */
  readonly radius: number;
  /** The collisions through barriers during the last `advance`. */
  collisions: readonly BarrierCollision[] = [];

  /** `followBilliards` makes them. */
  constructor(
    private readonly kernel: BilliardsKernel,
    /** The table. */
    readonly table: Billiards,
  ) {
    this.radius = diskRadius(table);
    kernel.record(true);
  }

  /** The present. */
  get time(): number {
    return this.kernel.time;
  }

  /** The energies of all cells, those of the baths included. */
  get energies(): Float64Array {
    return this.kernel.energies;
  }

  /** n x 4: x, y, vx, vy of all disks; x from the left end of the chain's first cell on, y from the middle. An array of its own. */
  get disks(): Float64Array {
    const { shape, particles, temperatures } = this.table;
    const disks = this.kernel.state.slice();
    for (let i = 0; i < disks.length; i += 4) {
      const cell = Math.floor(i / (4 * particles)) - (temperatures ? 1 : 0);
      disks[i] += (cell + 0.5) * shape.length;
    }
    return disks;
  }

  /**
   * Goes on to a time, on the thread that calls: about half a microsecond a collision.
   * @param time finite, not before the present.
   * @throws InvalidInputError
   */
  advance(time: number): void {
    if (!(time >= this.time && time < Infinity)) {
      const expected = `a finite time from ${this.time} on`;
      throw new InvalidInputError("path", [{ field: "time", expected, got: describe(time) }]);
    }
    const records: Float64Array[] = [];
    let isThere: boolean;
    do {
      isThere = this.kernel.advance(time);
      records.push(this.kernel.recorded);
      this.kernel.record(true);
    } while (!isThere);
    this.collisions = records.flatMap(collisionsOf);
  }
}

function collisionsOf(records: Float64Array): BarrierCollision[] {
  return Array.from({ length: records.length / RECORD }, (_, i) => {
    const [time, barrier, ...energies] = records.subarray(RECORD * i, RECORD * (i + 1));
    const pair = (at: number) => [energies[at], energies[at + 1]] as const;
    return { time, barrier, energies: pair(0), before: pair(2), after: pair(4) };
  });
}

/**
 * Opens a table at time 0: the replica of that number and seed.
 * @throws InvalidInputError listing every fault; OutOfMemoryError; CrowdedTableError.
 */
export async function followBilliards(
  input: BilliardsInput,
  options: FollowBilliardsOptions = {},
): Promise<BilliardsPath> {
  const table = defineBilliards(input);
  const { seed, replica } = readFollowBilliardsOptions(options);
  const kernel = await BilliardsKernel.of(await billiardsModule());
  kernel.setTable(table);
  kernel.start(table, seed, replica);
  return new BilliardsPath(kernel, table);
}
