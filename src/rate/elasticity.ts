/**
 * A proof that a rate is positive and does not fall, on the whole quadrant a, b > 0, by its elasticities
 *
 *   e_a = ∂log f/∂log a,   e_b = ∂log f/∂log b.
 *
 * Those of a product add up; a power multiplies them by its exponent; a sum of terms of one sign has a mean of its terms',
 * with weights in [0, 1]; min and max have those of one of the two; a function has those of its argument times a factor
 * whose range is known. Numbers have 0, also those that differ from bond to bond, a has (1, 0), b has (0, 1). So an
 * elasticity is linear in each weight and in each factor, all of which are taken to be independent, and is least and largest where each is at an end of its range: all
 * combinations of ends are tried. A subexpression that occurs several times has its weight in common: that proves g/(1 + g).
 *
 * A range without end has 2^100 for its end. e is linear in each such factor, so e >= 0 for all their values if and only
 * if no coefficient of a product of factors is negative; each coefficient leads where its own factors alone are large.
 */
import type { Node } from "./graph.ts";
import type { Tabulated } from "./sites.ts";
import { textsOf } from "./text.ts";

export interface Proof {
  /** f > 0 is proven. */
  readonly positive: boolean;
  /** f > 0 that does not fall in a and in b is proven. */
  readonly monotone: boolean;
  /** The part of the expression that is in the way of the proof, in words. */
  readonly reason?: string;
  /** Bounds of the elasticities in a and in b: infinite where there are none. */
  readonly least: readonly [number, number];
  readonly largest: readonly [number, number];
  /** Derivatives of f jump nowhere, on a = b alone, or elsewhere too. */
  readonly kinks: "none" | "diagonal" | "elsewhere";
}

/** 2^100: multiplication by it rounds nothing. */
const ENDLESS = 1.2676506002282294e30;
/** An elasticity above this has no bound. */
const HUGE = 1e15;
/** Exponents are decimals: a sum of theirs that should be 0 may miss it by this. */
const ROUNDING = 1e-12;
/** 2^14 combinations at most are tried. */
const MOST_CHOICES = 14;

/** An elasticity made of two others: p e_x + q e_y with one of two pairs (p, q), for a node of the graph. */
interface Step {
  readonly x: number;
  readonly y: number;
  readonly ends: readonly (readonly [p: number, q: number])[];
  readonly node: number;
  /** The number of the choice between two pairs. */
  readonly choice: number;
}

/** A subexpression: its sign, NaN if that is not known, and the step with the elasticity of its size. */
interface Term {
  readonly sign: number;
  readonly step: number;
}

const signOf = ([least, largest]: readonly [number, number]) => (least > 0 ? 1 : largest < 0 ? -1 : NaN);

