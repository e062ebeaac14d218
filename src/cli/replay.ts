/** `mesoflux replay <certificate>`: runs a certified run again and compares the bits. */
import { Command } from "commander";
import { replay, type Replay } from "../ensemble/simulate.ts";
import { EXIT, readJson, say, toJson, watched, type WatchFlags, workers } from "./terminal.ts";

type Control = Pick<WatchFlags, "workers">;
type Replayer = (certificate: never, control: Control) => Promise<Replay>;

/** Those of the runs that have a field that no others have; engines are loaded when they are needed. */
const REPLAYERS: Readonly<Record<string, () => Promise<Replayer>>> = {
  event: async () => (await import("../rare/index.ts")).replayRareEvent,
  lambdas: async () => (await import("../rare/index.ts")).replayCurrentStatistics,
  billiards: async () => (await import("../billiards/index.ts")).replayBilliards,
};

/** What repeats the run of a certificate, which it checks. */
function replayerOf(certificate: object): Promise<Replayer> | Replayer {
  const own = Object.keys(REPLAYERS).find((field) => field in certificate);
  return own === undefined ? replay : REPLAYERS[own]();
}

export function replayCommand(): Command {
  return new Command("replay")
    .description("repeat a certified run and compare the fingerprints of the results")
    .argument("<certificate>", "a certificate, or the output of run or rare --json; - for standard input")
    .option("--workers <n>", "threads; default auto, as many as there are cores", workers)
    .option("--json", "the outcome as JSON on standard output")
    .option("--quiet", "no progress")
    .addHelpText("after", "\nExample:\n  mesoflux run model.json --json > result.json\n  mesoflux replay result.json")
    .action(async (file: string, flags: WatchFlags & { json?: boolean }) => {
      const content = readJson(file);
      const certificate = (content as { certificate?: unknown } | null)?.certificate ?? content;
      const again = await replayerOf(Object(certificate) as object);
      const outcome = await watched(flags, (control) => again(certificate as never, control));
      if (flags.json) process.stdout.write(`${toJson(outcome)}\n`);
      else {
        const verdict = outcome.same ? "the same bits" : "NOT the same bits";
        say(`${verdict}\ncertified ${outcome.certified}\nfound     ${outcome.found}`);
      }
      if (!outcome.same) process.exitCode = EXIT.failed;
    });
}
