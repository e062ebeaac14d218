/** The dynamics of the billiards, exactly: trajectories, conservation, symmetries. No statistics but for Santaló's wall rate. */
import { describe, expect, test } from "vitest";
import { diskRadius, holeHalfWidth } from "../../src/billiards/geometry.ts";
import { defineBilliards, type BilliardsInput } from "../../src/billiards/table.ts";
import { theory } from "../../src/index.ts";
import { difference, energiesOf, engineFor, leastGaps, runFor, runTo, startedAt } from "../support/billiards.ts";
import { randomTables } from "../support/billiardTables.ts";
import { PlainBilliards } from "../support/plainBilliards.ts";

/** T1, T2 and others of few and many disks. */
const TABLES: readonly BilliardsInput[] = [
  { cells: 2, particles: 1 },
  { cells: 2, particles: 2 },
  { cells: 3, particles: 3, radius: 1.2 },
  { cells: 6, particles: 10 },
  { cells: 2, particles: 100 },
  { cells: 1, particles: 1000 },
  { cells: 2, particles: 10_000 },
  { cells: 100, particles: 2 },
  { cells: 3, particles: 20, shape: { length: 4, neck: 2.2, arc: "flat" }, hole: 0.3 },
];
const nameOf = ({ cells, particles }: BilliardsInput) => `N = ${cells}, M = ${particles}`;
const named = TABLES.map((table) => [nameOf(table), table] as const);

describe("the engine has the bits of the plain simulation, which tries every pair and wall", () => {
  test.each(named.filter(([, { cells, particles }]) => cells * particles <= 200))("%s", async (_, input) => {
    const { kernel, table } = await engineFor(input);
    kernel.start(table, 7n, 1);
    const plain = new PlainBilliards(table, kernel.state);
    const disks = table.cells * table.particles;
    // Beyond the first rebase, where that does not take too long.
    const collisions = disks <= 60 ? 70 * disks : 2000;
    plain.run(collisions);
    runFor(kernel, collisions);
    expect(difference(kernel.state, plain.snapshot())).toBe(0);
    expect(kernel.time).toBe(plain.time);
  });

  test("at 40 random tables", async () => {
    for (const input of randomTables(20, 40)) {
      const { kernel, table } = await engineFor(input);
      kernel.start(table, 3n, 0);
      const plain = new PlainBilliards(table, kernel.state);
      plain.run(500);
      runFor(kernel, 500);
      expect(difference(kernel.state, plain.snapshot()), JSON.stringify(input)).toBe(0);
    }
  });
});

describe("after 2e5 collisions", () => {
  test.each(named)("%s: energy is conserved, nothing overlaps and nobody has escaped", async (_, input) => {
    const { kernel, table } = await engineFor(input);
    kernel.start(table, 1n, 0);
    const before = energiesOf(table, kernel.state).reduce((sum, energy) => sum + energy);
    for (let k = 0; k < 8; k++) {
      runFor(kernel, 25_000);
      // All pairs of 2e4 disks are too many.
      if (table.particles > 1000) continue;
      const { gap, clearance } = leastGaps(table, kernel.state);
      expect(gap).toBeGreaterThan(-1e-12);
      expect(clearance).toBeGreaterThan(-1e-12);
    }
    const energies = energiesOf(table, kernel.state);
    expect(Math.abs(energies.reduce((sum, energy) => sum + energy) / before - 1)).toBeLessThan(1e-10);
    // T13: what barriers have moved is what the velocities say.
    expect(difference(energies, kernel.energies)).toBeLessThan(1e-10);
  });
});

test("reversal: 20 collisions, v to -v, and the same time back (T3)", async () => {
  const { kernel, table } = await engineFor({ cells: 2, particles: 1 });
  const errors = Array.from({ length: 41 }, (_, replica) => {
    kernel.start(table, 5n, replica);
    const start = kernel.state.slice();
    runFor(kernel, 20);
    const time = kernel.time;
    kernel.startFrom(reversed(kernel.state));
    runTo(kernel, time);
    return difference(reversed(kernel.state), start);
  }).sort((a, b) => a - b);
  // Rounding grows by some 1.8 a collision, and by more where disks graze.
  expect(errors[20]).toBeLessThan(1e-9);
  expect(errors[40]).toBeLessThan(1e-6);
});

const reversed = (disks: Float64Array) => disks.map((value, i) => (i % 4 < 2 ? value : -value));

describe("v to 4 v: the same positions to the bit, times a quarter (T5)", () => {
  test.each([1, 2, 10, 100])("M = %i", async (particles) => {
    const { kernel, table } = await engineFor({ cells: 2, particles });
    kernel.start(table, 2n, 0);
    const start = kernel.state.slice();
    const collisions = 20_000;
    runFor(kernel, collisions);
    const [state, time] = [kernel.state.slice(), kernel.time];
    kernel.startFrom(start.map((value, i) => (i % 4 < 2 ? value : 4 * value)));
    runFor(kernel, collisions);
    expect(
      difference(
        kernel.state,
        state.map((value, i) => (i % 4 < 2 ? value : 4 * value)),
      ),
    ).toBe(0);
    expect(kernel.time).toBe(time / 4);
  });
});

