/** Reading a rate's expression: the language, the graph, and faults with their places. */
import { expect, test } from "vitest";
import { lowered, type Graph } from "../../src/rate/graph.ts";
import { numbersOf } from "../../src/rate/numbers.ts";
import { type Fault, parse } from "../../src/rate/parse.ts";
import { textOf } from "../../src/rate/text.ts";
import { pick, randomNumbers, randomRate } from "../support/randomRates.ts";

type Parameters = Record<string, unknown>;

function graphOf(text: string, parameters: Parameters = {}): Graph {
  const parsed = parse(text, parameters);
  if ("faults" in parsed) throw new Error(`${text}: ${JSON.stringify(parsed.faults)}`);
  return parsed.graph;
}

const faultsOf = (text: unknown, parameters: Parameters = {}): readonly Fault[] => {
  const parsed = parse(text, parameters);
  return "faults" in parsed ? parsed.faults : [];
};

const at = (text: string, a: number, b: number) => numbersOf(graphOf(text)).value(a, b);

test.each([
  ["1+2*3", 7],
  ["8-3-2", 3],
  ["8/4/2", 1],
  ["2*3^2", 18],
  ["2^3^2", 512],
  ["2**3**2", 512],
  ["-2^2", -4],
  ["2^-2", 0.25],
  ["2^-1^2", 0.5],
  ["--3", 3],
  ["2*-3", -6],
  [".5+1.+1e-3+2E+1", 21.501],
  ["min(3,2,1)+max(1,2,3)", 4],
  ["pi", Math.PI],
  ["abs(-2)+sqrt(9)+cbrt(8)", 7],
  ["exp(0)+expm1(0)+log(1)+log1p(0)+tanh(0)", 1],
  [" \t\n( 1 ) ", 1],
  ["4^0.5+4^1.5", 10],
  ["0^0", 1],
])("%s is %d, computed when it is read", (text, value) => {
  expect(graphOf(text)).toEqual([{ kind: "number", value }]);
});

test("operations stay in the order written", () => {
  const [a, b] = [0.1, 0.3];
  expect(at("a+b+0.7", a, b)).toBe(a + b + 0.7);
  expect(at("a+(b+0.7)", a, b)).toBe(a + (b + 0.7));
  expect(at("a-b-0.7", a, b)).toBe(a - b - 0.7);
  expect(at("a/b*3", a, b)).toBe((a / b) * 3);
  expect(at("-a^2", a, b)).toBe(-(a * a));
  expect(at("3*a/b", a, b)).toBe((3 * a) / b);
});

test("what occurs twice is one node, and what is not used is none", () => {
  const graph = graphOf("sqrt(a+b)/(1+sqrt(a+b)/K)", { K: 5 });
  expect(graph.map(({ kind }) => kind)).toEqual([
    "a",
    "b",
    "add",
    "sqrt",
    "number",
    "number",
    "divide",
    "add",
    "divide",
  ]);
  expect(graphOf("(2+3)*a^1+0*b^0").map(({ kind }) => kind)).toEqual(["number", "a", "multiply", "number", "add"]);
  expect(graphOf("0*a")[0]).toEqual({ kind: "number", value: 0 });
  expect(textOf(graphOf("a/(-0)+a/0"))).toBe("((a/(-0))+(a/0))");
});

test("powers are products, roots, or exp and log", () => {
  const kinds = (text: string) => lowered(graphOf(text)).map(({ kind }) => kind);
  expect(kinds("a^0.5")).toEqual(["a", "sqrt"]);
  expect(kinds("a^4")).toEqual(["a", "multiply", "multiply"]);
  expect(kinds("a^-3")).toEqual(["number", "a", "multiply", "multiply", "divide"]);
  expect(kinds("a^1.5")).toEqual(["a", "sqrt", "multiply"]);
  expect(kinds("a^0.3")).toEqual(["number", "a", "log", "multiply", "exp"]);
  expect(kinds("a^65")).toEqual(["number", "a", "log", "multiply", "exp"]);
  for (let n = -64; n <= 64; n++) {
    const value = at(`a^${n}`, 1.07, 1);
    expect(Math.abs(value / 1.07 ** n - 1)).toBeLessThan(1e-14);
    expect(Math.abs(at(`a^${n + 0.5}`, 1.07, 1) / 1.07 ** (n + 0.5) - 1)).toBeLessThan(1e-14);
  }
});

