/** Faults of an input in the words of the command line: by the flag that was given, or the field of the file. */
import { InvalidInputError, type Problem } from "../errors.ts";

/** Flags of the measurements of a steady state. */
export const MEASUREMENT_FLAGS = ["burnIn", "looks", "spacing"] as const;

/** Faults of an input that came from flags and a file, one a line. */
class UsageError extends InvalidInputError {
  constructor({ subject, problems }: InvalidInputError, lines: readonly string[]) {
    super(subject, problems);
    this.message = lines.join("\n");
  }
}

/** Inputs that come from flags, and from a file. */
const SUBJECTS = ["model", "options", "flags"];

/**
 * The error, in the words of the command line if it is about such an input.
 * @param flags those that were given; undefined where the input is the file alone.
 */
export function inFlags(error: unknown, flags: object | undefined, file: string | undefined): unknown {
  if (!(error instanceof InvalidInputError && SUBJECTS.includes(error.subject))) return error;
  return new UsageError(
    error,
    error.problems.map((problem) => lineOf(problem, flags, file)),
  );
}

function lineOf({ field, expected, got }: Problem, flags: object | undefined, file: string | undefined): string {
  const source = file === "-" ? "standard input" : file;
  if (flags === undefined) {
    return got === "undefined"
      ? `${source} has no "${field}": expected ${expected}`
      : `${source}: "${field}" expected ${expected}, got ${got}`;
  }
  // Measurements of a steady state are flags of their own.
  const misplaced = field === "stationary" && MEASUREMENT_FLAGS.find((name) => name in flags);
  if (misplaced) return `${flagOf(misplaced)}: expected ${expected}`;
  const wanted = `expected ${expected}, got ${got}`;
  if (field.startsWith("--")) return `${field}: ${wanted}`;
  const [name, index] = (/^(?:stationary\.)?([a-z]\w*)(?:\[(\d+)\])?$/i.exec(field) ?? []).slice(1);
  if (name !== undefined && name in flags) {
    return `${flagOf(name)}${index === undefined ? "" : ` (number ${Number(index) + 1})`}: ${wanted}`;
  }
  if (name === undefined || got !== "undefined")
    return `${source === undefined ? "" : `${source}: `}"${field}" ${wanted}`;
  return `${flagOf(name)} is missing${source === undefined ? "" : `, and ${source} has no "${field}"`}: expected ${expected}`;
}

/** "--burn-in" for "burnIn". */
function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
