/** The plain twin of the billiards' engine: what it must keep, its symmetries, and the rate of collisions with walls. */
import { describe, expect, test } from "vitest";
import { type Billiards, defineBilliards } from "../../src/billiards/table.ts";
import { randomDisks, randomTables } from "../support/billiardTables.ts";
import { PlainBilliards } from "../support/plainBilliards.ts";

/** The default cell with one disk and more, and random ones of 24 disks at most. */
const tables: readonly Billiards[] = [
  defineBilliards({ cells: 1, particles: 1 }),
  defineBilliards({ cells: 2, particles: 1 }),
  defineBilliards({ cells: 3, particles: 2 }),
  defineBilliards({ cells: 2, particles: 5, hole: 0.01 }),
  defineBilliards({ cells: 2, particles: 4, shape: { arc: "flat" } }),
  ...randomTables(11, 200)
    .filter(({ cells, particles }) => cells * particles <= 24)
    .slice(0, 15),
];
const named = tables.map((table, k) => ({
  table,
  k,
  name: `${table.cells} cells of ${table.particles}, ε ${table.hole.toFixed(2)}, arc ${table.shape.arc === "flat" ? "flat" : table.shape.arc.toFixed(1)}`,
}));

const energyOf = (disks: Float64Array) => disks.reduce((sum, v, i) => (i % 4 < 2 ? sum : sum + v * v), 0);

/** x, y, vx, vy of each disk after a change. */
const changed = (disks: Float64Array, change: (disk: readonly number[]) => readonly number[]) =>
  Float64Array.from(disks, (_, k) => change([...disks.subarray(k - (k % 4), k - (k % 4) + 4)])[k % 4]);

/** The cells in the opposite order. */
function reversed(disks: Float64Array, { cells, particles }: Billiards): Float64Array {
  const size = 4 * particles;
  return Float64Array.from(disks, (_, k) => disks[(cells - 1 - Math.floor(k / size)) * size + (k % size)]);
}

const faster = (disks: Float64Array) => changed(disks, ([x, y, vx, vy]) => [x, y, 4 * vx, 4 * vy]);
const backward = (disks: Float64Array) => changed(disks, ([x, y, vx, vy]) => [x, y, -vx, -vy]);
const upsideDown = (disks: Float64Array) => changed(disks, ([x, y, vx, vy]) => [x, -y, vx, -vy]);
const leftToRight = (disks: Float64Array, table: Billiards) =>
  reversed(
    changed(disks, ([x, y, vx, vy]) => [-x, y, -vx, vy]),
    table,
  );

describe.each(named)("$name", ({ table, k }) => {
  const start = randomDisks(table, k);
  const disks = table.cells * table.particles;
  const { length, neck, arc } = table.shape;
  /** Rounding of places. */
  const slack = 1e-13 * Math.max(length, neck, Number(arc) || 0);

  test("keeps its energy, and disks touch when they collide, overlap nothing and stay in their cells", () => {
    const billiards = new PlainBilliards(table, start);
    const seen: Record<string, number> = { disks: 0, hole: 0, arc: 0, barrier: 0, edge: 0 };
    let before = 0;
    for (let i = 0; i < 150 * disks; i++) {
      const { kind, time } = billiards.step();
      seen[kind]++;
      expect(time).toBeGreaterThanOrEqual(before);
      before = time;
      const [gap, clearance] = [billiards.smallestGap(), billiards.smallestClearance()];
      expect(Math.min(gap, clearance)).toBeGreaterThan(-slack);
      expect(kind === "disks" || kind === "hole" ? gap : clearance).toBeLessThan(slack);
    }
    expect(Math.abs(energyOf(billiards.disks) / energyOf(start) - 1)).toBeLessThan(1e-12);
    expect(energyOf(start) / table.particles).toBeCloseTo(table.energy!, 9);
    expect(billiards.collisions).toBe(150 * disks);
    expect(seen.arc * seen.barrier).toBeGreaterThan(0);
    if (table.particles === 1) expect(seen.disks).toBe(0);
    if (table.cells === 1) expect(seen.hole + seen.edge).toBe(0);
  });

  // More than two rebases. A factor of 2^k, a change of sign and an exchange of sides leave all rounding as it is.
  test.each([
    ["four times as fast", faster, 4],
    ["upside down", upsideDown, 1],
    ["from left to right", leftToRight, 1],
  ] as const)("%s it does the same, bit for bit", (_, change, speed) => {
    const [one, other] = [start, change(start, table)].map((disks) => new PlainBilliards(table, disks));
    for (let i = 0; i < 3; i++) {
      one.run(50 * disks);
      other.run(50 * disks);
      expect(other.time).toBe(one.time / speed);
      expect(other.snapshot()).toEqual(change(one.snapshot(), table));
    }
  });
});

