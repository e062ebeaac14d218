/** Corrections at finite M: bias, next order of the covariance, third cumulants, distance to (3.3) (THEORY 6, 7). */
import { expect, test } from "vitest";
import rawGoldens from "../goldens.json" with { type: "json" };
import { InvalidInputError, OutOfMemoryError } from "../../src/errors.ts";
import { type Bath, defineModel, type Model, type ModelInput } from "../../src/model.ts";
import { bias } from "../../src/theory/bias.ts";
import { covariance } from "../../src/theory/covariance.ts";
import { finiteSize } from "../../src/theory/finiteSize.ts";
import { NotSmoothError } from "../../src/theory/smoothness.ts";
import { wassersteinConstant } from "../../src/theory/wasserstein.ts";
import { deviation } from "../support/closeness.ts";
import { goldenCases, modelOf, rates } from "../support/goldens.ts";
import { baths } from "../support/models.ts";
import { constantRateCumulants, limitOf } from "../support/polynomials.ts";

const RELATIVE = 1e-9;
/** Entries below this part of the largest are held to this part: cumulants span many decades. */
const FLOOR = 1e-5;

interface GoldenTime {
  t: number;
  m1: number[];
  K3?: number[][][];
  C1?: number[][];
  "K3_SDE_3.3"?: number[][][];
  "C1_SDE_3.3"?: number[][];
  predicted_limit_M_times_W1_marginals?: number[];
}
const timesOf = (name: string) => (rawGoldens.cases as unknown as Record<string, { times: GoldenTime[] }>)[name].times;

const goldenNames = goldenCases.map(([name, golden]) => ({ name, golden }));
const withK3 = goldenNames.filter(({ name }) => timesOf(name).every(({ K3 }) => K3));
const smooth = rates.filter(({ law }) => law !== "sqrt-min");

const base: ModelInput = { cells: 3, particles: 50, temperatures: [2.4, 0.6], initial: [1.1, 0.4, 2.9] };
const chain = (more: Partial<ModelInput> = {}) => defineModel({ ...base, ...more });

test.each(goldenNames)("$name: the bias of the mean at each time", ({ name, golden }) => {
  const times = timesOf(name);
  const computed = bias(
    modelOf(golden),
    times.map(({ t }) => t),
  );
  expect(
    deviation(
      computed,
      times.flatMap(({ m1 }) => m1),
      FLOOR,
    ),
  ).toBeLessThan(RELATIVE);
});

test.each(withK3)(
  "$name: third cumulants and the covariance's next order, of the process and of (3.3)",
  ({ name, golden }) => {
    const { N } = golden;
    const times = timesOf(name);
    const at = times.map(({ t }) => t);
    const process = finiteSize(modelOf(golden), at);
    const mesoscopic = finiteSize(modelOf(golden), at, { of: "mesoscopic" });
    const distance = wassersteinConstant(modelOf(golden), at);
    times.forEach((wanted, i) => {
      const block = (values: Float64Array, size: number) => values.subarray(i * size, (i + 1) * size);
      const close = (values: Float64Array, power: number, numbers: unknown[]) =>
        expect(deviation(block(values, N ** power), numbers.flat(2) as number[], FLOOR)).toBeLessThan(RELATIVE);
      close(process.m1, 1, wanted.m1);
      close(mesoscopic.m1, 1, wanted.m1);
      close(process.K3, 3, wanted.K3!);
      close(process.C1, 2, wanted.C1!);
      close(mesoscopic.K3, 3, wanted["K3_SDE_3.3"]!);
      close(mesoscopic.C1, 2, wanted["C1_SDE_3.3"]!);
      close(distance, 1, wanted.predicted_limit_M_times_W1_marginals!);
    });
  },
);

test.each(baths)("rate constant, %s bath: the expansion is that of the exact moments in 1/M", (bath) => {
  const model = chain({ rate: { law: "constant", scale: 1.6, cap: 4 }, bath });
  const time = 0.7;
  const { m1, C1, K3 } = finiteSize(model, [time]);
  const C = covariance(model, [time]);
  const from = 16;
  const exact = [0, 1, 2, 3, 4].map((k) => {
    const M = from * 2 ** k;
    return { M, ...constantRateCumulants(defineModel({ ...model, particles: M }), time) };
  });
  const third = limitOf(exact.map(({ M, third }) => third.map((value) => M * M * value)));
  const next = limitOf(exact.map(({ M, covariance }) => covariance.map((value, i) => M * (M * value - C[i]))));
  expect([...m1]).toEqual([0, 0, 0]);
  expect(deviation(K3, third, 1)).toBeLessThan(1e-6);
  expect(deviation(C1, next, 1)).toBeLessThan(1e-6);
  // The mesoscopic equation is told apart.
  const other = finiteSize(model, [time], { of: "mesoscopic" });
  expect(deviation(other.K3, third, 1)).toBeGreaterThan(0.05);
  expect(deviation(other.C1, next, 1)).toBeGreaterThan(0.05);
});

