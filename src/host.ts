/** What a host lacks or forbids: each of its bare errors as one that says what it means and what to do. */
import { EngineMismatchError, MesofluxError } from "./errors.ts";

/** Something that mesoflux needs is missing here, or forbidden. The host's own error is the `cause`. */
export class HostError extends MesofluxError {
  override name = "HostError";
}

/** WebAssembly as it is here. @throws HostError where there is none. */
export function webAssembly(): typeof WebAssembly {
  if (typeof WebAssembly === "object") return WebAssembly;
  throw new HostError(
    "there is no WebAssembly here; start node without --jitless, or leave the browser's " +
      "lockdown mode for this site; `theory` does without",
  );
}

/** The error to throw in place of one that WebAssembly threw. */
function engineError(cause: unknown): Error {
  if (cause instanceof MesofluxError) return cause;
  const { name, message } = cause as Error;
  return new HostError(`the engine cannot be started here (${name}: ${message}); ${remedyFor(name, message)}`, {
    cause,
  });
}

/** Compiles on this thread, in 1 ms, without waiting for a background thread; in the background where a page demands it. */
export async function compile(bytes: Uint8Array<ArrayBuffer>): Promise<WebAssembly.Module> {
  const { Module, compile } = webAssembly();
  try {
    return new Module(bytes);
  } catch (error) {
    if ((error as Error).name === "CompileError") throw engineError(error);
    return await compile(bytes).catch((cause: unknown) => Promise.reject(engineError(cause)));
  }
}

/**
 * A new instance of a build of an engine. Not by the loader, which asks its host for TextDecoder, Response and an Object to be
 * changed: engines have no strings and no classes, so that their exports are what they are called.
 * @throws EngineMismatchError when the build is of another ABI version than its host; HostError where it does not run.
 */
export async function instantiate<Engine extends { abiVersion(): number }>(
  module: WebAssembly.Module,
  abi: number,
): Promise<Engine> {
  const instance = await webAssembly()
    .instantiate(module)
    .catch((cause: unknown) => Promise.reject(engineError(cause)));
  const engine = instance.exports as unknown as Engine;
  const version = engine.abiVersion();
  if (version === abi) return engine;
  throw new EngineMismatchError(`"engine" expected ABI version ${abi}, got ${version}; run npm run build`);
}

/** The error to throw in place of one with which a promise of an engine was rejected. */
export function promiseError(cause: unknown): Error {
  return new HostError(
    `the engine that configure({ engine }) promised is not to be had (${String(cause)}); see that mesoflux/mesoflux.wasm ` +
      "is served and may be compiled, and call configure again",
    { cause },
  );
}

/** Names of errors, since those of another realm are of other classes. */
function remedyFor(name: string, message: string): string {
  if (name === "RangeError") {
    return (
      "there is no room for its memory, for which the host sets some 10 GB of addresses aside: raise the limit of the " +
      "process (ulimit -v), start node with --disable-wasm-trap-handler, or run fewer at once"
    );
  }
  if (name === "CompileError" && /simd|opcode|v128/i.test(message)) {
    return "it needs WebAssembly's SIMD: Chrome 91, Firefox 89, Safari 16.4, Node 20, or later";
  }
  return (
    "the host forbids to compile WebAssembly: let the page's policy have script-src 'wasm-unsafe-eval', or hand over the " +
    "compiled engine with configure({ engine })"
  );
}
