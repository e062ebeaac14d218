// Makes the declarations that tsc has written hold in stricter and in older projects than this one: under TypeScript 5.4,
// without the types of the DOM or of Node, and without packages that are not installed with this one.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** The declarations that package.json exports. */
const ENTRIES = ["", "billiards/", "rare/", "verify/billiards/", "store/", "bullmq/"].map(
  (folder) => `${folder}index.d.ts`,
);

/** Names of a platform that the declarations use. To its own types, where there are some, these add nothing. */
const PLATFORM = `interface URL {}
declare namespace WebAssembly {
  interface Module {}
}
`;
writeFileSync("dist/src/platformTypes.d.ts", PLATFORM);

/** Types of zod, which is not installed with this package. Nothing public is made of them. */
const schemaTypes = new Set();

const files = readdirSync("dist/src", { recursive: true }).filter((name) => name.endsWith(".d.ts"));
for (const file of files) {
  const path = join("dist/src", file);
  const held = readFileSync(path, "utf8")
    // Typed arrays have a parameter since TypeScript 5.7.
    .replace(/\b(\w+Array)<ArrayBuffer(Like)?>/g, "$1")
    // PLATFORM has types alone; this value is the business of internal functions.
    .replace(/\btypeof WebAssembly\b/g, "object")
    .replace(
      /(\bz|import\("zod\/mini"\))\.(?:core\.)?(\$?\w+)/g,
      (_, zod, name) => (schemaTypes.add(name), `${zod}.${name}`),
    )
    .replaceAll('"zod/mini"', `"${"../".repeat(file.split(/[\\/]/).length - 1) || "./"}schemaTypes.js"`)
    // The file beside them is x.js, not x.ts.
    .replace(/(["'])(\.{1,2}\/.*?)\.ts\1/g, "$1$2.js$1");
  const reference = `/// <reference path="${relative(dirname(path), "dist/src").replaceAll("\\", "/") || "."}/platformTypes.d.ts" />\n`;
  writeFileSync(path, ENTRIES.some((entry) => join("dist/src", entry) === path) ? reference + held : held);
}

const types = [...schemaTypes].sort().map((name) => `export type ${name}<A = any, B = any> = any;\n`);
writeFileSync("dist/src/schemaTypes.d.ts", types.join(""));

// Nobody reads a map of what a build has written, bytes as text and scripts in one line, nor of what makes the command line
// and its reports, in which no program steps: they were a seventh of the package.
const UNREAD = /(^|[\\/])(wasm|workerSource)\.js$|^(cli|report|verify)[\\/]/;
for (const file of readdirSync("dist/src", { recursive: true })) {
  if (!file.endsWith(".js") || !UNREAD.test(file)) continue;
  const path = join("dist/src", file);
  rmSync(`${path}.map`);
  writeFileSync(path, readFileSync(path, "utf8").replace(/^\/\/# sourceMappingURL=.*$/m, ""));
}

// Declarations that no entry reaches serve nobody.
const reached = new Set();
for (const entry of ENTRIES) reach(join("dist/src", entry));
for (const file of files) if (!reached.has(join("dist/src", file))) rmSync(join("dist/src", file));

function reach(path) {
  if (reached.has(path)) return;
  reached.add(path);
  const references = readFileSync(path, "utf8").matchAll(/(?:from |import\(|path=)"(\.[^"]*?)(?:\.js|\.d\.ts)"/g);
  for (const [, target] of references) reach(`${join(dirname(path), target)}.d.ts`);
}
