/** The engine of the package, compiled once. */
import { Kernel } from "./kernel.ts";
import { WASM } from "./wasm.ts";

let release: Promise<WebAssembly.Module> | undefined;

/** A new instance of the release build, or of another build when its bytes are given. */
export async function loadKernel(bytes?: Uint8Array<ArrayBuffer>): Promise<Kernel> {
  return Kernel.of(await (bytes ? compile(bytes) : (release ??= compile(engineBytes()))));
}

/** The release build as bytes. */
export function engineBytes(): Uint8Array<ArrayBuffer> {
  const characters = atob(WASM);
  const bytes = new Uint8Array(characters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = characters.charCodeAt(i);
  return bytes;
}

/** Compiles on this thread, in 1 ms, without waiting for a background thread; in the background where a page demands it. */
async function compile(bytes: Uint8Array<ArrayBuffer>): Promise<WebAssembly.Module> {
  try {
    return new WebAssembly.Module(bytes);
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) throw error;
    return await WebAssembly.compile(bytes);
  }
}