describe("mirrors (T4)", () => {
  test.each([1, 2, 10, 100])("top and bottom, M = %i: the same bits", async (particles) => {
    const { kernel, table } = await engineFor({ cells: 2, particles });
    kernel.start(table, 4n, 0);
    const mirror = (disks: Float64Array) => disks.map((value, i) => (i % 2 === 1 ? -value : value));
    const start = mirror(kernel.state);
    runFor(kernel, 20_000);
    const state = kernel.state.slice();
    kernel.startFrom(start);
    runFor(kernel, 20_000);
    expect(difference(mirror(kernel.state), state)).toBe(0);
  });

  test.each([1, 2, 10])("left and right, M = %i: as far as rounding through the hole lets it", async (particles) => {
    const { kernel, table } = await engineFor({ cells: 2, particles });
    kernel.start(table, 4n, 0);
    // Cells change places, disks keep their order in them.
    const mirror = (disks: Float64Array) => {
      const half = disks.length / 2;
      const flipped = disks.map((value, i) => (i % 2 === 0 ? -value : value));
      return Float64Array.from([...flipped.subarray(half), ...flipped.subarray(0, half)]);
    };
    const start = mirror(kernel.state);
    runFor(kernel, 20 * 2 * particles);
    const state = kernel.state.slice();
    const time = kernel.time;
    kernel.startFrom(start);
    runTo(kernel, time);
    expect(difference(mirror(kernel.state), state)).toBeLessThan(1e-6);
  });
});

test("Santaló: a lone disk meets the walls |∂Q| v/(π A) times a unit of time (T6)", async () => {
  const { kernel, table } = await engineFor({ cells: 1, particles: 1, energy: 1 });
  kernel.start(table, 6n, 0);
  // Batch means of 100 batches, |z| < 5: false alarms 6e-7. A table half a percent too large is rejected.
  const rates: number[] = [];
  for (let batch = 0; batch < 100; batch++) {
    const [duration, collisions] = runFor(kernel, 20_000);
    rates.push(collisions / duration);
  }
  const mean = rates.reduce((sum, rate) => sum + rate) / rates.length;
  const square = rates.reduce((sum, rate) => sum + (rate - mean) ** 2, 0);
  const error = Math.sqrt(square / (rates.length - 1) / rates.length);
  expect(error).toBeLessThan(0.0006);
  expect(Math.abs(mean - theory.billiards.wallRate(table, 1)) / error).toBeLessThan(5);
  expect(Math.abs(1.005 * theory.billiards.wallRate(table, 1) - mean) / error).toBeGreaterThan(4);
});

test("who meets through a hole: one centre is in its mouth, 2r from the other (T15)", async () => {
  for (const particles of [1, 2]) {
    const { kernel, table } = await engineFor({ cells: 3, particles, hole: 0.1 });
    kernel.start(table, 8n, 0);
    kernel.record(true);
    const [r, a, L] = [diskRadius(table), holeHalfWidth(table), table.shape.length];
    let seen = 0;
    while (seen < 200) {
      kernel.step();
      const { recorded } = kernel;
      if (recorded.length === 0) continue;
      kernel.record(true);
      seen++;
      const barrier = recorded[1];
      const disks = kernel.state;
      const centres = (cell: number) =>
        Array.from({ length: particles }, (_, k) => 4 * (cell * particles + k)).map((i) => [disks[i], disks[i + 1]]);
      const touching = centres(barrier).flatMap(([x, y]) =>
        centres(barrier + 1)
          .filter(([u, v]) => Math.abs(Math.hypot(u + L - x, v - y) - 2 * r) < 1e-12)
          .map(([u, v]) => [L / 2 - x, y, u + L / 2, v]),
      );
      expect(touching).toHaveLength(1);
      const [left, y, right, v] = touching[0];
      expect((left < r && Math.abs(y) < a) || (right < r && Math.abs(v) < a)).toBe(true);
    }
  }
});

test("a start is uniform: shares of energy are Beta(1, M-1), and momentum is not removed", async () => {
  const kernel = await startedAt({ cells: 1, particles: 4, energy: 2 }, 9n);
  const table = defineBilliards({ cells: 1, particles: 4, energy: 2 });
  const shares: number[] = [];
  let momentum = 0;
  for (let replica = 0; replica < 4000; replica++) {
    kernel.start(table, 9n, replica);
    const { state } = kernel;
    shares.push((state[2] ** 2 + state[3] ** 2) / 8);
    momentum += (state[2] + state[6] + state[10] + state[14]) ** 2;
  }
  const mean = shares.reduce((sum, share) => sum + share) / shares.length;
  // Var B = 3/80 for Beta(1, 3); (Σ v_x)² has mean 4 · E M/(2M) = 4, standard deviation below √2 · 4. Six sigma each.
  expect(Math.abs(mean - 1 / 4)).toBeLessThan(6 * Math.sqrt(3 / 80 / 4000));
  expect(Math.abs(momentum / 4000 - 4)).toBeLessThan(6 * 4 * Math.sqrt(2 / 4000));
});
