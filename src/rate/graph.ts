/**
 * A rate as a graph: each different subexpression is one node, which is computed once, after the nodes that it is made of.
 * All that is done with an expression is done with its graph, by one table of operations each: numbers, derivatives,
 * elasticities, code, text.
 */
import { operate } from "./operations.ts";

/** Functions of one value, by their names in the graph. "negate" is the sign -. */
export const UNARY = ["negate", "sqrt", "cbrt", "exp", "expm1", "log", "log1p", "tanh", "abs"] as const;
export const BINARY = ["add", "subtract", "multiply", "divide", "min", "max"] as const;
/** Functions of the place in the chain alone. */
export const OF_PLACE = ["sin", "cos"] as const;
export const OPERATIONS: readonly Operation[] = [...BINARY, ...UNARY, ...OF_PLACE];
/** The functions of the language. */
export const FUNCTIONS: readonly string[] = [...UNARY.slice(1), "min", "max", ...OF_PLACE];
export type Unary = (typeof UNARY)[number];
export type Binary = (typeof BINARY)[number];
export type Operation = Unary | Binary | (typeof OF_PLACE)[number];

/** Nodes that a node is made of are named by their places in the graph, which are lower than its own. */
export type Node =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "a" | "b" }
  /** The bond, 0..N, and the number of cells; what is made of them alone becomes a site (sites.ts). */
  | { readonly kind: "k" | "N" }
  | { readonly kind: "sin" | "cos"; readonly of: number }
  /** A power whose exponent is such a number. */
  | { readonly kind: "raise"; readonly left: number; readonly right: number }
  /** A number that differs from bond to bond: entry k of a table. */
  | { readonly kind: "site"; readonly table: number }
  | { readonly kind: Unary; readonly of: number }
  | { readonly kind: Binary; readonly left: number; readonly right: number }
  | { readonly kind: "power"; readonly of: number; readonly exponent: number };

/** The last node is the value of the whole, and every node is used. */
export type Graph = readonly Node[];

/**
 * The results of all operations on values of one kind. Without `power` and `raise` it is for graphs without powers (`lowered`),
 * without `k` and others for graphs of one chain (`tabulated`).
 */
export type Algebra<T> = Readonly<Record<Unary, (x: T) => T> & Record<Binary, (x: T, y: T) => T>> & {
  readonly number: (value: number) => T;
  readonly a: T;
  readonly b: T;
  readonly site: (table: number) => T;
  readonly power?: (x: T, exponent: number) => T;
  readonly raise?: (x: T, exponent: T) => T;
  readonly k?: T;
  readonly N?: T;
  readonly sin?: (x: T) => T;
  readonly cos?: (x: T) => T;
};

/** The values of all nodes. */
export function foldAll<T>(graph: Graph, algebra: Algebra<T>): T[] {
  const values: T[] = [];
  for (const node of graph) {
    if (node.kind === "number") values.push(algebra.number(node.value));
    else if (node.kind === "site") values.push(algebra.site(node.table));
    else if (node.kind === "power") values.push(algebra.power!(values[node.of], node.exponent));
    else if ("of" in node) values.push(algebra[node.kind]!(values[node.of]));
    else if ("left" in node) values.push(algebra[node.kind]!(values[node.left], values[node.right]));
    else values.push(algebra[node.kind]!);
  }
  return values;
}

/** The value of the whole. */
export const fold = <T>(graph: Graph, algebra: Algebra<T>): T => foldAll(graph, algebra)[graph.length - 1];

/** Builds a graph: each different node is made once, and an operation on numbers is computed at once. */
export class Builder {
  readonly #nodes: Node[] = [];
  readonly #places = new Map<string, number>();

