/** Commands on a real pseudo-terminal, which `script` (util-linux, part of every Debian) opens and `stty` sizes. */
import { MAIN, start } from "./commandLine.ts";

export interface Shown {
  readonly code: number | null;
  /** Everything that was written, escape sequences included. */
  readonly raw: string;
  /** The lines that were on the screen at some time, without escape sequences. */
  readonly lines: string[];
}

/** Runs a command of mesoflux, words without spaces, on a terminal of so many columns. */
export async function onTerminal(line: string, columns: number, cwd: string, env = {}): Promise<Shown> {
  const command = `stty cols ${columns} rows 24; '${process.execPath}' '${MAIN}' ${line}`;
  // Node has no colours on some machines that run tests, whatever the terminal.
  const plain = { CI: undefined, NO_COLOR: undefined, FORCE_COLOR: undefined, TERM: "xterm-256color" };
  const environment = { ...process.env, ...plain, ...env };
  const args = ["-qec", command, "/dev/null"];
  const { code, out } = await start("script", args, { cwd, env: environment }).outcome;
  const lines = out.replace(/\x1b(?:\[[\d?;]*[A-Za-z]|[78])/g, (escape) => (escape.endsWith("G") ? "\n" : ""));
  return { code, raw: out, lines: lines.split(/[\r\n]+/) };
}
