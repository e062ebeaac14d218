/** Instantons of events at a finite time: exact actions, a fluctuation theorem, plain integration, feedback (THEORY 12.5). */
import { describe, expect, test } from "vitest";
import { InvalidInputError } from "../../../src/errors.ts";
import { defineModel, type ModelInput } from "../../../src/model.ts";
import { covariance, currentRateFunction, instanton, limit, quasiPotential } from "../../../src/theory/index.ts";
import type { RareEvent } from "../../../src/theory/index.ts";
import { feedbackOf } from "../../../src/theory/largeDeviations/feedback.ts";
import { deviation } from "../../support/closeness.ts";
import { carried, hamiltonian } from "../../support/plainPaths.ts";

const base: ModelInput = {
  cells: 3,
  particles: 100,
  temperatures: [1, 2],
  rate: "sqrt-sum",
  bath: "thermal",
  initial: "equilibrium",
};
const plain = { temperatures: [1, 2] as const, f: (a: number, b: number) => Math.sqrt(a + b) };

const models: [string, Partial<ModelInput>][] = [
  ["constant", { rate: "constant" }],
  ["sqrt-sum", { rate: "sqrt-sum" }],
  ["sqrt-harmonic, capped", { rate: { law: "sqrt-harmonic", scale: 2, cap: 3 } }],
  ["sqrt-min", { rate: "sqrt-min" }],
  ["an expression", { rate: "1 + tanh(a + 2*b)" }],
  ["other scales on each bond", { rate: { law: "sqrt-sum", scales: [1, 3, 0.4, 2] } }],
  ["disks that collide", { exchange: "kinetic", rate: "sqrt-sum" }],
];

const last = (rows: Float64Array, N: number) => Array.from(rows.subarray(rows.length - N));

