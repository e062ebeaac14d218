/** A hunt for false proofs: random rates, and those that are proven on a grid of energies. */
import { prove } from "../../src/rate/elasticity.ts";
import { foldAll, type Graph, lowered } from "../../src/rate/graph.ts";
import { supremumOf } from "../../src/rate/growth.ts";
import { jets } from "../../src/rate/jets.ts";
import { numbersOf } from "../../src/rate/numbers.ts";
import { parse } from "../../src/rate/parse.ts";
import { textOf } from "../../src/rate/text.ts";
import { first, type Jet, second } from "../../src/theory/jet.ts";
import { randomNumbers, randomRate } from "./randomRates.ts";

const GRID = [1e-4, 1e-2, 0.2, 0.9, 1.1, 4, 30, 1e3];

/** True where digits are lost, as in 1 - e^{-x} and log(1 + x) at small x: f is wrong by more than slopes are. */
const cancels = (nodes: Graph, values: readonly Jet[]): boolean =>
  nodes.some((node, place) => {
    const size = Math.abs(values[place][0]);
    if (node.kind === "log") return size < 1e-6;
    if (node.kind !== "add" && node.kind !== "subtract") return false;
    return size < 1e-6 * Math.abs(values[node.left][0]);
  });

/**
 * The numbers of rates that were tried, proven monotone, and proven positive alone, and all contradictions. Slopes may be
 * wrong by rounding, as far as 1e-9 f/a; points where numbers overflow, underflow or lose digits are left out.
 */
export function huntFalseProofs(count: number, seed: number) {
  const random = randomNumbers(seed);
  const found: string[] = [];
  let [tried, monotone, positive, bounded] = [0, 0, 0, 0];
  while (tried < count) {
    const parsed = parse(randomRate(random, 2 + Math.floor(random() * 4)));
    if ("faults" in parsed) continue;
    tried++;
    const { graph } = parsed;
    const proof = prove({ graph, tables: [] });
    if (!proof.positive) continue;
    positive++;
    if (proof.monotone) monotone++;
    const supremum = proof.monotone ? supremumOf(graph) : undefined;
    if (supremum !== undefined && supremum < Infinity) bounded++;
    const { value } = numbersOf(graph);
    const nodes = lowered(graph);
    const say = (what: string, a: number, b: number) => found.push(`${textOf(graph)} at ${a}, ${b}: ${what}`);
    for (const a of GRID) {
      for (const b of GRID) {
        const f = value(a, b);
        const all = foldAll(nodes, jets(first(a), second(b)));
        if (!all.flat().every(Number.isFinite)) continue;
        if (f < 0) say(`f = ${f}`, a, b);
        if (!(f > 1e-250)) continue;
        if (supremum !== undefined && f > supremum * (1 + 1e-9)) say(`${f} is above ${supremum}`, a, b);
        const [, f1, f2] = all[all.length - 1];
        if (cancels(nodes, all)) continue;
        [(f1 * a) / f, (f2 * b) / f].forEach((e, i) => {
          if (proof.monotone && e < -1e-9) say(`falls, elasticity ${e}`, a, b);
          const slack = 1e-7 * (1 + Math.abs(e));
          if (e < proof.least[i] - slack || e > proof.largest[i] + slack)
            say(`elasticity ${e} is not within ${proof.least[i]} and ${proof.largest[i]}`, a, b);
        });
      }
    }
    if (supremum !== undefined && supremum < Infinity) {
      const far = value(1e100, 1e100);
      if (far > supremum * (1 + 1e-9)) say(`${far} is above ${supremum}`, 1e100, 1e100);
    }
  }
  return { tried, monotone, positive, bounded, found };
}
