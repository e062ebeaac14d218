/**
 * Reads outside input with a zod schema and reports every fault in the project's own words.
 *
 * The schemas are written with zod/mini, whose unused parts a bundler leaves out: zod itself is 16 kB more (gzip).
 */
import { _safeParse } from "zod/v4/core";
import * as z from "zod/mini";
import { describe, InvalidInputError, type Problem } from "./errors.ts";

/** Fields that may be left out, with a default or without. */
export { _default as orElse, optional } from "zod/mini";

/** Energies, temperatures, scales and caps lie in this range, so that no rate formula can overflow or underflow. */
export const SMALLEST = 1e-60;
export const LARGEST = 1e60;

/** More workers than this are a mistake. */
export const MOST_WORKERS = 1024;

/** A positive number of the allowed range. */
export const positive = (what: string) => {
  const error = `${what} from ${SMALLEST} to ${LARGEST}`;
  return z.number({ error }).check(z.minimum(SMALLEST, { error }), z.maximum(LARGEST, { error }));
};

/** A finite number of any sign. */
export const finite = (what: string) => z.number({ error: `a finite ${what}` });

/** An integer from `least` to `most`. */
export const integer = (least: number, most: number) => {
  const error = `an integer from ${least} to ${most}`;
  return z.number({ error }).check(z.int({ error }), z.minimum(least, { error }), z.maximum(most, { error }));
};

/** A word of `choices`. */
export const word = <const T extends readonly string[]>(choices: T) =>
  z.enum(choices, { error: `one of ${choices.map((choice) => `"${choice}"`).join(", ")}` });

/** A typed array as a plain one; anything else as it is. */
export const plainArray = (value: unknown): unknown =>
  ArrayBuffer.isView(value) ? Array.from(value as unknown as ArrayLike<number>) : value;

/** Reads an input with `schema` after `change`. */
export const after = <Schema extends z.core.$ZodType>(change: (input: unknown) => unknown, schema: Schema) =>
  z.pipe(z.transform(change), schema);

/** Times from 0 on in increasing order, one at least; `expected` is the error's text for an input that is no list. */
export const timesList = (expected: string) =>
  after(
    plainArray,
    z.array(z.custom<number>(), { error: expected }).check(
      z.minLength(1, { error: "one time at least" }),
      z.superRefine((times, context) =>
        times.forEach((time, i) => {
          if (typeof time === "number" && time < Infinity && (i === 0 ? time >= 0 : time > times[i - 1])) return;
          const message = i === 0 ? "a finite time from 0 on" : `a finite time after ${describe(times[i - 1])}`;
          context.addIssue({ code: "custom", path: [i], message });
        }),
      ),
    ),
  );

export const increasingTimes = timesList("a list of times");

/** An object without other keys: an unknown key is a fault that names the allowed keys. */
export const strict = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? `one of the fields ${Object.keys(shape).join(", ")}`
        : `an object with the fields ${Object.keys(shape).join(", ")}`,
  });

/**
 * Parses `input`.
 * @throws InvalidInputError listing every fault.
 */
export function read<Schema extends z.ZodMiniType>(subject: string, schema: Schema, input: unknown): z.output<Schema> {
  const result = parsed(subject, schema, input);
  if (result.success) return result.data;
  const problems = result.error.issues.flatMap((issue) => toProblems(subject, issue, input));
  const distinct = problems.filter(({ field, expected }, i) => {
    return i === problems.findIndex((other) => other.field === field && other.expected === expected);
  });
  throw new InvalidInputError(subject, distinct);
}

/** What is wrong with an input. zod's own error gives itself a name, which fails where prototypes are frozen. */
class Faults {
  constructor(readonly issues: readonly z.core.$ZodIssue[]) {}
}

const safeParse = /* @__PURE__ */ _safeParse(Faults as never);

function parsed<Schema extends z.ZodMiniType>(subject: string, schema: Schema, input: unknown) {
  try {
    return safeParse(schema, input);
  } catch (error) {
    // The input has a getter or is a proxy, and reading it throws.
    const got = `one that throws: ${error instanceof Error ? error.message : String(error)}`;
    throw new InvalidInputError(subject, [{ field: subject, expected: "plain data", got }]);
  }
}

function toProblems(subject: string, issue: z.core.$ZodIssue, input: unknown): Problem[] {
  const { value, field } = locate(subject, issue.path, input);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      field: [...issue.path, key].join("."),
      expected: issue.message,
      got: "a field of that name",
    }));
  }
  // For a list or an object that fits no member of a union, the faults in it say more than "none of these".
  if (issue.code === "invalid_union" && typeof value === "object" && value !== null) {
    const ofItems = issue.errors.flat().filter(({ path }) => path.length > 0);
    if (ofItems.length > 0) {
      return ofItems.flatMap((inner) => toProblems(subject, { ...inner, path: [...issue.path, ...inner.path] }, input));
    }
  }
  const { got = describe(value), caret }: Record<string, unknown> =
    (issue.code === "custom" ? issue.params : undefined) ?? {};
  return [{ field, expected: issue.message, got: String(got), ...(typeof caret === "string" && { caret }) }];
}

/** Follows `path` into `input` as far as there are objects: a fault of a shorthand is reported at the shorthand. */
function locate(subject: string, path: readonly PropertyKey[], input: unknown): { field: string; value: unknown } {
  let field = "";
  let value = input;
  for (const key of path) {
    if (typeof value !== "object" || value === null) break;
    value = (value as Record<PropertyKey, unknown>)[key];
    field = typeof key === "number" ? `${field}[${key}]` : field === "" ? String(key) : `${field}.${String(key)}`;
  }
  return { field: field || subject, value };
}
