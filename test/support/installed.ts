/** The package as it is packed and installed, beside copies of the examples and hosts; with the tools that they name. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { start } from "./commandLine.ts";
import { tenLines } from "./documents.ts";
import { hosts, SHARED } from "./hosts.ts";
import { root } from "./served.ts";

/** The examples of one run in one place, by name. */
const EXAMPLES = [
  "vite",
  "webpack",
  "esbuild",
  "script",
  "web-worker",
  "live",
  "billiards",
  "node",
  "deno",
  "bun",
] as const;

/** Plain data, which the tests get from the setup that installs. */
export interface Place {
  readonly folder: string;
  /** The packed package. */
  readonly tarball: string;
  /** The paths of the packed files. */
  readonly packed: readonly string[];
}

/** What tools are told. Deno and Bun are this project's; none may call home, or take these tests for its own. */
const environment = {
  ...process.env,
  PATH: [join(root, "test/engines/node_modules/.bin"), process.env.PATH].join(delimiter),
  NEXT_TELEMETRY_DISABLED: "1",
  ...{ NODE_ENV: undefined, VITEST: undefined },
  README_OUTPUT: tenLines.output,
};

/** Runs npm and has what it prints. */
export async function npm(cwd: string, args: readonly string[]): Promise<string> {
  const { code, out, err } = await start("npm", args, { cwd, env: environment }).outcome;
  if (code !== 0) throw new Error(`npm ${args.join(" ")} expected to end with code 0, got ${code}:\n${out}${err}`);
  return out;
}

/** Packs the package, which builds it, and installs it once for all examples and hosts. */
export async function install(): Promise<{ place: Place; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), "mesoflux-installed-"));
  const printed = await npm(root, ["pack", "--json", "--silent", "--pack-destination", folder]);
  const [{ filename, files }] = JSON.parse(printed.slice(printed.indexOf("[\n"))) as [
    { filename: string; files: { path: string }[] },
  ];
  layOut(folder);
  const tools = [...EXAMPLES.map((example) => toolsOf(join(folder, example))), ...hosts.map((host) => host.tools)];
  const dependencies = { ...Object.assign({}, ...tools), mesoflux: `file:${filename}` } as Record<string, string>;
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, dependencies }));
  await npm(folder, ["install", "--prefer-offline", "--no-audit", "--no-fund"]);
  for (const example of EXAMPLES)
    symlinkSync(join(folder, "node_modules"), join(folder, example, "node_modules"), "dir");
  return {
    place: { folder, tarball: join(folder, filename), packed: files.map(({ path }) => path) },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** Copies the examples and the hosts into a folder, each into one of its own. */
function layOut(folder: string): void {
  cpSync(join(root, "examples"), folder, { recursive: true, filter: (path) => !/\/(node_modules|dist)$/.test(path) });
  for (const host of hosts) {
    const copy = join(folder, host.name);
    for (const from of [SHARED, host.folder]) cpSync(from, copy, { recursive: true });
    for (const [path, text] of Object.entries(host.files)) {
      mkdirSync(dirname(join(copy, path)), { recursive: true });
      writeFileSync(join(copy, path), text);
    }
  }
}

/** What was installed. */
export const installedIn = ({ folder, packed }: Place) => ({
  packed,
  /** The folder of an example or a host. */
  folderOf: (name: string) => join(folder, name),
  /** A program of a tool, and the environment that tools run in. */
  bin: (program: string) => join(folder, "node_modules/.bin", program),
  environment,
  /** Runs a script of an example or a host and has what it prints. */
  npm: (name: string, script: string) => npm(join(folder, name), ["run", "--silent", script]),
});

function toolsOf(example: string): Record<string, string> {
  const { devDependencies = {} } = JSON.parse(readFileSync(join(example, "package.json"), "utf8")) as {
    devDependencies?: Record<string, string>;
  };
  return devDependencies;
}
