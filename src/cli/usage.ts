/** Faults of an input in the words of the command line: by the flag that was given, or the field of the file. */
import { indented, InvalidInputError, type Problem } from "../errors.ts";

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
const SUBJECTS = ["model", "options", "event", "flags"];

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

function lineOf(problem: Problem, flags: object | undefined, file: string | undefined): string {
  const { field, expected, got, caret } = problem;
  const source = file === "-" ? "standard input" : file;
  const wanted = `expected ${expected}, got ${got}${indented(caret)}`;
  if (flags === undefined) {
    return got === "undefined"
      ? `${source} has no "${field}": expected ${expected}`
      : `${source}: "${field}" ${wanted}`;
  }
  // Measurements of a steady state are flags of their own.
  const misplaced = field === "stationary" && MEASUREMENT_FLAGS.find((name) => name in flags);
  if (misplaced) return `${flagOf(misplaced)}: expected ${expected}`;
  if (field.startsWith("--")) return `${field}: ${wanted}`;
  const { name, detail } = partsOf(field, flags);
  if (name !== undefined && name in flags) return `${flagOf(name)}${detail}: ${wanted}`;
  if (name === undefined || got !== "undefined")
    return `${source === undefined ? "" : `${source}: `}"${field}" ${wanted}`;
  return `${flagOf(name)} is missing${source === undefined ? "" : `, and ${source} has no "${field}"`}: expected ${expected}`;
}

/** The flag that a field belongs to, if there is one, and the part of the flag's value. */
function partsOf(field: string, flags: object): { name?: string; detail: string } {
  const [, part, parameter] = /^rate\.(law|expression|parameters)(?:\.(.+))?$/.exec(field) ?? [];
  if (part === "parameters") {
    if (parameter === undefined) return { name: "parameter", detail: "" };
    const isGiven = "parameter" in flags && Object.hasOwn(flags.parameter as object, parameter);
    return isGiven ? { name: "parameter", detail: ` ${parameter}` } : { detail: "" };
  }
  if (part !== undefined) return { name: "rate", detail: "" };
  const [, name, index] = /^(?:stationary\.)?([a-z]\w*)(?:\[(\d+)\])?$/i.exec(field) ?? [];
  return { ...(name && { name }), detail: index === undefined ? "" : ` (number ${Number(index) + 1})` };
}

/** "--burn-in" for "burnIn". */
function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
