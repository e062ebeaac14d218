/** `mesoflux merge DIR`: the result of a run folder. */
import { Command } from "commander";
import { RunFolder } from "../store/runFolder.ts";
import { printResult } from "./result.ts";
import { failIfMissing, warnOf } from "./status.ts";

export function mergeCommand(): Command {
  return new Command("merge")
    .description(
      "fold what is there of the run in a folder; exit code 1, and what is missing by name, if that is not all",
    )
    .argument("<dir>", "a run folder")
    .option("--json", "the whole result as JSON on standard output")
    .action(async (path: string, flags: { json?: boolean }) => {
      const folder = await RunFolder.open(path);
      const { result, status } = await folder.merge();
      const isComplete = status.missing.length === 0;
      printResult(folder.request.model, result, flags.json === true, isComplete);
      warnOf(status.refused);
      failIfMissing(status, path);
    });
}
