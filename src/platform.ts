/**
 * Cores, and workers behind one port: threads in Node, Deno and Bun, web workers in a page.
 *
 * A worker is started from its source text, which is part of the package (workerSource.ts). So there is no second file for
 * a bundler to find or a server to serve, and no shared memory, which would need special HTTP headers.
 */

/** One end of the channel between a worker and its owner. */
export interface Port {
  post(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  onMessage(listener: (message: unknown) => void): void;
}

/** The owner's end of a worker's channel. */
export interface WorkerPort extends Port {
  /** Calls the listener when the worker has crashed or ended by itself. */
  onEnd(listener: (reason: string) => void): void;
  /** Sets whether the worker keeps its owner's process from ending. */
  hold(isHolding: boolean): void;
  close(): void;
}

/** Starts a worker that runs a script. */
export type OpenWorker = (source: string) => WorkerPort;

/** Number of threads that can run at once. */
export function cores(): number {
  return globalThis.navigator?.hardwareConcurrency ?? builtin("node:os")?.availableParallelism() ?? 1;
}

/** @throws the platform's error where there are no workers, or where a page forbids them. */
export const openWorker: OpenWorker = (source) =>
  builtin("node:worker_threads") ? openThread(source) : openWebWorker(source);

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

function openWebWorker(source: string): WorkerPort {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const worker = new Worker(url);
  return {
    post: (message, transfer = []) => worker.postMessage(message, [...transfer]),
    onMessage: (listener) => worker.addEventListener("message", ({ data }) => listener(data)),
    onEnd: (listener) => worker.addEventListener("error", ({ message }) => listener(message || "it could not start")),
    hold: () => undefined,
    close() {
      worker.terminate();
      URL.revokeObjectURL(url);
    },
  };
}

function openThread(source: string): WorkerPort {
  // Flags such as --input-type are for the program that was started, not for this script.
  const thread = new (builtin("node:worker_threads").Worker)(source, { eval: true, execArgv: [] });
  return {
    post: (message, transfer = []) => thread.postMessage(message, transfer),
    onMessage: (listener) => void thread.on("message", listener),
    onEnd(listener) {
      thread.on("error", ({ message }) => listener(message));
      thread.on("exit", (code) => listener(`it ended with code ${code}`));
    },
    hold: (isHolding) => (isHolding ? thread.ref() : thread.unref()),
    close: () => void thread.terminate(),
  };
}

/** A module of Node, undefined elsewhere; an import would stop bundlers for the web. */
const builtin: typeof process.getBuiltinModule = (name: string) => globalThis.process?.getBuiltinModule?.(name);

/** Milliseconds between two pauses. */
const PAUSE_EVERY = 40;

/** Pauses in a long computation, in which the event loop runs: so that aborts and messages are heard. */
export class EventLoopPauses {
  private last = performance.now();

  /** Lets the event loop run if it is time, and says whether it was. */
  async pauseIfDue(): Promise<boolean> {
    if (performance.now() - this.last < PAUSE_EVERY) return false;
    await nextTask();
    this.last = performance.now();
    return true;
  }
}

/** A message to oneself comes back after one turn of the event loop; a timer would wait 1 ms in Node and 4 in a page. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
