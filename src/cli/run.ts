/** `mesoflux run [model.json]`: one ensemble, or the steady state, with the theory beside it. */
import { Command, Option } from "commander";
import { loadKernel } from "../engine.ts";
import { OUTSIDE_CONE } from "../ensemble/options.ts";
import type { Request } from "../ensemble/runSpec.ts";
import { run as simulateOn } from "../ensemble/simulate.ts";
import { AbortedError, LeftConeError } from "../errors.ts";
import { METHODS, MOMENTS, type Method, type Moments } from "../kernel.ts";
import { BATHS, defineModel, RATE_LAWS, STARTS, TIMESCALES, type ModelInput } from "../model.ts";
import { printResult, type Result } from "./result.ts";
import { runInFolder, type FolderFlags } from "./runInFolder.ts";
import { number, numbers, readJson, seed, watched, workers } from "./terminal.ts";

interface Flags extends FolderFlags {
  cells?: number;
  particles?: number;
  temperatures?: number[];
  rate?: string;
  bath?: string;
  initial?: string;
  timescale?: string;
  replicas?: number;
  times?: number[] | "stationary";
  burnIn?: number;
  looks?: number;
  spacing?: number;
  seed?: bigint;
  method?: Method;
  step?: number;
  tolerance?: number;
  outsideCone?: (typeof OUTSIDE_CONE)[number];
  firstReplica?: number;
  moments?: Moments;
  samples?: boolean;
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

/** Flags that say when a steady state is looked at. */
const LOOK_FLAGS = ["burnIn", "looks", "spacing"] as const;

export function runCommand(): Command {
  return new Command("run")
    .description("simulate an ensemble, or the steady state, and print its means beside the theory")
    .argument("[model]", "a model as JSON, - for standard input; flags override its fields")
    .option("--cells <n>", "N", number)
    .option("--particles <n>", "M", number)
    .option("--temperatures <L,R>", "T_L,T_R", numbers)
    .option("--rate <law>", RATE_LAWS.join(", "))
    .option("--bath <bath>", BATHS.join(", "))
    .option("--initial <start>", `${STARTS.join(", ")}, one energy, or N of them`)
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
        const result = await watched(flags.quiet, async (signal, bar) => {
          const run = {
            ...options,
            ...(flags.workers && { workers: flags.workers }),
            signal,
            onProgress: bar.replicas,
          };
          return simulateOn(await loadKernel(), model, run);
        });
        printResult(model, result, flags.json === true, true);
      } catch (error) {
        if ((error instanceof AbortedError || error instanceof LeftConeError) && error.partial) {
          printResult(model, error.partial as Result, flags.json === true, false);
        }
        throw error;
      }
    });
}

/** Whether nothing was said of what is to be run. */
function isBare(file: string | undefined, flags: Flags): boolean {
  const said = [...MODEL_FLAGS, ...RUN_FLAGS, ...LOOK_FLAGS].some((name) => flags[name] !== undefined);
  return file === undefined && !said;
}

/** What is to be run. What the flags may be is checked where the model and the options are. */
function requestOf(file: string | undefined, flags: Flags): Request {
  const stored = file === undefined ? {} : (readJson(file) as object);
  const fields: unknown = { ...stored, ...pick(flags, MODEL_FLAGS), ...startOf(flags.initial) };
  const looks = pick(flags, LOOK_FLAGS);
  const options: unknown = {
    ...{ replicas: 1024, times: [1] },
    ...pick(flags, RUN_FLAGS),
    ...(Object.keys(looks).length > 0 && { stationary: looks }),
  };
  return { model: defineModel(fields as ModelInput), options } as Request;
}

/** A list of times, or the word. */
function timesOf(text: string): number[] | "stationary" {
  return text === "stationary" ? text : numbers(text);
}

function pick<K extends keyof Flags>(flags: Flags, names: readonly K[]): Partial<Flags> {
  return Object.fromEntries(names.filter((name) => flags[name] !== undefined).map((name) => [name, flags[name]]));
}

/** A start as a word stays a word; numbers become numbers. */
function startOf(text: string | undefined): { initial?: string | number | number[] } {
  if (text === undefined) return {};
  const values = text.split(",").map(Number);
  if (values.some(Number.isNaN)) return { initial: text };
  return { initial: values.length === 1 ? values[0] : values };
}
