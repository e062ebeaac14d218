/** One event: its clock, its flux J, what it keeps. Both methods, every law, both baths. */
import { expect, test } from "vitest";
import { BATHS, RATE_LAWS, type RateLaw } from "../../src/model.ts";
import goldens from "../goldens.json" with { type: "json" };
import { chain, momentZ, probe } from "../support/moments.ts";
import { numbersAt, placeModel } from "../support/probe.ts";
import { exchange, rate, type Defect } from "../support/reference.ts";
import { SIX_SIGMA } from "../support/statistics.ts";

const everyModel = RATE_LAWS.flatMap((law) =>
  BATHS.flatMap((bath) => [1, 2, 10, 1000, 1e5].map((particles) => chain({ rate: law, bath, particles }))),
);

/** Deterministic numbers of (0, 1), five an event. */
function givenNumbers(events: number): number[][] {
  let state = 12345;
  const next = () => ((state = (state * 48271) % 2147483647), (state - 0.5) / 2147483646);
  return Array.from({ length: events }, () => [next(), next(), next(), next(), next()]);
}

test("the direct method is the map zeta of (2.1), event by event, from given numbers", () => {
  for (const model of everyModel) {
    placeModel(probe, model, 1n);
    const energies = [1, ...(model.initial as number[]), 2];
    let inflow = 0;
    for (const numbers of givenNumbers(300)) {
      const [p1, p2, p3, u1, u2] = numbers as [number, number, number, number, number];
      const event = exchange(model, energies, p1, p2, p3, u1, u2);
      inflow += event.clock === 0 ? event.flux : 0;
      expect(probe.directExchange(p1, p2, p3, u1, u2)).toBe(event.clock);
      for (let k = 1; k <= 3; k++) {
        expect(Math.abs(probe.energy(k) / energies[k] - 1)).toBeLessThan(1e-12);
        energies[k] = probe.energy(k);
      }
      expect(Math.abs(probe.leftInflow() - inflow)).toBeLessThan(1e-12);
    }
  }
});

test("each planted defect of an event is seen within 300 events", () => {
  const defects: Defect[] = ["stale rate", "Beta(1, M)", "clock one too high", "swapped roles"];
  for (const defect of defects) {
    const model = chain({ rate: "sqrt-harmonic" });
    placeModel(probe, model, 1n);
    const state = { energies: [1, 1.3, 0.4, 2.1, 2], rates: undefined as number[] | undefined };
    const differs = givenNumbers(300).some(([p1, p2, p3, u1, u2]) => {
      const event = exchange(model, state.energies, p1, p2, p3, u1, u2, defect, state);
      const clock = probe.directExchange(p1, p2, p3, u1, u2);
      const wrong = [1, 2, 3].some((k) => Math.abs(probe.energy(k) / state.energies[k] - 1) > 1e-9);
      return wrong || clock !== event.clock;
    });
    expect(differs, defect).toBe(true);
  }
});

test("the waiting time is -log(1 - q) / (M R)", () => {
  for (const law of RATE_LAWS) {
    const model = chain({ rate: law, particles: 50 });
    placeModel(probe, model, 1n);
    const energies = [1, 1.3, 0.4, 2.1, 2];
    const total = [0, 1, 2, 3].reduce((sum, k) => sum + rate(model, energies[k], energies[k + 1]), 0);
    for (const q of [0.1, 0.5, 0.999]) {
      expect(probe.waitingTime(q)).toBeCloseTo(-Math.log(1 - q) / (50 * total), 12);
    }
  }
});

/** In the fast suite every kind and every M once, at unequal energies; the slow suite has all of them, at 2e7 draws. */
const goldenMoments = goldens.J_moments.filter(({ a }) => a === 1.3);

