/** The engine of the package, compiled once. */
import { bytesOf } from "./bytes.ts";
import { describe, EngineMismatchError } from "./errors.ts";
import { compile, promiseError, webAssembly } from "./host.ts";
import { Kernel, RATE_SECTION } from "./kernel.ts";
import { type Chain, expressionOf } from "./rate/expression.ts";
import { specialise } from "./rate/specialise.ts";
import { SPLICES, WASM, WASM_STAMP } from "./wasm.ts";

/** The release build, compiled here or handed over by the program; and whether it was handed over. */
let release: Promise<WebAssembly.Module> | undefined;
let isGiven = false;
/** The engines compiled for a rate, by its key, those used last at the end. */
const specialised = new Map<string, Promise<WebAssembly.Module>>();
const MOST_SPECIALISED = 16;

/**
 * A new instance of the release build, or of another build when its bytes are given.
 * @throws HostError where the host does not let it run; EngineMismatchError.
 */
export async function loadKernel(bytes?: Uint8Array<ArrayBuffer>): Promise<Kernel> {
  return Kernel.of(await (bytes ? compile(bytes) : (release ??= compileRelease())));
}

/**
 * A new instance of the engine for the rate of a model: of a build with that rate in its loops, where the host lets code be
 * compiled. An engine that was handed over is taken as it is.
 * @throws HostError where the host does not let it run, or where a rate needs code and none can be compiled.
 */
export async function loadKernelFor(model: Chain): Promise<Kernel> {
  if (isGiven) {
    const kernel = await loadKernel();
    kernel.checkRate(expressionOf(model));
    return kernel;
  }
  const { key } = expressionOf(model);
  const known = specialised.get(key);
  specialised.delete(key);
  const module = known ?? compile(engineFor(model));
  specialised.set(key, module);
  // A refusal is not for good: the program may hand an engine over.
  module.catch(() => specialised.delete(key));
  for (const oldest of specialised.keys()) {
    if (specialised.size <= MOST_SPECIALISED) break;
    specialised.delete(oldest);
  }
  return Kernel.of(await module);
}

/** Makes this the release build from now on. */
export function useEngine(engine: WebAssembly.Module | PromiseLike<WebAssembly.Module>): void {
  const checked = Promise.resolve(engine).then(checkStamp, (cause: unknown) => Promise.reject(promiseError(cause)));
  // Whoever simulates hears of a fault.
  checked.catch(() => undefined);
  release = checked;
  isGiven = true;
}

/** The release build as bytes. */
export function engineBytes(): Uint8Array<ArrayBuffer> {
  return bytesOf(WASM);
}

function compileRelease(): Promise<WebAssembly.Module> {
  const compiled = compile(engineBytes());
  // A refusal is not for good: the program may hand an engine over.
  compiled.catch(() => (release = undefined));
  return compiled;
}

/** The bytes of the engine for the rate of a model, which say so in a section of their own. */
export function engineFor(model: Chain): Uint8Array<ArrayBuffer> {
  const expression = expressionOf(model);
  return specialise(engineBytes(), SPLICES, expression, [RATE_SECTION, expression.key]);
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
