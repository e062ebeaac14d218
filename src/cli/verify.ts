/** `mesoflux verify [what]`: the theorems, prediction beside measurement. */
import { Argument, Command } from "commander";
import { defineModel, type ModelInput } from "../model.ts";
import type { Figure } from "../report/data.ts";
import { renderReport } from "../report/table.ts";
import { all, clt, lln, standardChain, type VerifyOptions } from "../verify/index.ts";
import { EXIT, makeFolder, numbers, readJson, refuseFolder, seed, toJson, watched } from "./terminal.ts";

const VERIFICATIONS = {
  all,
  lln: async (...input: Parameters<typeof lln>) => [await lln(...input)],
  clt: async (...input: Parameters<typeof clt>) => [await clt(...input)],
};

interface Flags extends Pick<VerifyOptions, "particles" | "times" | "seed"> {
  model?: string;
  replicas?: number[];
  out: string;
  figures: boolean;
  json?: boolean;
  quiet?: boolean;
}

export function verifyCommand(): Command {
  return new Command("verify")
    .description("hold the simulation against the law of large numbers and the central limit theorem")
    .addArgument(new Argument("[what]", "which theorems").choices(Object.keys(VERIFICATIONS)).default("all"))
    .option("--model <file>", "a model as JSON; default: the standard chain of ten cells")
    .option("--particles <list>", "the ladder of M, such as 100,1000,10000", numbers)
    .option("--replicas <list>", "replicas at each M, one number or one for each", numbers)
    .option("--times <list>", "observation times on the fast timescale", numbers)
    .option("--seed <n>", "seed of the random streams, 0 to 2^64 - 1", seed)
    .option("--out <dir>", "where the figures go", "report")
    .option("--no-figures", "write no figures")
    .option("--json", "the reports as JSON on standard output")
    .option("--quiet", "no progress")
    .action(async (what: keyof typeof VERIFICATIONS, flags: Flags) => {
      const { model: file, particles, replicas, times, seed } = flags;
      const model = file === undefined ? standardChain() : defineModel(readJson(file) as ModelInput);
      if (flags.figures) makeFolder(flags.out);
      const started = performance.now();
      const reports = await watched(flags.quiet, (signal, bar) =>
        VERIFICATIONS[what](model, {
          ...(particles && { particles }),
          ...(replicas && { replicas: replicas.length === 1 ? replicas[0] : replicas }),
          ...(times && { times }),
          ...(seed !== undefined && { seed }),
          signal,
          onProgress: ({ done, stage, seconds }) => bar.update(done, stage, seconds),
        }),
      );
      const seconds = (performance.now() - started) / 1000;
      const passed = reports.every((report) => report.passed);
      if (flags.json) {
        process.stdout.write(`${toJson({ model, passed, reports })}\n`);
      } else {
        process.stdout.write(`${reports.map(renderReport).join("\n\n\n")}\n\n`);
        process.stdout.write(`${passed ? "verified" : "NOT verified"} in ${seconds.toFixed(1)} s\n`);
      }
      if (!passed) process.exitCode = EXIT.failed;
      if (flags.figures)
        await save(
          reports.flatMap((report) => report.figures),
          flags.out,
          flags.json === true,
        );
    });
}

async function save(figures: readonly Figure[], folder: string, silent: boolean): Promise<void> {
  // Loaded here, since the plotting library takes longer to load than a small run takes.
  const { writeFigures } = await import("../report/write.node.ts");
  const paths = await writeFigures(figures, folder).catch((error: unknown) => refuseFolder(folder, error));
  if (!silent) process.stdout.write(`figures: ${paths.join(", ")}\n`);
}
