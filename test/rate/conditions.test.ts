/** The conditions on a rate: what is proven, what is refuted, and what is neither. */
import { expect, test } from "vitest";
import { conditionsOf } from "../../src/rate/conditions.ts";
import { prove } from "../../src/rate/elasticity.ts";
import { supremumOf } from "../../src/rate/growth.ts";
import { numbersOf } from "../../src/rate/numbers.ts";
import { parse } from "../../src/rate/parse.ts";
import { huntFalseProofs } from "../support/provenRates.ts";
import { randomNumbers, randomRate } from "../support/randomRates.ts";

function graphOf(text: string, parameters: Record<string, number> = {}) {
  const parsed = parse(text, parameters);
  if ("faults" in parsed) throw new Error(`${text}: ${JSON.stringify(parsed.faults)}`);
  return parsed.graph;
}
const conditions = (text: string) => conditionsOf({ graph: graphOf(text), tables: [] }, 1, 10);

// Expression, largest elasticity, supremum (infinite: not bounded).
test.each([
  ["1", 0, 1],
  ["sqrt(a+b)", 1 / 2, Infinity],
  ["sqrt(a*b/(a+b))", 1 / 2, Infinity],
  ["sqrt(min(a,b))", 1 / 2, Infinity],
  ["sqrt(a+b)/(1+sqrt(a+b)/5)", 1 / 2, 5],
  ["sqrt(a*b/(a+b))/(1+sqrt(a*b/(a+b))/5)", 1 / 2, 5],
  ["1-exp(-sqrt(a*b/(a+b)))", 1 / 2, 1],
  ["tanh(sqrt(a+b))", 1 / 2, 1],
  ["log1p(a+b)", 1, Infinity],
  ["log(1+a*b)", 1, Infinity],
  ["log(1+a+b)", 1, Infinity],
  ["log(a+2+b)", 1, Infinity],
  ["1/(1/a+1/b)^2", 2, Infinity],
  ["a^0.3*b^0.2", 0.3, Infinity],
  ["exp(-1/(a+b))", Infinity, 1],
  ["exp(-2/(a+b))*sqrt(a+b)", Infinity, Infinity],
  ["exp(-1/(a+b))/(1+exp(-1/(a+b)))", Infinity, 0.5],
  ["(a+b)^(0.2)", 0.2, Infinity],
  ["cbrt(a*b)", 1 / 3, Infinity],
  ["min(a,b)^0.5", 1 / 2, Infinity],
  ["max(a,b)", 1, Infinity],
  ["2", 0, 2],
  ["expm1(sqrt(a+b))", Infinity, Infinity],
  ["-expm1(-a*b)", 1, 1],
  ["exp(a)-1", Infinity, Infinity],
  ["2-exp(-a-b)", 1, 2],
  ["0*a+sqrt(b)", 1 / 2, Infinity],
  ["min(a,3)", 1, 3],
  ["(a/(1+a))^2.5", 2.5, 1],
  ["abs(a+b)", 1, Infinity],
  ["(-a)^2", 2, Infinity],
  ["cbrt(-a)*-b", 1, Infinity],
  ["1/(1+1/log1p(a))", 1, 1],
])("%s is proven", (text, largest, supremum) => {
  const found = conditions(text);
  expect(found).toMatchObject({ positive: "proven", monotone: "proven" });
  expect(found.reason).toBeUndefined();
  expect(found.largestElasticity).toBeCloseTo(largest, 12);
  expect(found.cooperativeRatio).toBeCloseTo(1 + 1 / largest, 12);
  expect(supremumOf(graphOf(text))).toBeCloseTo(supremum, 12);
});

