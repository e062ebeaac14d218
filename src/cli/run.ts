/** `mesoflux run [model.json]`: one ensemble, or the steady state, with the theory beside it. */
import { Command, Option } from "commander";
import { loadKernel } from "../engine.ts";
import { OUTSIDE_CONE } from "../ensemble/options.ts";
import type { Request } from "../ensemble/runSpec.ts";
import { run as simulateOn } from "../ensemble/simulate.ts";
import { AbortedError, LeftConeError } from "../errors.ts";
import { METHODS, MOMENTS } from "../kernel.ts";
import { BATHS, defineModel, RATE_LAWS, STARTS, TIMESCALES, type ModelInput } from "../model.ts";
import { printResult, type Result } from "./result.ts";
import { runInFolder, type FolderFlags } from "./runInFolder.ts";
import { number, numbers, readJson, seed, watched, workers } from "./terminal.ts";

/** The flags that were given. Their values are checked where the model and the options are read. */
interface Flags extends FolderFlags {
  readonly [name: string]: unknown;
}

/** Flags that override fields of the model. */
const MODEL_FLAGS = ["cells", "particles", "temperatures", "rate", "bath", "initial", "timescale"] as const;
/** Flags that are options of `simulate`. */
const RUN_FLAGS = [
  "replicas",
  "times",
  "seed",
  "method",
  "step",
  "tolerance",
  "outsideCone",
  "firstReplica",
  "moments",
  "samples",
] as const;
/** Flags of the measurements of a steady state. */
const MEASUREMENT_FLAGS = ["burnIn", "looks", "spacing"] as const;

export function runCommand(): Command {
  return new Command("run")
    .description("simulate an ensemble, or the steady state, and print its means beside the theory")
    .argument("[model]", "a model as JSON, - for standard input; flags override its fields")
    .option("--cells <n>", "N", number)
    .option("--particles <n>", "M", number)
    .option("--temperatures <L,R>", "T_L,T_R", numbers)
    .option("--rate <law>", RATE_LAWS.join(", "))
    .option("--bath <bath>", BATHS.join(", "))
    .option("--initial <start>", `${STARTS.join(", ")}, one energy, or N of them`, startOf)
    .option("--timescale <scale>", TIMESCALES.join(", "))
    .option("--replicas <n>", "independent copies, default 1024", number)
    .option("--times <list>", "observation times, default 1, or stationary for the steady state", timesOf)
    .option("--burn-in <t>", "of a steady state: time before the first look", number)
    .option("--looks <n>", "looks at each replica", number)
    .option("--spacing <t>", "time between looks", number)
    .option("--seed <n>", "seed of the random streams, 0 to 2^64 - 1", seed)
    .addOption(new Option("--method <name>", "how to simulate").choices(METHODS))
    .option("--step <h>", "of the mesoscopic equation: the longest step", number)
    .option("--tolerance <part>", "the weak error that its step may leave, default 1e-3", number)
    .addOption(new Option("--outside-cone <what>", "what to do where an energy is negative").choices(OUTSIDE_CONE))
    .option("--first-replica <n>", "number of the first replica", number)
    .addOption(new Option("--moments <kind>", "what to keep of the replicas").choices(MOMENTS))
    .option("--samples", "keep the energies and currents of every replica")
    .option("--workers <n>", "threads, or auto: as many as there are cores", workers)
    .option("--out <dir>", "a run folder: what is finished is kept there, whatever happens")
    .option("--resume", "go on with the run in that folder; the model and its flags may be left out")
    .option("--shard <i/n>", "of a run folder: part i of n, from 1 on")
    .option(
      "--chunk <replicas>",
      "of a run folder: the replicas in a file, a power of 2; default about a second's work",
      number,
    )
    .option("--json", "the whole result as JSON on standard output")
    .option("--quiet", "no progress")
    .action(async (file: string | undefined, flags: Flags) => {
      if (flags.out !== undefined || flags.resume || flags.shard !== undefined || flags.chunk !== undefined) {
        await runInFolder(isBare(file, flags) ? undefined : requestOf(file, flags), flags);
        return;
      }
      const { model, options } = requestOf(file, flags);
      try {
        const kernel = await loadKernel();
        const result = await watched(flags, (control) => simulateOn(kernel, model, { ...options, ...control }));
        printResult(model, result, flags.json === true, true);
      } catch (error) {
        if ((error instanceof AbortedError || error instanceof LeftConeError) && error.partial) {
          printResult(model, error.partial as Result, flags.json === true, false);
        }
        throw error;
      }
    });
}

/** True if neither a model nor an option of the run is given. */
function isBare(file: string | undefined, flags: Flags): boolean {
  return file === undefined && [...MODEL_FLAGS, ...RUN_FLAGS, ...MEASUREMENT_FLAGS].every((name) => !(name in flags));
}

/** The model of the file, overridden by the flags, and the options of the run. */
function requestOf(file: string | undefined, flags: Flags): Request {
  const stored = file === undefined ? {} : (readJson(file) as object);
  const fields: unknown = { ...stored, ...pick(flags, MODEL_FLAGS) };
  const measurements = pick(flags, MEASUREMENT_FLAGS);
  const options: unknown = {
    ...{ replicas: 1024, times: [1] },
    ...pick(flags, RUN_FLAGS),
    ...(Object.keys(measurements).length > 0 && { stationary: measurements }),
  };
  return { model: defineModel(fields as ModelInput), options } as Request;
}

/** A list of times, or the word "stationary". */
function timesOf(text: string): number[] | "stationary" {
  return text === "stationary" ? text : numbers(text);
}

function pick(flags: Flags, names: readonly string[]): object {
  return Object.fromEntries(names.filter((name) => name in flags).map((name) => [name, flags[name]]));
}

/** A start given as a word stays a word; numbers become numbers. */
function startOf(text: string): string | number | number[] {
  const values = text.split(",").map(Number);
  if (values.some(Number.isNaN)) return text;
  return values.length === 1 ? values[0] : values;
}
