/** The command line of the built package, as a process. */
import { spawn, type ChildProcess, type SpawnOptions } from "node:child_process";
import { fileURLToPath } from "node:url";

export const MAIN = fileURLToPath(new URL("../../dist/src/cli/main.js", import.meta.url));

export interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly outcome: Promise<Outcome>;
}

/** Options of a program's start, with its standard input, empty by default. */
export type StartOptions = SpawnOptions & { readonly input?: string };

/** Starts a program. */
export function start(
  program: string,
  args: readonly string[],
  { input = "", ...options }: StartOptions = {},
): Running {
  const child = spawn(program, args, { ...options, stdio: ["pipe", "pipe", "pipe"] });
  child.stdin.end(input);
  const outcome = new Promise<Outcome>((resolve, reject) => {
    let [out, err] = ["", ""];
    child.stdout.on("data", (data) => (out += data));
    child.stderr.on("data", (data) => (err += data));
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, out, err }));
  });
  return { child, outcome };
}

/** Starts a command. */
export function mesoflux(args: readonly string[], options?: StartOptions): Running {
  return start(process.execPath, [MAIN, ...args], options);
}

/** A command's outcome. */
export function ran(args: readonly string[], options?: StartOptions): Promise<Outcome> {
  return mesoflux(args, options).outcome;
}

/** A command's outcome when it gets a Ctrl-C as soon as it tells of its progress. */
export function interrupted(args: readonly string[], options?: StartOptions): Promise<Outcome> {
  const { child, outcome } = mesoflux(args, options);
  const onData = (data: Buffer) => {
    if (!data.includes("%")) return;
    child.stderr!.off("data", onData);
    child.kill("SIGINT");
  };
  child.stderr!.on("data", onData);
  return outcome;
}