test.each([
  ["1/(1+a+b)", "monotone", "f(1, 1) = 0.3333 falls in a: its slope is -0.1111"],
  ["sqrt(a*b)/(a+b)", "monotone", "f(1, 10) = 0.2875 falls in b: its slope is -0.01176"],
  ["a-b", "positive", "f(1, 1) = 0"],
  ["1-2*a", "positive", "f(1, 1) = -1"],
  ["exp(-a)", "monotone", "f(1, 1) = 0.3679 falls in a: its slope is -0.3679"],
  ["abs(a-b)", "positive", "f(1, 1) = 0"],
  ["a+b+1/(1+20*a)", "monotone", /^f\(0.*falls in a/],
  ["1/(a-a)", "positive", "f(1, 1) = Infinity"],
  ["sqrt(a-a-1)", "positive", "f(1, 1) = NaN"],
  ["exp(-1e5/a)", "positive", "f(1, 1) = 0"],
  ["exp(100*a)", "positive", "f(10, 1) = Infinity"],
  ["0*a", "positive", "f(1, 1) = 0"],
  ["-1", "positive", "f(1, 1) = -1"],
  ["exp(a)/exp(2*a)", "monotone", /falls in a/],
  ["(1+exp(a)/b)/exp(a)", "monotone", /falls in a/],
] as const)("%s is refuted by a point", (text, fault, reason) => {
  const { counterexample, ...found } = conditions(text);
  expect(found.monotone).toBe("refuted");
  expect(found.positive === "refuted").toBe(fault === "positive");
  expect(found.reason).toMatch(reason);
  expect(found.cooperativeRatio).toBe(1);
  const { a, b, rate } = counterexample!;
  expect(rate).toBe(numbersOf(graphOf(text)).value(a, b));
});

test.each([
  ["a+b+1/(1+a)", "proven", "it may fall in a where a decides (1+a) and (1/(1+a)) decides ((a+b)+(1/(1+a)))"],
  ["2-1/(1+a+b)", "neither", "the sign of (2-(1/((1+a)+b))) is not known"],
  ["abs(1+a+log(a+b+0.5))", "neither", "the sign of log(((a+b)+0.5)) is not known"],
])("%s is neither proven nor refuted", (text, positive, reason) => {
  expect(conditions(text)).toMatchObject({ positive, monotone: "neither", reason });
});

test("the part of an expression that may fall is named", () => {
  const reason = (text: string) => prove({ graph: graphOf(text), tables: [] }).reason;
  expect(reason("sqrt(a*b)/(a+b)")).toBe("it may fall in a where a decides (a+b)");
  expect(reason("b*min(a,1/b^2)")).toBe("it may fall in b where (1/(b^2)) decides min(a,(1/(b^2)))");
  expect(reason("a*exp(-b)")).toBe("it may fall in b where (-b) decides exp((-b))");
  expect(reason("1/(a*b)")).toBe("it may fall in a");
});

test("kinks are none, on the diagonal, or elsewhere", () => {
  const kinks = (text: string) => prove({ graph: graphOf(text), tables: [] }).kinks;
  expect(["a+b", "abs(a+b)", "min(a,a)+b"].map(kinks)).toEqual(["none", "none", "none"]);
  expect(["sqrt(min(a,b))", "max(b,a)/(1+min(a,b))"].map(kinks)).toEqual(["diagonal", "diagonal"]);
  expect(["min(a,3)", "min(a+b,a*b)", "1+abs(a-b)", "min(a,b)+min(a,2)"].map(kinks)).toEqual(
    new Array(4).fill("elsewhere"),
  );
});

test("a supremum is not told where leading terms cancel", () => {
  const supremum = (text: string) => supremumOf(graphOf(text));
  expect(
    ["1+a*log(1+1/a)", "1+a*log(0.1+0.2+0.7+1/a)", "sqrt(1+a)-sqrt(a)", "exp(0.1*log(1+a))"].map(supremum),
  ).toEqual(new Array(4).fill(undefined));
  expect(supremum("a^0.1*a^0.2/a^0.3")).toBe(1);
  expect(supremum("3-exp(-a)*a^2")).toBe(3);
  expect(supremum("(2*a^2+b)/(a^2+log(1+b))")).toBe(2);
});

test("factors without end may be large together and each alone", () => {
  const isProven = (text: string) => prove({ graph: graphOf(text), tables: [] }).monotone;
  expect(isProven("exp(a)*exp(a*b)/exp(a)")).toBe(true);
  expect(isProven("exp(exp(a))/exp(a)")).toBe(false);
  expect(isProven("exp(a)*exp(-1/b)/(1+exp(a))/b")).toBe(false);
  expect(isProven(`${"exp(".repeat(20)}-a${")".repeat(20)}`)).toBe(false);
  expect(isProven("a+(0*b)^-2")).toBe(false);
  expect(isProven("a+b/(0*a)")).toBe(false);
});

test("sums of many terms are proven, or given up at once", () => {
  const sum = (terms: number) => Array.from({ length: terms }, (_, k) => `${k + 1}*a^${k}`).join("+");
  expect(prove({ graph: graphOf(`b*(${sum(12)})/(1+b)`), tables: [] })).toMatchObject({
    positive: true,
    monotone: true,
    largest: [11, 1],
  });
  expect(prove({ graph: graphOf(sum(40)), tables: [] })).toMatchObject({ positive: true, monotone: false });
});

test("of 3,000 random rates no proven one falls, is negative, or passes its bounds", () => {
  const { found, monotone, positive, bounded } = huntFalseProofs(3_000, 6);
  expect(found.slice(0, 20)).toEqual([]);
  expect(monotone).toBeGreaterThan(900);
  expect(positive - monotone).toBeGreaterThan(300);
  expect(bounded).toBeGreaterThan(90);
});

test("a counterexample is a true point: f is not positive there, or steps down", () => {
  const random = randomNumbers(7);
  let falls = 0;
  for (let i = 0; i < 1500; i++) {
    const parsed = parse(randomRate(random, 4));
    if ("faults" in parsed) continue;
    const { counterexample } = conditionsOf({ graph: parsed.graph, tables: [] }, 0.5, 2);
    if (counterexample === undefined) continue;
    const { a, b, rate, fault, text } = counterexample;
    const { value } = numbersOf(parsed.graph);
    expect(value(a, b)).toBe(rate);
    if (fault === "positive") expect(rate > 0 && rate < Infinity).toBe(false);
    else {
      const moved = (by: number) => (text.includes("falls in a") ? value(a * by, b) : value(a, b * by));
      // At a kink f may fall on one side alone, and sqrt(b-a) ends where it is steepest.
      expect(moved(1 + 1e-4) < rate || moved(1 - 1e-4) > rate).toBe(true);
      falls++;
    }
  }
  expect(falls).toBeGreaterThan(150);
});
