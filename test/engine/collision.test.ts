/** One collision of two disks: its rate, its energy, what it keeps. Both methods, cells and baths. */
import { describe, expect, test } from "vitest";
import { collisionZ, KINDS } from "../support/collisions.ts";
import { collisionMoments, rateOfOne } from "../support/disks.ts";
import { chain, probe } from "../support/moments.ts";
import { placeModel } from "../support/probe.ts";
import { SIX_SIGMA } from "../support/statistics.ts";

const cell = (particles: number, energy: number) => ({ particles, energy, isBath: false });
const MS = [1, 2, 10, 100];

test("the quadrature is that of another program, has E[M J] = 2M/(2M+1) (a - b), and at M = 1 the elliptic integral", () => {
  // By numpy, on 4000 places a side.
  const expected = [1.4665814, 1.4521955, 1.4234967, 1.4151736];
  MS.forEach((M, i) => {
    const { rate, moments } = collisionMoments(cell(M, 1.3), cell(M, 0.7));
    expect(Math.abs(rate - expected[i])).toBeLessThan(1e-5);
    expect(Math.abs(moments[1] - (0.6 * 2 * M) / (2 * M + 1))).toBeLessThan(1e-5);
  });
  expect(Math.abs(collisionMoments(cell(1, 1.3), cell(1, 0.7)).rate - rateOfOne(1.3, 0.7))).toBeLessThan(1e-5);
  expect(rateOfOne(1.3, 0.7)).toBeCloseTo(1.4665814124, 9);
});

describe.each(KINDS)("between %s", (kind) => {
  // 18 comparisons each, |z| < 6: false alarm 4e-8. Resolved: 1e-3 of the rate, 4e-3 of E[MJ].
  test.each(MS)("M = %d: rate, E[J] and E[J²] by either method (1e6 draws)", (particles) => {
    for (const byDirect of [false, true]) {
      const z = collisionZ({ kind, particles, byDirect, draws: 1e6 });
      for (const value of z) expect(Math.abs(value), `direct: ${byDirect}, ${z}`).toBeLessThan(SIX_SIGMA);
    }
  });

  test("one particle more is seen at M = 2", () => {
    const z = collisionZ({ kind, particles: 2, byDirect: false, draws: 2e6 }, 3);
    expect(Math.max(...z.map(Math.abs))).toBeGreaterThan(10);
  });
});

test("a collision keeps energies positive, and the energy of its two cells to rounding", () => {
  for (const particles of [1, 2, 10, 1e5]) {
    for (const byDirect of [false, true]) {
      placeModel(probe, chain({ particles, exchange: "kinetic", rate: "sqrt-sum", bath: "thermal" }), 5n);
      for (let i = 0; i < 3000; i++) {
        const bond = i % 4;
        const before = [1, 2, 3].map((k) => probe.energy(k));
        const inflow = probe.leftInflow();
        probe.collisionSums(bond, 1, byDirect);
        const after = [1, 2, 3].map((k) => probe.energy(k));
        const gained = after.reduce((sum, energy, k) => sum + energy - before[k], 0);
        const received = probe.leftInflow() - inflow;
        const size = Math.max(...before, ...after, Math.abs(inflow), Math.abs(received));
        expect(Math.min(...after)).toBeGreaterThan(0);
        if (bond < 3) expect(Math.abs(gained - received)).toBeLessThan(8 * Number.EPSILON * size);
      }
    }
  }
});
