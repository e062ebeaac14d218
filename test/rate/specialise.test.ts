/**
 * The engine with code for a rate in its loops (src/rate/specialise.ts) does as the laws, the host's own evaluator and
 * the plain definition say. Comparisons are of bits, except where a sentence says otherwise.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { engineBytes, engineFor, loadKernel, loadKernelFor } from "../../src/engine.ts";
import { LeftConeError } from "../../src/errors.ts";
import { run, simulate } from "../../src/ensemble/simulate.ts";
import { type Kernel, keyIn, METHODS, type Method, RATE_SECTION } from "../../src/kernel.ts";
import { defineModel, RATE_LAWS, type Model } from "../../src/model.ts";
import { Expression, expressionOf, setupOf } from "../../src/rate/expression.ts";
import { numbersOf } from "../../src/rate/numbers.ts";
import { LAWS, type Rate } from "../../src/rate/rate.ts";
import { initialEnergies } from "../../src/theory/initial.ts";
import { SPLICES, WASM_STAMP } from "../../src/wasm.ts";
import { randomNumbers } from "../support/randomRates.ts";
import { rateFunctions } from "../support/rateFunctions.ts";
import { rate as plainRate } from "../support/reference.ts";

const chain = { cells: 7, temperatures: [0.5, 2], initial: [1.3, 0.4, 2.1, 1, 0.7, 1.9, 0.6] } as const;
const options = { replicas: 64, seed: 11n, workers: 1 } as const;

/** The result of a run on a given engine, as a hash; or where the mesoscopic equation left the cone, which it soon does. */
async function hashOf(kernel: Kernel, model: Model, method: Method): Promise<string> {
  const end = Math.min(2, 40 / model.particles);
  const times = [end / 4, end];
  const settings = { ...options, times, method, ...(method === "mesoscopic" && { step: 0.02 }) };
  try {
    return (await run(kernel, model, settings)).certificate.result;
  } catch (error) {
    if (error instanceof LeftConeError) return `${error.replica} ${error.time}`;
    throw error;
  }
}

test.each(RATE_LAWS)(
  "%s: by its name, as an expression and on the engine as it is built, the same bits",
  async (law) => {
    for (const particles of [1, 5, 10, 1000]) {
      for (const changes of [{}, { scale: 3.7 }, { cap: 0.4 }, { scale: 3.7, cap: 5 }]) {
        const byName = defineModel({ ...chain, particles, rate: { law, ...changes } });
        const byText = defineModel({ ...chain, particles, rate: { expression: LAWS[law], ...changes } });
        for (const method of METHODS) {
          const built = await hashOf(await loadKernel(engineBytes()), byName, method);
          const where = JSON.stringify([byName, method]);
          expect(await hashOf(await loadKernelFor(byName), byName, method), where).toBe(built);
          expect(await hashOf(await loadKernelFor(byText), byText, method), where).toBe(built);
          // The text alone makes it a law, which an engine has that was handed over.
          expect(await hashOf(await loadKernel(engineBytes()), byText, method), where).toBe(built);
        }
      }
    }
  },
);

test("another law, or another cap, has other bits", async () => {
  const hashes = new Set<string>();
  for (const rate of ["sqrt(a+b)", "sqrt(a*b/(a+b))", { expression: "sqrt(a+b)", cap: 5 }, "1"] as const) {
    const model = defineModel({ ...chain, particles: 1000, rate });
    for (const method of METHODS) hashes.add(await hashOf(await loadKernelFor(model), model, method));
  }
  expect(hashes.size).toBe(4 * METHODS.length);
});

