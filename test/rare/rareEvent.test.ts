/**
 * Probabilities of rare events against other programs' and other methods' numbers, and what is told of them. Comparisons are of
 * fixed seeds; each would fail by chance less than once in 15,000 runs (4 standard errors of both).
 */
import { describe, expect, test } from "vitest";
import { defineModel, type ModelInput, theory } from "../../src/index.ts";
import {
  AbortedError,
  currentStatistics,
  InvalidInputError,
  rareEvent,
  replayRareEvent,
  type RareEventOptions,
  type RareEventResult,
} from "../../src/rare/index.ts";
import { logNormalTail } from "../../src/theory/largeDeviations/normalTail.ts";
import { guideAlong } from "../../src/rare/guide.ts";
import { doubtsOf } from "../../src/rare/trust.ts";
import { blockOf, mergeWeights, weigh } from "../../src/rare/weights.ts";
import { guidedPaths } from "../support/guidedPaths.ts";

const chain: ModelInput = {
  ...{ cells: 3, particles: 100, temperatures: [1, 2], bath: "thermal", rate: "sqrt-sum", initial: "equilibrium" },
};
const drawn: ModelInput = { ...chain, rate: "constant", initial: { gamma: [1.25, 1.5, 1.75] } };
const few: ModelInput = {
  cells: 1,
  particles: 2,
  temperatures: [2, 1],
  bath: "thermal",
  rate: "sqrt-sum",
  initial: 1.5,
};
const alone = { workers: 1, seed: 1n } as const;

function deviations(result: RareEventResult, value: number, error: number): number {
  return Math.abs(result.probability - value) / Math.hypot(result.standardError, error);
}

describe("a tilted run agrees", () => {
  // Brute force by an independent program: 9,990 and 273 hits among 2·10^6 paths; importance sampling by another at 3.5.
  test.each([
    [1.95, 5.649e-3, 7.5e-5, true],
    [2.15, 1.365e-4, 8.3e-6, false],
    [3.5, 2.02e-22, 5.9e-24, false],
  ])("with brute force, beyond %d", async (above, value, error, isChecked) => {
    const result = await rareEvent(chain, { cell: 2, above, time: 2, replicas: 20_000, ...alone });
    expect(deviations(result, value, error)).toBeLessThan(4);
    expect(result.relativeError).toBeLessThan(0.031);
    expect(result.warnings).toEqual([]);
    expect(result.check !== undefined).toBe(isChecked);
    if (result.check) expect(Math.abs(result.check.z)).toBeLessThan(4);
  });

  // Averages of exact tails over hidden temperatures, from 10^5 paths of an independent program.
  test.each([
    [2.1, 1.954e-4, 4.3e-7],
    [2.5, 1.649801e-8, 6.7e-11],
    [3.5, 1.640462e-22, 2.5e-24],
  ])("with hidden temperatures from a drawn start, beyond %d", async (above, value, error) => {
    const event = { cell: 2, above, time: 2 } as const;
    const tilted = await rareEvent(drawn, { ...event, replicas: 20_000, ...alone });
    expect(deviations(tilted, value, error)).toBeLessThan(4);
    expect(tilted.relativeError).toBeLessThan(0.03);
    const hidden = await rareEvent(drawn, { ...event, replicas: 10_000, ...alone, method: "hidden" });
    expect(deviations(hidden, value, error)).toBeLessThan(4);
    expect(deviations(tilted, hidden.probability, hidden.standardError)).toBeLessThan(4);
    // The action is right in the exponent: the factor before it is 8 to 40 here.
    expect(tilted.leading!.logProbability).toBeGreaterThan(tilted.logProbability);
    expect(tilted.leading!.logProbability).toBeLessThan(tilted.logProbability + Math.log(100));
  });

  test.each([
    ["a carried energy", { ...chain, particles: 30 }, { bond: 1, above: 0.1, time: 1 }],
    ["a carried energy, backwards", { ...chain, particles: 30 }, { bond: 0, below: -0.55, time: 1 }],
    ["a cold cell", { ...chain, particles: 30 }, { cell: 1, below: 0.85, time: 1 }],
    ["two particles beside a hot bath", few, { cell: 1, above: 4.5, time: 1 }],
  ] as const)("with a plain simulation: %s", async (_, model, event) => {
    const result = await rareEvent(model, { ...event, replicas: 20_000, ...alone });
    expect(result.probability).toBeLessThan(0.1);
    expect(Math.abs(result.check!.z)).toBeLessThan(4);
    expect(result.warnings).toEqual([]);
  });

  test("where nothing is rare: nobody is guided", async () => {
    const result = await rareEvent(chain, { cell: 2, above: 1, time: 1, replicas: 500, ...alone });
    expect(result).toMatchObject({ hits: 500, probability: 1, relativeVariance: 0, instanton: { action: 0 } });
  });

  test("on the slow timescale, whose times are M times as long", async () => {
    const options = { cell: 2, above: 2.3, replicas: 200, ...alone, check: false };
    const fast = await rareEvent(chain, { ...options, time: 1 });
    const slow = await rareEvent({ ...chain, timescale: "slow" }, { ...options, time: 100 });
    expect(slow.logProbability).toBeCloseTo(fast.logProbability, 6);
  });

  test.each([
    ["three cells", { ...drawn, particles: 10 }, { cell: 2, above: 2.5, time: 1 }],
    ["two particles beside a hot bath", { ...few, initial: { gamma: 1.5 } }, { cell: 1, above: 6, time: 3 }],
  ])("with hidden temperatures of the paper's bath, where a plain run sees it: %s", async (_, thermal, event) => {
    const model: ModelInput = { ...thermal, rate: "constant", bath: "exponential" };
    const hidden = await rareEvent(model, { ...event, replicas: 10_000, ...alone });
    expect(hidden.method).toBe("hidden");
    expect(Math.abs(hidden.check!.z)).toBeLessThan(4);
    const plain = await rareEvent(model, { ...event, replicas: 20_000, ...alone, method: "plain" });
    expect(deviations(plain, hidden.probability, hidden.standardError)).toBeLessThan(4);
  });
});

