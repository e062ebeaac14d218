// Makes the declarations that tsc has written hold in stricter and in older projects than this one: under TypeScript 5.4,
// and without the types of the DOM or of Node.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Names of a platform that the declarations use. To its own types, where there are some, these add nothing. */
const PLATFORM = `interface URL {}
declare namespace WebAssembly {
  interface Module {}
}
`;
writeFileSync("dist/src/platformTypes.d.ts", PLATFORM);

for (const file of readdirSync("dist/src", { recursive: true })) {
  if (!file.endsWith(".d.ts")) continue;
  const path = join("dist/src", file);
  const held = readFileSync(path, "utf8")
    // Typed arrays have a parameter since TypeScript 5.7.
    .replace(/\b(\w+Array)<ArrayBuffer(Like)?>/g, "$1")
    // PLATFORM has types alone; this value is the business of internal functions.
    .replace(/\btypeof WebAssembly\b/g, "object")
    // The file beside them is x.js, not x.ts.
    .replace(/(["'])(\.{1,2}\/.*?)\.ts\1/g, "$1$2.js$1");
  const [isEntry, folder] = /^(?:(store|bullmq)[\\/])?index\.d\.ts$/.exec(file) ?? [];
  const reference = `/// <reference path="${folder ? ".." : "."}/platformTypes.d.ts" />\n`;
  writeFileSync(path, isEntry ? reference + held : held);
}