test.each([
  ["sqrt(a+c)", "a, b, k, N, pi or a function", '"c"; constants are numbers or parameters', 7],
  ["a+constructor", "a, b, k, N, pi or a function", /^"constructor"; constants are/, 2],
  ["__proto__", "a, b, k, N, pi or a function", /^"__proto__"; constants are/, 0],
  ["1+sin(a)", /^sin of k, N and numbers alone/, "one of a or b", 2],
  ["1+sinh(a)", /^one of the functions sqrt, cbrt, .*cos$/, '"sinh"', 2],
  ["sqrt a", '"(" after sqrt', '"a"', 5],
  ["2a", /^an operator or the end/, '"a"', 1],
  ["2(a)", /^an operator or the end/, '"("', 1],
  ["(2a)", 'an operator or ")"', '"a"', 2],
  ["a b", /^an operator or the end/, '"b"', 2],
  ["a)", /^an operator or the end/, '")"', 1],
  ["(a", 'an operator or ")"', "the end", 2],
  ["a+", "a number, a name or (", "the end", 2],
  ["+a", "a number, a name or (", '"+"', 0],
  ["a*/b", "a number, a name or (", '"/"', 2],
  ["a, b", /^an operator or the end/, '","', 1],
  ["sqrt()", "a number, a name or (", '")"', 5],
  ["sqrt(a,b)", 'an operator or ")"', '","', 6],
  ["min(a)", 'an operator or ",", as min takes two values or more', '")"', 5],
  ["a^b", /^an exponent without a and b/, "one with a or b", 2],
  ["1.2.3*a", /^an operator or the end/, '".3"', 3],
  ["a#", /^an operator or the end/, '"#"', 1],
  ["a+\u{1F525}", "a number, a name or (", '"\u{1F525}"', 2],
  ["a+1/0", "a finite value", "Infinity", 3],
  ["a+0/0", "a finite value", "NaN", 3],
  ["a*log(-1)", "a finite value", "NaN", 2],
  ["1e999*a", "a finite value", "Infinity", 0],
  ["(-2)^0.3*a", "a finite value", "NaN", 4],
  [`${"(".repeat(101)}a${")".repeat(101)}`, "at most 100 levels of parentheses", "more", 100],
  [`${"-".repeat(200)}a`, "at most 100 levels of parentheses", "more", 100],
] as const)("%s: expected %s, got %s", (text, expected, got, place) => {
  const faults = faultsOf(text);
  expect(faults).toHaveLength(1);
  expect(faults[0]).toMatchObject({ field: "rate.expression", at: place });
  expect(faults[0].expected).toMatch(expected);
  expect(faults[0].got).toMatch(got);
  expect(faults[0].caret!.split("\n")[1].length).toBe(Math.min(place, 50) + 1);
});

test("the caret stands below the fault, in a part of a long text too", () => {
  expect(faultsOf("sqrt(a+c)")[0].caret).toBe("sqrt(a+c)\n       ^");
  expect(faultsOf("a\n+\tc")[0].caret).toBe("a + c\n    ^");
  const [line, caret] = faultsOf(`${"a+".repeat(100)}c+b`)[0].caret!.split("\n");
  expect(line[caret.length - 1]).toBe("c");
  expect(line.length).toBeLessThan(80);
});

test.each([
  ["", '""'],
  [" ", '" "'],
  [undefined, "undefined"],
  [3, "3"],
  [`a${" ".repeat(1000)}`, "1001 characters"],
])("%s is no expression", (text, got) => {
  expect(faultsOf(text)).toEqual([
    { field: "rate.expression", expected: 'a text such as "sqrt(a+b)" of at most 1000 characters', got },
  ]);
});

