#!/usr/bin/env node
/** The command line: its commands, one a file, and its exit codes. */
import { Command, CommanderError } from "commander";
import { AbortedError, MesofluxError } from "../errors.ts";
import { VERSION } from "../wasm.ts";
import { checkCommand } from "./check.ts";
import { engineCommand } from "./engine.ts";
import { exportCommand } from "./export.ts";
import { labCommand } from "./lab.ts";
import { mergeCommand } from "./merge.ts";
import { rareCommand } from "./rare.ts";
import { replayCommand } from "./replay.ts";
import { runCommand } from "./run.ts";
import { statusCommand } from "./status.ts";
import { EXIT, say, tell } from "./terminal.ts";
import { theoryCommand } from "./theory.ts";
import { verifyCommand } from "./verify.ts";

const EPILOGUE = `
Each command has --help with an example, such as mesoflux run --help.
Exit codes: 0 good, 1 a check failed or a run is incomplete, 2 bad input,
130 interrupted.`;

const program = new Command("mesoflux")
  .description("Exact simulation of heat conduction through a chain of cells, checked against the theory.")
  .version(VERSION)
  .addHelpText("after", EPILOGUE)
  .addCommand(checkCommand())
  .addCommand(theoryCommand())
  .addCommand(runCommand())
  .addCommand(verifyCommand())
  .addCommand(rareCommand())
  .addCommand(statusCommand())
  .addCommand(mergeCommand())
  .addCommand(exportCommand())
  .addCommand(replayCommand())
  .addCommand(engineCommand())
  .addCommand(labCommand());

// Subcommands throw instead of ending the process, so that every exit code is decided here.
for (const command of [program, ...program.commands]) {
  command
    .exitOverride()
    .configureOutput({ writeOut: (text) => say(text.trimEnd()), writeErr: (text) => tell(text.trimEnd()) });
}

// A reader that closes early, such as head, is no failure; any other error of the output is reported.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(EXIT.good);
  tell(`standard output cannot be written to: ${error.message}`);
  process.exit(EXIT.badInput);
});

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

function exitCodeOf(error: unknown): number {
  // Commander has printed its message already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.good : EXIT.badInput;
  if (error instanceof AbortedError) {
    const kept = error.partial === undefined ? `; ${error.kept}` : "";
    tell(`interrupted after ${error.finished} of ${error.replicas} replicas${kept}`);
    return EXIT.interrupted;
  }
  if (error instanceof MesofluxError) {
    tell(error.message);
    return EXIT.badInput;
  }
  throw error;
}
