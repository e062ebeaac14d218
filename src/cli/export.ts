/** `mesoflux export DIR`: writes the result of a run folder, and its samples if it keeps any, for other programs. */
import { join } from "node:path";
import { Command, Option } from "commander";
import { FORMATS, type Format } from "../store/export/exportable.ts";
import { RunFolder } from "../store/runFolder.ts";
import { spansText, warnOf } from "./status.ts";
import { EXIT, tell } from "./terminal.ts";

export function exportCommand(): Command {
  return new Command("export")
    .description(
      "write what is there of the run in a folder as tables or arrays, and every replica if it keeps samples",
    )
    .argument("<dir>", "a run folder")
    .addOption(new Option("--format <name>", "a file a table, or one file for NumPy").choices(FORMATS).default("csv"))
    .option("--to <dir>", "where it goes; default: a folder of the format's name in the run folder")
    .addHelpText("after", "\nExample:\n  mesoflux export big --format npz")
    .action(async (path: string, { format, to = join(path, format) }: { format: Format; to?: string }) => {
      const folder = await RunFolder.open(path);
      const { result, status } = await folder.merge();
      const samples = folder.hasSamples ? () => folder.samples() : undefined;
      // Loaded here, since the libraries of the formats take longer to load than a small run takes.
      const { exportResult } = await import("../store/export/exportResult.ts");
      const files = await exportResult({ model: folder.request.model, result, samples }, format, to);
      process.stdout.write(files.map((file) => `${file}\n`).join(""));
      warnOf(status.refused);
      if (status.missing.length === 0) return;
      tell(`INCOMPLETE: missing ${spansText(status.missing)} of ${path}`);
      process.exitCode = EXIT.failed;
    });
}
