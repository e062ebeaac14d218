/** What a program says of its host, once, before it simulates. No number depends on it. */
import * as z from "zod/mini";
import { useEngine } from "./engine.ts";
import { useWorkers } from "./ensemble/workerPool.ts";
import { integer, MOST_WORKERS, optional, read, strict } from "./validate.ts";

/** Input of `configure`. What is left out stays as it is. */
export interface Configuration {
  /**
   * The engine, `mesoflux/mesoflux.wasm`, compiled by the program or its bundler, or a promise of it: for hosts that do not
   * let a program compile bytes at run time.
   */
  engine?: WebAssembly.Module | PromiseLike<WebAssembly.Module>;
  /** The most workers at a time, for all runs of this thread together, an integer >= 1. Default: the number of cores. */
  maxWorkers?: number;
  /** Address of `mesoflux/worker.js` where the page serves it: for policies that forbid workers from blobs. */
  workerUrl?: string | URL;
}

const moduleExpected = "a WebAssembly.Module, or a promise of one";
const urlExpected = "the address of mesoflux/worker.js";

const schema = strict({
  engine: optional(z.custom<WebAssembly.Module | PromiseLike<WebAssembly.Module>>(isModule, moduleExpected)),
  maxWorkers: optional(integer(1, MOST_WORKERS)),
  workerUrl: optional(
    z.custom<string | URL>(
      (value) => (typeof value === "string" && value !== "") || tagOf(value) === "URL",
      urlExpected,
    ),
  ),
});

/**
 * Tells mesoflux of the program's host. Call it before the first run.
 * @throws InvalidInputError listing every fault. An engine of another build ends the runs that need it, with
 *   EngineMismatchError.
 */
export function configure(configuration: Configuration): void {
  const { engine, maxWorkers, workerUrl } = read("configuration", schema, configuration);
  if (engine !== undefined) useEngine(engine);
  useWorkers({ ...(maxWorkers !== undefined && { most: maxWorkers }), ...(workerUrl && { url: String(workerUrl) }) });
}

/** True also for a module or promise of another realm, such as a test runner's. */
function isModule(value: unknown): boolean {
  return tagOf(value) === "WebAssembly.Module" || typeof (value as PromiseLike<unknown> | null)?.then === "function";
}

const tagOf = (value: unknown) => Object.prototype.toString.call(value).slice("[object ".length, -1);
