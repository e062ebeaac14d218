/** The settings of the table, which are in the address beside those of the chain. */
import type { BilliardBath, BilliardsInput } from "mesoflux/billiards";
import { integer, number, readFields, seed, type Values, word, writeFields } from "../fields.ts";

const BATHS = ["exponential", "maxwell"] as const satisfies readonly BilliardBath[];

export const TABLE_FIELDS = {
  cells: integer(4, 1, 10),
  particles: integer(10, 1, 100),
  hole: number(0.05, 0, 1),
  ends: word("exponential", ["closed", ...BATHS]),
  /** Of a closed table, a cell. */
  energy: number(1, 0.1, 10),
  left: number(1, 0.1, 10),
  right: number(2, 0.1, 10),
  seed,
  /** 2^speed observations in a sixtieth of a second. */
  speed: integer(3, -4, 14),
  /** Time at which the table stands still; 0: it starts. */
  t: number(0, 0, 1e6),
};
export type TableSettings = Values<typeof TABLE_FIELDS>;

/** Time between two observations: a disk goes a hundredth of its cell. */
export const SPACING = 2 ** -6;

/** The settings of an address, and its faults, each of which leaves its field at the default. */
export function readTable(address: string): { settings: TableSettings; problems: string[] } {
  const { values, problems } = readFields(TABLE_FIELDS, new URLSearchParams(address));
  return {
    settings: values,
    problems: [...problems].map(([key, words]) => words.replaceAll(`"${key}"`, `"table.${key}"`)),
  };
}

export const writeTable = (settings: TableSettings) => String(writeFields(TABLE_FIELDS, settings));

/** The table, for the package. */
export function tableOf({ cells, particles, hole, ends, energy, left, right }: TableSettings): BilliardsInput {
  const kind = ends === "closed" ? { energy: energy * cells } : { temperatures: [left, right] as const, bath: ends };
  return { cells, particles, hole, ...kind };
}
