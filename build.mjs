// Puts the compiled engine where the host finds it: src/wasm.ts holds it inlined, dist/mesoflux.wasm is the file; and makes
// the scripts that are whole by themselves.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { build } from "vite";

const { version } = JSON.parse(readFileSync("package.json", "utf8"));
const wasm = readFileSync("build/mesoflux.wasm");
// Nothing of an earlier build may reach the package.
rmSync("dist", { recursive: true, force: true });
mkdirSync("dist");
copyFileSync("build/mesoflux.wasm", "dist/mesoflux.wasm");
writeFileSync(
  "src/wasm.ts",
  `/** Written by build.mjs. */
export const VERSION = ${JSON.stringify(version)};
/** The release build of the engine: sha256, and base64. */
export const WASM_SHA256 = "${createHash("sha256").update(wasm).digest("hex")}";
export const WASM =
  "${wasm.toString("base64")}";
`,
);

// Workers start from their source, which must be one script.
writeFileSync(
  "src/workerSource.ts",
  `/** Written by build.mjs: src/ensemble/worker.ts and what it imports, as one script. */
export const WORKER =
  ${JSON.stringify(await bundle("src/ensemble/worker.ts", "iife"))};
`,
);

// For pages without a bundler, where the names of packages mean nothing: the package and what it imports, as one module.
writeFileSync("dist/mesoflux.min.js", await bundle("src/index.ts", "es"));

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