/** Every function and operation, and every way in which an inequality is pulled apart. */
const EXPRESSIONS = [
  ...Object.values(LAWS),
  "a+b",
  "2*a+b",
  "max(a,b,0.3)",
  "min(2*a,b)",
  "a*b/(a+b)",
  "1/(1/a+1/b)^2",
  "sqrt(sqrt(a*b))",
  "sqrt(a/(1+b/(1+a)))",
  "sqrt(a*b/(a+b))/(1+sqrt(a*b/(a+b))/5)",
  "a^0.3*b^0.7",
  "(a+b)^1.5",
  "a^7/(1+a^7)",
  "cbrt(a*b)",
  "cbrt(a-b)",
  "exp(-1/(a+b))",
  "exp(a-b)",
  "1-exp(-sqrt(a*b/(a+b)))",
  "-expm1(-a*b)",
  "expm1(min(a,3))*b",
  "log(1+a*b)",
  "log(a)",
  "log1p(a+b)",
  "tanh(a)*(1+b)",
  "tanh(a-b)",
  "abs(a-b)+1",
  "a-b",
  "-a/(1+b)",
  "a/(b-1)",
  "sqrt(a)/(2-b)",
  "0.3*a*exp(-b)",
  "(a-2)/(b-3)",
];
/** Pairs of energies over 12 decades, of which some are equal, and a mark for each, near its rate in half of them. */
const POINTS = 10_000;
function pointsFor(value: (a: number, b: number) => number, seed: number) {
  const random = randomNumbers(seed);
  const energy = () => 1e-6 * 10 ** (12 * random());
  const triples = new Float64Array(3 * POINTS);
  const rates = new Float64Array(POINTS);
  for (let i = 0; i < POINTS; i++) {
    const a = energy();
    const b = i % 10 === 0 ? a : energy();
    rates[i] = value(a, b);
    const off = 10 ** (-1 - 14 * random()) * (random() < 0.5 ? 1 : -1);
    const mark = i % 2 === 0 ? Math.abs(rates[i] * (1 + off)) : Math.abs(rates[i]) * 2 * random();
    triples.set([a, b, mark < Infinity ? mark : 1], 3 * i);
  }
  return { triples, rates };
}
const hash = (numbers: Float64Array) => createHash("sha256").update(numbers).digest("hex");
/** All NaN are one. */
const canonical = (numbers: Float64Array) => numbers.map((x) => (Number.isNaN(x) ? NaN : x));

/** A chain of such a rate, which no model needs to be allowed to have. */
const unchecked = (rate: Rate, changes: object = {}): Model => ({
  ...defineModel({ cells: 3, particles: 5, temperatures: [1, 2], ...changes }),
  rate,
});
const expressed = (expression: string, more: Partial<Rate> = {}) =>
  ({ expression, parameters: {}, scale: 1, cap: null, ...more }) as Rate;

/** A mark that is as near to the rate as this is decided either way: roots and quotients are pulled over to its side. */
const NEAR = 1e-13;

/** Marks that are decided otherwise than by y < f. */
function wronglyDecided(triples: Float64Array, rates: Float64Array, decided: Float64Array): number {
  let wrong = 0;
  rates.forEach((f, i) => {
    const y = triples[3 * i + 2];
    if (!(f > 0 && f < 1e100) || Math.abs(y / f - 1) <= NEAR) return;
    if ((decided[i] === 1) !== y < f) wrong++;
  });
  return wrong;
}

