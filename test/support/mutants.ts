/**
 * The package with a defect planted in it, for tests that must see it rejected: a copy of dist/ whose engine is compiled
 * from edited sources, or whose theory is edited. Nothing in the package itself knows of this.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { textOf } from "../../inlined.mjs";
import { splicesOf } from "../../splices.mjs";
import { start } from "./commandLine.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A piece of a file, and what stands in its place. Files of assembly/ are sources, those of dist/ are compiled. */
export interface Edit {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** Makes the copy. The caller removes it. */
export async function mutant(edits: readonly Edit[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "mesoflux-mutant-"));
  cpSync(join(root, "dist"), join(folder, "dist"), { recursive: true });
  cpSync(join(root, "package.json"), join(folder, "package.json"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "dir");
  const ofEngine = edits.filter(({ file }) => file.startsWith("assembly/"));
  for (const edit of edits.filter((one) => !ofEngine.includes(one))) {
    const path = join(folder, edit.file);
    writeFileSync(path, replaced(readFileSync(path, "utf8"), edit));
  }
  if (ofEngine.length > 0) {
    const host = join(folder, "dist/src/wasm.js");
    const text = readFileSync(host, "utf8");
    const inlined = /WASM = "([^"]+)"/.exec(text)![1];
    const wasm = await engine(ofEngine);
    const places = `SPLICES = ${JSON.stringify(splicesOf(wasm))};`;
    writeFileSync(
      host,
      text.replace(inlined, () => textOf(wasm)).replace(/SPLICES = \{.*\};/s, () => places),
    );
  }
  return folder;
}

export function remove(folder: string): void {
  rmSync(folder, { recursive: true });
}

/** Runs the copy's command line; its exit code and standard output. */
export async function run(folder: string, ...args: string[]): Promise<{ code: number | null; output: string }> {
  const main = join(folder, "dist/src/cli/main.js");
  const { code, out } = await start(process.execPath, [main, ...args], { cwd: folder }).outcome;
  return { code, output: out };
}

/** The used part of the compiler. Its own types would replace TypeScript's globals by AssemblyScript's. */
export interface Compiler {
  main(
    args: string[],
    host: {
      readFile: (name: string, base: string) => string | null;
      writeFile: (name: string, content: string | Uint8Array) => void;
      listFiles: () => string[];
    },
  ): Promise<{ error: Error | null; stderr: { toString(): string } }>;
}
export const COMPILER: string = "assemblyscript/asc";

/** The release build of edited sources: of the chain's engine, or of the billiards'. */
export async function engine(
  edits: readonly Edit[],
  which: "release" | "billiards" = "release",
): Promise<Uint8Array<ArrayBuffer>> {
  let wasm: Uint8Array<ArrayBuffer> | undefined;
  const readFile = (name: string, base: string) => {
    const path = resolve(base, name);
    let text: string;
    try {
      text = readFileSync(path, "utf8");
    } catch {
      return null;
    }
    return edits.filter(({ file }) => file === relative(root, path)).reduce(replaced, text);
  };
  const writeFile = (name: string, content: string | Uint8Array) => {
    if (name.endsWith(".wasm")) wasm = content as Uint8Array<ArrayBuffer>;
  };
  const entry = which === "billiards" ? "assembly/billiards/index.ts" : "assembly/index.ts";
  const args = [entry, "--target", which, "--baseDir", root];
  const { default: asc } = (await import(COMPILER)) as { default: Compiler };
  const { error, stderr } = await asc.main(args, { readFile, writeFile, listFiles: () => [] });
  if (error || !wasm) throw new Error(`the mutant does not compile: ${error?.message}\n${stderr.toString()}`);
  return wasm;
}

function replaced(text: string, { file, from, to }: Edit): string {
  if (text.split(from).length !== 2) throw new Error(`${file} has not exactly one "${from}"`);
  return text.replace(from, to);
}