/** Mean, variance and third central moment of E^(M-1) e^(-ME/T)/f(T, E), E = T u, by the trapezoidal rule. */
function oneCell(model: Model, f: (E: number) => number): number[] {
  const { particles: M, temperatures } = model;
  const T = temperatures[0];
  const reach = 14 / Math.sqrt(M);
  const nodes = Array.from({ length: 4001 }, (_, i) => T * (1 - reach + (2 * reach * i) / 4000));
  const weights = nodes.map((E) => Math.exp(M * (Math.log(E / T) - E / T + 1)) / E / f(E));
  const total = weights.reduce((a, b) => a + b, 0);
  const average = (of: (E: number) => number) => nodes.reduce((sum, E, i) => sum + weights[i] * of(E), 0) / total;
  const off = average((E) => E - T);
  return [off, average((E) => (E - T - off) ** 2), average((E) => (E - T - off) ** 3)];
}

test.each(smooth)(
  "$law, cap $cap: one cell between thermal baths settles at its known density",
  ({ law, scale, cap }) => {
    const T = 1.7;
    const model = defineModel({
      cells: 1,
      particles: 1,
      temperatures: [T, T],
      rate: { law, scale, cap: cap ?? null },
      bath: "thermal",
      initial: 0.8,
    });
    const square = {
      constant: () => 1,
      "sqrt-sum": (E: number) => T + E,
      "sqrt-harmonic": (E: number) => (T * E) / (T + E),
    };
    const f = (E: number) => {
      const g = scale * Math.sqrt(square[law as keyof typeof square](E));
      return g / (1 + g / (cap ?? Infinity));
    };
    const from = 300;
    const exact = [0, 1, 2, 3].map((k) => {
      const M = from * 2 ** k;
      const [off, variance, third] = oneCell(defineModel({ ...model, particles: M }), f);
      return [M * off, M * (M * variance - T * T), M * M * third];
    });
    const { m1, C1, K3 } = finiteSize(model, [150]);
    expect(deviation([...m1, ...C1, ...K3], limitOf(exact), 1)).toBeLessThan(1e-8);
  },
);

test("one cell between equal baths is biased by -T/4 if they are thermal, by -5T/12 if exponential", () => {
  const settled = (bath: Bath, rate: "sqrt-sum" | "sqrt-harmonic") =>
    bias(defineModel({ cells: 1, particles: 1, temperatures: [2, 2], rate, bath }), [150])[0];
  for (const rate of ["sqrt-sum", "sqrt-harmonic"] as const) {
    expect(settled("thermal", rate)).toBeCloseTo(-2 / 4, 11);
    expect(settled("exponential", rate)).toBeCloseTo((-2 * 5) / 12, 11);
  }
});

const times = [0, 0.3, 1.1, 5];
const everything = (model: Model, at: readonly number[] = times) => {
  const { m1, C1, K3 } = finiteSize(model, at);
  return { m1, C1, K3, W: wassersteinConstant(model, at) };
};

/** Each block of a time in reverse order: as the mirrored chain has it. */
const mirrored = (values: Float64Array) => {
  const size = values.length / times.length;
  return Float64Array.from(values, (_, at) => values[at - (at % size) + size - 1 - (at % size)]);
};

test.each(smooth)("$law, cap $cap: the mirrored chain has the mirrored cumulants", (rate) => {
  for (const bath of baths) {
    const ahead = everything(chain({ rate, bath }));
    const behind = everything(chain({ rate, bath, temperatures: [0.6, 2.4], initial: [2.9, 0.4, 1.1] }));
    for (const of of ["m1", "C1", "K3", "W"] as const)
      expect(deviation(behind[of], mirrored(ahead[of]), 1)).toBeLessThan(1e-12);
  }
});

test.each(["sqrt-sum", "sqrt-harmonic"] as const)("%s: energies s times larger live √s times faster", (rate) => {
  const s = 7e30;
  const one = everything(chain({ rate }));
  const larger = chain({
    rate,
    temperatures: [2.4 * s, 0.6 * s],
    initial: (base.initial as number[]).map((E) => s * E),
  });
  const other = everything(
    larger,
    times.map((t) => t / Math.sqrt(s)),
  );
  for (const [of, power] of [
    ["m1", 1],
    ["C1", 2],
    ["K3", 3],
    ["W", 1],
  ] as const)
    expect(
      deviation(
        other[of],
        one[of].map((value) => value * s ** power),
        1,
      ),
    ).toBeLessThan(1e-11);
});

test("neither earlier observations nor M nor the slow timescale matter", () => {
  const all = everything(chain());
  const last = everything(chain({ particles: 3 }), [5]);
  const slow = everything(
    chain({ timescale: "slow" }),
    times.map((t) => 50 * t),
  );
  for (const of of ["m1", "C1", "K3", "W"] as const) {
    const size = all[of].length / times.length;
    expect(deviation(all[of].slice(3 * size), last[of], 1)).toBeLessThan(1e-11);
    expect(deviation(slow[of], all[of], 1)).toBeLessThan(1e-11);
  }
  expect(deviation(bias(chain(), times), all.m1, 1)).toBeLessThan(1e-11);
});

