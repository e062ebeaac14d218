// Evaluates the function that stands on standard input and prints what it returns: in Node, Deno and Bun.
import { text } from "node:stream/consumers";
import * as mesoflux from "../../dist/src/index.js";

globalThis.mesoflux = mesoflux;
const { source, argument } = JSON.parse(await text(process.stdin));
console.log(JSON.stringify(await (0, eval)(`(${source})`)(argument)));
