/**
 * The model: a chain of N cells between two heat baths, M particles a cell (Y. Li, section 2).
 *
 * The paper's symbols and the names used here: N `cells`, M `particles`, T_L and T_R `temperatures`, f `rate`,
 * E_k(0) `initial`. Energies and temperatures share one unit; a rate f is per unit of time.
 */
import * as z from "zod/mini";
import { after, integer, LARGEST, orElse, plainArray, positive, read, SMALLEST, strict, word } from "./validate.ts";

/** The rate laws; what they are: `RateLaw`. */
export const RATE_LAWS = ["constant", "sqrt-sum", "sqrt-harmonic", "sqrt-min"] as const;
/** The baths; what they are: `Bath`. */
export const BATHS = ["exponential", "thermal"] as const;
/** The starts that have a name: the straight line from T_L to T_R, and E*. */
export const STARTS = ["linear", "equilibrium"] as const;
/** The timescales; what they are: `Timescale`. */
export const TIMESCALES = ["fast", "slow"] as const;

export const MOST_CELLS = 1_000_000;
export const MOST_PARTICLES = 1_000_000_000;

/** f: "constant" 1, "sqrt-sum" √(a+b), "sqrt-harmonic" √(ab/(a+b)), "sqrt-min" √min(a,b) (paper, remark after (c)). */
export type RateLaw = (typeof RATE_LAWS)[number];
/** The packet a bath offers: "exponential" is B·Exp(T), the paper's; "thermal" is Exp(T/M), which keeps detailed balance. */
export type Bath = (typeof BATHS)[number];
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
  /** The rate f; with `scale` s and `cap` K it is g/(1 + g/K) where g = s·f. Default "sqrt-harmonic". */
  rate?:
    | RateLaw
    | {
        /** f before it is scaled and capped. */
        law: RateLaw;
        /** s, positive. Default 1. */
        scale?: number;
        /** K, positive; null, the default, leaves the rate unbounded. */
        cap?: number | null;
      };
  /** Default "exponential". */
  bath?: Bath;
  /** Energies at time 0: "linear" between the baths (the default), the "equilibrium" E*, one number, or N numbers. */
  initial?: (typeof STARTS)[number] | number | ArrayLike<number>;
  /** Default "fast". */
  timescale?: Timescale;
}

/** A validated model: every field present, frozen. Plain data, safe to store as JSON. */
export interface Model {
  /** N. */
  readonly cells: number;
  /** M, per cell. */
  readonly particles: number;
  /** [T_L, T_R]. */
  readonly temperatures: readonly [number, number];
  /** f = g/(1 + g/K), g = s times the law. */
  readonly rate: {
    /** f before it is scaled and capped. */
    readonly law: RateLaw;
    /** s. */
    readonly scale: number;
    /** K, or null where the rate is unbounded. */
    readonly cap: number | null;
  };
  /** The packet that a bath offers. */
  readonly bath: Bath;
  /** Energies at time 0: by name, one for all cells, or N. */
  readonly initial: (typeof STARTS)[number] | number | readonly number[];
  /** The unit of all times. */
  readonly timescale: Timescale;
}

const energy = positive("an energy");

const rateSchema = strict({
  law: word(RATE_LAWS),
  scale: orElse(positive("a factor"), 1),
  cap: orElse(z.nullable(positive("a rate")), null),
});

const startExpected = `"linear", "equilibrium", an energy from ${SMALLEST} to ${LARGEST}, or one energy for each cell`;

const modelSchema = strict({
  cells: integer(1, MOST_CELLS),
  particles: integer(1, MOST_PARTICLES),
  temperatures: z.tuple([positive("a temperature"), positive("a temperature")], {
    error: "two temperatures, [T_L, T_R]",
  }),
  rate: orElse(
    after((rate) => (typeof rate === "string" ? { law: rate } : rate), rateSchema),
    { law: "sqrt-harmonic", scale: 1, cap: null },
  ),
  bath: orElse(word(BATHS), "exponential"),
  initial: orElse(
    after(plainArray, z.union([word(STARTS), energy, z.array(energy)], { error: startExpected })),
    "linear",
  ),
  timescale: orElse(word(TIMESCALES), "fast"),
}).check(
  z.refine(({ cells, initial }) => !Array.isArray(initial) || initial.length === cells, {
    path: ["initial"],
    error: "as many energies as there are cells",
    when: ({ value }) =>
      Array.isArray((value as Partial<Model> | null)?.initial) &&
      Number.isInteger((value as Partial<Model> | null)?.cells),
  }),
);

/** The models made here, which nobody can have changed since: they are frozen. */
const models = new WeakSet<object>();

/**
 * Checks a model and fills in its defaults (Y. Li, section 2). A model that it has made is returned as it is; an edited
 * copy of one, such as `{ ...model, cells: 5 }`, is checked like any other input. All functions that take a model call it.
 * @throws InvalidInputError listing every fault as `"field" expected X, got Y`.
 */
export function defineModel(input: ModelInput): Model {
  if (models.has(input)) return input as Model;
  const model = read("model", modelSchema, input);
  Object.freeze(model.temperatures);
  Object.freeze(model.rate);
  if (Array.isArray(model.initial)) Object.freeze(model.initial);
  models.add(model);
  return Object.freeze(model);
}
