/** Ten thousand edited models into every entry: an answer that `replay` confirms, or one typed error, soon after its abort. */
import { expect, test } from "vitest";
import { defineModel, InvalidInputError, AbortedError } from "../../src/index.ts";
import { checkAnswer } from "./answers.ts";
import { edited } from "./edits.ts";
import { simulationEntries, theoryEntries, verifyEntries } from "./entries.ts";

test.each([1, 2, 3, 4])("2500 into every simulation and prediction (seed %i)", async (seed) => {
  for (let n = 0; n < 2500; n++) {
    for (const entry of [...simulationEntries, ...theoryEntries]) await checkAnswer(entry, edited(seed, n));
  }
});

test("40 into every verification, aborted when it has begun", async () => {
  for (let n = 0; n < 40; n++) {
    for (const entry of verifyEntries) await checkAnswer(entry, edited(5, n));
  }
});

test("10^4 into every verification that is aborted before it begins", async () => {
  let [refused, aborted] = [0, 0];
  for (let n = 0; n < 10_000; n++) {
    const { model, how } = edited(6, n);
    let refusal: Error | undefined;
    try {
      defineModel(model);
    } catch (error) {
      refusal = error as Error;
    }
    for (const { name, call } of verifyEntries) {
      const error: unknown = await Promise.resolve(call(model, () => AbortSignal.abort())).catch(
        (error: unknown) => error,
      );
      const what = `${name}, ${how}`;
      expect(error, what).toBeInstanceOf(refusal ? InvalidInputError : AbortedError);
      if (refusal) expect(String(error), what).toBe(String(refusal));
      if (refusal) refused++;
      else aborted++;
    }
  }
  // The edits are of both kinds.
  expect(Math.min(refused, aborted)).toBeGreaterThan(10_000);
});