describe("the same bits", () => {
  test.each([
    ["tilted", chain],
    ["hidden", drawn],
  ] as const)("%s: on 1 to 7 workers, in parts and again", async (method, model) => {
    const options: RareEventOptions = { cell: 2, above: 2.5, time: 0.3, replicas: 700, seed: 5n, method, check: false };
    const { certificate } = await rareEvent(model, { ...options, workers: 1 });
    for (const workers of [2, 3, 7]) {
      expect((await rareEvent(model, { ...options, workers })).certificate).toEqual(certificate);
    }
    const copy = JSON.parse(JSON.stringify(certificate)) as typeof certificate;
    expect(await replayRareEvent(copy)).toMatchObject({ same: true });
    expect(await replayRareEvent({ ...copy, seed: "6" })).toMatchObject({ same: false });
    // The half that begins at 512 alone, and at once.
    const spans = [{ first: 512, replicas: 188 }];
    const half = await rareEvent(model, { ...options, firstReplica: 512, replicas: 188, workers: 1 });
    expect(await replayRareEvent({ ...half.certificate, spans })).toMatchObject({ same: true });
  });

  test("an aborted run has what was finished", async () => {
    const abort = new AbortController();
    const run = rareEvent(chain, {
      ...{ cell: 2, above: 2.5, time: 2, replicas: 1_000_000, workers: 1, signal: abort.signal },
      onProgress: ({ finished }) => finished > 0 && abort.abort(),
    });
    const error = (await run.catch((reason: unknown) => reason)) as AbortedError<RareEventResult>;
    expect(error).toBeInstanceOf(AbortedError);
    expect(error.partial!.replicas).toBeGreaterThan(0);
    expect(await replayRareEvent(error.partial!.certificate)).toMatchObject({ same: true });
  });
});

