/** The billiards' engine in tests. */
import { BilliardsKernel, billiardsModule, cellsOf } from "../../src/billiards/kernel.ts";
import { defineBilliards, type Billiards, type BilliardsInput } from "../../src/billiards/table.ts";
import { PlainBilliards } from "./plainBilliards.ts";

/** The engine with a table, not yet started. */
export async function engineFor(input: BilliardsInput): Promise<{ kernel: BilliardsKernel; table: Billiards }> {
  const table = defineBilliards(input);
  const kernel = await BilliardsKernel.of(await billiardsModule());
  kernel.setTable(table);
  return { kernel, table };
}

/** A replica at time 0. */
export async function startedAt(input: BilliardsInput, seed: bigint, replica = 0): Promise<BilliardsKernel> {
  const { kernel, table } = await engineFor(input);
  kernel.start(table, seed, replica);
  return kernel;
}

/** Goes on until there were so many collisions since the present batch began, and takes the batch. */
export function runFor(kernel: BilliardsKernel, collisions: number): Float64Array {
  while (kernel.batchCollisions < collisions) kernel.step();
  return kernel.takeBatch();
}

/** Goes on to a time. */
export function runTo(kernel: BilliardsKernel, time: number): void {
  while (!kernel.advance(time));
}

/** The table with its bath cells as cells of its own: their walls are the same. */
const closed = (table: Billiards): Billiards => ({ ...table, cells: cellsOf(table) });

/** The least gap between two disks, and between a disk and a wall, by trying all of them. */
export function leastGaps(table: Billiards, disks: Float64Array): { gap: number; clearance: number } {
  const plain = new PlainBilliards(closed(table), disks);
  return { gap: plain.smallestGap(), clearance: plain.smallestClearance() };
}

/** Σ v²/M of each cell, from the velocities. */
export function energiesOf({ particles, ...table }: Billiards, disks: Float64Array): Float64Array {
  return Float64Array.from({ length: cellsOf({ particles, ...table }) }, (_, cell) => {
    let sum = 0;
    for (let i = cell * particles; i < (cell + 1) * particles; i++)
      sum += disks[4 * i + 2] ** 2 + disks[4 * i + 3] ** 2;
    return sum / particles;
  });
}

/** The largest difference between the numbers of two arrays. */
export function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);
}
