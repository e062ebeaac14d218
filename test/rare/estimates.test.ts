/** A rare event's probability while it is counted: what a listener hears on the way to the result. */
import { expect, test } from "vitest";
import { rareEvent, type RareEventEstimate, type RareEventOptions } from "../../src/rare/index.ts";

const MODEL = { cells: 2, particles: 20, temperatures: [1, 2], rate: "constant", bath: "thermal", initial: 1 } as const;
const EVENT = { cell: 1, above: 3, time: 1, replicas: 4096, seed: 4, check: false } as const;

/** What is heard of a run, with its result. */
async function heard(options: Partial<RareEventOptions> = {}) {
  const estimates: RareEventEstimate[] = [];
  const result = await rareEvent(MODEL, { ...EVENT, ...options, onEstimate: (one) => estimates.push(one) });
  return { estimates, result };
}

test("first comes the path, before any is counted; then more and more paths, whose error shrinks", async () => {
  const { estimates, result } = await heard();
  const [first, ...others] = estimates;
  expect(first).toMatchObject({ replicas: 0, hits: 0, probability: 0, logProbability: -Infinity });
  expect(first.instanton).toEqual(result.instanton);
  expect([first.leading, first.gaussian]).toEqual([result.leading, result.gaussian]);
  const counted = others.map(({ replicas }) => replicas);
  expect(counted).toEqual(counted.toSorted((a, b) => a - b));
  for (const { replicas, probability, standardError, hits } of others) {
    expect(replicas).toBeLessThanOrEqual(EVENT.replicas);
    expect(hits).toBeGreaterThan(0);
    // Of paths that are in the result, too: 6 standard errors.
    expect(Math.abs(probability - result.probability)).toBeLessThan(6 * standardError);
  }
});

test("a listener changes no bit, on this thread and on workers", async () => {
  const silent = await rareEvent(MODEL, EVENT);
  for (const workers of [1, 2]) {
    const { result } = await heard({ workers });
    expect(result.certificate).toEqual(silent.certificate);
  }
});

test("a listener that throws ends the run", async () => {
  const onEstimate = () => {
    throw new Error("enough");
  };
  await expect(rareEvent(MODEL, { ...EVENT, onEstimate })).rejects.toThrow("enough");
});

test("a run that is aborted after an estimate has finished what was told", async () => {
  const stop = new AbortController();
  let told = 0;
  const onEstimate = ({ replicas }: RareEventEstimate) => {
    told = replicas;
    if (replicas > 0) stop.abort();
  };
  const run = rareEvent(MODEL, { ...EVENT, replicas: 2 ** 20, signal: stop.signal, onEstimate });
  const error = await run.catch((error: unknown) => error);
  expect(error).toMatchObject({ name: "AbortError" });
  expect(told).toBeGreaterThan(0);
  expect((error as { partial: RareEventEstimate }).partial.replicas).toBeGreaterThanOrEqual(told);
});
