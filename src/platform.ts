/**
 * Cores, and workers behind one port: threads in Node, Deno and Bun, web workers in a page.
 *
 * A worker is started from its source text, which is part of the package (workerSource.ts). So there is no second file for
 * a bundler to find or a server to serve, and no shared memory, which would need special HTTP headers. Where a page's policy
 * forbids that, the same source is a file which the page serves.
 */

/** One end of the channel between a worker and its owner. */
export interface Port {
  post(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  onMessage(listener: (message: unknown) => void): void;
}

/** The owner's end of a worker's channel. */
export interface WorkerPort extends Port {
  /** Calls the listener when the worker has crashed or ended by itself. */
  onEnd(listener: (reason: string, cause?: Error) => void): void;
  /** Sets whether the worker keeps its owner's process from ending. */
  hold(isHolding: boolean): void;
  close(): void;
}

/** Starts a worker that runs a script; throws the platform's error where that is forbidden. */
export type OpenWorker = (source: string) => WorkerPort;

/** A global of the host, or undefined where it has none, or one that throws. */
export function global<Name extends keyof typeof globalThis>(name: Name): (typeof globalThis)[Name] | undefined {
  return tried(() => globalThis[name]);
}

/** A module of Node, undefined elsewhere; an import would stop bundlers for the web. */
const builtin: typeof process.getBuiltinModule = (name: string) =>
  tried(() => global("process")?.getBuiltinModule?.(name));

function tried<T>(what: () => T): T | undefined {
  try {
    return what();
  } catch {
    return undefined;
  }
}

/** Number of threads that can run at once. */
export function cores(): number {
  return global("navigator")?.hardwareConcurrency || builtin("node:os")?.availableParallelism() || 1;
}

/** The ways to open a worker here, the best first. @param url where a page serves mesoflux/worker.js, if it does. */
export function waysToOpen(url: string | undefined): OpenWorker[] {
  if (builtin("node:worker_threads")) return [openThread];
  if (!global("Worker")) return [];
  // A page that names a file has a policy against blobs, which reports each attempt.
  return url === undefined ? [openBlob] : [() => openUrl(url), openBlob];
}

/** The worker's end of its channel. */
export function ownerPort(): Port {
  const owner = builtin("node:worker_threads")?.parentPort;
  if (owner) {
    return {
      post: (message, transfer = []) => owner.postMessage(message, transfer),
      onMessage: (listener) => void owner.on("message", listener),
    };
  }
  const scope = globalThis as unknown as Worker;
  return {
    post: (message, transfer = []) => scope.postMessage(message, [...transfer]),
    onMessage: (listener) => scope.addEventListener("message", ({ data }) => listener(data)),
  };
}

function openBlob(source: string): WorkerPort {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  let isRevoked = false;
  const revoke = () => {
    if (!isRevoked) URL.revokeObjectURL(url);
    isRevoked = true;
  };
  try {
    // Its first word says that the source has been read.
    return openUrl(url, revoke);
  } catch (error) {
    revoke();
    throw error;
  }
}

/** @param onLoad called when the script has been read, or never will be. */
function openUrl(url: string, onLoad?: () => void): WorkerPort {
  const worker = new Worker(trusted(url) as string);
  if (onLoad) for (const event of ["message", "error"]) worker.addEventListener(event, onLoad, { once: true });
  return {
    post: (message, transfer = []) => worker.postMessage(message, [...transfer]),
    onMessage: (listener) => worker.addEventListener("message", ({ data }) => listener(data)),
    onEnd(listener) {
      worker.addEventListener("error", ({ message }) => listener(message || FORBIDDEN));
      worker.addEventListener("messageerror", () => listener("it cannot read the compiled engine"));
    },
    hold: () => undefined,
    close() {
      worker.terminate();
      onLoad?.();
    },
  };
}

/** A page's policy is not told to its scripts: the worker just does not start. */
const FORBIDDEN =
  "it could not start, which the page's policy decides (worker-src: it needs blob:, or 'self' and mesoflux/worker.js, " +
  "served by the page and named with configure({ workerUrl }))";

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): unknown };
}

let policy: ReturnType<TrustedTypes["createPolicy"]> | undefined;

/** An address as Trusted Types want it: a page with `trusted-types` lists the name `mesoflux` there. */
function trusted(url: string): unknown {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  policy ??= trustedTypes?.createPolicy("mesoflux", { createScriptURL: (url) => url });
  return policy ? policy.createScriptURL(url) : url;
}

function openThread(source: string): WorkerPort {
  // Flags such as --input-type are for the program that was started, not for this script. It needs little room for its
  // code: V8 ends the process of a thread for which it cannot set 128 MB of addresses aside.
  const options = { eval: true, execArgv: [], resourceLimits: { codeRangeSizeMb: 16 } };
  const thread = new (builtin("node:worker_threads").Worker)(source, options);
  return {
    post: (message, transfer = []) => thread.postMessage(message, transfer),
    onMessage: (listener) => void thread.on("message", listener),
    onEnd(listener) {
      thread.on("error", (error) => listener(error.message, error));
      thread.on("exit", (code) => listener(`it ended with code ${code}`));
    },
    hold: (isHolding) => (isHolding ? thread.ref() : thread.unref()),
    close: () => void thread.terminate(),
  };
}
