/** Rare events: an energy, or the energy that a bond has carried, beyond a threshold at a given time. */
import { describe, InvalidInputError, type Problem } from "../../errors.ts";
import type { Model } from "../../model.ts";
import { finite, integer, optional, positive, read, strict } from "../../validate.ts";

/** An event: `cell` or `bond`, and `above` or `below`. */
export interface RareEvent {
  /** The cell, 1 to N, whose energy E is meant. */
  readonly cell?: number;
  /** The bond, 0 to N, whose carried energy Q is meant: from left to right, from time 0 on. */
  readonly bond?: number;
  /** E > above, or Q > above. */
  readonly above?: number;
  /** E < below, or Q < below. */
  readonly below?: number;
  /** The time of it, positive, in units of `model.timescale`. */
  readonly time: number;
}

/** The event, checked. */
export interface Threshold {
  /** The coordinate of flow.ts: that of the cell, or N for Q. */
  readonly coordinate: number;
  /** The bond whose energy is observed. */
  readonly bond: number | undefined;
  /** The value that is passed. */
  readonly value: number;
  /** True if it is passed from below. */
  readonly isAbove: boolean;
  readonly time: number;
}

/** The fields of an event of this model, to stand among others. */
export const eventFields = (model: Model) => ({
  cell: optional(integer(1, model.cells)),
  bond: optional(integer(0, model.cells)),
  above: optional(finite("number")),
  below: optional(finite("number")),
  time: positive("a time"),
});

/** @throws InvalidInputError listing every fault. */
export function thresholdOf(model: Model, event: RareEvent): Threshold {
  const { cell, bond, above, below, time } = read("event", strict(eventFields(model)), event);
  const problems: Problem[] = [];
  const both = (one: unknown, other: unknown) => (one === undefined && other === undefined ? "neither" : "both");
  if ((cell === undefined) === (bond === undefined))
    problems.push({ field: "cell", expected: 'a "cell" or a "bond"', got: both(cell, bond) });
  if ((above === undefined) === (below === undefined))
    problems.push({ field: "above", expected: '"above" or "below"', got: both(above, below) });
  const value = above ?? below ?? 1;
  if (cell !== undefined && !(value > 0))
    problems.push({
      field: above === undefined ? "below" : "above",
      expected: "a positive energy",
      got: describe(value),
    });
  if (problems.length > 0) throw new InvalidInputError("event", problems);
  const coordinate = cell === undefined ? model.cells : cell - 1;
  return { coordinate, bond, value, isAbove: above !== undefined, time };
}
