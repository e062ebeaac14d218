/** `mesoflux replay <certificate>`: runs a certified run again and compares the bits. */
import { Command } from "commander";
import { replay } from "../ensemble/simulate.ts";
import type { Certificate } from "../ensemble/runSpec.ts";
import { EXIT, readJson, say, toJson, watched, type WatchFlags, workers } from "./terminal.ts";

export function replayCommand(): Command {
  return new Command("replay")
    .description("repeat a certified run and compare the fingerprints of the results")
    .argument("<certificate>", "a certificate, or the output of run --json; - for standard input")
    .option("--workers <n>", "threads; default auto, as many as there are cores", workers)
    .option("--json", "the outcome as JSON on standard output")
    .option("--quiet", "no progress")
    .addHelpText("after", "\nExample:\n  mesoflux run model.json --json > result.json\n  mesoflux replay result.json")
    .action(async (file: string, flags: WatchFlags & { json?: boolean }) => {
      const content = readJson(file) as Certificate | { certificate: Certificate };
      const certificate =
        "certificate" in Object(content) ? (content as { certificate: Certificate }).certificate : content;
      const outcome = await watched(flags, (control) => replay(certificate as Certificate, control));
      if (flags.json) process.stdout.write(`${toJson(outcome)}\n`);
      else {
        const verdict = outcome.same ? "the same bits" : "NOT the same bits";
        say(`${verdict}\ncertified ${outcome.certified}\nfound     ${outcome.found}`);
      }
      if (!outcome.same) process.exitCode = EXIT.failed;
    });
}
