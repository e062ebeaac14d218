/** The canonical text of a rate: every operation in parentheses, parameters as numbers, operands in their order. */
import { type Algebra, fold, foldAll, FUNCTIONS, type Graph } from "./graph.ts";

/** The shortest decimal that is read as this number; negative ones in parentheses, since a sign is an operation. */
const number = (value: number): string => {
  const digits = String(Math.abs(value));
  return value < 0 || Object.is(value, -0) ? `(-${digits})` : digits;
};

const infix = (sign: string) => (x: string, y: string) => `(${x}${sign}${y})`;

const texts = {
  number,
  a: "a",
  b: "b",
  k: "k",
  N: "N",
  site: (table: number) => `p${table}`,
  ...Object.fromEntries(FUNCTIONS.map((name) => [name, (...of: string[]) => `${name}(${of.join(",")})`])),
  negate: (x: string) => `(-${x})`,
  add: infix("+"),
  subtract: infix("-"),
  multiply: infix("*"),
  divide: infix("/"),
  raise: infix("^"),
  power: (x: string, exponent: number) => `(${x}^${number(exponent)})`,
} as unknown as Algebra<string>;

/** Two texts that mean the same operations on the same numbers in the same order have the same canonical text. */
export const textOf = (graph: Graph): string => fold(graph, texts);

/** The texts of all nodes. */
export const textsOf = (graph: Graph): string[] => foldAll(graph, texts);