test.each(EXPRESSIONS)(
  "%s: numbers, vectors and the host's evaluator have the same bits, and marks are decided by them",
  async (expression) => {
    for (const cap of [null, 0.7]) {
      const model = unchecked(expressed(expression, { cap, scale: 1.3 }));
      const kernel = await loadKernelFor(model);
      kernel.setModel(model, setupOf(model), 1n);
      const apply = await rateFunctions(kernel);
      const { value } = numbersOf(expressionOf(model).graph);
      // In units of the scale; a negative rate has no cap.
      const ofMark = (a: number, b: number) => {
        const f = value(a, b);
        return cap === null || f < 0 ? f : f / (1 + (f * 1.3) / cap);
      };
      const { triples, rates } = pointsFor(ofMark, 1 + EXPRESSIONS.indexOf(expression));
      const uncapped = Float64Array.from(rates, (_, i) => value(triples[3 * i], triples[3 * i + 1]));
      const [values, lanes] = [apply("values", triples), apply("lanes", triples)];
      expect(hash(canonical(values))).toBe(hash(canonical(uncapped)));
      expect(hash(canonical(lanes))).toBe(hash(canonical(uncapped)));
      expect(wronglyDecided(triples, rates, apply("marks", triples))).toBe(0);
      // The test would see a rate that is 1e-12 higher.
      if (rates.some((f) => f > 0 && f < 1e100)) {
        expect(
          wronglyDecided(
            triples,
            rates.map((f) => f * (1 + 1e-12)),
            apply("marks", triples),
          ),
        ).toBeGreaterThan(0);
      }
    }
  },
);

/** Two chunks on an engine that is told that the rate is costly, or that it is not: all blocks. */
function blocks(kernel: Kernel, model: Model, isCostly: boolean, time: number) {
  kernel.setModel(model, { ...setupOf(model), isCostly }, 7n);
  kernel.allocate(initialEnergies(model), { times: [time / 3, time], moments: "variance", level: 2, samples: false });
  let [found, events] = ["", 0];
  for (const first of [0, 4]) {
    kernel.beginChunk("exact", first, 2);
    while (!kernel.advance(1e6));
    found += hash(kernel.finishedBlock(0));
    events += kernel.finishedEvents;
  }
  return { found, events };
}

const COSTLY = [
  "1-exp(-sqrt(a*b/(a+b)))",
  "tanh(a)*exp(-1/b)",
  "log1p(a+2*b)",
  "a^0.3*b^0.3",
  "cbrt(a*b)+exp(-1/(a+b))",
];

test.each(COSTLY)("%s: floors change no bit", async (expression) => {
  for (const [cells, particles] of [
    [10, 64],
    [10, 1000],
    [10, 1e5],
    [1000, 64],
    [1000, 1e4],
  ]) {
    for (const cap of [null, 2]) {
      // A start below the baths, so that bounds are raised; floors sink beside the colder bath.
      const temperatures = [0.01, 5] as const;
      const model = defineModel({ cells, particles, temperatures, initial: 1, rate: { expression, cap } });
      expect(setupOf(model).isCostly).toBe(true);
      const kernel = await loadKernelFor(model);
      const time = Math.max(1.5e5 / particles / cells / 8, 300 / particles);
      const [floors, none] = [blocks(kernel, model, true, time), blocks(kernel, model, false, time)];
      expect(floors.events).toBeGreaterThan(1e4);
      expect(floors, JSON.stringify([cells, particles, cap])).toEqual(none);
    }
  }
});

test("the engine's places are those of this build, each function of which is read to its end", async () => {
  const { splicesOf } = (await import(/* @vite-ignore */ `${"../.."}/splices.mjs`)) as {
    splicesOf: (wasm: Uint8Array, read?: { bodies: number }) => typeof SPLICES;
  };
  const wasm = engineBytes();
  const splices = JSON.parse(JSON.stringify(splicesOf(wasm))) as typeof SPLICES;
  expect(splices).toEqual(SPLICES);
  const calls = (name: string) =>
    splices.functions.filter(({ inlined }) => inlined === name).reduce((sum, { calls }) => sum + calls.length, 0);
  expect([calls("exceeds"), calls("ownRates")]).toEqual([3, 9]);
  expect(splices.functions.flatMap(({ is }) => is ?? []).sort()).toEqual(["exceeds", "ownRate", "ownRates"]);
  for (const name of ["exp", "expm1", "log", "log1p", "tanh", "cbrt"]) {
    expect(splices.names.functions[name], name).toBeTypeOf("number");
  }
  // Of the file as it is shipped, too.
  expect(Buffer.from(wasm).equals(readFileSync(new URL("../../dist/mesoflux.wasm", import.meta.url)))).toBe(true);

  // A build in which asc has inlined a call, or has another instruction, does not come through.
  const broken = (edit: (bytes: Uint8Array) => void) => {
    const bytes = wasm.slice();
    edit(bytes);
    return () => splicesOf(bytes);
  };
  const [place] = splices.functions.find(({ inlined }) => inlined === "exceeds")!.calls;
  const unreachable = (bytes: Uint8Array) => bytes.fill(0x01, place[0], place[1]);
  expect(broken(unreachable)).toThrow("calls exceeds 2 times, not 3");
  expect(broken((bytes) => (bytes[place[0]] = 0xc6))).toThrow(/an instruction that is not known here|beyond/);
  // A body that does not end where it says: the last instruction, its end, becomes the prefix of another.
  const { end } = splices.functions.find(({ inlined }) => inlined === "exceeds")!;
  expect(broken((bytes) => (bytes[end - 1] = 0x41))).toThrow("its end");
});

