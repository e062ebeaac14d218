/** A page loads what it imports: a bundler leaves out the rest of the package. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { WASM } from "../src/wasm.ts";
import { WORKER } from "../src/workerSource.ts";
import { bundle, root } from "./support/served.ts";

/** The engine, a worker's script, and the solver of the limit equation, each known by a text in it that no minifier changes. */
const PARTS = {
  engine: WASM.slice(0, 100),
  worker: WORKER.match(/[\w.,()=>]{40,}/)![0],
  solver: "problem became stiff",
};

const bundled = (name: string) =>
  bundle(`import { ${name} } from ${JSON.stringify(join(root, "dist/src/index.js"))}; globalThis.${name} = ${name};`);

test.each([
  ["simulate", ["engine", "worker"]],
  ["theory", ["solver"]],
  ["defineModel", []],
])("%s brings no more than %j", async (name, parts) => {
  const script = await bundled(name);
  expect(Object.entries(PARTS).flatMap(([part, text]) => (script.includes(text) ? [part] : []))).toEqual(parts);
});
