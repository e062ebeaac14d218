/** The verification of section 2.1 on few collisions, its statistics, and its entry. On drawn laws: billiards-drawn.slow.ts. */
import { describe, expect, test } from "vitest";
import { AbortedError, InvalidInputError, theory } from "../../src/index.ts";
import { secondHole, twinsOf } from "../../src/verify/billiards/chains.ts";
import { within } from "../../src/verify/billiards/checks.ts";
import { verifyBilliards } from "../../src/verify/billiards/index.ts";
import { meanAt, ratioOf, slopeAt } from "../../src/verify/billiards/ratios.ts";
import { billiardsReport } from "../../src/verify/billiards/report.ts";
import type { BilliardsEffort } from "../../src/verify/billiards/effort.ts";
import { readBilliardsVerifyOptions } from "../../src/verify/billiards/options.ts";
import { study } from "../../src/verify/billiards/study.ts";
import { waitsOf } from "../../src/verify/billiards/waits.ts";
import { defineBilliards } from "../../src/billiards/index.ts";
import { collidingDisks } from "../support/collidingDisks.ts";
import { collisionMoments } from "../support/disks.ts";

test("of few collisions in motion the report is whole, and the same for any number of workers", async () => {
  const effort: BilliardsEffort = {
    tables: [
      { particles: 1, collisions: 4000, sweeps: 0 },
      { particles: 2, collisions: 4000, sweeps: 2 ** 14 },
      { particles: 5, collisions: 512, sweeps: 2 ** 14 },
      { particles: 10, collisions: 512, sweeps: 2 ** 14 },
    ],
    smaller: [{ radius: 0.7, collisions: 2500 }],
    chains: [{ cells: 1, particles: 2, collisions: 3000 }],
    twinEvents: 1e5,
  };
  const [one, two] = await Promise.all(
    [1, 2].map(async (workers) =>
      billiardsReport(await study(readBilliardsVerifyOptions({ workers, seed: 3 }), effort)),
    ),
  );
  expect(one.checks.filter(({ passed }) => !passed)).toEqual([]);
  expect(JSON.stringify(one)).toBe(JSON.stringify(two));
  expect(one.certificates).toHaveLength(8);
  for (const { rows, columns } of one.tables) for (const row of rows) expect(row).toHaveLength(columns.length);
  expect(one.notes.at(-1)).toMatch(/^the current through one cell is [\d.]+% (below|above) that of its kinetic twin/);
});

describe("the statistics", () => {
  const seen = collidingDisks(1, 30);

  test("errors of ratios are those between replicas: clusters of copies make them larger", () => {
    const { events } = seen;
    const share = (i: number) => events.before[2 * i];
    const twice = (of: Float64Array, width: number) =>
      Float64Array.from(
        { length: 4 * events.count * width },
        (_, i) => of[width * Math.floor(i / (4 * width)) + (i % width)],
      );
    const copies = {
      ...{ count: 4 * events.count, replica: twice(events.replica, 1), time: twice(events.time, 1) },
      ...{ barrier: twice(events.barrier, 1), energies: events.energies, after: events.after },
      before: twice(events.before, 2),
    };
    const plain = meanAt(seen, share);
    const clustered = meanAt({ ...seen, events: copies }, (i) => copies.before[2 * i]);
    expect(clustered.measured).toBeCloseTo(plain.measured, 12);
    expect(clustered.standardError).toBeCloseTo(plain.standardError, 12);
  });

  test("a ratio and a slope by hand", () => {
    const ratio = ratioOf(Float64Array.of(1, 2, 6), Float64Array.of(1, 1, 1));
    expect(ratio.measured).toBe(3);
    expect(ratio.standardError).toBeCloseTo(Math.sqrt((14 * 3) / 2) / 3, 12);
    const slope = slopeAt(
      seen,
      (i) => i + 1,
      (i) => -2 * (i + 1),
    );
    expect(slope.measured).toBeCloseTo(-2, 12);
    expect(slope.standardError).toBeCloseTo(0, 12);
  });

  test("parts of a replica's time count as replicas", () => {
    const parted = { ...seen, replicas: 256, parts: 2, time: 2 * seen.time };
    const { events } = seen;
    const merged = {
      ...events,
      replica: events.replica.map((r) => Math.floor(r / 2)),
      time: events.time.map((at, i) => at + (events.replica[i] % 2) * seen.time),
    };
    const mean = (of: typeof seen) => meanAt(of, (i) => events.before[2 * i]);
    expect(mean({ ...parted, events: merged })).toEqual(mean(seen));
  });

  test("waits that the end of a replica cuts are no shorter", () => {
    // Half of what short replicas have is cut off; exponential waits pass all the same.
    const { levels, count } = waitsOf(collidingDisks(1, 12));
    expect(count).toBeGreaterThan(2000);
    for (const { measured, predicted, standardError } of levels)
      expect(Math.abs(measured - predicted)).toBeLessThan(7.5 * standardError);
  });

  test("a band moves the prediction to the measurement, and no farther than its width", () => {
    const of = (predicted: number, measured: number) =>
      within(0.1, { predicted, measured, standardError: 1 }).predicted;
    expect([of(10, 10.5), of(10, 12), of(10, 8), of(-10, -12)]).toEqual([10.5, 11, 9, -11]);
    expect(of(10, NaN)).toBeNaN();
  });
});

