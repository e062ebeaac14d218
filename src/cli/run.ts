/** `mesoflux run [model.json]`: one ensemble, or the steady state, with the theory beside it. */
import { Command, Option } from "commander";
import { loadKernelFor } from "../engine.ts";
import { OUTSIDE_CONE } from "../ensemble/options.ts";
import type { Request } from "../ensemble/runSpec.ts";
import { run as simulateOn } from "../ensemble/simulate.ts";
import { AbortedError, describe, InvalidInputError, LeftConeError } from "../errors.ts";
import { METHODS, MOMENTS } from "../kernel.ts";
import { figureWriter } from "./figureFile.ts";
import { foretell, type ForecastFlags } from "./forecast.ts";
import { type Flags as ModelFlags, MODEL_FLAGS, pick, readModel, withModel } from "./modelFlags.ts";
import { printResult, type Result } from "./result.ts";
import { figureOf } from "./resultFigure.ts";
import { runInFolder, type FolderFlags } from "./runInFolder.ts";
import { number, numbers, seed, watched, workers } from "./terminal.ts";
import { inFlags, MEASUREMENT_FLAGS } from "./usage.ts";

interface Flags extends ModelFlags, FolderFlags, ForecastFlags {
  readonly figure?: string;
}

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

const EXAMPLES = `
In one unit of time each bond exchanges about M f times, f the rate's law at the
energies of its cells; --timescale slow: about f times.
Examples:
  mesoflux run --cells 10 --particles 1000 --temperatures 1,2 --times 1,10
  mesoflux run model.json --times stationary --replicas 256 --figure profile.svg
  mesoflux run model.json --replicas 1e6 --out big
  mesoflux run --resume --out big                     goes on after Ctrl-C`;

export function runCommand(): Command {
  const command = new Command("run").description(
    "simulate an ensemble, or the steady state, and print its means beside the theory",
  );
  return withModel(command)
    .option("--replicas <n>", "independent copies of the chain; default 1024", number)
    .option("--times <list>", "observation times such as 0.5,1, or stationary for the steady state; default 1", timesOf)
    .option("--burn-in <t>", "of a steady state: time before the first look; default from the slowest mode", number)
    .option("--looks <n>", "of a steady state: looks at each replica; default 16", number)
    .option("--spacing <t>", "of a steady state: time between looks; default half the slowest mode's", number)
    .option("--seed <n>", "seed of the random streams, 0 to 2^64 - 1; default 0", seed)
    .addOption(new Option("--method <name>", "how to simulate; default exact").choices(METHODS))
    .option("--step <h>", "of the mesoscopic equation: the longest step, in units of time", number)
    .option("--tolerance <part>", "of the mesoscopic equation: the weak error of its step; default 1e-3", number)
    .addOption(new Option("--outside-cone <what>", "where an energy is negative; default error").choices(OUTSIDE_CONE))
    .option("--first-replica <n>", "number of the first replica; default 0", number)
    .addOption(new Option("--moments <kind>", "what to keep of the replicas; default covariance").choices(MOMENTS))
    .option("--samples", "keep the energies and currents of every replica")
    .option("--workers <n>", "threads; default auto, as many as there are cores", workers)
    .option("--budget <events>", "refuse a run that takes more events than this", number)
    .option("--figure <file>", "write a figure of the result, .svg or .png, and its numbers as .csv beside it")
    .option("--out <dir>", "a run folder: what is finished is kept there, whatever happens")
    .option("--resume", "go on with the run in that folder; the model and its flags may be left out")
    .option("--shard <i/n>", "of a run folder: part i of n, from 1 on")
    .option("--chunk <replicas>", "of a run folder: replicas in a file, a power of 2; default a second's work", number)
    .option("--json", "the whole result as JSON on standard output")
    .option("--quiet", "no progress")
    .addHelpText("after", EXAMPLES)
    .action(async (file: string | undefined, flags: Flags) => {
      try {
        await act(file, flags);
      } catch (error) {
        throw inFlags(error, flags, file);
      }
    });
}

async function act(file: string | undefined, flags: Flags): Promise<void> {
  if (flags.figure !== undefined && flags.shard !== undefined) {
    const expected = "nothing beside --shard, since a figure is of all replicas: draw it by run --resume --out";
    throw new InvalidInputError("flags", [{ field: "figure", expected, got: describe(flags.figure) }]);
  }
  const writeFigure = await figureWriter(flags.figure);
  if (flags.out !== undefined || flags.resume || flags.shard !== undefined || flags.chunk !== undefined) {
    const merged = await runInFolder(isBare(file, flags) ? undefined : requestOf(file, flags), flags);
    if (merged) await writeFigure(() => figureOf(merged.model, merged.result));
    return;
  }
  const request = requestOf(file, flags);
  const { model, options } = request;
  const json = flags.json === true;
  try {
    const kernel = await loadKernelFor(model);
    const result = await watched(flags, (control) => {
      foretell(kernel, request, flags);
      return simulateOn(kernel, model, { ...options, ...control });
    });
    printResult(model, result, json, true);
    await writeFigure(() => figureOf(model, result));
  } catch (error) {
    if ((error instanceof AbortedError || error instanceof LeftConeError) && error.partial) {
      printResult(model, error.partial as Result, json, false);
    }
    throw error;
  }
}

/** True if neither a model nor an option of the run is given. */
function isBare(file: string | undefined, flags: Flags): boolean {
  return file === undefined && [...MODEL_FLAGS, ...RUN_FLAGS, ...MEASUREMENT_FLAGS].every((name) => !(name in flags));
}

/**
 * The model of the file, overridden by the flags, and the options of the run, which are checked when it is planned.
 * @throws InvalidInputError listing every fault of the model.
 */
function requestOf(file: string | undefined, flags: Flags): Request {
  const model = readModel(file, flags);
  const measurements = pick(flags, MEASUREMENT_FLAGS);
  const options = {
    ...{ replicas: 1024, times: [1] },
    ...pick(flags, [...RUN_FLAGS, "workers"]),
    ...(Object.keys(measurements).length > 0 && { stationary: measurements }),
  };
  return { model, options };
}

/** A list of times, or the word "stationary". */
function timesOf(text: string): number[] | "stationary" {
  return text === "stationary" ? text : numbers(text);
}
