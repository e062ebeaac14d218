/** Fields of the address: how each is read, and what is said of one that cannot be. */
import type { Problem } from "mesoflux";

/** One of the settings: its default, and how it is read. */
export interface Field<T> {
  readonly fallback: T;
  readonly expected: string;
  /** The value of a text, or undefined if it is invalid. */
  read(text: string): T | undefined;
}

export type Fields = Readonly<Record<string, Field<string> | Field<number>>>;
/** The settings that fields describe. */
export type Values<F extends Fields> = { readonly [K in keyof F]: F[K]["fallback"] };

export const number = (fallback: number, least: number, most: number, what = "a number"): Field<number> => ({
  fallback,
  expected: `${what} from ${least} to ${most}`,
  read(text) {
    const value = text.trim() === "" ? NaN : Number(text);
    const isOne = value >= least && value <= most && (what === "a number" || Number.isInteger(value));
    return isOne ? value : undefined;
  },
});
export const integer = (fallback: number, least: number, most: number) => number(fallback, least, most, "an integer");

export const word = <const W extends string>(fallback: W, words: readonly W[]): Field<W> => ({
  fallback,
  expected: `one of ${words.map((one) => `"${one}"`).join(", ")}`,
  read: (text) => words.find((one) => one === text),
});

/** A 64-bit unsigned integer in digits. */
export const seed: Field<string> = {
  fallback: "1",
  expected: "an integer from 0 to 2^64 - 1",
  read: (text) => (/^\d{1,20}$/.test(text) && BigInt(text) < 2n ** 64n ? String(BigInt(text)) : undefined),
};

/** The values of fields, and the faults by field, each of which leaves its field at the default. */
export function readFields<F extends Fields>(
  fields: F,
  given: URLSearchParams,
): { values: Values<F>; problems: Map<string, string> } {
  const keys = Object.keys(fields);
  const problems = new Map<string, string>();
  const entries = keys.map((key) => {
    const field = fields[key];
    const text = given.get(key);
    const value = text === null ? field.fallback : field.read(text);
    if (value === undefined) problems.set(key, `"${key}" expected ${field.expected}, got ${JSON.stringify(text)}`);
    return [key, value ?? field.fallback];
  });
  for (const key of given.keys()) {
    if (!(key in fields)) problems.set(key, `"${key}" expected one of ${keys.join(", ")}, got a field of that name`);
  }
  return { values: Object.fromEntries(entries) as Values<F>, problems };
}

/** The values that differ from the defaults. */
export function writeFields<F extends Fields>(fields: F, values: Values<F>): URLSearchParams {
  const parts = new URLSearchParams();
  for (const key of Object.keys(fields)) {
    if (values[key] !== fields[key].fallback) parts.set(key, String(values[key]));
  }
  return parts;
}

/** What a field expects, and what it got where that says more than the field itself. */
export const wordsOf = ({ expected, got }: Partial<Problem>): string =>
  `expected ${expected}${got === undefined ? "" : `, got ${got}`}`;
