/**
 * The model: a chain of N cells between two heat baths, M particles a cell (Y. Li, section 2).
 *
 * The paper's symbols and the names used here: N `cells`, M `particles`, T_L and T_R `temperatures`, f `rate`,
 * E_k(0) `initial`. Energies and temperatures share one unit; a rate f is per unit of time.
 */
import * as z from "zod/mini";
import { parse } from "./rate/parse.ts";
import { expressionOf } from "./rate/expression.ts";
import { RATE_LAWS, type Rate, type RateLaw } from "./rate/rate.ts";
import {
  after,
  integer,
  LARGEST,
  optional,
  orElse,
  plainArray,
  positive,
  read,
  SMALLEST,
  strict,
  word,
} from "./validate.ts";

export { RATE_LAWS, type Rate, type RateLaw } from "./rate/rate.ts";
/** The exchanges; what they are: `Exchange`. */
export const EXCHANGES = ["uniform", "kinetic"] as const;
/** The baths; what they are: `Bath`. */
export const BATHS = ["exponential", "thermal"] as const;
/** The starts that have a name: the straight line from T_L to T_R, and E*. */
export const STARTS = ["linear", "equilibrium"] as const;
/** The timescales; what they are: `Timescale`. */
export const TIMESCALES = ["fast", "slow"] as const;

export const MOST_CELLS = 1_000_000;
export const MOST_PARTICLES = 1_000_000_000;

/**
 * "uniform", the paper's: a uniform part of Beta(1, M-1) shares of both energies changes sides. "kinetic": two hard disks of
 * isotropic velocities collide, one of either cell, at the rate of the law "sqrt-sum" as M grows.
 */
export type Exchange = (typeof EXCHANGES)[number];
/** The packet a bath offers: "exponential" is B·Exp(T), the paper's; "thermal" is Exp(T/M), which keeps detailed balance. */
export type Bath = (typeof BATHS)[number];
/** A start drawn anew in each replica: E_k = T_k Gamma(M)/M, independent, as a bath's own cell has it at temperature T_k. */
export interface DrawnStart<List = readonly number[]> {
  /** T_k: one for all cells, or N. */
  readonly gamma: number | List;
}
/** "fast": bond k rings at rate M f, the process Θ^M. "slow": at rate f, the process Φ^M. */
export type Timescale = (typeof TIMESCALES)[number];

/** Input of `defineModel`. Energies and temperatures share one unit, and lie between 1e-60 and 1e60. */
export interface ModelInput {
  /** N, an integer from 1 to 10^6. */
  cells: number;
  /** M, an integer from 1 to 10^9. */
  particles: number;
  /** [T_L, T_R], both positive. */
  temperatures: readonly [number, number];
  /**
   * The rate f: a law by name, or an expression of the energies a and b that rises in both, such as "sqrt(a+b)". With `scale`
   * s and `cap` K it is g/(1 + g/K) where g = s·f. Default "sqrt-harmonic".
   */
  rate?: string | RateInput;
  /** Default "exponential"; "thermal" where the exchange is "kinetic", whose baths have Maxwellian velocities. */
  bath?: Bath;
  /** Default "uniform". */
  exchange?: Exchange;
  /**
   * Energies at time 0: "linear" between the baths (the default), the "equilibrium" E*, one number, or N numbers; or
   * `{ gamma: T }`, one temperature or N, from which each replica draws its own.
   */
  initial?: (typeof STARTS)[number] | number | ArrayLike<number> | DrawnStart<ArrayLike<number>>;
  /** Default "fast". */
  timescale?: Timescale;
}

/** A rate f, by the name of a law or by an expression, with its scale and cap. */
export type RateInput = {
  /** s, positive. Default 1. */
  scale?: number;
  /** K, positive; null, the default, leaves the rate unbounded. */
  cap?: number | null;
  /** N+1 positive factors of f, one for each bond: disorder. Default all 1. */
  scales?: ArrayLike<number>;
} & (
  | {
      /** f before it is scaled and capped. */
      law: RateLaw;
    }
  | {
      /**
       * f(a, b) before it is scaled and capped: numbers, a, b, parameters, + - * / ^, sqrt cbrt exp expm1 log log1p tanh abs
       * min max, pi. It must be positive and must not fall as a or b rises, which is proven before it runs.
       */
      expression: string;
      /** Numbers by the names that the expression has for them. */
      parameters?: Readonly<Record<string, number>>;
      /** Runs a rate of which neither a proof nor a counterexample is found that it does not fall, under a watch of its bounds. */
      monotone?: "assumed";
    }
);

