/** The functions that rates may call: exact to 2 ULP, the same bits in all their forms, right at the ends, never falling. */
import type { Decimal } from "decimal.js";
import { describe, expect, test } from "vitest";
import * as host from "../../src/rate/elementary.ts";
import { decimalExpm1, spread, worst } from "../support/decimals.ts";
import { loadProbe, MOST_SAMPLES, numbersAt } from "../support/probe.ts";

const probe = loadProbe();

/** In the order of the probe's `mapPairs`. */
const FUNCTIONS = [
  { name: "exp", engine: probe.exp, host: host.exp },
  { name: "expm1", engine: probe.expm1, host: host.expm1 },
  { name: "log", engine: probe.ln, host: host.log },
  { name: "log1p", engine: probe.log1p, host: host.log1p },
  { name: "tanh", engine: probe.tanh, host: host.tanh },
  { name: "cbrt", engine: probe.cbrt, host: host.cbrt },
];

const decimalLog1p = (x: Decimal) => {
  if (x.abs().gt(1e-5)) return x.plus(1).ln();
  let [power, sum] = [x, x];
  for (let n = 2; power.abs().gt(sum.abs().times(1e-40)); n++) {
    power = power.times(x).neg();
    sum = sum.plus(power.div(n));
  }
  return sum;
};
const decimalTanh = (x: Decimal) => {
  const e = decimalExpm1(x.times(2));
  return e.div(e.plus(2));
};

const both = (xs: number[]) => xs.flatMap((x) => [x, -x]);
/** Powers of two from 2^low to 2^high, and all between. */
const powers = (count: number, low: number, high: number) => spread(count).map((u) => 2 ** (low + (high - low) * u));

describe("in ULP, against 50 digits", () => {
  test("exp below 1, and 1.3 where it is subnormal", () => {
    const inputs = [...spread(1000).map((u) => 1417 * u - 708), ...both(spread(1000))];
    expect(worst(host.exp, (x) => x.exp(), inputs)).toBeLessThan(1);
    const subnormal = spread(500).map((u) => -708 - 37 * u);
    expect(worst(host.exp, (x) => x.exp(), subnormal)).toBeLessThan(1.3);
  });

  test("expm1 below 2", () => {
    const inputs = [...spread(1000).map((u) => 750 * u - 41), ...both(spread(1000)), ...both(powers(500, -1074, 0))];
    expect(worst(host.expm1, decimalExpm1, inputs)).toBeLessThan(2);
  });

  test("log below 0.9", () => {
    const nearOne = powers(500, -52, -1).flatMap((x) => [1 + x, 1 - x]);
    const inputs = [...powers(1000, -1074, 1023), ...spread(1000).map((u) => 0.5 + u), ...nearOne].filter(
      (x) => x !== 1,
    );
    expect(worst(host.log, (x) => x.ln(), inputs)).toBeLessThan(0.9);
  });

  test("log1p below 1", () => {
    const large = [...powers(1000, 0, 1023), ...powers(500, 40, 60)];
    const inputs = [...both(spread(1000).slice(1)), ...large, ...both(powers(500, -1074, -1))];
    expect(worst(host.log1p, decimalLog1p, inputs)).toBeLessThan(1);
  });

  test("tanh below 1.6", () => {
    const inputs = [...spread(1000), ...spread(1000).map((u) => 20 * u), ...both(powers(500, -1020, 4))];
    const aboveTheSeam = spread(500).map((u) => 0.55 + 0.1 * u);
    expect(worst(host.tanh, decimalTanh, [...inputs, ...aboveTheSeam])).toBeLessThan(1.6);
  });

  test("cbrt below 0.7", () => {
    const inputs = [...spread(2000).map((u) => 1 + 7 * u), ...both(powers(500, -1074, 1023))];
    expect(worst(host.cbrt, (x) => x.cbrt(), inputs)).toBeLessThan(0.7);
  });
});

test("one number, two lanes and the host give the same bits", () => {
  const count = MOST_SAMPLES;
  const inputs = new Float64Array(count);
  const words = new Uint32Array(inputs.buffer);
  let state = 1;
  for (let batch = 0; batch < 2; batch++) {
    // Any double at all, NaN and subnormal ones too; and as many between 2^-30 and 2^10.
    for (let i = 0; i < words.length; i++) words[i] = state = (Math.imul(state, 1664525) + 1013904223) | 0;
    for (let i = 0; i < count; i += 2) inputs[i] = (i % 4 ? -1 : 1) * 2 ** ((40 * words[2 * i]) / 2 ** 32 - 30);
    FUNCTIONS.forEach(({ name, engine, host }, index) => {
      new Float64Array(probe.memory.buffer, probe.mapPairs(index, 0) >>> 0, count).set(inputs);
      const lanes = numbersAt(probe, probe.mapPairs(index, count), count);
      const differing = inputs.filter((x, i) => !Object.is(engine(x), lanes[i]) || !Object.is(engine(x), host(x)));
      expect(differing.slice(0, 3), name).toEqual(new Float64Array());
    });
  }
});

