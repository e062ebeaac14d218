/** `mesoflux rare [model.json]`: the probability of a rare event, from paths that are guided there and weighed. */
import { Command, Option } from "commander";
import { AbortedError } from "../errors.ts";
import type { Model } from "../model.ts";
import type { RareEventOptions, RareEventResult } from "../rare/index.ts";
import { formatNumber } from "../report/number.ts";
import { renderTable } from "../report/plainText.ts";
import { wrap } from "../report/text.ts";
import type { RareEvent } from "../theory/largeDeviations/event.ts";
import { count } from "../verify/measure/present.ts";
import { figureWriter } from "./figureFile.ts";
import { type Flags as ModelFlags, pick, readModel, withModel } from "./modelFlags.ts";
import { eventInWords, quantityOf, wayFigure } from "./rareFigure.ts";
import { number, say, screen, seed, tell, toJson, watched, type WatchFlags, workers } from "./terminal.ts";
import { inFlags } from "./usage.ts";
import { chainInWords, counted, duration } from "./words.ts";

type Way = NonNullable<RareEventResult["instanton"]>;

interface Flags extends ModelFlags, WatchFlags {
  readonly figure?: string;
  readonly json?: boolean;
}

/** Flags that are options of `rareEvent`. */
const EVENT_FLAGS = ["cell", "bond", "above", "below", "time", "replicas", "method", "seed", "firstReplica"] as const;
const METHODS = ["tilted", "hidden", "plain"];

const EXAMPLES = `
What can be asked for: the energy of a cell, or what a bond has carried from left
to right since the start, above or below a threshold at one time. With the paper's
baths one packet may do it at once, which no guide foresees: take --bath thermal.
Examples:
  mesoflux rare model.json --cell 2 --above 3.5 --time 2
  mesoflux rare --cells 3 --particles 100 --temperatures 1,2 --rate sqrt-sum \\
    --bath thermal --initial equilibrium --cell 2 --above 2.5 --time 2`;

export function rareCommand(): Command {
  const command = new Command("rare").description(
    "the probability of a rare event, however small, with its error and the most likely way there",
  );
  return withModel(command)
    .option("--cell <k>", "the cell, 1 to N, whose energy is meant", number)
    .option("--bond <k>", "the bond, 0 to N, whose carried energy is meant, from left to right", number)
    .option("--above <x>", "it is above x", number)
    .option("--below <x>", "it is below x", number)
    .option("--time <t>", "at this time from the start on", number)
    .option("--replicas <n>", "paths; default 20000", number, 20_000)
    .addOption(new Option("--method <name>", "how; default tilted, or hidden where it alone can be").choices(METHODS))
    .option("--seed <n>", "seed of the random streams, 0 to 2^64 - 1; default 0", seed)
    .option("--first-replica <n>", "number of the first path; default 0", number)
    .option("--workers <n>", "threads; default auto, as many as there are cores", workers)
    .option("--figure <file>", "draw the way up and down, .svg or .png, with its numbers as .csv beside it")
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
  const writeFigure = await figureWriter(flags.figure);
  const model = readModel(file, flags);
  // Loaded here, since no other command needs this engine.
  const { rareEvent } = await import("../rare/index.ts");
  const started = performance.now();
  // The command is the caller here: what the flags lack, the options' own check names.
  const asked = pick(flags, EVENT_FLAGS) as unknown as RareEventOptions;
  const print = (result: RareEventResult, complete: boolean) => {
    if (flags.json) process.stdout.write(`${toJson({ complete, model, ...result })}\n`);
    else say(inWords(model, result, (performance.now() - started) / 1000, complete));
  };
  const result = await watched(flags, (control) => rareEvent(model, { ...asked, ...control })).catch((error) => {
    if (error instanceof AbortedError && error.partial) print(error.partial as RareEventResult, false);
    throw error;
  });
  print(result, true);
  if (result.instanton) {
    const { instanton } = result;
    await writeFigure(() => wayFigure(model, instanton.event, instanton));
  } else if (flags.figure !== undefined) tell(`no figure: the method "${result.method}" knows no most likely way`);
}

