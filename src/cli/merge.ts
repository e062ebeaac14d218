/** `mesoflux merge DIR`: the result of a run folder. */
import { Command } from "commander";
import { RunFolder } from "../store/runFolder.ts";
import { printResult, type Result } from "./result.ts";
import { lineThatResumes, spansText, warnOf } from "./status.ts";
import { EXIT, tell } from "./terminal.ts";

export function mergeCommand(): Command {
  return new Command("merge")
    .description(
      "fold what is there of the run in a folder; exit code 1, and what is missing by name, if that is not all",
    )
    .argument("<dir>", "a run folder")
    .option("--json", "the whole result as JSON on standard output")
    .addHelpText("after", "\nExample:\n  mesoflux merge big --json > result.json")
    .action(async (path: string, flags: { json?: boolean }) => {
      await printMerged(await RunFolder.open(path), flags.json === true);
    });
}

/** Prints the result of a run folder, and what is refused or missing on standard error; fails if any is missing. */
export async function printMerged(folder: RunFolder, json: boolean): Promise<Result> {
  const { path, request } = folder;
  const { result, status } = await folder.merge();
  const isComplete = status.missing.length === 0;
  printResult(request.model, result, json, isComplete);
  warnOf(status.refused);
  if (!isComplete) {
    tell(`missing ${spansText(status.missing)} of ${path}; run them with: ${lineThatResumes(path)}`);
    process.exitCode = EXIT.failed;
  }
  return result;
}
