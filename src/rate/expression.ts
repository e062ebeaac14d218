/** A model's rate seen as a graph, with all that follows from it. */
import { InvalidInputError } from "../errors.ts";
import type { Coded } from "./code.ts";
import { type Conditions, conditionsOf } from "./conditions.ts";
import { type Proof, prove } from "./elasticity.ts";
import { type Algebra, foldAll, type Graph, lowered } from "./graph.ts";
import { parse } from "./parse.ts";
import { LAWS, type Rate, RATE_LAWS, type RateLaw, type RateSetup } from "./rate.ts";
import { type Tabulated, tabulated } from "./sites.ts";
import { textOf } from "./text.ts";

/** The parts of a model by which its rate is known. */
export interface Chain {
  readonly rate: Rate;
  readonly cells: number;
}

/** What follows from a rate in chains of one length, computed when it is first asked for. */
export class Expression implements Coded {
  /** The canonical text, without scale and cap. */
  readonly text: string;
  /** The law that has the same graph, if there is one. */
  readonly law: RateLaw | undefined;
  /** Without powers, with the numbers of bonds as sites. */
  readonly graph: Graph;
  /** The numbers of bonds: N+1 in each. */
  readonly tables: readonly Float64Array[];
  readonly positive: readonly boolean[];
  readonly cap: Coded["cap"];
  /** Decides the engine's code: the text of the graph, the tables that are above zero, and the cap in units of the scale. */
  readonly key: string;
  /** True if f calls a function, so that it costs more than the rest of a candidate. */
  readonly isCostly: boolean;
  /** With powers, of which proofs are made. */
  private readonly tabulated: Tabulated;
  private proven: Proof | undefined;

  /** @throws InvalidInputError, which `defineModel` has thrown before. */
  constructor(rate: Rate, cells: number) {
    const parsed = "law" in rate ? parse(LAWS[rate.law]) : parse(rate.expression, rate.parameters);
    if (!("graph" in parsed)) throw new InvalidInputError("model", parsed.faults);
    const { scale, cap, scales } = rate;
    this.text = textOf(parsed.graph);
    this.law = scales ? undefined : lawsByText().get(this.text);
    this.tabulated = tabulated(parsed.graph, cells, scales);
    this.tables = this.tabulated.tables;
    this.graph = lowered(this.tabulated.graph);
    this.positive = foldAll(this.graph, positivity(this.tables));
    this.isCostly = this.graph.some(({ kind }) => COSTLY.includes(kind));
    this.cap = cap === null ? undefined : { scale, inverse: 1 / cap };
    const signs = this.tables.map((table, i) => (isAbove(table) ? ` p${i}>0` : ""));
    const capped = cap === null ? "" : ` capped at ${cap} where its unit is ${scale}`;
    this.key = textOf(this.graph) + signs.join("") + capped;
  }

  /** The numbers that differ from bond to bond, for each bond. */
  get sites(): number {
    return this.tables.length;
  }

  get proof(): Proof {
    return (this.proven ??= prove(this.tabulated));
  }

  /** The conditions of the theory, around these energies. */
  conditions(coldest: number, hottest: number): Conditions {
    return conditionsOf(this.tabulated, coldest, hottest);
  }
}

const COSTLY: readonly string[] = ["cbrt", "exp", "expm1", "log", "log1p", "tanh"];

const laws = new Map<string, RateLaw>();

function lawsByText(): ReadonlyMap<string, RateLaw> {
  for (const law of laws.size === 0 ? RATE_LAWS : []) {
    const parsed = parse(LAWS[law]);
    if ("graph" in parsed) laws.set(textOf(parsed.graph), law);
  }
  return laws;
}

const expressions = new WeakMap<Rate, Expression & { readonly cells: number }>();

/** What the engine is told of a model's rate. */
export function setupOf(model: Chain): RateSetup {
  const { key, law, isCostly, tables } = expressionOf(model);
  return { key, law, isCostly, isGuarded: "monotone" in model.rate, tables };
}

/** The expression of a model's rate, or of the law that it is. */
export function expressionOf({ rate, cells }: Chain): Expression {
  let found = expressions.get(rate);
  if (found?.cells !== cells) {
    found = Object.assign(new Expression(rate, cells), { cells });
    expressions.set(rate, found);
  }
  return found;
}

/** Quotients of others are not pulled apart (code.ts). */
const isAbove = (table: Float64Array) => table.every((entry) => entry > 0);

const both = (x: boolean, y: boolean) => x && y;
const same = (x: boolean) => x;
const never = () => false;

const positivity = (tables: readonly Float64Array[]): Algebra<boolean> => ({
  number: (value) => value > 0,
  ...{
    a: true,
    b: true,
    add: both,
    multiply: both,
    divide: both,
    min: both,
    max: both,
    subtract: never,
    negate: never,
  },
  site: (table) => isAbove(tables[table]),
  ...{ sqrt: same, cbrt: same, abs: same, expm1: same, log1p: same, tanh: same, log: never, exp: () => true },
});