/** A validated model: every field present, frozen. Plain data, safe to store as JSON. */
export interface Model {
  /** N. */
  readonly cells: number;
  /** M, per cell. */
  readonly particles: number;
  /** [T_L, T_R]. */
  readonly temperatures: readonly [number, number];
  /** f. */
  readonly rate: Rate;
  /** The packet that a bath offers. */
  readonly bath: Bath;
  /** "kinetic", or left out for the paper's. */
  readonly exchange?: "kinetic";
  /** Energies at time 0: by name, one for all cells, or N; or the temperatures from which each replica draws its own. */
  readonly initial: (typeof STARTS)[number] | number | readonly number[] | DrawnStart;
  /** The unit of all times. */
  readonly timescale: Timescale;
}

const energy = positive("an energy");

/** A text that can only be meant as the name of a law. */
const NAME = /^[a-z]{2,}(-[a-z]+)*$/;

/** A shorthand as the object that it stands for. */
export const rateInput = (rate: unknown) =>
  typeof rate !== "string" ? rate : NAME.test(rate) ? { law: rate } : { expression: rate };

const rateFields = strict({
  law: optional(word(RATE_LAWS)),
  expression: optional(z.custom<string>()),
  parameters: optional(
    z.custom<Readonly<Record<string, number>>>(
      (value) => typeof value === "object" && value !== null && !Array.isArray(value),
      { error: "an object with a number for each name" },
    ),
  ),
  scale: orElse(positive("a factor"), 1),
  cap: orElse(z.nullable(positive("a rate")), null),
  scales: optional(after(plainArray, z.array(positive("a factor"), { error: "a list of factors, one for each bond" }))),
  monotone: optional(word(["assumed"])),
}).check(
  z.superRefine((rate, context) => {
    const fault = (path: string[], message: string, params?: object) =>
      context.addIssue({ code: "custom", path, message, ...(params && { params: { ...params } }) });
    const { law, expression } = rate;
    if (expression !== undefined) {
      if (law !== undefined) fault([], 'a "law" or an "expression"', { got: "both" });
      const parsed = parse(expression, rate.parameters);
      if (!("faults" in parsed)) return;
      for (const { field, expected, ...params } of parsed.faults) fault(field.split(".").slice(1), expected, params);
      return;
    }
    if (law === undefined)
      fault(["law"], `one of ${RATE_LAWS.map((name) => `"${name}"`).join(", ")}, or an "expression"`);
    for (const field of ["parameters", "monotone"] as const) {
      if (law !== undefined && rate[field] !== undefined) fault([field], 'nothing beside a "law"');
    }
  }),
);

const rateSchema = orElse(
  after(
    rateInput,
    z.pipe(
      rateFields,
      z.transform((rate) => ("expression" in rate ? { ...rate, parameters: { ...rate.parameters } } : rate) as Rate),
    ),
  ),
  { law: "sqrt-harmonic", scale: 1, cap: null },
);

/**
 * The rate of a model, read but not judged: it may fall.
 * @throws InvalidInputError
 */
export const readRate = (rate: unknown): Rate => read("model", strict({ rate: rateSchema }), { rate }).rate;

/** The reason why a rate does not fulfil the conditions (a) and (b) of the paper, as far as they are asked for. */
function problemOf(
  rate: Rate,
  cells: number,
  energies: readonly number[],
): [path: string, expected: string, got: string] | undefined {
  if (!("expression" in rate) || "faults" in parse(rate.expression, rate.parameters)) return undefined;
  const [coldest, hottest] = [Math.min, Math.max].map((most) => energies.reduce((x, y) => most(x, y)));
  const { monotone, reason } = expressionOf({ rate, cells }).conditions(coldest, hottest);
  if (monotone === "refuted")
    return ["expression", "a rate that is positive and does not fall as a or b rises", reason!];
  if (monotone === "proven" || rate.monotone === "assumed") return undefined;
  const expected =
    "a rate that is proven not to fall as a or b rises: of terms that rise, without differences, " +
    'or with monotone: "assumed" beside it, which watches for a fall';
  return ["expression", expected, `one where ${reason}`];
}

const oneOrEach = `an energy from ${SMALLEST} to ${LARGEST}, or one energy for each cell`;
const startExpected = `"linear", "equilibrium", ${oneOrEach}, or { gamma }`;
const drawnStart = strict({ gamma: after(plainArray, z.union([energy, z.array(energy)], { error: oneOrEach })) });

