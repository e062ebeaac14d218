/**
 * Rates that differ from bond to bond: everything in an expression that is made of k and N alone, and the list `scales`, become
 * tables with a number for each bond, which the host computes once. The graph of one chain has sites in their places.
 */
import { type Algebra, Builder, foldAll, type Graph, type Operation, OPERATIONS } from "./graph.ts";
import { operate } from "./operations.ts";

export interface Tabulated {
  readonly graph: Graph;
  /** N+1 numbers each, one for each bond. */
  readonly tables: readonly Float64Array[];
}

/** A node of the graph that is being made, or a table that has no place in it yet. */
type Value = number | Float64Array;

/** The graph of a chain of N cells, times `scales`, the factors of its bonds, if there are any. */
export function tabulated(graph: Graph, cells: number, scales?: readonly number[]): Tabulated {
  const to = new Builder();
  const tables: Float64Array[] = [];
  const bonds = cells + 1;

  function placeOf(value: Value): number {
    if (typeof value === "number") return value;
    if (value.every((entry) => entry === value[0])) return to.number(value[0]);
    const known = tables.findIndex((table) => table.every((entry, k) => entry === value[k]));
    return to.site(known < 0 ? tables.push(value) - 1 : known);
  }

  /** A number as a table, a table as it is. */
  function tableOf(value: Value): Float64Array | undefined {
    if (typeof value !== "number") return value;
    const entry = to.valueOf(value);
    return entry === undefined ? undefined : new Float64Array(bonds).fill(entry);
  }

  /** A table for what is made of places alone, otherwise a node. */
  function apply(kind: Operation, x: Value, y?: Value): Value {
    const [u, v] = [tableOf(x), tableOf(y ?? x)];
    if (u === undefined || v === undefined || (typeof x === "number" && typeof (y ?? x) === "number")) {
      return to.operation(kind, placeOf(x), y === undefined ? undefined : placeOf(y));
    }
    const operation = OPERATIONS.indexOf(kind);
    return u.map((entry, k) => operate(operation, entry, v[k]));
  }

  function raise(x: Value, exponent: Value): Value {
    const [u, n] = [tableOf(x), tableOf(exponent)!];
    if (u === undefined) return to.raise(placeOf(x), placeOf(exponent));
    const powers = new Builder();
    return u.map((entry, k) => powers.valueOf(powers.power(powers.number(entry), n[k]))!);
  }

  const operations = OPERATIONS.map((kind) => [kind, (x: Value, y?: Value) => apply(kind, x, y)]);
  const values = foldAll(graph, {
    ...(Object.fromEntries(operations) as Algebra<Value>),
    number: (value) => to.number(value),
    ...{ a: to.variable("a"), b: to.variable("b"), k: Float64Array.from({ length: bonds }, (_, k) => k) },
    N: to.number(cells),
    site: () => NaN,
    power: (x, n) => raise(x, to.number(n)),
    raise,
  });
  const last = graph[graph.length - 1];
  const operands = last.kind === "multiply" ? [values[last.left], values[last.right]] : [values[graph.length - 1]];
  const factors = [...operands, ...(scales ? [Float64Array.from(scales)] : [])].filter(isPositiveTable);
  const others = operands.filter((value) => !isPositiveTable(value));
  const root = others.length > 0 ? others.reduce((x, y) => apply("multiply", x, y)) : to.number(1);
  if (factors.length > 0) {
    // p u as u/(1/p): the inequality y < f of the engine then is y/p < u, with a product by a table's entry (code.ts).
    const inverse = factors[0].map((_, k) => 1 / factors.reduce((product, factor) => product * factor[k], 1));
    return { graph: to.graph(to.operation("divide", placeOf(root), placeOf(inverse))), tables };
  }
  return { graph: to.graph(placeOf(root)), tables };
}

const isPositiveTable = (value: Value): value is Float64Array =>
  typeof value !== "number" && value.every((entry) => entry > 0);
