/** Signals that abort a run: the platform's own, another realm's, or a polyfill's. */
import * as z from "zod/mini";
import { AbortedError } from "./errors.ts";
import { after } from "./validate.ts";

/** What is needed of an AbortSignal. */
export interface AbortSignalLike {
  /** True from the abort on. */
  readonly aborted: boolean;
  /** Why it was aborted: the `cause` of the AbortedError. */
  readonly reason?: unknown;
  /** Calls the listener at the abort. */
  addEventListener(type: "abort", listener: () => void): void;
  /** Takes the listener away. */
  removeEventListener(type: "abort", listener: () => void): void;
}

/** A signal, or none: undefined or null. */
export const signal = after(
  (value) => value ?? undefined,
  z.optional(z.custom<AbortSignalLike>(isSignal, "an AbortSignal, or null")),
);

function isSignal(value: unknown): boolean {
  const { aborted, addEventListener, removeEventListener } = Object(value) as Partial<AbortSignalLike>;
  return (
    typeof aborted === "boolean" && typeof addEventListener === "function" && typeof removeEventListener === "function"
  );
}

/** The result of `work`, or undefined if the signal aborts before; after an abort it is not begun. */
export async function unlessAborted<T>(
  signal: AbortSignalLike | undefined,
  work: () => Promise<T>,
): Promise<T | undefined> {
  if (signal?.aborted) return undefined;
  let deafen!: () => void;
  const aborted = new Promise<undefined>((resolve) => (deafen = onAbort(signal, () => resolve(undefined))));
  return Promise.race([aborted, work()]).finally(deafen);
}

/**
 * The result of what must be there before a run begins. An engine that is not needed any more is not asked for: its memory
 * stays until the garbage collector comes by.
 * @throws AbortedError if the signal aborts before.
 */
export async function beforeRun<T>(
  signal: AbortSignalLike | undefined,
  replicas: number,
  work: () => Promise<T>,
): Promise<T> {
  const result = await unlessAborted(signal, work);
  if (result === undefined) throw new AbortedError(undefined, 0, replicas, { cause: signal?.reason });
  return result;
}

interface Heard {
  readonly calls: Set<() => void>;
  readonly listener: () => void;
}

const heard = new WeakMap<AbortSignalLike, Heard>();

/**
 * Calls when the signal aborts. Any number of calls share one listener: platforms warn of a leak where there are many.
 * @returns what takes the call away again.
 */
export function onAbort(signal: AbortSignalLike | undefined, call: () => void): () => void {
  if (!signal) return () => undefined;
  const { calls, listener } = heard.get(signal) ?? listenTo(signal);
  calls.add(call);
  return () => {
    if (!calls.delete(call) || calls.size > 0) return;
    signal.removeEventListener("abort", listener);
    heard.delete(signal);
  };
}

function listenTo(signal: AbortSignalLike): Heard {
  const calls = new Set<() => void>();
  const listener = () => [...calls].forEach((call) => call());
  signal.addEventListener("abort", listener);
  const heardNow = { calls, listener };
  heard.set(signal, heardNow);
  return heardNow;
}
