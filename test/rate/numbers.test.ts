/** A rate's values, slopes and derivatives to third order. */
import { expect, test } from "vitest";
import { defineModel, type RateLaw } from "../../src/model.ts";
import { fold, type Graph, lowered } from "../../src/rate/graph.ts";
import { jets } from "../../src/rate/jets.ts";
import { numbersOf } from "../../src/rate/numbers.ts";
import { parse } from "../../src/rate/parse.ts";
import { first, type Jet, second } from "../../src/theory/jet.ts";
import { rateJetOf, rateOf } from "../../src/theory/rates.ts";
import { randomNumbers, randomRate } from "../support/randomRates.ts";

function graphOf(text: string): Graph {
  const parsed = parse(text);
  if ("faults" in parsed) throw new Error(`${text}: ${JSON.stringify(parsed.faults)}`);
  return parsed.graph;
}
const jetOf = (graph: Graph) => (x: number, y: number) => fold(lowered(graph), jets(first(x), second(y)));

const LAWS: [RateLaw, string][] = [
  ["constant", "1"],
  ["sqrt-sum", "sqrt(a+b)"],
  ["sqrt-harmonic", "sqrt(a*b/(a+b))"],
  ["sqrt-min", "sqrt(min(a,b))"],
];

test.each(LAWS)("%s as an expression has the law's jets and values, bit for bit", (law, text) => {
  const model = defineModel({ cells: 1, particles: 1, temperatures: [1, 2], rate: law });
  const [ofLaw, jet] = [rateJetOf(model), jetOf(graphOf(text))];
  const [plain, numbers] = [rateOf(model), numbersOf(graphOf(text))];
  const random = randomNumbers(3);
  for (let i = 0; i < 10_000; i++) {
    const [x, y] = [Math.exp(40 * random() - 20), i % 10 === 0 ? 1 : Math.exp(40 * random() - 20)];
    const [a, b] = i % 7 === 0 ? [x, x] : [x, y];
    expect(jet(a, b).every((value, k) => Object.is(value, ofLaw(0, first(a), second(b))[k]))).toBe(true);
    expect(numbers.value(a, b)).toBe(plain.f(0, a, b));
    const [along1, along2] = [numbers.slope(a, b, 1, 0), numbers.slope(a, b, 0, 1)];
    expect(Math.abs(along1 - plain.f1(0, a, b))).toBeLessThanOrEqual(
      1e-14 * plain.f1(0, a, b) + (1e-14 * plain.f(0, a, b)) / a,
    );
    expect(Math.abs(along2 - plain.f2(0, a, b))).toBeLessThanOrEqual(
      1e-14 * plain.f2(0, a, b) + (1e-14 * plain.f(0, a, b)) / b,
    );
  }
});

test.each([
  "cbrt(a+2*b)",
  "exp(a-b)",
  "expm1(a*b)",
  "log(a/b+1)",
  "log1p(a+b*b)",
  "tanh(a*b-0.5)",
  "abs(a-3*b)*b",
  "min(a*a,b)+max(a,b*b)",
  "a^0.3*b^-1.7",
  "-a^3/(1+b)",
  "1-exp(-sqrt(a*b/(a+b)))",
])("%s: each derivative is the difference of the one below", (text) => {
  const jet = jetOf(graphOf(text));
  // [from, to, power, along a or b]: the coefficient `to` is the derivative of `from`, divided by the power.
  const derivatives = [
    [0, 1, 1, 0],
    [1, 3, 2, 0],
    [2, 4, 1, 0],
    [3, 6, 3, 0],
    [4, 7, 2, 0],
    [5, 8, 1, 0],
    [2, 5, 2, 1],
    [5, 9, 3, 1],
  ];
  const random = randomNumbers(4);
  for (let i = 0; i < 100; i++) {
    const [x, y] = [0.3 + random(), 0.3 + random()];
    const step = 1e-5;
    // Not across a kink.
    if (Math.min(Math.abs(x - 3 * y), Math.abs(x * x - y), Math.abs(x - y * y)) < 10 * step) continue;
    const size = Math.max(...jet(x, y).map(Math.abs));
    for (const [from, to, power, axis] of derivatives) {
      const moved = (by: number): Jet => (axis === 0 ? jet(x + by, y) : jet(x, y + by));
      const measured = (moved(step)[from] - moved(-step)[from]) / (2 * step);
      expect(Math.abs(power * jet(x, y)[to] - measured)).toBeLessThan(2e-8 * size);
    }
  }
});

test("slopes of 3,000 random expressions are those of their jets", () => {
  const random = randomNumbers(5);
  let compared = 0;
  for (let i = 0; i < 3000; i++) {
    const parsed = parse(randomRate(random, 4));
    if ("faults" in parsed) continue;
    const { value, slope } = numbersOf(parsed.graph);
    const jet = jetOf(parsed.graph);
    for (let k = 0; k < 5; k++) {
      const [x, y] = [0.1 + 3 * random(), 0.1 + 3 * random()];
      const [f, f1, f2] = jet(x, y);
      if (![f, f1, f2, value(x, y)].every((number) => Math.abs(number) < 1e12)) continue;
      if (Math.max(Math.abs(f1), Math.abs(f2)) > 1e6 * Math.abs(f)) continue;
      expect(value(x, y)).toBeCloseTo(f, 12 - Math.ceil(Math.log10(1 + Math.abs(f))));
      const size = Math.abs(f) + Math.abs(f1) + Math.abs(f2);
      expect(Math.abs(slope(x, y, 0.3, -2) - (0.3 * f1 - 2 * f2))).toBeLessThanOrEqual(1e-8 * size);
      compared++;
    }
  }
  expect(compared).toBeGreaterThan(5000);
});

test("at a tie min and max take the mean of both slopes, and abs at 0 has none", () => {
  const slopes = (text: string) => [
    numbersOf(graphOf(text)).slope(2, 2, 1, 0),
    numbersOf(graphOf(text)).slope(2, 2, 0, 1),
  ];
  expect(slopes("min(a,3*b-4)")).toEqual([0.5, 1.5]);
  expect(slopes("max(a,3*b-4)")).toEqual([0.5, 1.5]);
  expect(slopes("abs(a-b)")).toEqual([0, 0]);
});
