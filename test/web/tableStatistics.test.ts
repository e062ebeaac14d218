/** What the tab of billiards sums up, beside what the package measures of the same path, and beside theory. */
import { expect, test } from "vitest";
import { type BarrierCollision, followBilliards, simulateBilliards } from "../../src/billiards/index.ts";
import { lawsOf, rateOf } from "../../web/src/billiards/predictions.ts";
import { layOut } from "../../web/src/billiards/layout.ts";
import { TABLE_FIELDS, tableOf, type TableSettings } from "../../web/src/billiards/settings.ts";
import { KEPT, shareBins, StatisticsSoFar } from "../../web/src/billiards/statistics.ts";

const settings = (part: Partial<TableSettings>): TableSettings => ({
  ...(Object.fromEntries(Object.entries(TABLE_FIELDS).map(([key, { fallback }]) => [key, fallback])) as TableSettings),
  ...part,
});

async function followed(of: TableSettings, time: number) {
  const path = await followBilliards(tableOf(of), { seed: 1n });
  const statistics = new StatisticsSoFar(path.table, path.energies);
  path.advance(time);
  statistics.add(path.collisions);
  return { path, ...statistics.read(time) };
}

test.each(["closed", "exponential", "maxwell"] as const)(
  "%s: rates and mean energies are the package's",
  async (ends) => {
    const of = settings({ ends, cells: 3, particles: 4 });
    const time = 2000;
    const { path, means, rate, collisions } = await followed(of, time);
    const measured = await simulateBilliards(tableOf(of), { seed: 1n, replicas: 1, time, burnIn: 0, batches: 1 });
    const inner = ends === "closed" ? measured.rate : measured.rate.slice(1, -1);
    expect(rate).toBeCloseTo(inner.reduce((sum, one) => sum + one) / 2, 12);
    expect(collisions).toBe(path.collisions.length);
    for (const [k, E] of measured.energies.entries()) expect(means[k]).toBeCloseTo(E, 9);
  },
);

// Seed 1, some 20,000 collisions: the error of a mean share, whose deviation is about 1, is 0.005 with two shares of each.
// A false alarm beyond 5 of them has a probability of 6e-7; the paper's mean, 1, is 30 of them away.
test("shares, rate and waits of a closed table are those of kinetic theory, for three cells as for two", async () => {
  const of = settings({ ends: "closed", cells: 3, particles: 3 });
  const { meanShare, correlation, rate, shares, inner } = await followed(of, 1e6);
  const { meanShare: predicted, weighted, paper } = lawsOf(of);
  const phi = await rateOf(of);
  expect(inner).toBeGreaterThan(15_000);
  expect(Math.abs(meanShare - predicted)).toBeLessThan(0.025);
  expect(Math.abs(meanShare - 1)).toBeGreaterThan(0.1);
  expect(correlation).toBeCloseTo(-1 / 3, 1);
  // The constant is that of two cells; a hole more on a cell's other side changes it by a few thousandths.
  expect(Math.abs(rate / phi!.value - 1)).toBeLessThan(0.05 + (5 * phi!.error) / phi!.value);
  const { count, most } = shareBins(3);
  const distanceTo = (law: Float64Array) =>
    shares.reduce((sum, h, i) => sum + Math.abs(h - (law[i] + law[i + 1]) / 2) * (most / count), 0);
  expect(distanceTo(weighted)).toBeLessThan(0.06);
  expect(distanceTo(paper)).toBeGreaterThan(0.12);
});

test("waits over their mean are counted barrier by barrier", () => {
  const table = { cells: 2, particles: 2, temperatures: [1, 2] } as never;
  const statistics = new StatisticsSoFar(table, new Float64Array(4).fill(1));
  const at = (time: number): BarrierCollision => ({
    ...{ time, barrier: 1, energies: [1, 1], before: [0.5, 0.5], after: [0.25, 0.75] },
  });
  const pairs = (number: number) => Array.from({ length: number }, (_, i) => [at(4 * i + 2), at(4 * i + 5)]).flat();
  statistics.add([at(1), ...pairs(4)]);
  // Too few to know their mean.
  expect(statistics.read(18).waitVariance).toBeNaN();
  statistics.add(pairs(6).slice(8));
  const { waits, waitVariance, inner, means } = statistics.read(26);
  expect(inner).toBe(13);
  // Waits 1 and 3 over their mean, 2.
  expect([...waits].flatMap((density, i) => (density > 0 ? [i] : []))).toEqual([5, 15]);
  expect(waitVariance).toBeCloseTo(0.25, 12);
  // The engine's own energy until a collision, and what the last one left after it.
  expect(means[0]).toBeCloseTo((25 + 0.75) / 26, 12);
  expect(KEPT).toBeGreaterThan(1e4);
});

test("no table of the lab is refused with a hole of the default width", async () => {
  const { defineBilliards } = await import("../../src/billiards/index.ts");
  for (let particles = 1; particles <= 100; particles++) {
    for (const ends of ["closed", "exponential"] as const) {
      expect(() => defineBilliards(tableOf(settings({ particles, cells: 10, ends })))).not.toThrow();
    }
  }
});

test("cells stand in one row where there is room, and in as few as it takes to see them on a phone", () => {
  const box = { length: 5, height: 5.14, cells: 12 };
  expect(layOut({ ...box, width: 900 })).toMatchObject({ rows: 1, perRow: 12 });
  const phone = layOut({ ...box, width: 300 });
  expect(phone).toMatchObject({ rows: 3, perRow: 4 });
  expect(phone.perRow * box.length * phone.scale).toBeLessThanOrEqual(300);
  expect(layOut({ ...box, cells: 1, width: 900 }).rowHeight).toBeLessThan(300);
});
