/** What an entry may answer to an edited model. */
import { expect } from "vitest";
import {
  AbortedError,
  defineModel,
  InvalidInputError,
  MesofluxError,
  replay,
  type Certificate,
} from "../../src/index.ts";
import type { Edited } from "./edits.ts";
import type { Entry } from "./entries.ts";

/**
 * Calls an entry and aborts it a turn of the event loop later: it answers as `defineModel` has it. A model is refused by both
 * with the same words, or by neither. Then the answer is a result that `replay` confirms, of that model, or one typed error.
 * @returns milliseconds from the abort to the answer; 0 if there was none before, or it waited for a disk.
 */
export async function checkAnswer({ name, call }: Entry, { model, how }: Edited): Promise<number> {
  const what = `${name}, ${how}`;
  const refusal = errorOf(() => defineModel(model));
  let abortedAt = Infinity;
  const signal = () => {
    const controller = new AbortController();
    setImmediate(() => {
      abortedAt = performance.now();
      controller.abort();
    });
    return controller.signal;
  };
  let answer: unknown;
  try {
    answer = await call(model, signal);
  } catch (error) {
    expect(error, what).toBeInstanceOf(MesofluxError);
    if (refusal) expect(String(error), what).toBe(String(refusal));
    else if (error instanceof InvalidInputError) expect(error.subject, what).not.toBe("engine");
    answer = error instanceof AbortedError ? error.partial : "an error";
  }
  const late = name.startsWith("store") ? 0 : Math.max(0, performance.now() - abortedAt);
  if (refusal) expect(answer, what).toBe("an error");
  const { certificate } = Object(answer) as { certificate?: Certificate };
  if (certificate) {
    expect(certificate.model, what).toEqual(JSON.parse(JSON.stringify(defineModel(model))));
    expect((await replay(certificate)).same, what).toBe(true);
  }
  return late;
}

function errorOf(work: () => unknown): Error | undefined {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
}