test("all kinds of collisions occur, with the disks and the barriers that take part", () => {
  const table = defineBilliards({ cells: 3, particles: 2 });
  const billiards = new PlainBilliards(table, randomDisks(table, 5));
  const events = Array.from({ length: 5000 }, () => billiards.step());
  for (const { kind, disks, barrier } of events) {
    const cells = disks.map((i) => Math.floor(i / 2));
    if (kind === "disks") expect([disks, barrier]).toEqual([[2 * cells[0], 2 * cells[0] + 1], -1]);
    if (kind === "hole") expect([cells, barrier]).toEqual([[barrier - 1, barrier], cells[1]]);
    if (kind === "arc") expect([disks.length, barrier]).toEqual([1, -1]);
    if (kind === "barrier") expect([cells[0], cells[0] + 1]).toContain(barrier);
    if (kind === "edge") expect(barrier === 1 || barrier === 2).toBe(true);
  }
  for (const kind of ["disks", "hole", "arc", "barrier", "edge"]) {
    const barriers = new Set(events.filter((event) => event.kind === kind).map(({ barrier }) => barrier));
    const expected = { disks: 1, hole: 2, arc: 1, barrier: 4, edge: 2 }[kind];
    expect(barriers.size, kind).toBe(expected);
  }
});

// Ten collisions a disk make 1e4 out of a rounding, sometimes 1e6; twenty make 1e8, which is the table's chaos.
test.each([0, 1, 2, 3, 4])("run backward it returns to its start, one disk a cell (start %d)", (seed) => {
  const table = defineBilliards({ cells: 2, particles: 1 });
  const start = randomDisks(table, seed);
  const there = new PlainBilliards(table, start);
  there.run(20);
  const back = new PlainBilliards(table, backward(there.snapshot()));
  back.run(20);
  const end = backward(back.positionsAt(there.time));
  expect(Math.max(...end.map((x, i) => Math.abs(x - start[i])))).toBeLessThan(1e-9);
});

/**
 * Santaló: a disk of speed v in a closed cell hits the walls |∂Q| v/(π A) times per unit of time, of its centre's region Q. From
 * a uniform start this is exact for the mean number in any time.
 */
function wallRate(table: Billiards, starts: number, time: number) {
  let [sum, squares] = [0, 0];
  for (let seed = 0; seed < starts; seed++) {
    const billiards = new PlainBilliards(table, randomDisks(table, seed));
    while (billiards.step().time < time);
    const rate = (billiards.collisions - 1) / time;
    sum += rate;
    squares += rate * rate;
  }
  const mean = sum / starts;
  return { mean, error: Math.sqrt((squares / starts - mean * mean) / starts) };
}

const SANTALO = 10.426426 / (Math.PI * 5.778597);

// 570000 collisions: |z| < 5 has a false alarm of 6e-7 and resolves half a per cent of the rate.
test("a disk hits the walls of its cell at the rate of its perimeter over its area", () => {
  const { mean, error } = wallRate(defineBilliards({ cells: 1, particles: 1 }), 20_000, 50);
  expect(error).toBeLessThan(0.001 * SANTALO);
  expect(Math.abs(mean - SANTALO) / error).toBeLessThan(5);
});

test("a disk that is smaller by 1 % has another rate", () => {
  const { mean, error } = wallRate(defineBilliards({ cells: 1, particles: 1, radius: 0.99 }), 20_000, 50);
  expect(Math.abs(mean - SANTALO) / error).toBeGreaterThan(6);
});
