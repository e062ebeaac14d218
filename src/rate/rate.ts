/**
 * A model's rate f(a, b) as plain data: a law by its name, or an expression. The laws are expressions with a name (paper, remark
 * after (c); erratum B10).
 */

/** The rate laws; what they are: `RateLaw`. */
export const RATE_LAWS = ["constant", "sqrt-sum", "sqrt-harmonic", "sqrt-min"] as const;

/** f: "constant" 1, "sqrt-sum" √(a+b), "sqrt-harmonic" √(ab/(a+b)), "sqrt-min" √min(a,b) (paper, remark after (c)). */
export type RateLaw = (typeof RATE_LAWS)[number];

/** The laws in the engine's own operations (assembly/laws.ts), so that both have the same bits. */
export const LAWS: Readonly<Record<RateLaw, string>> = {
  constant: "1",
  "sqrt-sum": "sqrt(a+b)",
  "sqrt-harmonic": "sqrt(a*b/(a+b))",
  "sqrt-min": "sqrt(min(a,b))",
};

/** A rate as `defineModel` gives it: f = g/(1 + g/K), g = s times the law or the expression. */
export type Rate = {
  /** s. */
  readonly scale: number;
  /** K, or null where the rate is unbounded. */
  readonly cap: number | null;
  /** N+1 factors of f, one for each bond, where they differ. */
  readonly scales?: readonly number[];
} & (
  | {
      /** f before it is scaled and capped. */
      readonly law: RateLaw;
    }
  | {
      /** f(a, b) before it is scaled and capped. */
      readonly expression: string;
      /** Numbers by the names that the expression has for them. */
      readonly parameters: Readonly<Record<string, number>>;
      /** That f does not fall is assumed, and watched. */
      readonly monotone?: "assumed";
    }
);

/** A rate as the engine is told of it (expression.ts, `setupOf`): plain data, which can be posted to workers. */
export interface RateSetup {
  /** Decides the engine's code (expression.ts). */
  readonly key: string;
  /** The law that it is, or undefined. */
  readonly law: RateLaw | undefined;
  /** True if f calls a function, so that it costs more than the rest of a candidate. */
  readonly isCostly: boolean;
  /** True if it is only assumed that f does not fall. */
  readonly isGuarded: boolean;
  /** The numbers that differ from bond to bond: N+1 in each. */
  readonly tables: readonly Float64Array[];
}

/** The name of a rate's law, or its expression as it was written. */
export const nameOf = (rate: Rate): string => ("law" in rate ? rate.law : rate.expression);
