import type { Splices } from "./src/wasm.ts";

/** The places in a build of the engine where the host puts code for a rate. */
export function splicesOf(wasm: Uint8Array): Splices;
