/**
 * The package for Cloudflare Workers, which compile no bytes at run time but whatever a program imports: the public table of
 * contents, with the engine handed over.
 */
import engine from "../mesoflux.wasm";
import { configure } from "./configure.ts";

export * from "./index.ts";

configure({ engine });