test("J has the exact finite-M moments: 18 x 3 comparisons at 4e6 draws, |z| < 6", () => {
  goldenMoments.forEach((golden, i) => {
    const z = momentZ(golden, golden.M, BigInt(i), 4e6);
    for (const value of z) expect(Math.abs(value), `M = ${golden.M} ${golden.kind}: ${z}`).toBeLessThan(SIX_SIGMA);
  });
});

test("a share of Beta(1, M) instead of Beta(1, M-1) shows in E[J] at M = 10 and 100", () => {
  for (const golden of goldenMoments.filter(({ M, kind }) => kind === "bulk" && (M === 10 || M === 100))) {
    // The engine at M + 1 draws Beta(1, M).
    const z = momentZ(golden, golden.M + 1, 1n, 2e7);
    expect(Math.max(...z.map(Math.abs))).toBeGreaterThan(20);
  }
});

test("candidates ring each bond in proportion to its rate (n = 5e6 candidates, 14 models, |z| < 6)", () => {
  const laws: { law: RateLaw; scale?: number; cap?: number }[] = [
    ...RATE_LAWS.map((law) => ({ law })),
    { law: "sqrt-harmonic", scale: 3, cap: 0.5 },
    { law: "sqrt-sum", scale: 0.1, cap: 1e-3 },
    { law: "constant", scale: 2, cap: 1 },
  ];
  const models = laws.flatMap((law) => [10, 1000].map((particles) => ({ law, particles })));
  for (const [i, { law, particles }] of models.entries()) {
    const model = chain({ rate: law, particles });
    placeModel(probe, model, BigInt(i));
    const blocks = 40000;
    const counts = numbersAt(probe, probe.acceptances(blocks), 4);
    const n = blocks * 128;
    const energies = [1, 1.3, 0.4, 2.1, 2];
    counts.forEach((count, k) => {
      const p = (particles * rate(model, energies[k], energies[k + 1])) / probe.candidateRate();
      const z = (count - n * p) / Math.sqrt(n * p * (1 - p));
      expect(
        Math.abs(z),
        `${JSON.stringify(law)} M = ${particles} bond ${k}: ${count}, expected ${n * p}`,
      ).toBeLessThan(SIX_SIGMA);
    });
  }
});

test("no bond ever rings faster than its bound, which is close from many particles on, also from a cold start", () => {
  for (const law of RATE_LAWS) {
    for (const rate of [{ law }, { law, scale: 3, cap: 0.5 }]) {
      for (const particles of [1, 7, 8, 100, 1e4]) {
        for (const initial of [[1.3, 0.4, 2.1], 1e-3]) {
          placeModel(probe, chain({ rate, particles, initial }), 9n);
          const highest = probe.highestOverBound(300);
          expect(highest).toBeLessThanOrEqual(1);
          if (particles === 1e4) expect(highest).toBeGreaterThan(0.9);
        }
      }
    }
  }
});

test("an exchange keeps energies positive and the energy of its two cells, to rounding, for ever", () => {
  const cells = [1, 2, 3];
  const faults: string[] = [];
  for (const model of everyModel) {
    placeModel(probe, model, 5n);
    for (let event = 0; event < 3000; event++) {
      const bond = event % 4;
      const before = cells.map((k) => probe.energy(k));
      const inflow = probe.leftInflow();
      probe.exactExchange(bond);
      const after = cells.map((k) => probe.energy(k));
      const isPositive = after.every((energy) => energy > 0);
      const isLocal = cells.every((k) => k === bond || k === bond + 1 || after[k - 1] === before[k - 1]);
      const gained = after.reduce((sum, energy, i) => sum + (energy - before[i]), 0);
      const received = probe.leftInflow() - inflow;
      const size = Math.max(...before, ...after, Math.abs(inflow), Math.abs(received));
      const isKept = bond === 3 || Math.abs(gained - received) < 4 * Number.EPSILON * size;
      if (!isPositive || !isLocal || !isKept)
        faults.push(`${JSON.stringify(model)}: event ${event}, ${before} -> ${after}`);
    }
  }
  expect(faults).toEqual([]);
});