test("all faults of the parameters come at once, with the first of the text", () => {
  const parameters: Parameters = JSON.parse(
    '{"__proto__": 1, "K": "5", "2x": 1, "N": 3, "sqrt": 2, "s": null, "ok": 4}',
  );
  const faults = faultsOf("K*s/(1-K)+ok+d+e", parameters);
  expect(faults.map(({ field }) => field)).toEqual([
    "rate.parameters.K",
    "rate.parameters.2x",
    "rate.parameters.N",
    "rate.parameters.sqrt",
    "rate.parameters.s",
    "rate.expression",
  ]);
  expect(faults[0]).toMatchObject({ expected: "a finite number", got: '"5"' });
  expect(faults[5].expected).toBe("a, b, k, N, pi, __proto__, K, s, ok or a function");
  expect(faults[5].got).toMatch(/^"d"/);
});

test("parameters are numbers of the expression, each of which is used", () => {
  expect(textOf(graphOf("s*a/K", { s: -2, K: 1e-7 }))).toBe("(((-2)*a)/1e-7)");
  expect(graphOf("__proto__*a", JSON.parse('{"__proto__": 3}') as Parameters)).toEqual(graphOf("3*a"));
  expect(faultsOf("a+b", { K: 5 })).toEqual([
    { field: "rate.parameters.K", expected: "a name in the expression", got: "one that is not in it" },
  ]);
  expect(faultsOf("a/(K-1)", { K: 1 })).toEqual([]);
  expect(faultsOf("a+2/(K-1)", { K: 1 })[0]).toMatchObject({ at: 3, got: "Infinity" });
});

test("the canonical text of 5,000 random expressions is read as the same graph", () => {
  const random = randomNumbers(1);
  let [count, tried] = [0, 0];
  while (count < 5000) {
    expect(++tried).toBeLessThan(20_000);
    const parsed = parse(randomRate(random, 1 + Math.floor(random() * 5)));
    if ("faults" in parsed) continue;
    const text = textOf(parsed.graph);
    if (text.length > 1000) continue;
    const again = graphOf(text);
    expect(again).toEqual(parsed.graph);
    expect(textOf(again)).toBe(text);
    count++;
  }
});

test("canonical texts", () => {
  expect(textOf(graphOf("sqrt(a*b / (a+b))"))).toBe("sqrt(((a*b)/(a+b)))");
  expect(textOf(graphOf("a^-2*min(a,b,3)"))).toBe("((a^(-2))*min(min(a,b),3))");
  expect(textOf(graphOf("b+a"))).not.toBe(textOf(graphOf("a+b")));
  expect(textOf(graphOf("1e21*a+1e-9+0.1"))).toBe("(((1e+21*a)+1e-9)+0.1)");
});

test("20,000 hostile texts are read or refused, none throws or hangs", () => {
  const random = randomNumbers(2);
  const alphabet = [
    ..."ab01.e+-*/^(),  kNpi_$#\"'\\\n\u0000\u{1F525}é",
    "\ud800",
    "**",
    "sqrt(",
    "min(",
    "1e9",
    "constructor",
  ];
  const noise = () => Array.from({ length: Math.floor(random() * 40) }, () => pick(random, alphabet)).join("");
  for (let i = 0; i < 20_000; i++) {
    let text = i % 2 === 0 ? noise() : randomRate(random, 4);
    for (let k = Math.floor(random() * 3); k > 0; k--) {
      const place = Math.floor(random() * text.length);
      text = text.slice(0, place) + pick(random, alphabet) + text.slice(place + Math.floor(random() * 3));
    }
    const parsed = parse(text, { K: 1 });
    if ("graph" in parsed) textOf(lowered(parsed.graph));
    else for (const { at = 0 } of parsed.faults) expect(at).toBeLessThanOrEqual(text.length);
  }
  for (const long of ["(", "-", "a+", "a^", "sqrt(", "1", " ", "((a)", "min(a,", "2^", "a^2*"]) {
    const text = long.repeat(1000).slice(0, 1000);
    for (const whole of [text, `${text.slice(0, 999)}a`]) parse(whole);
  }
});
