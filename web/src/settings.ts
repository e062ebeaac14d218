/** The settings of the page, all of which are in the address, so that a link reproduces them. */
import { BATHS, defineModel, EXCHANGES, InvalidInputError, RATE_LAWS, type ModelInput, type Problem } from "mesoflux";
import { type Field, integer, number, readFields, seed, type Values, word, writeFields } from "./fields.ts";

export const TABS = ["live", "theorems", "certificate", "billiards"] as const;
/** "cold", "hot": all cells as the colder or the hotter bath. "reversed": linear, from the right bath's energy to the left's. */
const STARTS = ["cold", "hot", "linear", "reversed", "equilibrium"] as const;

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
export type Settings = Values<typeof FIELDS> & {
  /** The settings of the tab of billiards as it wrote them, which reads them when it is opened. */
  readonly table: string;
};

/** Fields of the address that begin so are those of the tab of billiards. */
const TABLE = "table.";

/** Observations up to the time of a link, at most. */
const MOST_OBSERVATIONS = 2 ** 24;

export const DEFAULTS = read("").settings;

/** The settings of an address, and its faults, each of which leaves its field at the default. */
export function read(search: string): { settings: Settings; problems: string[] } {
  const entries = [...new URLSearchParams(search)];
  const [tables, chains] = [true, false].map((isTable) => entries.filter(([key]) => key.startsWith(TABLE) === isTable));
  const table = String(new URLSearchParams(tables.map(([key, text]) => [key.slice(TABLE.length), text])));
  const { values, problems } = readFields(FIELDS, new URLSearchParams(chains));
  let settings: Settings = { ...values, table };
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
  const inOrder = new Set([...Object.keys(FIELDS), ...problems.keys()]);
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
  const parts = writeFields(FIELDS, settings);
  for (const [key, text] of new URLSearchParams(settings.table)) parts.set(TABLE + key, text);
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
