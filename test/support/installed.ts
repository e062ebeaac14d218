/** The package as it is packed and installed, in a copy of the examples; and their tools, in the versions that they name. */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { start } from "./commandLine.ts";
import { root } from "./served.ts";

/** The examples of one run in one place, by name. */
export const EXAMPLES = ["vite", "webpack", "esbuild", "script", "web-worker", "live", "node", "deno", "bun"] as const;

export interface Installed {
  /** The paths of the packed files. */
  readonly packed: readonly string[];
  folderOf(example: string): string;
  /** Runs a script of an example and has what it prints. */
  npm(example: string, script: string): Promise<string>;
  remove(): void;
}

/** Packs the package, which builds it, and installs it once for all examples. */
export async function install(): Promise<Installed> {
  const folder = mkdtempSync(join(tmpdir(), "mesoflux-installed-"));
  // Deno and Bun are this project's.
  const PATH = [join(root, "node_modules/.bin"), process.env.PATH].join(delimiter);
  const npm = async (cwd: string, ...args: string[]) => {
    const { code, out, err } = await start("npm", args, { cwd, env: { ...process.env, PATH } }).outcome;
    if (code !== 0) throw new Error(`npm ${args.join(" ")} expected to end with code 0, got ${code}:\n${out}${err}`);
    return out;
  };
  const printed = await npm(root, "pack", "--json", "--silent", "--pack-destination", folder);
  const [{ filename, files }] = JSON.parse(printed.slice(printed.indexOf("[\n"))) as [
    { filename: string; files: { path: string }[] },
  ];
  cpSync(join(root, "examples"), folder, { recursive: true, filter: (path) => !/\/(node_modules|dist)$/.test(path) });
  const tools = EXAMPLES.map((example) => toolsOf(join(folder, example)));
  const dependencies = { ...Object.assign({}, ...tools), mesoflux: `file:${filename}` } as Record<string, string>;
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, dependencies }));
  await npm(folder, "install", "--prefer-offline", "--no-audit", "--no-fund");
  for (const example of EXAMPLES)
    symlinkSync(join(folder, "node_modules"), join(folder, example, "node_modules"), "dir");
  return {
    packed: files.map(({ path }) => path),
    folderOf: (example) => join(folder, example),
    npm: (example, script) => npm(join(folder, example), "run", "--silent", script),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

function toolsOf(example: string): Record<string, string> {
  const { devDependencies = {} } = JSON.parse(readFileSync(join(example, "package.json"), "utf8")) as {
    devDependencies?: Record<string, string>;
  };
  return devDependencies;
}