describe("stochastic twins", () => {
  const table = defineBilliards({ cells: 3, particles: 2, temperatures: [1, 2] });

  test("the kinetic one collides at the rate of the disks: f_M = (2/√π)⟨g⟩, at every M", () => {
    const side = (particles: number, energy: number) => ({ particles, energy, isBath: false });
    for (const M of [1, 2, 10]) {
      const { rate } = collisionMoments(side(M, 1.3), side(M, 0.7));
      const g = theory.billiards.meanRelativeSpeed(M, 1.3, 0.7);
      expect(rate / ((2 / Math.sqrt(Math.PI)) * g)).toBeCloseTo(1, 5);
    }
    expect(twinsOf(table, 1).kinetic.rate.scale).toBeCloseTo(Math.sqrt(Math.PI) / 2, 14);
  });

  test("that of the paper has the same rate between the baths, and nearly the same at their temperatures", () => {
    const { uniform } = twinsOf(table, 0.01);
    const f = theory.rate(uniform);
    const g = (a: number, b: number) => 0.01 * theory.billiards.meanRelativeSpeed(2, a, b);
    expect(f(1.5, 1.5) / g(1.5, 1.5)).toBeCloseTo(1, 12);
    expect(Math.abs(f(1, 2) / g(1, 2) - 1)).toBeLessThan(0.007);
  });

  test("a second hole makes contacts rarer, by less where there are more disks", () => {
    const factor = (particles: number) => secondHole(defineBilliards({ cells: 3, particles, temperatures: [1, 2] }));
    expect(factor(1)).toBeCloseTo(0.946, 3);
    // Measured in a closed row of four cells, M = 2: 0.971 ± 0.006 between cells with two holes, which have it twice.
    expect(factor(2)).toBeCloseTo(0.984, 3);
    expect(factor(10)).toBeGreaterThan(0.997);
  });
});

describe("the entry", () => {
  test("refuses what it does not know", async () => {
    await expect(verifyBilliards({ quick: 1 } as never)).rejects.toThrow(InvalidInputError);
    await expect(verifyBilliards({ particles: [10] } as never)).rejects.toThrow('"particles"');
  });

  test("an abort keeps nothing", async () => {
    const controller = new AbortController();
    const stages: string[] = [];
    const run = verifyBilliards({
      quick: true,
      workers: 1,
      signal: controller.signal,
      onProgress: ({ stage, done }) => {
        expect(done).toBeLessThan(0.5);
        stages.push(stage);
        controller.abort("enough");
      },
    });
    await expect(run).rejects.toThrow(AbortedError);
    await expect(run).rejects.toMatchObject({ kept: "a check needs all of them", cause: "enough" });
    expect(stages[0]).toBe("two cells, M = 1");
  });
});
