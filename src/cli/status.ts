/** `mesoflux status DIR`: the progress of a run folder. */
import { Command } from "commander";
import { formatNumber } from "../report/number.ts";
import type { Refused } from "../store/chunkStore.ts";
import { RunFolder } from "../store/runFolder.ts";
import type { Status } from "../store/status.ts";
import { say, tell, toJson } from "./terminal.ts";
import { duration, quoted } from "./words.ts";

export function statusCommand(): Command {
  return new Command("status")
    .description("how far the run in a folder is: progress, rate, time left, what is missing and what is refused")
    .argument("<dir>", "a run folder")
    .option("--json", "the same as JSON on standard output")
    .addHelpText("after", "\nExample:\n  mesoflux status big")
    .action(async (path: string, flags: { json?: boolean }) => {
      const status = await (await RunFolder.open(path)).status();
      if (flags.json) process.stdout.write(`${toJson(status)}\n`);
      else printStatus(status, path);
    });
}

/** At most so many missing spans are printed. */
const MOST_SPANS = 12;

function printStatus(status: Status, path: string): void {
  const { finished, replicas, finishedChunks, chunks, events, eventsPerSecond, secondsLeft, secondsSinceLast } = status;
  const rate = Number.isFinite(eventsPerSecond) ? `, ${formatNumber(eventsPerSecond)} a second of late` : "";
  const lines = [
    `replicas   ${finished} of ${replicas} (${((100 * finished) / replicas).toFixed(1)}%)`,
    `chunks     ${finishedChunks} of ${chunks}`,
    `events     ${formatNumber(events)}${rate}`,
  ];
  if (finished < replicas && Number.isFinite(secondsLeft))
    lines.push(`time left  ${duration(secondsLeft)} at that rate`);
  if (Number.isFinite(secondsSinceLast)) lines.push(`last chunk ${duration(Math.max(0, secondsSinceLast))} ago`);
  if (status.missing.length > 0) lines.push(`missing    ${spansText(status.missing)}`);
  say([path, ...lines.map((line) => `  ${line}`)].join("\n"));
  warnOf(status.refused);
}

/** Spans of replicas in words. */
export function spansText(spans: Status["missing"]): string {
  const shown = spans
    .slice(0, MOST_SPANS)
    .map(({ first, replicas }) => (replicas === 1 ? String(first) : `${first} to ${first + replicas - 1}`));
  const more = spans.length > MOST_SPANS ? `, and ${spans.length - MOST_SPANS} more spans` : "";
  return `replicas ${shown.join(", ")}${more}`;
}

/** The command line that resumes the run in a folder, or a shard of it. */
export function lineThatResumes(path: string, shard?: string): string {
  return ["mesoflux run --resume --out", quoted(path), ...(shard ? ["--shard", shard] : [])].join(" ");
}

/** Prints the refused files on standard error. */
export function warnOf(refused: readonly Refused[]): void {
  for (const { path, why } of refused) tell(`refused ${path}: ${why}`);
}
