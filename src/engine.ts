/** The engine of the package, compiled once. */
import { describe, EngineMismatchError } from "./errors.ts";
import { engineError, promiseError, webAssembly } from "./host.ts";
import { Kernel } from "./kernel.ts";
import { WASM, WASM_STAMP } from "./wasm.ts";

/** The release build, compiled here or handed over by the program. */
let release: Promise<WebAssembly.Module> | undefined;

/**
 * A new instance of the release build, or of another build when its bytes are given.
 * @throws HostError where the host does not let it run; EngineMismatchError.
 */
export async function loadKernel(bytes?: Uint8Array<ArrayBuffer>): Promise<Kernel> {
  return Kernel.of(await (bytes ? compile(bytes) : (release ??= compileRelease())));
}

/** Makes this the release build from now on. */
export function useEngine(engine: WebAssembly.Module | PromiseLike<WebAssembly.Module>): void {
  const checked = Promise.resolve(engine).then(checkStamp, (cause: unknown) => Promise.reject(promiseError(cause)));
  // Whoever simulates hears of a fault.
  checked.catch(() => undefined);
  release = checked;
}

/** The release build as bytes. */
export function engineBytes(): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.floor((3 * WASM.replace(/=+$/, "").length) / 4));
  // Not by atob, which some hosts lack.
  const valueOf = new Map(
    [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"].map((c, i) => [c, i]),
  );
  let bits = 0;
  for (let i = 0, at = 0; at < bytes.length; i++) {
    bits = (bits << 6) | valueOf.get(WASM[i])!;
    if (i % 4 > 0) bytes[at++] = bits >> (6 - 2 * (i % 4));
  }
  return bytes;
}

function compileRelease(): Promise<WebAssembly.Module> {
  const compiled = compile(engineBytes());
  // A refusal is not for good: the program may hand an engine over.
  compiled.catch(() => (release = undefined));
  return compiled;
}

/** Compiles on this thread, in 1 ms, without waiting for a background thread; in the background where a page demands it. */
async function compile(bytes: Uint8Array<ArrayBuffer>): Promise<WebAssembly.Module> {
  const { Module, compile } = webAssembly();
  try {
    return new Module(bytes);
  } catch (error) {
    if ((error as Error).name === "CompileError") throw engineError(error);
    return await compile(bytes).catch((cause: unknown) => Promise.reject(engineError(cause)));
  }
}

/**
 * A certificate names the engine's hash, which a compiled module does not tell: the build has stamped it.
 * @throws EngineMismatchError
 */
function checkStamp(module: WebAssembly.Module): WebAssembly.Module {
  const { Module } = webAssembly();
  let got = "another module";
  try {
    const [stamp] = Module.customSections(module, "mesoflux");
    const found = stamp && String.fromCharCode(...new Uint8Array(stamp));
    if (found === WASM_STAMP) return module;
    if (found) got = `that of another build (${found.slice(0, 8)})`;
  } catch {
    // A promise has resolved to something else.
    got = describe(module);
  }
  throw new EngineMismatchError(
    `"engine" expected the mesoflux.wasm of this package (${WASM_STAMP.slice(0, 8)}), got ${got}; ` +
      "compile mesoflux/mesoflux.wasm",
  );
}
