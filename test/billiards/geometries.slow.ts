/** Long runs: nothing overlaps, nobody escapes, time goes on, and energy stays. No statistics. */
import { describe, expect, test } from "vitest";
import type { BilliardsKernel } from "../../src/billiards/kernel.ts";
import { defineBilliards } from "../../src/billiards/table.ts";
import { difference, energiesOf, engineFor, leastGaps } from "../support/billiards.ts";
import { randomTables } from "../support/billiardTables.ts";

/** Goes on for so many collisions, or a few more; a quarter of a million events without one are a stuck state. */
function collide(kernel: BilliardsKernel, collisions: number): void {
  kernel.takeBatch();
  for (let [last, quiet] = [0, 0]; last < collisions && quiet < 32;) {
    kernel.advance(Infinity);
    const now = kernel.batchCollisions;
    quiet = now > last ? 0 : quiet + 1;
    last = now;
  }
  expect(kernel.batchCollisions).toBeGreaterThanOrEqual(collisions);
}

const total = (energies: Float64Array) => energies.reduce((sum, energy) => sum + energy);

describe("after 10^7 collisions (T1, T2, T13)", () => {
  test.each([1, 2, 10, 100, 1000])("M = %i", async (particles) => {
    const { kernel, table } = await engineFor({ cells: 2, particles });
    kernel.start(table, 40n, 0);
    for (let part = 0; part < 10; part++) {
      collide(kernel, 1e6);
      const { gap, clearance } = leastGaps(table, kernel.state);
      expect(gap).toBeGreaterThan(-1e-12);
      expect(clearance).toBeGreaterThan(-1e-12);
    }
    const energies = energiesOf(table, kernel.state);
    expect(Math.abs(total(energies) / 2 - 1)).toBeLessThan(1e-10);
    expect(difference(energies, kernel.energies)).toBeLessThan(1e-10);
  });
});

/** Ten million collisions each: 10^9 in all. */
const TABLES = randomTables(100, 100);

describe("10^9 collisions over 100 random tables that the checker accepts", () => {
  test.each(Array.from({ length: 10 }, (_, i) => 10 * i))("ten of them from %i on", async (first) => {
    for (const input of TABLES.slice(first, first + 10)) {
      const { kernel, table } = await engineFor(input);
      kernel.start(defineBilliards(input), 41n, first);
      const energy = total(kernel.energies);
      let time = 0;
      for (let part = 0; part < 10; part++) {
        collide(kernel, 1e6);
        const { gap, clearance } = leastGaps(table, kernel.state);
        const name = JSON.stringify(input);
        expect(gap, name).toBeGreaterThan(-1e-12);
        expect(clearance, name).toBeGreaterThan(-1e-12);
        expect(kernel.time, name).toBeGreaterThan(time);
        time = kernel.time;
      }
      expect(Math.abs(total(energiesOf(table, kernel.state)) / energy - 1)).toBeLessThan(1e-10);
    }
  });
});
