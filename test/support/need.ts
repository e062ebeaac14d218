/** Programs that tests need beside Node. A missing one fails the test: a skipped test would look green. */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

export interface Needed {
  readonly program: string;
  readonly debianPackage: string;
}

/** Folders to search: Debian keeps daemons in folders that are in the PATH of root alone. */
const FOLDERS = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin"];

/**
 * @returns the paths of the programs.
 * @throws Error naming the programs that are missing and what installs them.
 */
export function need(programs: readonly Needed[]): string[] {
  const found = programs.map(({ program }) => FOLDERS.map((folder) => join(folder, program)).find(isProgram));
  const missing = programs.filter((_, k) => found[k] === undefined);
  if (missing.length === 0) return found as string[];
  const names = missing.map(({ program }) => program).join(", ");
  const packages = [...new Set(missing.map(({ debianPackage }) => debianPackage))].join(" ");
  throw new Error(`this test needs ${names} (Debian: apt-get install ${packages})`);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
