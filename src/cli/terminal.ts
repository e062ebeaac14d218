/** What commands share: numbers from flags, files, the progress bar, Ctrl-C. */
import { mkdirSync, readFileSync } from "node:fs";
import { Presets, SingleBar } from "cli-progress";
import { InvalidArgumentError } from "commander";
import type { Progress } from "../progress.ts";
import { InvalidInputError } from "../errors.ts";

/** Good; a check failed or a replay differs; bad input; interrupted. */
export const EXIT = { good: 0, failed: 1, badInput: 2, interrupted: 130 } as const;

/** A flag's number. What the number may be is checked where the model or the options are. */
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
    throw new InvalidInputError("file", [
      { field: path, expected: "a readable JSON file", got: error instanceof Error ? error.message : String(error) },
    ]);
  }
}

/**
 * Makes the folder that results will go to, before there are any.
 * @throws InvalidInputError naming it.
 */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    refuseFolder(path, error);
  }
}

/** @throws InvalidInputError: nothing can be written there. */
export function refuseFolder(path: string, error: unknown): never {
  const got = error instanceof Error ? error.message : String(error);
  throw new InvalidInputError("folder", [{ field: path, expected: "a folder that can be written to", got }]);
}

/** Typed arrays as lists, which is what JSON can hold. */
export function toJson(value: unknown): string {
  return JSON.stringify(
    value,
    (_, item: unknown) => (ArrayBuffer.isView(item) ? Array.from(item as unknown as ArrayLike<number>) : item),
    2,
  );
}

/** A bar on standard error; in a log, a line a minute. */
class ProgressBar {
  private readonly bar = new SingleBar(
    {
      format: "{bar} {percentage}% | {stage} | {seconds} s, {left} s left",
      stream: process.stderr,
      noTTYOutput: true,
      notTTYSchedule: 60_000,
      hideCursor: true,
      clearOnComplete: true,
    },
    Presets.shades_classic,
  );

  constructor(private readonly quiet: boolean) {}

  /** @param done the part of the work that is done, 0 to 1. */
  update(done: number, stage: string, seconds: number, secondsLeft = (seconds / done) * (1 - done)): void {
    if (this.quiet) return;
    if (!this.bar.isActive) this.bar.start(1, 0, { stage, seconds: 0, left: "?" });
    const left = Number.isFinite(secondsLeft) ? String(Math.round(secondsLeft)) : "?";
    this.bar.update(done, { stage, seconds: Math.round(seconds), left });
  }

  /** The same for a run of replicas. */
  readonly replicas = ({ finished, replicas, events, seconds, secondsLeft }: Progress): void => {
    const rate = seconds > 0 ? `, ${(events / seconds).toPrecision(2)} events/s` : "";
    this.update(finished / replicas, `${finished} of ${replicas} replicas${rate}`, seconds, secondsLeft);
  };

  stop(): void {
    this.bar.stop();
  }
}

/** Runs `work` with a progress bar and a signal that Ctrl-C aborts; a second Ctrl-C ends the process at once. */
export async function watched<T>(
  quiet: boolean | undefined,
  work: (signal: AbortSignal, bar: ProgressBar) => Promise<T>,
): Promise<T> {
  const bar = new ProgressBar(quiet === true);
  const controller = new AbortController();
  const abort = () => controller.abort();
  process.once("SIGINT", abort);
  process.once("SIGTERM", abort);
  try {
    return await work(controller.signal, bar);
  } finally {
    bar.stop();
    process.removeListener("SIGINT", abort);
    process.removeListener("SIGTERM", abort);
  }
}
