// Evaluates the function that stands on standard input and prints what it returns: in Node, Deno and Bun.
import { text } from "node:stream/consumers";
import * as billiards from "../../dist/src/billiards/index.js";
import * as rare from "../../dist/src/rare/index.js";
import * as mesoflux from "../../dist/src/index.js";

Object.assign(globalThis, { mesoflux, billiards, rare });
const { source, argument } = JSON.parse(await text(process.stdin));
console.log(JSON.stringify(await (0, eval)(`(${source})`)(argument)));
