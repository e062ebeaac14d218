/** `mesoflux run [model.json]`: one ensemble, or the steady state, with the theory beside it. */
import { Command, Option } from "commander";
import { simulate } from "../ensemble/simulate.ts";
import { OUTSIDE_CONE, type SimulateOptions } from "../ensemble/options.ts";
import type { Ensemble } from "../ensemble/result.ts";
import type { SteadyStateOptions } from "../ensemble/stationaryOptions.ts";
import type { SteadyState } from "../ensemble/steadyState.ts";
import { AbortedError, LeftConeError } from "../errors.ts";
import { METHODS, MOMENTS, type Method, type Moments } from "../kernel.ts";
import { BATHS, defineModel, RATE_LAWS, STARTS, TIMESCALES, type Model, type ModelInput } from "../model.ts";
import { renderTable } from "../report/table.ts";
import { limit } from "../theory/limit.ts";
import { steadyStateTables } from "./steadyState.ts";
import { number, numbers, readJson, seed, toJson, watched } from "./terminal.ts";

interface Flags {
  cells?: number;
  particles?: number;
  temperatures?: number[];
  rate?: string;
  bath?: string;
  initial?: string;
  timescale?: string;
  replicas: number;
  times: number[] | "stationary";
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
  json?: boolean;
  quiet?: boolean;
}

type Result = Ensemble<Moments> | SteadyState;

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
    .option("--replicas <n>", "independent copies", number, 1024)
    .option("--times <list>", "observation times, or stationary for the steady state", timesOf, [1])
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
    .option("--json", "the whole result as JSON on standard output")
    .option("--quiet", "no progress")
    .action(async (file: string | undefined, flags: Flags) => {
      const stored = file === undefined ? {} : (readJson(file) as object);
      const fields: unknown = { ...stored, ...pick(flags, MODEL_FLAGS), ...startOf(flags.initial) };
      const model = defineModel(fields as ModelInput);
      const looks = pick(flags, LOOK_FLAGS);
      try {
        const result = await watched<Result>(flags.quiet, (signal, bar) => {
          const options = {
            ...(pick(flags, RUN_FLAGS) as object),
            ...(Object.keys(looks).length > 0 && { stationary: looks }),
            signal,
            onProgress: bar.replicas,
          };
          return flags.times === "stationary"
            ? simulate(model, options as SteadyStateOptions)
            : simulate<Moments>(model, options as SimulateOptions);
        });
        print(model, result, flags.json === true, true);
      } catch (error) {
        if ((error instanceof AbortedError || error instanceof LeftConeError) && error.partial) {
          print(model, error.partial as Result, flags.json === true, false);
        }
        throw error;
      }
    });
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

function print(model: Model, result: Result, json: boolean, complete: boolean): void {
  if (json) {
    process.stdout.write(`${toJson({ complete, ...result })}\n`);
    return;
  }
  const { replicas, events, certificate } = result;
  const tables = "plan" in result ? steadyStateTables(model, result, MOST_ROWS) : ensembleTables(model, result);
  process.stdout.write(`${tables}\n\n`);
  const counted = certificate.method === "mesoscopic" ? "steps" : "events";
  process.stdout.write(`${replicas} replicas, ${events} ${counted}${complete ? "" : ", INCOMPLETE"}\n`);
  process.stdout.write(`certificate: seed ${certificate.seed}, result ${certificate.result}\n`);
}

/** A table for each time. */
function ensembleTables(model: Model, { times, mean, standardError, current }: Ensemble<Moments>): string {
  const N = model.cells;
  const predicted = limit(model, times);
  return Array.from(times, (time, t) => {
    const rows = Array.from({ length: Math.min(N, MOST_ROWS) }, (_, i) => {
      const at = t * N + i;
      return [i + 1, mean[at], standardError ? standardError[at] : "", predicted[at], current[t * (N + 1) + i + 1]];
    });
    const title = `t = ${time}${N > MOST_ROWS ? `, the first ${MOST_ROWS} of ${N} cells` : ""}`;
    const columns = ["cell k", "mean energy", "std. error", "limit equation", "carried k to k+1"];
    return renderTable({ title, columns, rows });
  }).join("\n\n");
}

/** Longer tables are for --json. */
const MOST_ROWS = 100;
