/**
 * The constant C(M) of the collision rate ν(E₁, E₂) = C(M) ⟨g⟩ between two cells, from positions alone: no dynamics, so that
 * a second is enough for any M.
 *
 *   C(M) = (2r/π) M² Γ_c/Γ_u
 *
 * Γ_c is the measure of contacts through the hole that fit in among M - 1 other disks in each cell, Γ_u that of any pair
 * (assembly/billiards/contact.ts).
 */
import { turnIfDue } from "../turns.ts";
import { integer, orElse, read, strict } from "../validate.ts";
import { seed } from "../ensemble/commonOptions.ts";
import { diskRadius } from "./geometry.ts";
import { BilliardsKernel, billiardsModule } from "./kernel.ts";
import { defineBilliards, type BilliardsInput } from "./table.ts";

/** Options of `contactConstant`. */
export interface ContactOptions {
  /**
   * Sweeps of all disks, after each of which 64 contacts and 16 pairs are tried. Default 2^16. With fewer than some 2^13 the mean of
   * ratios is a percent or more too large.
   */
  sweeps?: number;
  /** Key of the random streams, 0 to 2^64 - 1. Default 0. */
  seed?: bigint | number;
}

/** C(M) as measured. */
export interface ContactConstant {
  /** C(M), in 1/length of the table's unit: ν = C ⟨g⟩. */
  readonly constant: number;
  /** Its standard error. */
  readonly error: number;
  /** Sweeps that were made. */
  readonly sweeps: number;
}

/** Independent parts, whose differences give the error. */
const PARTS = 32;

const schema = strict({ sweeps: orElse(integer(PARTS, 2 ** 31), 2 ** 16), seed });

/**
 * Measures C(M) for two neighbouring cells of a table, whatever its ends.
 * @throws InvalidInputError listing every fault; OutOfMemoryError; CrowdedTableError.
 */
export async function contactConstant(input: BilliardsInput, options: ContactOptions = {}): Promise<ContactConstant> {
  const { particles, radius, hole, shape } = defineBilliards(input);
  const { sweeps, seed } = read("options", schema, options);
  const table = defineBilliards({ cells: 2, particles, radius, hole, shape });
  const kernel = await BilliardsKernel.of(await billiardsModule());
  kernel.setTable(table);
  const each = Math.ceil(sweeps / PARTS);
  const values: number[] = [];
  for (let part = 0; part < PARTS; part++) {
    kernel.startContacts(seed, part);
    for (let left = each; left > 0; left -= SLICE) {
      kernel.tryContacts(Math.min(left, SLICE));
      await turnIfDue(() => false);
    }
    const { contacts, freeContacts, pairs, freePairs, contactMeasure, pairMeasure } = kernel.contacts;
    const ratio = ((freeContacts / contacts) * contactMeasure) / ((freePairs / pairs) * pairMeasure);
    values.push(((2 * diskRadius(table)) / Math.PI) * table.particles ** 2 * ratio);
  }
  const constant = values.reduce((sum, value) => sum + value) / PARTS;
  const squares = values.reduce((sum, value) => sum + (value - constant) ** 2, 0);
  return { constant, error: Math.sqrt(squares / (PARTS - 1) / PARTS), sweeps: each * PARTS };
}

/** Sweeps between two looks at the clock. */
const SLICE = 16;