export function prove({ graph, tables }: Tabulated): Proof {
  const ranges = tables.map(
    (table) => [table.reduce((x, y) => Math.min(x, y)), table.reduce((x, y) => Math.max(x, y))] as const,
  );
  // Step 0 is that of all numbers, step 1 that of a, step 2 that of b.
  const steps: Step[] = [0, 1, 2].map((node) => ({ x: 0, y: 0, ends: [], node, choice: 0 }));
  const choices: Step[] = [];
  const terms: Term[] = [];
  let kinks: Proof["kinks"] = "none";

  function term(node: number, sign: number, x: number, y: number, ...ends: [number, number][]): Term {
    if (x + y === 0) return { sign, step: 0 };
    const step = { x, y, ends, node, choice: choices.length };
    if (ends.length > 1) choices.push(step);
    return { sign, step: steps.push(step) - 1 };
  }
  const scaled = (node: number, sign: number, { step }: Term, ...factors: number[]) =>
    term(node, sign, step, 0, ...factors.map((factor): [number, number] => [factor, 0]));
  const either = (node: number, sign: number, x: Term, y: Term) =>
    x.step === y.step ? { sign, step: x.step } : term(node, sign, x.step, y.step, [1, 0], [0, 1]);

  function sum(node: number, x: Term, y: Term, left: Node, right: Node): Term {
    if (x.sign === 0) return y;
    if (y.sign === 0) return x;
    if (x.sign === y.sign) return either(node, x.sign, x, y);
    // c - e^{-v} for c >= 1 and e^v - c for c <= 1 are sums of terms of one sign: c - 1, 1 - c, 1 - e^{-v} and e^v - 1.
    const [number, sign, other] = left.kind === "number" ? [left, x.sign, right] : [right, y.sign, left];
    if (number.kind === "number" && other.kind === "exp") {
      const c = Math.abs(number.value);
      const v = terms[other.of];
      if (v.sign < 0 && c >= 1) return scaled(node, sign, v, 0, 1);
      if (v.sign > 0 && c <= 1) return scaled(node, -sign, v, c === 1 ? 1 : 0, ENDLESS);
    }
    return { sign: NaN, step: 0 };
  }

  /** The number c and the term r of c + r. */
  function withoutNumbers(place: number): { c: number; r?: Term } {
    const node = graph[place];
    if (node.kind === "number") return { c: node.value };
    if (node.kind !== "add") return { c: 0, r: terms[place] };
    const [x, y] = [withoutNumbers(node.left), withoutNumbers(node.right)];
    return { c: x.c + y.c, r: x.r && y.r ? either(place, 1, x.r, y.r) : (x.r ?? y.r)! };
  }

  function ofOne(place: number, node: Node & { of: number }): Term {
    const x = terms[node.of];
    const { sign, step } = x;
    switch (node.kind) {
      case "negate":
        return { sign: -sign, step };
      case "abs":
        if (Number.isNaN(sign)) kinks = "elsewhere";
        return { sign: Math.abs(sign), step };
      case "sqrt":
        return scaled(place, Math.sqrt(sign), x, 1 / 2);
      case "cbrt":
        return scaled(place, sign, x, 1 / 3);
      case "power": {
        const n = node.exponent;
        const raised = n % 2 === 0 ? sign * sign : sign > 0 || n % 1 === 0 ? sign : NaN;
        return scaled(place, n > 0 ? raised : raised / (sign * sign), x, n);
      }
      case "exp":
        return scaled(place, 1 + 0 * sign, x, 0, sign * ENDLESS);
      case "expm1":
        return scaled(place, sign, x, ...(sign > 0 ? [1, ENDLESS] : [0, 1]));
      case "log": {
        // log(c + r) for c >= 1: r/((c + r) log(c + r)) is largest at c = 1, and 1 at most.
        const { c, r } = withoutNumbers(node.of);
        return scaled(place, sign > 0 && c >= 1 ? 1 : NaN, r!, 0, 1);
      }
      default:
        return scaled(place, node.kind === "log1p" ? Math.sqrt(sign) : sign, x, 0, 1);
    }
  }

  /** The least and the largest of the numbers of bonds that a node is. */
  const rangeOf = (node: Node) => (node.kind === "site" ? ranges[node.table] : ([NaN, NaN] as const));

  function ofTwo(place: number, { kind, left, right }: Node & { left: number; right: number }): Term {
    const [x, y] = [terms[left], terms[right]];
    switch (kind) {
      case "multiply":
        return term(place, x.sign * y.sign, x.step, y.step, [1, 1]);
      case "divide":
        return term(place, (x.sign * y.sign) / (y.sign * y.sign), x.step, y.step, [1, -1]);
      case "add":
        return sum(place, x, y, graph[left], graph[right]);
      case "subtract":
        return sum(place, x, { sign: -y.sign, step: y.step }, graph[left], graph[right]);
      case "raise":
        return scaled(place, x.sign === 1 ? 1 : NaN, x, ...rangeOf(graph[right]));
      default:
        if (left !== right) {
          const isOfBoth = [left, right].every((of) => graph[of].kind === "a" || graph[of].kind === "b");
          kinks = isOfBoth && kinks !== "elsewhere" ? "diagonal" : "elsewhere";
        }
        return either(place, x.sign === y.sign ? x.sign : NaN, x, y);
    }
  }

  graph.forEach((node, place) => {
    if (node.kind === "number") terms.push({ sign: Math.sign(node.value), step: 0 });
    else if ("of" in node) terms.push(ofOne(place, node));
    else if ("left" in node) terms.push(ofTwo(place, node));
    else if (node.kind === "site") terms.push({ sign: signOf(rangeOf(node)), step: 0 });
    else terms.push({ sign: 1, step: node.kind === "a" ? 1 : 2 });
  });

  const root = terms[graph.length - 1];
  const positive = root.sign === 1;
  const least: [number, number] = [Infinity, Infinity];
  const largest: [number, number] = [-Infinity, -Infinity];
  const proof = { positive, monotone: false, least, largest, kinks };
  if (!positive || choices.length > MOST_CHOICES) {
    least.fill(-Infinity);
    largest.fill(Infinity);
    const unknown = terms.findIndex(({ sign }) => Number.isNaN(sign));
    if (positive) return { ...proof, reason: "it has too many sums and functions" };
    return {
      ...proof,
      reason: unknown < 0 ? "it is not positive" : `the sign of ${textsOf(graph)[unknown]} is not known`,
    };
  }

  /** The end of a range in a combination: its bits choose. */
  const endOf = ({ ends, choice }: Step, combination: number) => (ends.length > 1 ? (combination >> choice) & 1 : 0);
  const e = new Float64Array(steps.length);
  /** The elasticity of f in a (`variable` 1) or in b (2). */
  function elasticity(variable: number, combination: number): number {
    e[1] = 2 - variable;
    e[2] = variable - 1;
    for (let i = 3; i < steps.length; i++) {
      const [p, q] = steps[i].ends[endOf(steps[i], combination)];
      e[i] = p * e[steps[i].x] + q * e[steps[i].y];
    }
    return e[root.step];
  }

  let reason: string | undefined;
  for (const variable of [1, 2]) {
    let [low, high, worst] = [Infinity, -Infinity, 0];
    for (let combination = 0; combination < 1 << choices.length; combination++) {
      const value = elasticity(variable, combination);
      // NaN is an overflow, of which nothing is known.
      if (!(value >= low)) [low, worst] = [Number.isNaN(value) ? -Infinity : value, combination];
      high = Math.max(high, value);
    }
    const falls = (combination: number) => !(elasticity(variable, combination) >= -ROUNDING);
    if (reason === undefined && falls(worst)) {
      const texts = textsOf(graph);
      const culprits = choices.filter(({ choice }) => !falls(worst ^ (1 << choice)));
      const places = culprits.map((step) => {
        const node = graph[step.node];
        const part = "of" in node ? node.of : "left" in node ? [node.left, node.right][endOf(step, worst)] : 0;
        return `${texts[part]} decides ${texts[step.node]}`;
      });
      reason = `it may fall in ${" ab"[variable]}${places.length > 0 ? ` where ${places.join(" and ")}` : ""}`;
    }
    least[variable - 1] = low > -HUGE ? low : -Infinity;
    largest[variable - 1] = high < HUGE ? high : Infinity;
  }
  return reason === undefined ? { ...proof, monotone: true } : { ...proof, reason };
}
