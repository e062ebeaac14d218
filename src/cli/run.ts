/** `mesoflux run [model.json]`: one ensemble, with the limit equation beside it. */
import { Command, Option } from "commander";
import { simulate } from "../ensemble/simulate.ts";
import type { Ensemble } from "../ensemble/result.ts";
import { AbortedError } from "../errors.ts";
import { METHODS, MOMENTS, type Method, type Moments } from "../kernel.ts";
import { BATHS, defineModel, RATE_LAWS, STARTS, TIMESCALES, type Model, type ModelInput } from "../model.ts";
import { renderTable } from "../report/table.ts";
import { limit } from "../theory/limit.ts";
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
  times: number[];
  seed?: bigint;
  method?: Method;
  firstReplica?: number;
  moments?: Moments;
  json?: boolean;
  quiet?: boolean;
}

/** Flags that override fields of the model. */
const MODEL_FLAGS = ["cells", "particles", "temperatures", "rate", "bath", "initial", "timescale"] as const;
/** Flags that are options of `simulate`. */
const RUN_FLAGS = ["replicas", "times", "seed", "method", "firstReplica", "moments"] as const;

export function runCommand(): Command {
  return new Command("run")
    .description("simulate an ensemble and print its means beside the limit equation")
    .argument("[model]", "a model as JSON, - for standard input; flags override its fields")
    .option("--cells <n>", "N", number)
    .option("--particles <n>", "M", number)
    .option("--temperatures <L,R>", "T_L,T_R", numbers)
    .option("--rate <law>", RATE_LAWS.join(", "))
    .option("--bath <bath>", BATHS.join(", "))
    .option("--initial <start>", `${STARTS.join(", ")}, one energy, or N of them`)
    .option("--timescale <scale>", TIMESCALES.join(", "))
    .option("--replicas <n>", "independent copies", number, 1024)
    .option("--times <list>", "observation times", numbers, [1])
    .option("--seed <n>", "seed of the random streams, 0 to 2^64 - 1", seed)
    .addOption(new Option("--method <name>", "how to simulate").choices(METHODS))
    .option("--first-replica <n>", "number of the first replica", number)
    .addOption(new Option("--moments <kind>", "what to keep of the replicas").choices(MOMENTS))
    .option("--json", "the whole result as JSON on standard output")
    .option("--quiet", "no progress")
    .action(async (file: string | undefined, flags: Flags) => {
      const stored = file === undefined ? {} : (readJson(file) as object);
      const fields: unknown = { ...stored, ...pick(flags, MODEL_FLAGS), ...startOf(flags.initial) };
      const model = defineModel(fields as ModelInput);
      try {
        const ensemble = await watched(flags.quiet, (signal, bar) =>
          simulate<Moments>(model, {
            ...(pick(flags, RUN_FLAGS) as Pick<Flags, "replicas" | "times">),
            signal,
            onProgress: bar.replicas,
          }),
        );
        print(model, ensemble, flags.json === true, true);
      } catch (error) {
        if (error instanceof AbortedError && error.partial) {
          print(model, error.partial as Ensemble, flags.json === true, false);
        }
        throw error;
      }
    });
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

function print(model: Model, ensemble: Ensemble, json: boolean, complete: boolean): void {
  if (json) {
    process.stdout.write(`${toJson({ complete, ...ensemble })}\n`);
    return;
  }
  const N = model.cells;
  const predicted = limit(model, ensemble.times);
  const { mean, standardError, current, replicas, events, certificate } = ensemble;
  for (const [t, time] of ensemble.times.entries()) {
    const rows = Array.from({ length: Math.min(N, MOST_ROWS) }, (_, i) => {
      const at = t * N + i;
      return [i + 1, mean[at], standardError ? standardError[at] : "", predicted[at], current[t * (N + 1) + i + 1]];
    });
    const title = `t = ${time}${N > MOST_ROWS ? `, the first ${MOST_ROWS} of ${N} cells` : ""}`;
    const columns = ["cell k", "mean energy", "std. error", "limit equation", "carried k to k+1"];
    process.stdout.write(`${renderTable({ title, columns, rows })}\n\n`);
  }
  process.stdout.write(`${replicas} replicas, ${events} events${complete ? "" : ", INCOMPLETE"}\n`);
  process.stdout.write(`certificate: seed ${certificate.seed}, result ${certificate.result}\n`);
}

/** Longer tables are for --json. */
const MOST_ROWS = 100;