test("every function is right at the ends of its domain and keeps the sign of zero", () => {
  const ends: Record<string, [x: number, value: number][]> = {
    exp: [
      [0, 1],
      [-0, 1],
      [-Infinity, 0],
      [-1e308, 0],
      [-745.14, 0],
      [-745.13, 2 ** -1074],
      [709.79, Infinity],
      [Infinity, Infinity],
    ],
    expm1: [
      [0, 0],
      [-0, -0],
      [2 ** -1074, 2 ** -1074],
      [-Infinity, -1],
      [-40, -1],
      [709.79, Infinity],
      [Infinity, Infinity],
    ],
    log: [
      [1, 0],
      [0, -Infinity],
      [-0, -Infinity],
      [-(2 ** -1074), NaN],
      [-Infinity, NaN],
      [Infinity, Infinity],
      [2 ** -1074, -744.4400719213812],
    ],
    log1p: [
      [0, 0],
      [-0, -0],
      [-(2 ** -1074), -(2 ** -1074)],
      [-1, -Infinity],
      [-1 - 2 ** -52, NaN],
      [-Infinity, NaN],
      [Infinity, Infinity],
    ],
    tanh: [
      [0, 0],
      [-0, -0],
      [2 ** -1074, 2 ** -1074],
      [20, 1],
      [1e308, 1],
      [Infinity, 1],
      [-20, -1],
      [-Infinity, -1],
    ],
    cbrt: [
      [0, 0],
      [-0, -0],
      [-27, -3],
      [2 ** -1074, 2 ** -358],
      [-(2 ** 1023), -(2 ** 341)],
      [Infinity, Infinity],
      [-Infinity, -Infinity],
    ],
  };
  for (const { name, engine, host } of FUNCTIONS) {
    for (const [x, value] of [...ends[name], [NaN, NaN] as const]) {
      expect(engine(x), `${name}(${x}) of the engine`).toBe(value);
      expect(host(x), `${name}(${x}) of the host`).toBe(value);
    }
  }
});

describe("no function falls from one double to the next", () => {
  const whole = Array.from({ length: 60 }, (_, k) => k - 30);
  const octaves = whole.map((k) => 2 ** k);
  const seams: Record<string, number[]> = {
    // Where x / ln 2 rounds to another whole number, and at the ends.
    exp: [
      -746,
      -745.1332191019412,
      -708.3964185322641,
      709.782712893384,
      710,
      ...whole.map((k) => (k + 0.5) * Math.LN2),
    ],
    expm1: [-40, -36.7, 709.782712893384, 710, ...whole.map((k) => (k + 0.5) * Math.LN2)],
    // Where the exponent changes.
    log: [2 ** -1022, 1, ...octaves.map((x) => 0.7071065902709961 * x)],
    log1p: [2 ** -54, -(2 ** -54), 2 ** 52, 2 ** 53, ...octaves.map((x) => 0.7071065902709961 * x - 1), ...octaves],
    tanh: [0.55, -0.55, 19.06, ...whole.map((k) => ((k + 0.5) / 2) * Math.LN2)],
    cbrt: [2 ** -1022, -(2 ** -1022), ...octaves, ...spread(500).map((u) => 1 + 7 * u)],
  };
  const bits = new DataView(new ArrayBuffer(8));
  /** The double that is `steps` doubles farther from 0. */
  function fartherBy(x: number, steps: number): number {
    bits.setFloat64(0, x);
    bits.setBigInt64(0, bits.getBigInt64(0) + BigInt(steps));
    return bits.getFloat64(0);
  }
  /** How often |f| falls between neighbouring doubles, of 400 about each point. */
  function falls(f: (x: number) => number, points: number[]): number {
    const size = (x: number) => (x < 0 ? -f(x) : f(x));
    return points.flatMap((x) => {
      const values = Array.from({ length: 400 }, (_, i) => size(fartherBy(x, i - 200)));
      return values.filter((value, i) => i > 0 && value < values[i - 1]);
    }).length;
  }

  test.each(FUNCTIONS)("$name", ({ name, host }) => {
    const anywhere =
      name === "log" ? powers(300, -10, 10) : [...powers(300, -10, 5), ...powers(300, -10, -1).map((x) => -x)];
    expect(falls(host, [...seams[name], ...anywhere])).toBe(0);
  });

  test("and the test would notice one of one ULP: the other form of tanh", () => {
    const other = (x: number) => host.expm1(2 * x) / (host.expm1(2 * x) + 2);
    expect(falls(other, powers(300, -5, -1))).toBeGreaterThan(10);
  });
});
