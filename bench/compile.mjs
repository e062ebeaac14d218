/** Builds the peers (peers/) with the compiler at hand. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const CC = process.env.CC ?? "gcc";
export const CXX = process.env.CXX ?? "g++";

/** Calls `work(folder)` with a folder for programs, which is removed at the end. */
export async function withFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), "mesoflux-bench-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * The command that runs a peer, or why there is none. `needs`: what the CPU must be able to do. A peer without a compiler
 * is run by Node.
 */
export function build({ name, source, compiler, needs }, folder) {
  const file = fileURLToPath(new URL(`peers/${source}`, import.meta.url));
  if (!compiler) return { command: [process.execPath, file] };
  const missing = needs.filter((feature) => !cpuFeatures().has(feature));
  if (missing.length > 0) return { why: `no ${missing.join(", ")} in /proc/cpuinfo` };
  const program = join(folder, name.replaceAll(/\W+/g, "-"));
  const [command, ...flags] = compiler;
  try {
    execFileSync(command, [...flags, file, "-lm", "-o", program]);
    return { command: [program] };
  } catch (error) {
    if (error.code === "ENOENT") return { why: `no compiler ${command}` };
    throw error;
  }
}

/** None where the system does not say. */
function cpuFeatures() {
  try {
    return new Set(/^flags\s*:(.*)$/m.exec(readFileSync("/proc/cpuinfo", "utf8"))?.[1].trim().split(" "));
  } catch {
    return new Set();
  }
}
