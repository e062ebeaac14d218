/** The model of a command line: a file of JSON, whose fields flags override. */
import { type Command, InvalidArgumentError } from "commander";
import {
  BATHS,
  defineModel,
  EXCHANGES,
  RATE_LAWS,
  rateInput,
  STARTS,
  TIMESCALES,
  type Model,
  type ModelInput,
} from "../model.ts";
import { number, numbers, readJson } from "./terminal.ts";

/** The flags that were given. Their values are checked where the model and the options are read. */
export type Flags = Readonly<Record<string, unknown>>;

/** Fields of the model that a flag of the same name overrides. */
const FIELDS = ["cells", "particles", "temperatures", "rate", "bath", "exchange", "initial", "timescale"] as const;

/** Flags that change the model. */
export const MODEL_FLAGS = [...FIELDS, "parameter"] as const;

/** The rates that --rate takes, for the help of a command. */
const RATES = `${RATE_LAWS.join(", ")}, or an expression of a and b such as 'sqrt(a+b)'`;

/** Adds the argument and the flags of a model to a command. */
export function withModel(command: Command): Command {
  const before = withFile(command)
    .option("--cells <n>", "N, the number of cells, 1 to 10^6", number)
    .option("--particles <n>", "M, the number of particles in each cell, 1 to 10^9", number);
  return withRate(before)
    .option("--bath <bath>", `the kind of bath: ${BATHS.join(", ")}; default exponential, or thermal for disks`)
    .option(
      "--exchange <exchange>",
      `what a ring does: ${EXCHANGES.join(", ")}, which is two disks that collide; default uniform`,
    )
    .option(
      "--initial <start>",
      `energies at time 0: ${STARTS.join(", ")}, one, or N of them, or gamma:T or gamma:T_1,.. to draw them; default linear`,
      startOf,
    )
    .option("--timescale <scale>", `the unit of time: ${TIMESCALES.join(", ")}; default fast`);
}

/** Adds the argument of a model's file to a command. */
export const withFile = (command: Command): Command =>
  command.argument("[model]", "a model as JSON, - for standard input; flags override its fields");

/** Adds the flags of a rate, and of the temperatures at which it is judged, to a command. */
export const withRate = (command: Command): Command =>
  command
    .option("--temperatures <L,R>", "T_L,T_R of the baths, in the model's unit of energy, such as 1,2", numbers)
    .option("--rate <f>", `how often neighbours of energies a and b exchange: ${RATES}; default sqrt-harmonic`)
    .option("--parameter <name=value>", "a number that the rate's expression has by name; once for each", parameter);

/**
 * The model of the file, overridden by the flags.
 * @throws InvalidInputError listing every fault.
 */
export function readModel(file: string | undefined, flags: Flags): Model {
  return defineModel(readFields(file, flags) as ModelInput);
}

/** The fields of the file, overridden by the flags, unchecked. */
export function readFields(file: string | undefined, flags: Flags): Partial<Record<(typeof FIELDS)[number], unknown>> {
  const stored = file === undefined ? {} : (readJson(file) as object);
  const fields = { ...stored, ...pick(flags, FIELDS) };
  return "parameter" in flags ? { ...fields, rate: withParameters(fields, flags.parameter as object) } : fields;
}

/** The rate of the fields with parameters added, or changed. */
function withParameters({ rate }: { readonly rate?: unknown }, given: object): unknown {
  const fields = Object(rateInput(rate)) as { readonly parameters?: unknown };
  return { ...fields, parameters: { ...(fields.parameters as object), ...given } };
}

/** The parameters so far, and one more. */
function parameter(text: string, before: Readonly<Record<string, number>> = {}): Record<string, number> {
  const [, name, value] = /^(\w+)=(.+)$/.exec(text) ?? [];
  if (name === undefined) throw new InvalidArgumentError("It is not of the form name=number.");
  return { ...before, [name]: number(value) };
}

/** The flags of these names that were given. */
export function pick(flags: Flags, names: readonly string[]): Flags {
  return Object.fromEntries(names.filter((name) => name in flags).map((name) => [name, flags[name]]));
}

/** A start given as a word stays a word; numbers become numbers, and "gamma:" before them the start that is drawn. */
function startOf(text: string): string | number | number[] | object {
  if (text.startsWith("gamma:")) return { gamma: startOf(text.slice(6)) };
  const values = text.split(",").map(Number);
  if (values.some(Number.isNaN)) return text;
  return values.length === 1 ? values[0] : values;
}
