/**
 * Reads a rate's expression.
 *
 *   sum      product (("+" | "-") product)*
 *   product  signed (("*" | "/") signed)*
 *   signed   "-" signed | power
 *   power    atom (("^" | "**") signed)?                           an exponent of numbers, k and N
 *   atom     number | name | function "(" sum ("," sum)* ")" | "(" sum ")"
 *
 * Operations stay in the order written. A text that cannot be read is no exception: its faults are returned.
 */
import { describe, type Problem } from "../errors.ts";
import { BINARY, Builder, FUNCTIONS, type Graph, type Operation } from "./graph.ts";

/** A fault of the text has a place: its index in the text, and the text with a caret below that place. */
export interface Fault extends Problem {
  readonly at?: number;
  readonly caret?: string;
}

export type Parsed = { readonly graph: Graph } | { readonly faults: readonly Fault[] };

const LONGEST = 1000;
/** Signs, exponents, parentheses and functions inside each other: the call stack bounds it. */
const DEEPEST = 100;

const NAME = /^[A-Za-z_]\w*$/;
const VARIABLES = ["a", "b", "k", "N"] as const;
const TAKEN = [...VARIABLES, "pi", ...FUNCTIONS];

const TOKEN = /(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?|[A-Za-z_]\w*|\*\*|[-+*/^(),]/y;
const NUMBER = /^\.?\d/;

/** In the order of BINARY; the first two bind less. */
const OPERATORS = ["+", "-", "*", "/"];

/** Every fault of the parameters, and the first of the text. Parameters are put into the graph as numbers. */
export function parse(expression: unknown, parameters: Readonly<Record<string, unknown>> = {}): Parsed {
  const faults: Fault[] = [];
  const builder = new Builder();
  const names = new Map<string, number>(VARIABLES.map((name) => [name, builder.variable(name)]));
  names.set("pi", builder.number(Math.PI));
  const unused = new Set<string>();
  const parameterFault = (name: string, expected: string, got: string) =>
    faults.push({ field: `rate.parameters.${name}`, expected, got });
  for (const [name, value] of Object.entries(parameters)) {
    if (!NAME.test(name) || TAKEN.includes(name)) {
      const expected = `a name of letters, digits and _ other than ${TAKEN.join(", ")}`;
      parameterFault(name, expected, "a parameter of that name");
      continue;
    }
    const finite = Number.isFinite(value);
    if (!finite) parameterFault(name, "a finite number", describe(value));
    names.set(name, builder.number(finite ? (value as number) : NaN));
    unused.add(name);
  }
  const parametersAreGood = faults.length === 0;

  const field = "rate.expression";
  if (typeof expression !== "string" || expression.trim() === "" || expression.length > LONGEST) {
    const isLong = typeof expression === "string" && expression.length > LONGEST;
    const expected = `a text such as "sqrt(a+b)" of at most ${LONGEST} characters`;
    faults.push({ field, expected, got: isLong ? `${expression.length} characters` : describe(expression) });
    return { faults };
  }
  const text = expression;

  // The token that is looked at, its start, and the start of the next.
  let token = "";
  let start = 0;
  let next = 0;
  let depth = 0;
  let hasFailed = false;

  /** Keeps the first fault of the text and goes to its end, where every rule is over. */
  function fail(expected: string, got = token === "" ? "the end" : describe(token), at = start): number {
    if (!hasFailed) faults.push({ field, expected, got, at, caret: caretLines(text, at) });
    hasFailed = true;
    next = text.length;
    advance();
    return 0;
  }

  function advance() {
    while (/\s/.test(text.charAt(next))) next++;
    start = next;
    TOKEN.lastIndex = next;
    token = TOKEN.exec(text)?.[0] ?? [...text.slice(next, next + 2)][0] ?? "";
    next += token.length;
  }

  const takes = (...tokens: string[]): boolean => {
    const is = tokens.includes(token);
    if (is) advance();
    return is;
  };

  const need = (wanted: string, expected: string) => takes(wanted) || fail(expected);

  /** A number that is infinite or none is a fault, unless a faulty parameter makes it. */
  function checked(place: number, at: number): number {
    const value = builder.valueOf(place) ?? 0;
    return Number.isFinite(value) || !parametersAreGood ? place : fail("a finite value", String(value), at);
  }

  /** Sums at level 0, products at level 1. */
  function chain(level: number): number {
    if (level === 2) return signed();
    let value = chain(level + 1);
    for (;;) {
      const [operator, at] = [OPERATORS.indexOf(token), start];
      if (operator < 0 || operator >> 1 !== level) return value;
      advance();
      value = checked(builder.operation(BINARY[operator], value, chain(level + 1)), at);
    }
  }

  function signed(): number {
    if (depth === DEEPEST) return fail(`at most ${DEEPEST} levels of parentheses`, "more");
    depth++;
    const value = takes("-") ? builder.operation("negate", signed()) : power();
    depth--;
    return value;
  }

  function power(): number {
    const base = atom();
    const at = start;
    if (!takes("^", "**")) return base;
    const from = start;
    const exponent = signed();
    if (!builder.isOfPlace(exponent)) {
      return fail("an exponent without a and b (write exp(n*log(x)) for others)", "one with a or b", from);
    }
    return checked(builder.raise(base, exponent), at);
  }

  function atom(): number {
    const [word, at] = [token, start];
    if (NUMBER.test(word)) {
      advance();
      return checked(builder.number(Number(word)), at);
    }
    if (takes("(")) {
      const value = chain(0);
      need(")", 'an operator or ")"');
      return value;
    }
    if (!NAME.test(word)) return fail("a number, a name or (");
    advance();
    const known = names.get(word);
    if (known !== undefined) {
      unused.delete(word);
      return known;
    }
    if (FUNCTIONS.includes(word)) return call(word as Operation, at);
    if (token === "(") return fail(`one of the functions ${FUNCTIONS.join(", ")}`, describe(word), at);
    const hint = "; constants are numbers or parameters";
    return fail(`${[...names.keys()].slice(0, 20).join(", ")} or a function`, describe(word) + hint, at);
  }

  function call(kind: Operation, at: number): number {
    need("(", `"(" after ${kind}`);
    let value = chain(0);
    if ((kind === "sin" || kind === "cos") && !builder.isOfPlace(value)) {
      return fail(`${kind} of k, N and numbers alone, as it falls`, "one of a or b", at);
    }
    if (kind !== "min" && kind !== "max") value = builder.operation(kind, value);
    else {
      need(",", `an operator or ",", as ${kind} takes two values or more`);
      do value = builder.operation(kind, value, chain(0));
      while (takes(","));
    }
    need(")", 'an operator or ")"');
    return checked(value, at);
  }

  advance();
  const root = chain(0);
  if (token !== "") fail("an operator or the end (products are written with *)");
  if (!hasFailed) for (const name of unused) parameterFault(name, "a name in the expression", "one that is not in it");
  return faults.length > 0 ? { faults } : { graph: builder.graph(root) };
}

/** The part of the text around a place, with a caret below it. */
function caretLines(text: string, at: number): string {
  const from = Math.max(0, at - 50);
  const line = text.slice(from, from + 76).replace(/[\s\p{C}]/gu, " ");
  return `${line}\n${" ".repeat(at - from)}^`;
}