describe("what cannot be had is refused", () => {
  const event = { cell: 2, above: 2, time: 1, replicas: 10 } as const;
  test.each([
    ["an exponential bath", { ...chain, bath: "exponential" }, event, "one large packet is likelier"],
    [
      "hidden temperatures of a rate that is not constant",
      chain,
      { ...event, method: "hidden" },
      '"rate" expected "constant"',
    ],
    ["hidden temperatures of a fixed start", chain, { ...event, method: "hidden" }, '"initial" expected { gamma }'],
    [
      "hidden temperatures of a current",
      drawn,
      { bond: 1, above: 1, time: 1, replicas: 10, method: "hidden" },
      '"bond" expected',
    ],
    ["colliding disks", { ...chain, exchange: "kinetic" }, event, '"exchange" expected "uniform"'],
    ["one path", chain, { ...event, replicas: 1 }, '"replicas" expected an integer'],
    ["no event", chain, { replicas: 10, time: 1 }, '"cell"'],
  ] as const)("%s", async (_, model, options, words) => {
    const error: unknown = await rareEvent(model as ModelInput, options).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InvalidInputError);
    expect((error as Error).message).toContain(words);
  });

  test("λ outside its domain", async () => {
    await expect(currentStatistics(chain, { lambdas: [0.5, 1] })).rejects.toThrow(
      '"lambdas[1]" expected a number between',
    );
  });
});

describe("trust", () => {
  test("feedback of the wrong sign is unbiased, and does not pass unnoticed", async () => {
    const model = defineModel(chain);
    const path = theory.instanton(model, { cell: 2, above: 3.5, time: 2 });
    const right = guideAlong(model, path, 1600);
    const times = (factor: number) => ({ ...right, gains: right.gains.map((gain) => factor * gain) });
    const [good, bad, worse] = await Promise.all(
      [right, times(-1), times(-6)].map(async (guide) => {
        const paths = await guidedPaths(model, guide, 4000);
        const blocks = paths.map(({ energies, logWeight, events }) =>
          blockOf(energies[1] > 3.5 ? logWeight : -Infinity, events),
        );
        return weigh(blocks.reduce(mergeWeights));
      }),
    );
    expect(doubtsOf(good)).toEqual([]);
    expect(bad.relativeVariance).toBeGreaterThan(1.25 * good.relativeVariance);
    expect(doubtsOf(worse)).not.toEqual([]);
  });

  test("few paths with most of the weight are told", () => {
    const weighed = (logs: readonly number[]) => weigh(logs.map((log) => blockOf(log, 1)).reduce(mergeWeights));
    const even = Array.from({ length: 1000 }, (_, i) => (i % 2 ? -Infinity : -700 - (i % 7) / 10));
    expect(doubtsOf(weighed(even))).toEqual([]);
    expect(doubtsOf(weighed([...even, -696]))[0]).toMatch(/^one path has \d+% of the probability/);
    expect(doubtsOf(weighed(even.slice(0, 50))).join()).toMatch(/equal weight/);
    expect(doubtsOf(weighed([-Infinity, -Infinity]))[0]).toMatch(/^no path has reached/);
  });

  test("weights are summed up in any range", () => {
    const logs = [-2000, -2001.5, -Infinity, -1999];
    const { logProbability, probability, relativeVariance } = weigh(
      logs.map((log) => blockOf(log, 1)).reduce(mergeWeights),
    );
    const weights = logs.map((log) => Math.exp(log + 2000));
    const mean = weights.reduce((a, b) => a + b) / 4;
    const variance = weights.reduce((sum, w) => sum + (w - mean) ** 2, 0) / 3;
    expect(logProbability).toBeCloseTo(Math.log(mean) - 2000, 10);
    expect(probability).toBe(0);
    expect(relativeVariance).toBeCloseTo(variance / mean ** 2, 10);
  });

  test("the normal law's tails", () => {
    // Of tables: Φ̄(1) = 0.15865525393, Φ̄(5) = 2.8665157187919e-7, Φ̄(20) = 2.7536241186062e-89.
    expect(Math.exp(logNormalTail(1))).toBeCloseTo(0.15865525393145705, 14);
    expect(Math.exp(logNormalTail(-1))).toBeCloseTo(1 - 0.15865525393145705, 14);
    expect(Math.exp(logNormalTail(5)) / 2.8665157187919391e-7).toBeCloseTo(1, 12);
    expect(Math.exp(logNormalTail(20)) / 2.7536241186062337e-89).toBeCloseTo(1, 12);
    expect(logNormalTail(2.9999999)).toBeCloseTo(logNormalTail(3.0000001), 5);
  });
});