const N = 4;
const five = { cells: N, particles: 20, temperatures: [0.5, 2], initial: [1.3, 0.4, 2.1, 1] } as const;

test("factors of 1 change no bit, and tables are the numbers that they stand for", async () => {
  const ones = [1, 1, 1, 1, 1];
  for (const rate of [
    { law: "sqrt-sum" },
    { expression: "1-exp(-a*b)" },
    { law: "sqrt-harmonic", cap: 0.4 },
  ] as const) {
    const [plain, scaled] = [defineModel({ ...five, rate }), defineModel({ ...five, rate: { ...rate, scales: ones } })];
    for (const method of METHODS) {
      expect(await hashOf(await loadKernelFor(scaled), scaled, method)).toBe(
        await hashOf(await loadKernelFor(plain), plain, method),
      );
    }
  }
});

test("a factor on every bond is a scale: rates to rounding", async () => {
  for (const [rate, scaled] of [
    [
      { law: "sqrt-harmonic", scale: 3.7, cap: 2 },
      { law: "sqrt-harmonic", scales: Array(5).fill(3.7), cap: 2 },
    ],
    [
      { expression: "log1p(a*b)", scale: 0.1 },
      { expression: "log1p(a*b)", scales: Array(5).fill(0.1) },
    ],
  ] as const) {
    const kernels: Kernel[] = [];
    for (const each of [rate, scaled]) {
      const model = defineModel({ ...five, rate: each });
      const kernel = await loadKernelFor(model);
      kernel.setModel(model, setupOf(model), 1n);
      kernels.push(kernel);
    }
    const random = randomNumbers(9);
    for (let i = 0; i < 1000; i++) {
      const [a, b] = [1e-3 * 10 ** (6 * random()), 1e-3 * 10 ** (6 * random())];
      const [one, other] = kernels.map((kernel) => kernel.rate(a, b, i % 5));
      expect(Math.abs(one / other - 1)).toBeLessThan(8 * Number.EPSILON);
    }
  }
});