describe("the action", () => {
  // By implicit midpoint steps in an independent program, whose error is below 1e-8.
  test.each([
    [1.95, 0.0310736639],
    [2.5, 0.1432823439],
    [3, 0.289462637],
    [3.5, 0.46312765],
  ])("of E_2(2) > %d is that of an independent computation", (above, action) => {
    expect(Math.abs(instanton(base, { cell: 2, above, time: 2 }).action - action)).toBeLessThan(1.1e-8);
  });

  test.each(models)("%s: from a stationary start it is that of the stationary law, at any time", (_, others) => {
    const model = defineModel({ ...base, ...others, temperatures: [1.3, 1.3], initial: { gamma: 1.3 } });
    for (const [cell, x, time] of [
      [1, 3, 0.4],
      [2, 4, 2],
      [3, 0.2, 1],
    ]) {
      const event = x > 1.3 ? { cell, above: x, time } : { cell, below: x, time };
      const { action, slope } = instanton(model, event);
      expect(Math.abs(action / (x / 1.3 - 1 - Math.log(x / 1.3)) - 1)).toBeLessThan(1e-9);
      expect(Math.abs(slope / (1 / 1.3 - 1 / x) - 1)).toBeLessThan(1e-7);
    }
  });

  test.each(models)("%s: the energy from the left bath obeys the fluctuation theorem at any time", (_, others) => {
    // P(Q_0 = q)/P(Q_0 = -q) = e^{-M A q} from a start at T_R, A = 1/T_L - 1/T_R.
    const model = defineModel({ ...base, ...others, initial: { gamma: 2 } });
    for (const [q, time] of [
      [1.5, 1],
      [0.9, 0.2],
    ]) {
      const up = instanton(model, { bond: 0, above: q, time });
      const down = instanton(model, { bond: 0, below: -q, time });
      expect(down.action).toBeGreaterThan(0);
      expect((up.action - down.action) / (0.5 * q)).toBeCloseTo(1, 8);
      expect(up.slope + down.slope).toBeCloseTo(0.5, 7);
    }
  });

  test("its derivative by the threshold is the momentum of the event", () => {
    const events: ((x: number) => RareEvent)[] = [
      (x) => ({ cell: 2, above: x, time: 2 }),
      (x) => ({ cell: 1, below: x / 6, time: 0.5 }),
      (x) => ({ bond: 1, above: x, time: 2 }),
      (x) => ({ bond: 3, below: -x, time: 2 }),
    ];
    for (const initial of ["equilibrium", { gamma: [1.2, 1.4, 2] }] as const) {
      for (const event of events) {
        const at = (x: number) => instanton({ ...base, initial }, event(x)).action;
        const h = 1e-3;
        const byDifferences = (8 * (at(3 + h) - at(3 - h)) - (at(3 + 2 * h) - at(3 - 2 * h))) / (12 * h);
        const { slope } = instanton({ ...base, initial }, event(3));
        const inner = event(3).cell === 1 ? 1 / 6 : event(3).bond === 3 ? -1 : 1;
        expect(Math.abs(byDifferences / (inner * slope) - 1)).toBeLessThan(1e-8);
      }
    }
  });

  test.each(["equilibrium", { gamma: [1.25, 1.5, 1.75] }] as const)(
    "of a small deviation is Gaussian, from %o",
    (initial) => {
      const model = defineModel({ ...base, initial });
      const time = 0.7;
      const mean = limit(model, [time])[1];
      const variance = covariance(model, [time])[4];
      const d = 1e-2;
      const up = instanton(model, { cell: 2, above: mean + d, time }).action;
      const down = instanton(model, { cell: 2, below: mean - d, time }).action;
      // Odd orders cancel; the fourth is some d² of the second.
      expect(((up + down) * variance) / (d * d)).toBeCloseTo(1, 3);
    },
  );

  test("tends to the quasi-potential as the time grows", () => {
    const model = { ...base, cells: 1 };
    const { action } = instanton(model, { cell: 1, above: 3, time: 30 });
    expect(action).toBeCloseTo(quasiPotential(model, [3]).value, 9);
  });

  test("of a current grows by its rate function in a long time", () => {
    const j = 0.8;
    const at = (time: number) => instanton(base, { bond: 1, above: j * time, time }).action;
    const [I] = currentRateFunction(base, [j]).rate;
    // A = I t + c + d/t + .., of which these weights leave I.
    expect(Math.abs((at(16) - 2 * at(24) + at(48)) / 16 / I - 1)).toBeLessThan(2e-5);
  });

  test("a mirror, other units and the slow timescale change nothing", () => {
    const model = { ...base, temperatures: [1, 2] as const, initial: [1.4, 1.2, 1.6] };
    const { action } = instanton(model, { cell: 1, above: 3, time: 1.5 });
    const mirror = instanton(
      { ...model, temperatures: [2, 1], initial: [1.6, 1.2, 1.4] },
      { cell: 3, above: 3, time: 1.5 },
    );
    expect(mirror.action).toBeCloseTo(action, 12);
    // √(a + b) scales as the root of the energies.
    const s = 2 ** 40;
    const large = instanton(
      { ...model, temperatures: [s, 2 * s], initial: [1.4 * s, 1.2 * s, 1.6 * s] },
      { cell: 1, above: 3 * s, time: 1.5 / 2 ** 20 },
    );
    expect(large.action).toBeCloseTo(action, 12);
    const slow = instanton({ ...model, timescale: "slow" }, { cell: 1, above: 3, time: 150 });
    expect(slow.action).toBeCloseTo(action, 13);
    expect(last(slow.times, 1)).toEqual([150]);
  });
});

