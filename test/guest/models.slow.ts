/** Ten thousand edited models into every entry: an answer that `replay` confirms, or one typed error, soon after its abort. */
import { expect, test } from "vitest";
import { defineModel, InvalidInputError, AbortedError } from "../../src/index.ts";
import { checkAnswer } from "./answers.ts";
import { edited } from "./edits.ts";
import { simulationEntries, theoryEntries, verifyEntries } from "./entries.ts";

/** Milliseconds from an abort to its answer, but for one answer in a thousand: other programs have the machine, too. */
const SOON = 200;

function expectSoon(late: readonly number[]): void {
  const sorted = [...late].sort((a, b) => a - b);
  const at = Math.floor(0.999 * (sorted.length - 1));
  console.log({ answers: late.length, "99.9%": sorted[at], last: sorted.at(-1) });
  expect(sorted[at]).toBeLessThan(SOON);
}

test.each([1, 2, 3, 4])("2500 into every simulation and prediction (seed %i)", async (seed) => {
  const late: number[] = [];
  for (let n = 0; n < 2500; n++) {
    for (const entry of [...simulationEntries, ...theoryEntries]) late.push(await checkAnswer(entry, edited(seed, n)));
  }
  expectSoon(late);
});

test("20 into every verification, aborted when it has begun", async () => {
  for (let n = 0; n < 20; n++) {
    for (const entry of verifyEntries) await checkAnswer(entry, edited(5, n));
  }
});

test("10,000 into every verification that is aborted before it begins", async () => {
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