function inWords(model: Model, result: RareEventResult, seconds: number, complete: boolean): string {
  const view = screen();
  const { replicas, probability, hits, relativeError, effectiveSampleSize, largestShare, events, warnings } = result;
  const { ran, instanton, check, certificate } = result;
  const quality =
    hits === 0
      ? ["No path has come there: nothing is known but that it is rare."]
      : [
          `Relative error ${percent(relativeError)}; ${counted(hits, "path")} of ${replicas} came there, worth ` +
            `${formatNumber(effectiveSampleSize)} of equal weight, the heaviest with ${percent(largestShare)} of the sum.`,
        ];
  const plain =
    probability > 0 && check === undefined
      ? [`Unguided, one path in ${formatNumber(1 / probability)} would come there: ${atThisPace(result, seconds)}.`]
      : [];
  const lines = [
    ...quality,
    ...plain,
    ...warnings.map((warning) => `WARNING, the error is not to be trusted: ${warning}.`),
    `${events.toPrecision(3)} exchanges in ${duration(seconds)}, ${ran.threads === 0 ? "on this thread" : counted(ran.threads, "thread")}${complete ? "" : ", INCOMPLETE"}.`,
  ];
  return [
    wrap(`${chainInWords(model)}, M = ${model.particles}: P(${eventInWords(certificate.event)})`, view.width).join(
      "\n",
    ),
    renderTable(probabilityTable(result), view),
    ...(instanton && instanton.action > 0 ? [renderTable(wayTable(model, instanton.event, instanton), view)] : []),
    lines.flatMap((line) => wrap(line, view.width)).join("\n"),
  ].join("\n\n");
}

/** The time that a plain simulation of one such path would need, had it this command's pace and a single thread. */
function atThisPace({ probability, replicas, ran }: RareEventResult, seconds: number): string {
  return `${duration((seconds * Math.max(1, ran.threads)) / replicas / probability)} on one core at this pace`;
}

const percent = (part: number) => `${(100 * part).toPrecision(2)}%`;

function probabilityTable({ method, gaussian, leading, check, instanton, ...weighed }: RareEventResult) {
  const NAMES = { tilted: "guided paths, weighed", hidden: "hidden temperatures", plain: "plain simulation" };
  const without = (name: string, one: { readonly probability: number; readonly logProbability: number }) => [
    ...[name, powerOf(one), "", ""],
  ];
  return {
    title: "The probability, beside what simpler answers would be",
    columns: ["", "probability", "std. error", "z of the first"],
    rows: [
      [NAMES[method], powerOf(weighed), weighed.standardError, ""],
      ...(check ? [["plain simulation", check.probability, check.standardError, check.z]] : []),
      ...(leading && instanton ? [without(`e^(-M A), A = ${formatNumber(instanton.action)}`, leading)] : []),
      ...(gaussian ? [without("Gaussian, limit and C/M", gaussian)] : []),
    ],
  };
}

/** The number, or where it is too small for one "10^-412.3". */
function powerOf({ probability, logProbability }: { readonly probability: number; readonly logProbability: number }) {
  if (probability > 0 || logProbability === -Infinity) return probability;
  return `10^${(logProbability / Math.LN10).toFixed(1)}`;
}

/** Times of the table. */
const ROWS = 6;

function wayTable({ cells: N }: Model, event: RareEvent, { times, energies, carried, relaxation }: Way) {
  const { cell } = event;
  const end = times[times.length - 1];
  const at = count(0, ROWS).map((i) => (end * i) / (ROWS - 1));
  const up = valuesAt(at, times, (i) => (cell === undefined ? carried![i] : energies[i * N + cell - 1]));
  const since = relaxation.times[0];
  const down =
    cell === undefined
      ? undefined
      : valuesAt(
          at.map((time) => since + time),
          relaxation.times,
          (i) => relaxation.energies[i * N + cell - 1],
        );
  const name = quantityOf(event);
  return {
    title: `The most likely way to it${down ? ", and the way back" : ""}`,
    columns: ["t", name, ...(down ? [`${name}, so long after the event`] : [])],
    rows: at.map((time, i) => [time, up[i], ...(down ? [down[i]] : [])]),
  };
}

/** Values of a course between its times, by straight lines. */
function valuesAt(at: readonly number[], times: Float64Array, valueOf: (i: number) => number): number[] {
  let i = 0;
  return at.map((time) => {
    while (i < times.length - 2 && times[i + 1] < time) i++;
    const part = (time - times[i]) / (times[i + 1] - times[i]);
    return valueOf(i) + part * (valueOf(i + 1) - valueOf(i));
  });
}
