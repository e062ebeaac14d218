/** NumPy as a reader of archives. */
import { spawnSync } from "node:child_process";

/**
 * Runs lines of Python with `np` imported and the archive open as `z`.
 * @returns What they print, parsed as JSON.
 * @throws Error that names the Debian package where there is no NumPy.
 */
export function inNumpy(path: string, lines: readonly string[]): unknown {
  const script = ["import json, sys", "import numpy as np", "z = np.load(sys.argv[1])", ...lines].join("\n");
  const { status, stdout, stderr, error } = spawnSync("python3", ["-c", script, path], { encoding: "utf8" });
  if (status !== 0)
    throw new Error(`python3 with NumPy is needed (Debian: python3-numpy): ${error?.message ?? stderr}`);
  return JSON.parse(stdout);
}
