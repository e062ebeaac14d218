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

/** Milliseconds from an abort to the answer, at most. */
const SOON = 200;

/**
 * Calls an entry and aborts it a turn of the event loop later: it answers as `defineModel` has it. A model is refused by both
 * with the same words, or by neither. Then the answer is a result that `replay` confirms, of that model, or one typed error.
 */
export async function checkAnswer({ name, call }: Entry, { model, how }: Edited): Promise<void> {
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
  // What waits for a disk takes as long as that takes.
  if (!name.startsWith("store")) expect(performance.now() - abortedAt, what).toBeLessThan(SOON);
  if (refusal) return expect(answer, what).toBe("an error");
  const { certificate } = Object(answer) as { certificate?: Certificate };
  if (!certificate) return;
  expect(certificate.model, what).toEqual(JSON.parse(JSON.stringify(defineModel(model))));
  expect((await replay(certificate)).same, what).toBe(true);
}

function errorOf(work: () => unknown): Error | undefined {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
}
