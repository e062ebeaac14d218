/**
 * The billiards of section 2.1 (Li, Fourier's law and the mesoscopic limit): a row of equal cells whose barriers have holes
 * through which disks collide but cannot pass. Mass of a disk 2/M, so that a cell's energy is E = Σ v²/M over its M disks.
 */
import * as z from "zod/mini";
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
} from "../validate.ts";
import { CONDITIONS } from "./conditions.ts";
import type { Cell, Shape } from "./geometry.ts";

export type { Shape } from "./geometry.ts";

/** The baths; what they are: `BilliardBath`. */
export const BILLIARD_BATHS = ["exponential", "maxwell"] as const;

export const MOST_CELLS = 100;
export const MOST_DISKS_OF_CELL = 10_000;
/** Disks of all cells, those of the baths included. */
export const MOST_DISKS = 1_000_000;

/** The redraw of a bath cell. "exponential": after each collision with the chain, the paper's; "maxwell": at Poisson times. */
export type BilliardBath = (typeof BILLIARD_BATHS)[number];

/** Input of `defineBilliards`. Lengths share one unit. */
export interface BilliardsInput {
  /** N, an integer from 1 to 100. */
  cells: number;
  /** M, an integer from 1 to 10^4. */
  particles: number;
  /** R, positive: a disk's radius is r = R/√M. Default 1. */
  radius?: number;
  /** ε, between 0 and 1: a hole is 2 (1-ε) r wide. Default 0.05. */
  hole?: number;
  /** Default { length: 5, neck: 1.9, arc: 5 }, each of them. */
  shape?: Partial<Shape>;
  /** The total energy of a table that is closed at both ends. Default one a cell. */
  energy?: number;
  /** [T_L, T_R] of bath cells at both ends, in place of `energy`. */
  temperatures?: readonly [number, number];
  /** Default "exponential", where there are temperatures. */
  bath?: BilliardBath;
}

/** A table, checked: every field present, frozen. Plain data, safe to store as JSON. */
export interface Billiards extends Cell {
  /** N >= 1. */
  readonly cells: number;
  /** The total energy of a table that is closed at both ends; none where there are baths. */
  readonly energy?: number;
  /** T_L, T_R of bath cells at both ends; none where the table is closed. */
  readonly temperatures?: readonly [number, number];
  /** How they are redrawn; none where the table is closed. */
  readonly bath?: BilliardBath;
}

const length = positive("a length");
const holeExpected = "a number between 0 and 1";

const arc = z.custom<Shape["arc"]>((value) => value === "flat" || length.safeParse(value).success, {
  error: `a radius from ${SMALLEST} to ${LARGEST}, or "flat"`,
});

const shapeFields = strict({
  length: orElse(length, 5),
  neck: orElse(length, 1.9),
  arc: orElse(arc, 5),
});

const fields = strict({
  cells: integer(1, MOST_CELLS),
  particles: integer(1, MOST_DISKS_OF_CELL),
  radius: orElse(length, 1),
  hole: orElse(
    z.number({ error: holeExpected }).check(z.gt(0, { error: holeExpected }), z.lt(1, { error: holeExpected })),
    0.05,
  ),
  shape: z.prefault(shapeFields, {}),
  energy: optional(positive("an energy")),
  temperatures: optional(
    after(
      plainArray,
      z.tuple([positive("a temperature"), positive("a temperature")], { error: "two temperatures, [T_L, T_R]" }),
    ),
  ),
  bath: optional(word(BILLIARD_BATHS)),
}).check(
  z.superRefine(
    (table, context) => {
      const fault = (path: string[], message: string, got?: string) =>
        context.addIssue({ code: "custom", path, message, ...(got !== undefined && { params: { got } }) });
      const { cells, particles, energy, temperatures, bath } = table;
      const disks = (temperatures ? cells + 2 : cells) * particles;
      if (disks > MOST_DISKS) {
        fault(["cells, particles"], `at most ${MOST_DISKS} disks, those of the baths included`, String(disks));
      }
      if (energy !== undefined && temperatures) fault([], '"energy" or "temperatures"', "both");
      if (bath !== undefined && !temperatures) fault(["bath"], 'nothing without "temperatures"');
      for (const { field, holds, expected, got } of CONDITIONS) {
        if (!holds(table)) fault(field.split("."), expected(table), got(table));
      }
    },
    // A field that is out of its range is reported as such alone.
    { when: ({ issues }) => issues.length === 0 },
  ),
);

const schema = z.pipe(
  fields,
  z.transform(({ energy, temperatures, bath = "exponential", ...cells }): Billiards => {
    return temperatures ? { ...cells, temperatures, bath } : { ...cells, energy: energy ?? cells.cells };
  }),
);

/** The tables made here, which nobody can have changed since: they are frozen. */
const tables = new WeakSet<object>();

/**
 * Checks a table of billiards and fills in its defaults. A table that it has made is returned as it is; an edited copy of one,
 * such as `{ ...table, cells: 5 }`, is checked like any other input.
 * @throws InvalidInputError listing every fault as `"field" expected X, got Y`.
 */
export function defineBilliards(input: BilliardsInput): Billiards {
  if (tables.has(input)) return input as Billiards;
  const table = read("billiards", schema, input);
  Object.freeze(table.shape);
  Object.freeze(table.temperatures);
  tables.add(table);
  return Object.freeze(table);
}
