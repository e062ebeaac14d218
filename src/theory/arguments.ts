/** Checks what callers ask of the theory: one energy for each cell, times in order, and no more than memory holds. */
import { describe, InvalidInputError, OutOfMemoryError, type Problem } from "../errors.ts";
import type { Model } from "../model.ts";
import { nameOf } from "../rate/rate.ts";
import { increasingTimes, read, strict } from "../validate.ts";
import { rateOf } from "./rates.ts";

const argumentsSchema = strict({ times: increasingTimes });

/**
 * @throws InvalidInputError unless there is one positive, finite energy for each cell.
 */
export function checkEnergies(model: Model, energies: ArrayLike<number>): void {
  const problems: Problem[] = [];
  if (energies?.length !== model.cells) {
    problems.push({ field: "energies", expected: `${model.cells} energies`, got: describe(energies) });
  } else {
    for (let k = 0; k < energies.length; k++) {
      if (energies[k] > 0 && energies[k] < Infinity) continue;
      problems.push({ field: `energies[${k}]`, expected: "a positive energy", got: describe(energies[k]) });
    }
  }
  if (problems.length > 0) throw new InvalidInputError("energies", problems);
}

/**
 * @throws InvalidInputError unless there is a time, and all are finite, not negative and strictly increasing.
 */
export function checkTimes(times: ArrayLike<number>): void {
  read("arguments", argumentsSchema, { times });
}

/**
 * @throws InvalidInputError unless every position is a number from 0, the left bath, to 1, the right one.
 */
export function checkPositions(positions: ArrayLike<number>): void {
  const problems: Problem[] = [];
  const expected = "a number from 0 to 1";
  if (!(positions?.length >= 0) || typeof positions === "string") {
    problems.push({ field: "positions", expected: "a list of positions", got: describe(positions) });
  } else {
    for (let i = 0; i < positions.length; i++) {
      if (positions[i] >= 0 && positions[i] <= 1) continue;
      problems.push({ field: `positions[${i}]`, expected, got: describe(positions[i]) });
    }
  }
  if (problems.length > 0) throw new InvalidInputError("positions", problems);
}

/**
 * @throws InvalidInputError unless the rate is the same on all bonds, as it is for all that is known of a continuum.
 */
export function checkUniform(model: Model): void {
  if (rateOf(model).isUniform) return;
  const got = `${describe(nameOf(model.rate))}, which differs from bond to bond`;
  throw new InvalidInputError("model", [{ field: "rate", expected: "a rate that is the same on all bonds", got }]);
}

/**
 * Zeros for the result.
 * @throws OutOfMemoryError if there is no room for them.
 */
export function allocate(entries: number): Float64Array {
  try {
    return new Float64Array(entries);
  } catch {
    throw new OutOfMemoryError(8 * entries, "use fewer cells or fewer times");
  }
}
