/**
 * A rate on plain numbers, many times: values, and slopes along a direction by dual numbers. Bonds may differ: bond k has
 * the entries k of tables.
 */
import { type Binary, type Graph, lowered, OPERATIONS } from "./graph.ts";
import { operate, slopeOf } from "./operations.ts";

export interface Numbers {
  readonly value: (a: number, b: number, k?: number) => number;
  /** The derivative along (da, db). */
  readonly slope: (a: number, b: number, da: number, db: number, k?: number) => number;
}

/** The rate as a list of operations on registers, one for each node, powers lowered. */
export function numbersOf(graph: Graph, tables: readonly ArrayLike<number>[] = []): Numbers {
  const nodes = lowered(graph);
  const last = nodes.length - 1;
  // Registers for a and b even where the rate has none of them.
  const values = new Float64Array(nodes.length + 2);
  const slopes = new Float64Array(nodes.length + 2);
  let [placeOfA, placeOfB] = [nodes.length, nodes.length + 1];
  /** Four numbers for each operation: its own, and the places of its value and of its operands. */
  const list: number[] = [];
  const sites: { readonly place: number; readonly table: ArrayLike<number> }[] = [];
  nodes.forEach((node, place) => {
    if (node.kind === "number") values[place] = node.value;
    else if (node.kind === "a") placeOfA = place;
    else if (node.kind === "b") placeOfB = place;
    else if (node.kind === "site") sites.push({ place, table: tables[node.table] });
    else if ("of" in node && node.kind !== "power") list.push(OPERATIONS.indexOf(node.kind), place, node.of, node.of);
    else if ("left" in node) list.push(OPERATIONS.indexOf(node.kind as Binary), place, node.left, node.right);
  });
  const program = Uint16Array.from(list);

  let bond = -1;
  function moveTo(k: number): void {
    for (const { place, table } of sites) values[place] = table[k];
    bond = k;
  }

  function value(a: number, b: number, k = 0): number {
    if (k !== bond) moveTo(k);
    values[placeOfA] = a;
    values[placeOfB] = b;
    for (let i = 0; i < program.length; i += 4)
      values[program[i + 1]] = operate(program[i], values[program[i + 2]], values[program[i + 3]]);
    return values[last];
  }

  function slope(a: number, b: number, da: number, db: number, k = 0): number {
    value(a, b, k);
    slopes[placeOfA] = da;
    slopes[placeOfB] = db;
    for (let i = 0; i < program.length; i += 4) {
      const [place, x, y] = [program[i + 1], program[i + 2], program[i + 3]];
      slopes[place] = slopeOf(program[i], values[place], values[x], values[y], slopes[x], slopes[y]);
    }
    return slopes[last];
  }

  return { value, slope };
}
