/** The settings of the page, all of which are in the address, so that a link reproduces them. */
import { BATHS, defineModel, EXCHANGES, InvalidInputError, RATE_LAWS, type ModelInput, type Problem } from "mesoflux";

export const TABS = ["live", "theorems", "certificate"] as const;
/** "cold", "hot": all cells as the colder or the hotter bath. "reversed": linear, from the right bath's energy to the left's. */
const STARTS = ["cold", "hot", "linear", "reversed", "equilibrium"] as const;

/** One of the settings: its default, and how it is read. */
interface Field<T> {
  readonly fallback: T;
  readonly expected: string;
  /** The value of a text, or undefined if it is invalid. */
  read(text: string): T | undefined;
}

const number = (fallback: number, least: number, most: number, what = "a number"): Field<number> => ({
  fallback,
  expected: `${what} from ${least} to ${most}`,
  read(text) {
    const value = text.trim() === "" ? NaN : Number(text);
    const isOne = value >= least && value <= most && (what === "a number" || Number.isInteger(value));
    return isOne ? value : undefined;
  },
});
const integer = (fallback: number, least: number, most: number) => number(fallback, least, most, "an integer");

const word = <const W extends string>(fallback: W, words: readonly W[]): Field<W> => ({
  fallback,
  expected: `one of ${words.map((one) => `"${one}"`).join(", ")}`,
  read: (text) => words.find((one) => one === text),
});

/** A 64-bit unsigned integer in digits. */
const seed: Field<string> = {
  fallback: "1",
  expected: "an integer from 0 to 2^64 - 1",
  read: (text) => (/^\d{1,20}$/.test(text) && BigInt(text) < 2n ** 64n ? String(BigInt(text)) : undefined),
};

/** A law, or an expression; `problemOf` judges it. */
const rate: Field<string> = { fallback: "sqrt-harmonic", expected: "a law or an expression", read: (text) => text };

export const FIELDS = {
  tab: word("live", TABS),
  cells: integer(20, 1, 200),
  particles: integer(1000, 1, 100_000),
  rate,
  left: number(1, 0.1, 10),
  right: number(2, 0.1, 10),
  bath: word("exponential", BATHS),
  exchange: word("uniform", EXCHANGES),
  start: word("cold", STARTS),
  seed,
  /** 2^speed observations in a sixtieth of a second. */
  speed: integer(3, -4, 6),
  /** Time at which the chain stands still; 0: it starts. */
  t: number(0, 0, 1e9),
};
export type Settings = { readonly [K in keyof typeof FIELDS]: (typeof FIELDS)[K]["fallback"] };

/** Observations up to the time of a link, at most. */
const MOST_OBSERVATIONS = 2 ** 24;

const KEYS = Object.keys(FIELDS) as (keyof Settings)[];

export const DEFAULTS = read("").settings;

/** The settings of an address, and its faults, each of which leaves its field at the default. */
export function read(search: string): { settings: Settings; problems: string[] } {
  const given = new URLSearchParams(search);
  const problems = new Map<string, string>();
  const entries = KEYS.map((key) => {
    const field = FIELDS[key];
    const text = given.get(key);
    const value = text === null ? field.fallback : field.read(text);
    if (value === undefined) problems.set(key, `"${key}" expected ${field.expected}, got ${JSON.stringify(text)}`);
    return [key, value ?? field.fallback];
  });
  for (const key of given.keys()) {
    if (!(key in FIELDS)) problems.set(key, `"${key}" expected one of ${KEYS.join(", ")}, got a field of that name`);
  }
  let settings = Object.fromEntries(entries) as Settings;
  const latest = MOST_OBSERVATIONS * observationSpacing(settings.cells);
  if (settings.t > latest) {
    problems.set("t", `"t" expected ${latest} at most with ${settings.cells} cells, got ${settings.t}`);
    settings = { ...settings, t: FIELDS.t.fallback };
  }
  const problem = problemOf(settings);
  if (problem) {
    problems.set("rate", `"rate" expected ${problem.expected}, got ${problem.got}`);
    settings = { ...settings, rate: FIELDS.rate.fallback };
  }
  const inOrder = new Set<string>([...KEYS, ...problems.keys()]);
  return { settings, problems: [...inOrder].flatMap((key) => problems.get(key) ?? []) };
}

/** True for the name of a law. */
export function isLaw(rate: string): boolean {
  return (RATE_LAWS as readonly string[]).includes(rate);
}

/** What is wrong with the rate at these temperatures, in the package's words. */
export function problemOf(settings: Settings): Problem | undefined {
  // Laws are good at all temperatures, and the page's first task is short without a model.
  if (isLaw(settings.rate)) return undefined;
  try {
    defineModel(modelOf(settings));
    return undefined;
  } catch (error) {
    if (error instanceof InvalidInputError) return error.problems[0];
    throw error;
  }
}

/** The address of settings: those that differ from the defaults. */
export function write(settings: Settings): string {
  const parts = new URLSearchParams();
  for (const key of KEYS) {
    if (settings[key] !== FIELDS[key].fallback) parts.set(key, String(settings[key]));
  }
  return parts.size === 0 ? "" : `?${parts}`;
}

/** The model, for the package. Disks that collide have a rate and baths of their own. */
export function modelOf({ cells, particles, rate, left, right, bath, exchange, start }: Settings): ModelInput {
  const kind = exchange === "kinetic" ? { exchange } : { rate, bath };
  return { cells, particles, temperatures: [left, right], ...kind, initial: initialOf(start, cells, left, right) };
}

type Initial = NonNullable<ModelInput["initial"]>;

function initialOf(start: Settings["start"], cells: number, left: number, right: number): Initial {
  if (start === "cold") return Math.min(left, right);
  if (start === "hot") return Math.max(left, right);
  if (start !== "reversed") return start;
  return Array.from({ length: cells }, (_, k) => right + ((k + 1) * (left - right)) / (cells + 1));
}

/**
 * Time between two observations of the chain, a power of two: the chain relaxes in some thousand observations. A path
 * depends on its observation times, so that this must not depend on the speed.
 */
export function observationSpacing(cells: number): number {
  let exponent = 0;
  while (2 ** exponent < (cells + 1) ** 2) exponent++;
  return 2 ** (exponent - 14);
}
