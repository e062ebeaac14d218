/** What a test needs beside Node. A missing program fails the test: skipped, it would pass for green. */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

export interface Needed {
  readonly program: string;
  readonly debianPackage: string;
}

/** Where to look: Debian keeps daemons where the PATH of others than root does not lead. */
const FOLDERS = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin"];

/** @throws Error naming the programs that are missing and what installs them. */
export function need(programs: readonly Needed[]): void {
  const missing = programs.filter(({ program }) => !FOLDERS.some((folder) => isProgram(join(folder, program))));
  if (missing.length === 0) return;
  const names = missing.map(({ program }) => program).join(", ");
  const packages = [...new Set(missing.map(({ debianPackage }) => debianPackage))].join(" ");
  throw new Error(`test:cluster needs ${names} (Debian: apt-get install ${packages})`);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