  #place(key: string, node: Node): number {
    const place = this.#places.get(key) ?? this.#nodes.push(node) - 1;
    this.#places.set(key, place);
    return place;
  }

  /** The number that a node is, or undefined. */
  valueOf(place: number): number | undefined {
    const node = this.#nodes[place];
    return node.kind === "number" ? node.value : undefined;
  }

  number(value: number): number {
    return this.#place(Object.is(value, -0) ? "-0" : String(value), { kind: "number", value });
  }

  variable(kind: "a" | "b" | "k" | "N"): number {
    return this.#place(kind, { kind });
  }

  site(table: number): number {
    return this.#place(`site ${table}`, { kind: "site", table });
  }

  operation(kind: Operation, x: number, y?: number): number {
    const [u, v] = [this.valueOf(x), this.valueOf(y ?? x)];
    if (u !== undefined && v !== undefined) return this.number(operate(OPERATIONS.indexOf(kind), u, v));
    const node = y === undefined ? { kind, of: x } : { kind, left: x, right: y };
    return this.#place(`${kind} ${x} ${y}`, node as Node);
  }

  power(of: number, exponent: number): number {
    if (exponent === 0) return this.number(1);
    if (exponent === 1) return of;
    if (this.valueOf(of) !== undefined) return this.loweredPower(of, exponent);
    return this.#place(`power ${of} ${exponent}`, { kind: "power", of, exponent });
  }

  /** A power whose exponent is a node without a and b. */
  raise(of: number, exponent: number): number {
    const n = this.valueOf(exponent);
    return n === undefined
      ? this.#place(`raise ${of} ${exponent}`, { kind: "raise", left: of, right: exponent })
      : this.power(of, n);
  }

  /** True if a node is made of numbers, k and N alone. */
  isOfPlace(place: number): boolean {
    const node = this.#nodes[place];
    if ("of" in node) return this.isOfPlace(node.of);
    if ("left" in node) return this.isOfPlace(node.left) && this.isOfPlace(node.right);
    return node.kind !== "a" && node.kind !== "b";
  }

  /** x^n for n up to 64 by squaring, x^(n + 1/2) = x^n √x, x^-n = 1/x^n; for other exponents exp(n log x). */
  loweredPower(x: number, n: number): number {
    const product = (u: number, v: number) => this.operation("multiply", u, v);
    if (Math.abs(n) >= 65 || (2 * n) % 1 !== 0)
      return this.operation("exp", product(this.number(n), this.operation("log", x)));
    if (n < 0) return this.operation("divide", this.number(1), this.loweredPower(x, -n));
    if (n === 1) return x;
    if (n === 0.5) return this.operation("sqrt", x);
    if (n % 1 !== 0) return product(this.loweredPower(x, n - 0.5), this.operation("sqrt", x));
    const half = this.loweredPower(x, Math.floor(n / 2));
    const square = product(half, half);
    return n % 2 === 1 ? product(square, x) : square;
  }

  /** The graph of a node: those it is made of, each after its own, from left to right. */
  graph(root: number): Graph {
    const nodes: Node[] = [];
    const moved = new Map<number, number>();
    const move = (from: number): number => {
      const known = moved.get(from);
      if (known !== undefined) return known;
      let node = this.#nodes[from];
      if ("of" in node) node = { ...node, of: move(node.of) };
      else if ("left" in node) node = { ...node, left: move(node.left), right: move(node.right) };
      moved.set(from, nodes.length);
      return nodes.push(node) - 1;
    };
    move(root);
    return nodes;
  }
}

/** The graph with powers as products, roots and functions, in the order in which they are computed. */
export function lowered(graph: Graph): Graph {
  const to = new Builder();
  const operations = OPERATIONS.map((kind) => [kind, (x: number, y?: number) => to.operation(kind, x, y)]);
  const root = fold(graph, {
    ...(Object.fromEntries(operations) as Algebra<number>),
    number: (value) => to.number(value),
    a: to.variable("a"),
    b: to.variable("b"),
    site: (table) => to.site(table),
    power: (x, n) => to.loweredPower(x, n),
    raise: (x, n) => to.operation("exp", to.operation("multiply", n, to.operation("log", x))),
  });
  return to.graph(root);
}
