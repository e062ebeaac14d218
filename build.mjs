// Puts the compiled engine where the host finds it: src/wasm.ts holds it inlined, dist/mesoflux.wasm is the file; and makes
// the scripts that are whole by themselves.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { build } from "vite";
import { textOf } from "./inlined.mjs";
import { splicesOf } from "./splices.mjs";

const { version } = JSON.parse(readFileSync("package.json", "utf8"));
const code = readFileSync("build/mesoflux.wasm");
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
// A compiled module cannot be hashed: a section of its own, called mesoflux, says of which code it is.
const stamp = sha256(code);
const wasm = Buffer.concat([code, section("mesoflux", stamp)]);
// Nothing of an earlier build may reach the package.
rmSync("dist", { recursive: true, force: true });
mkdirSync("dist");
writeFileSync("dist/mesoflux.wasm", wasm);
writeFileSync(
  "src/wasm.ts",
  `/** Written by build.mjs. */
export const VERSION = ${JSON.stringify(version)};
/** The release build of the engine: sha256, and its bytes as src/bytes.ts has them. */
export const WASM_SHA256 = "${sha256(wasm)}";
/** The sha256 of its code, with which it is stamped. */
export const WASM_STAMP = "${stamp}";
export const WASM: string =
  "${textOf(wasm)}";
/** The places where the host puts code for a rate (splices.mjs). */
export interface Splices {
  readonly code: readonly [number, number, number];
  readonly functions: readonly {
    readonly sizeAt: number;
    readonly start: number;
    readonly localsEnd: number;
    readonly end: number;
    readonly groups: number;
    readonly locals: number;
    readonly is?: string;
    readonly inlined?: string;
    readonly calls: readonly (readonly [number, number])[];
  }[];
  readonly names: { readonly functions: Readonly<Record<string, number>>; readonly sitesAt: number; readonly cellsAt?: number; readonly toSites?: number };
}
export const SPLICES: Splices = ${JSON.stringify(splicesOf(code))};
`,
);

// The engines of the billiards and of rare events, in the same way.
writeEngine("billiards", () => "");
writeEngine(
  "rare",
  (bytes) => `import type { Splices } from "../wasm.ts";

/** The places where the host puts code for a rate. */
export const SPLICES: Splices = ${JSON.stringify(splicesOf(bytes, { ownRates: 3 }))};
`,
);

// Workers start from their source, which must be one script; or from the file, which a page serves.
writeFileSync("dist/worker.js", await writeWorker("src/ensemble/worker.ts", "src/workerSource.ts"));
for (const name of ["billiards", "rare"]) await writeWorker(`src/${name}/worker.ts`, `src/${name}/workerSource.ts`);

// For pages without a bundler, where the names of packages mean nothing: the package and what it imports, as one module.
writeFileSync("dist/mesoflux.min.js", await bundle("src/index.ts", "es"));

/** Writes an engine of its own folder for its host, with what follows from its bytes. */
function writeEngine(name, more) {
  const bytes = readFileSync(`build/${name}.wasm`);
  writeFileSync(
    `src/${name}/wasm.ts`,
    `/** Written by build.mjs. */
export const VERSION = ${JSON.stringify(version)};
/** The engine: sha256, and its bytes as src/bytes.ts has them. */
export const WASM_SHA256 = "${sha256(bytes)}";
export const WASM: string =
  "${textOf(bytes)}";
${more(bytes)}`,
  );
}

/** Writes a worker's script as text for its host, and returns it. */
async function writeWorker(entry, to) {
  const worker = await bundle(entry, "iife");
  writeFileSync(
    to,
    `/** Written by build.mjs: ${entry} and what it imports, as one script. */
export const WORKER: string =
  ${JSON.stringify(worker)};
`,
  );
  return worker;
}

/** A custom section of WebAssembly with a short text. */
function section(name, text) {
  const content = Buffer.from(`${String.fromCharCode(name.length)}${name}${text}`, "latin1");
  return Buffer.concat([Buffer.from([0, content.length]), content]);
}

async function bundle(entry, format) {
  const [{ output }] = await build({
    configFile: false,
    logLevel: "warn",
    build: {
      ...{ write: false, minify: true, target: "es2022" },
      lib: { entry, formats: [format], name: "mesoflux" },
      // A library's module would keep its white space.
      rolldownOptions: { output: { minify: true } },
    },
  });
  return output[0].code;
}