describe("the path", () => {
  test.each<[string, RareEvent, number]>([
    ["to a high energy", { cell: 2, above: 3.5, time: 2 }, 800],
    ["to a low energy", { cell: 2, below: 0.3, time: 2 }, 1600],
    ["to a large current", { bond: 1, above: 2, time: 2 }, 800],
  ])("%s is that of plain integration", (_, event, steps) => {
    const path = instanton(base, event);
    const [E, theta] = [path.energies, path.momenta].map((rows) => Array.from(rows.subarray(0, 3)));
    const end = carried(plain, E, theta, event.time, steps, path.currentMomentum, event.bond ?? -1);
    expect(deviation(last(path.energies, 3), end.energies, 1)).toBeLessThan(2e-6);
    last(path.momenta, 3).forEach((theta, k) => expect(Math.abs(theta - end.momenta[k])).toBeLessThan(1e-5));
    // For a current λ dQ belongs to the action as well.
    const work = path.currentMomentum * (path.carried?.at(-1) ?? 0);
    expect(Math.abs((end.action + work) / path.action - 1)).toBeLessThan(1e-6);
    // H is constant along it.
    const H = Array.from(path.times, (_, i) => {
      const [E, theta] = [path.energies, path.momenta].map((rows) => Array.from(rows.subarray(3 * i, 3 * i + 3)));
      return hamiltonian(plain, E, theta, path.currentMomentum, event.bond ?? -1);
    });
    expect(Math.max(...H) - Math.min(...H)).toBeLessThan(1e-9 * Math.max(1, Math.abs(H[0])));
  });

  test("begins at the start, or beside it where it is drawn, and ends in the event", () => {
    const event: RareEvent = { cell: 2, above: 3.5, time: 2 };
    const fixed = instanton({ ...base, initial: [1, 2, 3] }, event);
    expect(deviation(fixed.energies.slice(0, 3), [1, 2, 3])).toBeLessThan(1e-14);
    expect(last(fixed.energies, 3)[1]).toBeCloseTo(3.5, 13);
    expect(last(fixed.momenta, 3)).toEqual([0, fixed.slope, 0]);
    const drawn = instanton({ ...base, initial: { gamma: [1, 2, 3] } }, event);
    for (const k of [0, 1, 2]) {
      expect(drawn.momenta[k]).toBeCloseTo(1 / (k + 1) - 1 / drawn.energies[k], 11);
      expect(drawn.energies[k]).toBeGreaterThan(k + 1);
    }
    expect(drawn.action).toBeLessThan(fixed.action);
    const current = instanton(base, { bond: 0, below: -2, time: 1 });
    expect(current.carried![0]).toBe(0);
    expect(current.carried!.at(-1)).toBeCloseTo(-2, 12);
    expect(last(current.momenta, 3)).toEqual([0, 0, 0]);
    // The energy in the cells is what the ends let in.
    const other = instanton(base, { bond: 3, above: 1, time: 1 });
    expect(other.currentMomentum).toBe(other.slope);
  });

  test("down from the event is the limit's, and not the way up reversed", () => {
    const { energies, relaxation } = instanton(base, { cell: 2, above: 3.5, time: 2 });
    const down = limit({ ...base, initial: last(energies, 3) }, relaxation.times);
    expect(relaxation.energies).toEqual(down);
    expect(relaxation.times[0]).toBe(0);
  });

  test("a threshold on the typical side needs no momenta", () => {
    const model = { ...base, initial: [1, 1, 1] };
    for (const event of [
      { cell: 2, above: 0.5, time: 1 },
      { bond: 0, below: 3, time: 1 },
    ]) {
      const path = instanton(model, event);
      expect(path.action).toBe(0);
      expect(path.slope).toBe(0);
      expect(path.momenta.every((theta) => theta === 0)).toBe(true);
      expect(deviation(path.energies, limit(model, path.times))).toBeLessThan(1e-9);
      expect(feedbackOf(model, path).every((K) => Math.abs(K) < 1e-14)).toBe(true);
    }
  });
});

