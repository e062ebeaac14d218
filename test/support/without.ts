/** The built package as it is installed without some packages. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./served.ts";

/** @returns a folder of the package, which the caller removes. Of a scope (@name) nothing is there. */
export function packageWithout(missing: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "mesoflux-without-"));
  for (const name of ["dist", "package.json"]) cpSync(join(root, name), join(folder, name), { recursive: true });
  mkdirSync(join(folder, "node_modules"));
  for (const name of readdirSync(join(root, "node_modules"))) {
    if (!missing.includes(name)) symlinkSync(join(root, "node_modules", name), join(folder, "node_modules", name));
  }
  return folder;
}
