/** Helpers of all commands: numbers from flags, files, the screen, the progress bar, Ctrl-C. */
import { readFileSync } from "node:fs";
import { SingleBar } from "cli-progress";
import { InvalidArgumentError } from "commander";
import type { Progress } from "../progress.ts";
import { InvalidInputError } from "../errors.ts";
import { PAPER, type Screen } from "../report/plainText.ts";
import { shorten, widthOf, wrap } from "../report/text.ts";
import { plainArray } from "../validate.ts";

/** Exit codes: good; a check failed or a replay differs; bad input; interrupted. */
export const EXIT = { good: 0, failed: 1, badInput: 2, interrupted: 130 } as const;

/** A flag's number. Its range is checked where the model or the options are read. */
export function number(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || Number.isNaN(value)) throw new InvalidArgumentError("It is not a number.");
  return value;
}

/** A flag's numbers, separated by commas. */
export function numbers(text: string): number[] {
  return text.split(",").map(number);
}

/** A flag's 64-bit seed. */
export function seed(text: string): bigint {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("It is not a whole number >= 0.");
  return BigInt(text);
}

/** A flag's number of workers. */
export function workers(text: string): number | "auto" {
  return text === "auto" ? text : number(text);
}

/**
 * The JSON in a file; "-" is standard input.
 * @throws InvalidInputError naming the file.
 */
export function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path === "-" ? 0 : path, "utf8"));
  } catch (error) {
    const got = (error as Error).message;
    throw new InvalidInputError("file", [{ field: path, expected: "a readable JSON file", got }]);
  }
}

/** The screen that standard output is shown on. Node's own rule of colours knows NO_COLOR and dumb terminals. */
export function screen(): Screen {
  const { stdout } = process;
  return stdout.isTTY ? { width: columnsOf(stdout), inColour: stdout.hasColors() } : PAPER;
}

/** A terminal that nobody has given a size says 0. */
function columnsOf({ columns }: NodeJS.WriteStream): number {
  return columns || PAPER.width;
}

/** Prints lines on standard output. */
export function say(text: string): void {
  process.stdout.write(`${fitted(text, process.stdout)}\n`);
}

/** Prints lines on standard error. */
export function tell(text: string): void {
  process.stderr.write(`${fitted(text, process.stderr)}\n`);
}

/**
 * The text with the lines broken that a terminal is too narrow for; a command at the end of one can be pasted all the same.
 * A line with a caret below is cut instead.
 */
function fitted(text: string, stream: NodeJS.WriteStream): string {
  if (!stream.isTTY) return text;
  const width = columnsOf(stream);
  const fit = (line: string): string[] => {
    if (widthOf(line) <= width) return [line];
    const [, words, command] = /^(.*?: )?(mesoflux .*)$/.exec(line) ?? [undefined, line];
    return [...(words ? wrap(words, width) : []), ...(command ? continued(command, width) : [])];
  };
  const lines = text.split("\n");
  return lines
    .flatMap((line, i) => {
      const caret = placeOfCaret(line) ?? placeOfCaret(lines[i + 1]);
      if (caret === undefined) return fit(line);
      const from = Math.max(0, caret + 1 - width);
      return line.slice(from, from + width);
    })
    .join("\n");
}

/** The column of a caret that is alone on its line. */
const placeOfCaret = (line = "") => (/^ +\^$/.test(line) ? line.length - 1 : undefined);

/** A command on lines that a shell takes for one. */
function continued(command: string, width: number): string[] {
  const lines = [""];
  for (const word of command.match(/(?:'[^']*'|[^\s'])+/g) ?? []) {
    const last = lines.at(-1)!;
    if (last === "" || widthOf(`${last}${word} `) < width) lines[lines.length - 1] = `${last}${word} `;
    else lines.push(`  ${word} `);
  }
  return lines.map((line, k) => (k < lines.length - 1 ? `${line}\\` : line.trimEnd()));
}

/** JSON with typed arrays as lists. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => plainArray(item), 2);
}

/** A bar so long leaves room for percents, seconds and a word on a terminal of 40 columns. */
const BAR = 10;

/** A progress bar on standard error, in one line whatever the terminal; in a log file, a line a minute. */
class ProgressBar {
  private readonly bar = new SingleBar({
    format: (_, { progress }, { stage, seconds, left }: Shown) => {
      const full = Math.round(BAR * progress);
      const head = `${"█".repeat(full)}${"░".repeat(BAR - full)} ${Math.floor(100 * progress)}%`;
      const line = `${head}, ${left === undefined ? `${seconds} s` : `${left} s left`}, ${stage}`;
      // A terminal moves the cursor to the next line after its last column.
      return process.stderr.isTTY ? shorten(line, columnsOf(process.stderr) - 1) : line;
    },
    stream: process.stderr,
    noTTYOutput: true,
    notTTYSchedule: 60_000,
    hideCursor: true,
    clearOnComplete: true,
  });

  constructor(private readonly quiet: boolean) {}

  /** @param done the finished part of the work, 0 to 1. */
  update(done: number, stage: string, seconds: number, secondsLeft = (seconds / done) * (1 - done)): void {
    if (this.quiet) return;
    if (!this.bar.isActive) this.bar.start(1, 0, { stage, seconds: 0, left: undefined } satisfies Shown);
    const left = Number.isFinite(secondsLeft) ? Math.round(secondsLeft) : undefined;
    this.bar.update(done, { stage, seconds: Math.round(seconds), left } satisfies Shown);
  }

  /** Shows the progress of a run of replicas. */
  readonly replicas = ({ finished, replicas, events, seconds, secondsLeft }: Progress): void => {
    const rate = seconds > 0 ? `, ${(events / seconds).toPrecision(2)} events/s` : "";
    this.update(finished / replicas, `${finished} of ${replicas} replicas${rate}`, seconds, secondsLeft);
  };

  /** Removes the bar, until the next update. */
  stop(): void {
    this.bar.stop();
  }
}

/** Numbers and words beside the bar. */
interface Shown {
  readonly stage: string;
  readonly seconds: number;
  readonly left: number | undefined;
}

/** Flags of every command that simulates. */
export interface WatchFlags {
  readonly workers?: number | "auto";
  readonly quiet?: boolean;
}

/** Options that let the command line steer a simulation. */
interface Control extends Pick<WatchFlags, "workers"> {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/** Runs `work` with a progress bar and a signal that Ctrl-C aborts; a second Ctrl-C ends the process at once. */
export async function watched<T>(
  { workers, quiet }: WatchFlags,
  work: (control: Control, bar: ProgressBar) => Promise<T>,
): Promise<T> {
  const bar = new ProgressBar(quiet === true);
  const controller = new AbortController();
  const abort = () => controller.abort();
  process.once("SIGINT", abort);
  process.once("SIGTERM", abort);
  try {
    return await work(
      { ...(workers !== undefined && { workers }), signal: controller.signal, onProgress: bar.replicas },
      bar,
    );
  } finally {
    bar.stop();
    process.removeListener("SIGINT", abort);
    process.removeListener("SIGTERM", abort);
  }
}