describe("the feedback", () => {
  /** θ(0) of the path from other energies that ends with the same momentum of the event. */
  function momentaFrom(initial: number[], event: (x: number) => RareEvent, x: number, slope: number): number[] {
    let [before, now] = [x * 1.001, x];
    let path = instanton({ ...base, initial }, event(before));
    let missed = path.slope - slope;
    for (let i = 0; i < 12 && Math.abs(missed) > 1e-12; i++) {
      path = instanton({ ...base, initial }, event(now));
      const miss = path.slope - slope;
      [before, now, missed] = [now, now - (miss * (now - before)) / (miss - missed), miss];
    }
    return Array.from(path.momenta.subarray(0, 3));
  }

  test.each<[string, (x: number) => RareEvent, number]>([
    ["to a high energy", (x) => ({ cell: 2, above: x, time: 1 }), 3],
    ["to a low energy", (x) => ({ cell: 1, below: x, time: 0.5 }), 0.4],
    ["to a large current", (x) => ({ bond: 1, above: x, time: 1 }), 1.5],
  ])("%s is how θ changes with the start", (_, event, x) => {
    const initial = [1.3, 1.6, 1.9];
    const path = instanton({ ...base, initial }, event(x));
    const K = feedbackOf({ ...base, initial }, path);
    expect(last(K, 9)).toEqual(new Array(9).fill(0));
    for (let j = 0; j < 3; j++) {
      const h = 1e-3;
      const [below, above] = [-h, h].map((d) => momentaFrom(initial.with(j, initial[j] + d), event, x, path.slope));
      for (let k = 0; k < 3; k++) {
        expect(Math.abs((above[k] - below[k]) / (2 * h) - K[3 * k + j])).toBeLessThan(2e-6);
        expect(Math.abs(K[3 * k + j])).toBeGreaterThan(1e-4);
      }
    }
  });

  test("is refused where the exponential has no expectation", () => {
    // Beyond E_2 = 21 or so a higher energy has a lower dA/dx.
    const far = instanton(base, { cell: 2, above: 30, time: 2 });
    expect(far.slope).toBeLessThan(instanton(base, { cell: 2, above: 20, time: 2 }).slope);
    expect(() => feedbackOf(base, far)).toThrow(/there is no feedback along this path/);
  });
});

describe("what is refused", () => {
  const problemsOf = (event: object) => {
    try {
      instanton(base, event as RareEvent);
    } catch (error) {
      if (error instanceof InvalidInputError)
        return error.problems.map(({ field, expected, got }) => `${field}: ${expected}: ${got}`);
      throw error;
    }
    return [];
  };

  test("events that are none", () => {
    expect(problemsOf({ time: 1 })).toEqual([
      'cell: a "cell" or a "bond": neither',
      'above: "above" or "below": neither',
    ]);
    expect(problemsOf({ cell: 1, bond: 1, above: 1, below: 2, time: 1 })).toEqual([
      'cell: a "cell" or a "bond": both',
      'above: "above" or "below": both',
    ]);
    expect(problemsOf({ cell: 4, above: 1, time: 1 })).toEqual(["cell: an integer from 1 to 3: 4"]);
    expect(problemsOf({ bond: 4, above: Infinity, time: 0 })).toEqual([
      "bond: an integer from 0 to 3: 4",
      "above: a finite number: Infinity",
      "time: a time from 1e-60 to 1e+60: 0",
    ]);
    expect(problemsOf({ cell: 1, below: 0, time: 1 })).toEqual(["below: a positive energy: 0"]);
  });

  test("the paper's bath, unless M = 1", () => {
    const model: ModelInput = { ...base, bath: "exponential", rate: "constant" };
    expect(() => instanton(model, { cell: 1, above: 3, time: 1 })).toThrow(/"bath" expected "thermal"/);
    const event: RareEvent = { cell: 1, above: 3, time: 1 };
    const thermal = instanton({ ...model, bath: "thermal" }, event).action;
    expect(instanton({ ...model, particles: 1 }, event).action).toBe(thermal);
  });

  test("times and starts out of reach, in words", () => {
    expect(() => instanton(base, { cell: 1, above: 3, time: 1e6 })).toThrow(
      /ask for an earlier time, or for the quasi-potential/,
    );
    expect(() => instanton({ ...base, initial: 1e-9 }, { cell: 1, above: 3, time: 1 })).toThrow(
      /varies faster from this start/,
    );
  });
});