test.each<[string, object]>([
  ["(1+0.5*sin(k))*sqrt(a+b)", {}],
  ["(1+0.5*sin(k))*sqrt(a+b)", { scales: [1, 2, 3, 4, 5] }],
  ["sqrt(a+b)", { scales: [0.1, 7, 3, 0.25, 1e3], scale: 3, cap: 2 }],
  ["(k+1)/(N+1)*a+b*cos(k/N)^2", {}],
  ["a^(0.2+k/N)*b", {}],
  ["1-exp(-(k+1)*sqrt(a*b))", { scales: [1, 2, 3, 4, 5] }],
  ["max(a,k)+min(b,N)+(k+2)^0.3", {}],
  ["log1p(a*(k+1))*(2+sin(3*k))", { cap: 5 }],
  ["(k+1)*a+(2+sin(k))*b+(k+3)^0.3*a*b+exp(k/9)", {}],
])("%s %j: each bond has its own rate", async (expression, more) => {
  const rate = expressed(expression, more);
  const model = unchecked(rate, five);
  const kernel = await loadKernelFor(model);
  kernel.setModel(model, setupOf(model), 1n);
  const apply = await rateFunctions(kernel);
  const { graph, tables } = expressionOf(model);
  expect(tables.length).toBeGreaterThan(0);
  const { value } = numbersOf(graph, tables);
  const text = { ...model, rate: { ...rate, expression: expression.replaceAll(/sin|cos/g, "Math.$&") } } as Model;
  for (let k = 0; k <= N; k++) {
    const { triples, rates } = pointsFor((a, b) => value(a, b, k), k);
    expect(hash(apply("values", triples, k))).toBe(hash(rates));
    expect(hash(apply("lanes", triples, k))).toBe(hash(rates));
    let worst = 0;
    for (let i = 0; i < 2000; i++) {
      const [a, b] = [triples[3 * i], triples[3 * i + 1]];
      worst = Math.max(worst, Math.abs(kernel.rate(a, b, k) / plainRate(text, a, b, k) - 1));
    }
    expect(worst, `bond ${k}`).toBeLessThan(3e-14);
  }
});

test("a module says which rate it is for, and is used for no other", async () => {
  const model = defineModel({ ...five, rate: { expression: "s*sqrt(a+b)", parameters: { s: 2 }, cap: 3 } });
  const { key } = expressionOf(model);
  expect(key).toBe("(2*sqrt((a+b))) capped at 3 where its unit is 1");
  const bytes = engineFor(model);
  const module = new WebAssembly.Module(bytes);
  expect(keyIn(module)).toBe(key);
  expect(WebAssembly.Module.customSections(module, RATE_SECTION)).toHaveLength(1);
  // The stamp of the build that it was made from is still there.
  expect(Buffer.from(WebAssembly.Module.customSections(module, "mesoflux")[0]).toString()).toBe(WASM_STAMP);
  expect(Buffer.from(engineFor(model)).equals(Buffer.from(bytes))).toBe(true);
  const kernel = await loadKernelFor(model);
  expect(kernel.key).toBe(key);
  const other = defineModel({ ...five, rate: { expression: "s*sqrt(a+b)", parameters: { s: 3 }, cap: 3 } });
  expect(() => kernel.setModel(other, setupOf(other), 1n)).toThrow(/has the rate \(2\*sqrt.*rate is \(3\*sqrt/);
  // Spaces, parentheses and names of parameters make no other code; seventeen others push the first one out, unharmed.
  const spelled = defineModel({ ...five, rate: { expression: " t * (sqrt(a + b)) ", parameters: { t: 2 }, cap: 3 } });
  expect(expressionOf(spelled).key).toBe(key);
  for (let s = 4; s < 21; s++) await loadKernelFor(defineModel({ ...five, rate: `${s}*sqrt(a+b)` }));
  expect((await loadKernelFor(spelled)).key).toBe(key);
  expect(new Expression(model.rate, N).law).toBeUndefined();
});

test("tables of other signs have other code: a quotient by numbers below zero is not pulled apart", async () => {
  const rateOf = (s: number) => ({ expression: "(s*(k+1)*(a+b))/(s*(k+2))", parameters: { s } });
  const [above, below] = [1, -1].map((s) => defineModel({ ...five, rate: rateOf(s) }));
  expect(expressionOf(above).key).not.toBe(expressionOf(below).key);
  const options = { replicas: 64, times: [0.3], seed: 3n } as const;
  const [one, other] = [await simulate(above, options), await simulate(below, options)];
  // The same law and marks: decisions differ where rounding does, which is nowhere here.
  expect(other.events).toBe(one.events);
  expect(Array.from(other.mean)).toEqual(Array.from(one.mean));
});