/** True for a start that each replica draws anew. */
export const isDrawn = (initial: unknown): initial is DrawnStart => Object.hasOwn(Object(initial) as object, "gamma");

/** The energies of a start, or its name; of one that is drawn the temperatures, which are its means. */
export const energiesOf = (initial: Model["initial"]) => (isDrawn(initial) ? initial.gamma : initial);

/** Refuses another number of energies than there are cells. */
const oneForEachCell = (path: string[], isIt: (initial: unknown) => boolean) =>
  z.refine<Pick<Model, "cells" | "initial">>(
    ({ cells, initial }) => (energiesOf(initial) as readonly number[]).length === cells,
    {
      path,
      error: "as many energies as there are cells",
      when: ({ value }) => {
        const { initial, cells } = Object(value) as Partial<Model>;
        return isIt(initial) && Array.isArray(energiesOf(initial!)) && Number.isInteger(cells);
      },
    },
  );

/** Disks that collide have a rate and baths of their own; the paper's exchange has no field in a model. */
function withExchange(input: unknown): unknown {
  const { exchange, ...others } = Object(input) as Partial<ModelInput>;
  if (exchange === "uniform") return others;
  return exchange === "kinetic" ? { rate: "sqrt-sum", bath: "thermal", ...others, exchange } : input;
}

type Kinds = { rate: Rate; bath: Bath; exchange?: Exchange | undefined };

const kinetic = (expected: string, path: string, isSo: (model: Kinds) => boolean) =>
  z.refine<Kinds>((model) => model.exchange === undefined || isSo(model), {
    path: [path],
    error: `${expected}, where the exchange is "kinetic"`,
  });

const modelFields = strict({
  cells: integer(1, MOST_CELLS),
  particles: integer(1, MOST_PARTICLES),
  temperatures: z.tuple([positive("a temperature"), positive("a temperature")], {
    error: "two temperatures, [T_L, T_R]",
  }),
  rate: rateSchema,
  bath: orElse(word(BATHS), "exponential"),
  exchange: optional(word(EXCHANGES)),
  initial: orElse(
    after(plainArray, z.union([word(STARTS), energy, z.array(energy), drawnStart], { error: startExpected })),
    "linear",
  ),
  timescale: orElse(word(TIMESCALES), "fast"),
}).check(
  oneForEachCell(["initial"], Array.isArray),
  oneForEachCell(["initial", "gamma"], isDrawn),
  z.refine(({ cells, rate: { scales } }) => scales === undefined || scales.length === cells + 1, {
    path: ["rate", "scales"],
    error: "as many factors as there are bonds, one more than cells",
    when: ({ value }) => Array.isArray((value as Partial<Model> | null)?.rate?.scales),
  }),
  z.superRefine(({ rate, cells, temperatures, initial }, context) => {
    const start = energiesOf(initial);
    const energies = typeof start === "number" ? [start] : typeof start === "string" ? [] : start;
    const problem = problemOf(rate, cells, [...temperatures, ...energies]);
    if (!problem) return;
    const [path, message, got] = problem;
    context.addIssue({ code: "custom", path: ["rate", path], message, params: { got } });
  }),
  kinetic('"sqrt-sum" with no cap and no scales', "rate", ({ rate }) => {
    return "law" in rate && rate.law === "sqrt-sum" && rate.cap === null && rate.scales === undefined;
  }),
);

const modelSchema = after(withExchange, modelFields);

/** The models made here, which nobody can have changed since: they are frozen. */
const models = new WeakSet<object>();

/**
 * Checks a model and fills in its defaults (Y. Li, section 2). A model that it has made is returned as it is; an edited
 * copy of one, such as `{ ...model, cells: 5 }`, is checked like any other input. All functions that take a model call it.
 * @throws InvalidInputError listing every fault as `"field" expected X, got Y`.
 */
export function defineModel(input: ModelInput): Model {
  if (models.has(input)) return input as Model;
  const model = read("model", modelSchema, input) as Model;
  Object.freeze(model.temperatures);
  Object.freeze(model.rate);
  Object.freeze(model.rate.scales);
  if ("expression" in model.rate) Object.freeze(model.rate.parameters);
  Object.freeze(model.initial);
  Object.freeze(energiesOf(model.initial));
  models.add(model);
  return Object.freeze(model);
}