test("at time 0 there is nothing; later the tensors are symmetric", () => {
  const { m1, C1, K3, W } = everything(chain());
  for (const [values, size] of [
    [m1, 3],
    [C1, 9],
    [K3, 27],
    [W, 3],
  ] as const)
    expect(values.slice(0, size).every((value) => value === 0)).toBe(true);
  for (let i = 0; i < 3; i++) {
    for (let j = 0; j < 3; j++) {
      expect(C1[9 + 3 * i + j]).toBe(C1[9 + 3 * j + i]);
      for (let l = 0; l < 3; l++) {
        const entry = K3[27 + 9 * i + 3 * j + l];
        expect([K3[27 + 9 * j + 3 * l + i], K3[27 + 9 * j + 3 * i + l]]).toEqual([entry, entry]);
      }
    }
  }
});

test("the distance to (3.3) is that of the third cumulants of the two", () => {
  const model = chain();
  const [process, mesoscopic] = [finiteSize(model, [0.8]), finiteSize(model, [0.8], { of: "mesoscopic" })];
  const C = covariance(model, [0.8]);
  const constant = ((2 / 3) * Math.exp(-0.5)) / Math.sqrt(2 * Math.PI);
  const wanted = [0, 1, 2].map((i) => (constant * Math.abs(process.K3[13 * i] - mesoscopic.K3[13 * i])) / C[4 * i]);
  expect(deviation(wassersteinConstant(model, [0.8]), wanted)).toBeLessThan(1e-11);
});

test.each(baths)("%s baths a million times apart: an answer, and soon", (bath) => {
  for (const rate of ["constant", "sqrt-sum", "sqrt-harmonic"] as const) {
    const steep = defineModel({ cells: 4, particles: 10, temperatures: [1e-3, 1e3], initial: 1, rate, bath });
    const { m1, C1, K3 } = finiteSize(steep, [0.001, 0.03, 1]);
    for (const values of [m1, C1, K3]) expect(values.every(Number.isFinite)).toBe(true);
    expect(deviation(bias(steep, [0.001, 0.03, 1]), m1, 1)).toBeLessThan(1e-9);
  }
});

function refusal(run: () => unknown): NotSmoothError {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidInputError);
    return error as NotSmoothError;
  }
  throw new Error("nothing was refused");
}

test("sqrt-min: refused where neighbours' energies are equal or change their order, told by the bond", () => {
  const rising = { temperatures: [1, 2] as [number, number], rate: "sqrt-min" as const };
  expect(finiteSize(chain({ ...rising, initial: [1.2, 1.5, 1.8] }), [3]).m1).toHaveLength(3);
  for (const of of [bias, finiteSize, wassersteinConstant]) {
    const onKink = refusal(() => of(chain({ ...rising, initial: [1.2, 1.2, 1.8] }), [1]));
    expect(onKink).toBeInstanceOf(NotSmoothError);
    expect(onKink.bond).toBe(1);
    expect(onKink.problems[0].field).toBe("rate");
    expect(onKink.message).toMatch(/smooth where cell 1 and cell 2 have the same energy/);
    const crossing = refusal(() => of(chain({ ...rising, initial: [1.6, 1.2, 1.8] }), [3]));
    expect(crossing).toBeInstanceOf(NotSmoothError);
  }
  // Before the order changes, the expansion holds.
  expect(bias(chain({ ...rising, initial: [1.6, 1.2, 1.8] }), [0.01])).toHaveLength(3);
  const equal = refusal(() => bias(chain({ ...rising, temperatures: [1, 1], initial: "equilibrium" }), [1]));
  expect(equal.bond).toBe(0);
  expect(equal.message).toMatch(/T_L and cell 1/);
});

test("what cannot be computed is refused", () => {
  const extreme = chain({ temperatures: [1e-60, 1e60], initial: 1e-60, rate: "sqrt-sum" });
  expect(() => finiteSize(extreme, [3e-30])).toThrow(/closer together/);
  // Steps that grow shorter and shorter: rounding errors of the hot cells' terms are more than all that the cold bath does.
  const hot = chain({ temperatures: [1e-3, 1], initial: 1e60, rate: { law: "sqrt-harmonic", cap: 3 } });
  expect(() => bias(hot, [0.01])).toThrow(/closer together/);
  // Steps without length from the start on.
  const cold = {
    cells: 1,
    particles: 1,
    temperatures: [1, 1],
    rate: "sqrt-min",
    bath: "thermal",
    initial: 1e-60,
  } as const;
  expect(() => bias(cold, [0.01])).toThrow(/closer together/);
  for (const of of [bias, finiteSize, wassersteinConstant]) {
    expect(() => of(chain(), [1, 1])).toThrow(InvalidInputError);
    expect(() => of(defineModel({ cells: 100_000, particles: 10, temperatures: [1, 2] }), [1])).toThrow(
      OutOfMemoryError,
    );
  }
  expect(() => finiteSize(chain(), [1], { of: "both" as "process" })).toThrow(
    /"of" expected one of "process", "mesoscopic"/,
  );
});
