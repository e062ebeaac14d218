/** JavaScript engines with the built package, each as something that evaluates functions. */
import { openPage } from "./browser.ts";

/** Source that an engine evaluates: besides its argument it has the globals `mesoflux`, `billiards` and `rare`. */
export type Work<A, R> = (argument: A) => R | Promise<R>;

export interface Engine {
  /** Argument and result are what JSON can hold. */
  evaluate<A, R>(work: Work<A, R>, argument: A): Promise<R>;
  close(): Promise<void>;
}

/** Name of the JavaScript engine: a browser's user agent, or the versions of a runtime's components. */
export function nameOf(engine: Engine): Promise<string> {
  return engine.evaluate(() => {
    const { deno, bun, node, v8, webkit } = (globalThis.process?.versions ?? {}) as Record<string, string | undefined>;
    if (deno) return `Deno ${deno}, V8 ${v8}`;
    if (bun) return `Bun ${bun}, JavaScriptCore ${webkit}`;
    if (node) return `Node ${node}, V8 ${v8}`;
    return navigator.userAgent;
  }, null);
}

export async function openChromium(): Promise<Engine> {
  const { page, close } = await openPage();
  return { evaluate: (work, argument) => page.evaluate<never, unknown>(work as never, argument), close };
}
