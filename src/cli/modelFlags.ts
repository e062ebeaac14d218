/** The model of a command line: a file of JSON, whose fields flags override. */
import { Command } from "commander";
import { BATHS, defineModel, RATE_LAWS, STARTS, TIMESCALES, type Model, type ModelInput } from "../model.ts";
import { number, numbers, readJson } from "./terminal.ts";

/** The flags that were given. Their values are checked where the model and the options are read. */
export type Flags = Readonly<Record<string, unknown>>;

/** Flags that override fields of the model. */
export const MODEL_FLAGS = ["cells", "particles", "temperatures", "rate", "bath", "initial", "timescale"] as const;

/** Adds the argument and the flags of a model to a command. */
export function withModel(command: Command): Command {
  return command
    .argument("[model]", "a model as JSON, - for standard input; flags override its fields")
    .option("--cells <n>", "N, the number of cells, 1 to 10^6", number)
    .option("--particles <n>", "M, the number of particles in each cell, 1 to 10^9", number)
    .option("--temperatures <L,R>", "T_L,T_R of the baths, in the model's unit of energy, such as 1,2", numbers)
    .option("--rate <law>", `how often neighbours exchange: ${RATE_LAWS.join(", ")}; default sqrt-harmonic`)
    .option("--bath <bath>", `the kind of bath: ${BATHS.join(", ")}; default exponential`)
    .option("--initial <start>", `energies at time 0: ${STARTS.join(", ")}, one, or N of them; default linear`, startOf)
    .option("--timescale <scale>", `the unit of time: ${TIMESCALES.join(", ")}; default fast`);
}

/**
 * The model of the file, overridden by the flags.
 * @throws InvalidInputError listing every fault.
 */
export function readModel(file: string | undefined, flags: Flags): Model {
  const stored = file === undefined ? {} : (readJson(file) as object);
  const fields: unknown = { ...stored, ...pick(flags, MODEL_FLAGS) };
  return defineModel(fields as ModelInput);
}

/** The flags of these names that were given. */
export function pick(flags: Flags, names: readonly string[]): Flags {
  return Object.fromEntries(names.filter((name) => name in flags).map((name) => [name, flags[name]]));
}

/** A start given as a word stays a word; numbers become numbers. */
function startOf(text: string): string | number | number[] {
  const values = text.split(",").map(Number);
  if (values.some(Number.isNaN)) return text;
  return values.length === 1 ? values[0] : values;
}
