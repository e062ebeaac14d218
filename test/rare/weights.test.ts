/**
 * Weights of guided paths are exact whatever the guide: they average to 1, and weighed paths are the chain's own. |z| < 5 in each
 * of 50 comparisons below: false alarms 3e-5 in all. Tilts are small, so that weights have light tails.
 */
import { describe, expect, test } from "vitest";
import { theory, type ModelInput } from "../../src/index.ts";
import { guidedPaths, guideOf, meanOf, plainLogWeight, type Defect } from "../support/guidedPaths.ts";
import { uniforms } from "../support/sfc32.ts";

const base = { temperatures: [1, 2], bath: "thermal" } as const;

describe("weights of paths average to 1, and weighed energies are those of the chain", () => {
  const cases = [1, 2, 3, 10, 100].flatMap((particles) =>
    [1, 2, 3].flatMap((cells) => (["constant", "sqrt-harmonic"] as const).map((rate) => ({ particles, cells, rate }))),
  );
  test.each(cases)("N = $cells, M = $particles, $rate", async ({ particles, cells, rate }) => {
    const model: ModelInput = { ...base, cells, particles, rate };
    // Of few particles some weigh hundreds of times the mean if momenta follow their high energies.
    const size = Math.min(0.05, 0.15 / Math.sqrt(particles));
    const gain = particles < 10 ? 0 : -size / 4;
    const guide = guideOf(model, 0.6, 12, (t, k) => size * (k % 2 ? t - 1 : 1 - t / 2), gain);
    const paths = await guidedPaths(model, guide, 20_000, BigInt(particles + 1000 * cells));
    const weights = paths.map(({ logWeight }) => Math.exp(logWeight));
    const { mean, error } = meanOf(weights);
    expect(Math.abs(mean - 1) / error).toBeLessThan(5);
    // Not for nothing: weights differ.
    expect(error * Math.sqrt(paths.length)).toBeGreaterThan(0.03);
    if (rate !== "constant") return;
    // At a constant rate the mean is that of the limit equation at every M (THEORY 8.4).
    const energies = theory.limit(model, [0.6]);
    for (let k = 0; k < cells; k++) {
      const weighed = meanOf(paths.map((path, i) => path.energies[k] * weights[i]));
      expect(Math.abs(weighed.mean - energies[k]) / weighed.error).toBeLessThan(5);
    }
  });

  test.each([3, -3])("where tilts are cut short: θ = %d", async (theta) => {
    for (const particles of [1, 2, 20]) {
      const model: ModelInput = { ...base, cells: 2, particles, rate: "sqrt-sum" };
      // A third of all paths has an event: more of them, and some would weigh thousands.
      const guide = guideOf(model, 0.04 / particles, 4, () => theta);
      const { mean, error } = meanOf(
        (await guidedPaths(model, guide, 40_000)).map(({ logWeight }) => Math.exp(logWeight)),
      );
      expect(Math.abs(mean - 1) / error).toBeLessThan(5);
    }
  });

  test("from energies that are drawn tilted, too", async () => {
    const model: ModelInput = { ...base, cells: 2, particles: 10, rate: "sqrt-sum", initial: { gamma: [1, 1.5] } };
    const guide = guideOf(model, 0.2, 4, (_, k) => (k ? -0.05 : 0.08));
    const paths = await guidedPaths(model, guide, 40_000);
    const weights = paths.map(({ logWeight }) => Math.exp(logWeight));
    const { mean, error } = meanOf(weights);
    expect(Math.abs(mean - 1) / error).toBeLessThan(5);
    const plain = await guidedPaths(
      model,
      guideOf(model, 0.2, 1, () => 0),
      40_000,
      2n,
    );
    expect(new Set(plain.map(({ logWeight }) => logWeight))).toEqual(new Set([0]));
    for (const k of [0, 1]) {
      const weighed = meanOf(paths.map((path, i) => path.energies[k] * weights[i]));
      const own = meanOf(plain.map(({ energies }) => energies[k]));
      expect(Math.abs(weighed.mean - own.mean) / Math.hypot(weighed.error, own.error)).toBeLessThan(5);
    }
  });
});

test("the weight of an interval whose events have factors that no number holds is that of its parts", async () => {
  const model: ModelInput = { ...base, cells: 2, particles: 3000, rate: "constant" };
  const [[whole], [parts]] = await Promise.all(
    [1, 256].map((intervals) =>
      guidedPaths(
        model,
        guideOf(model, 2, intervals, () => 0.3),
        1,
      ),
    ),
  );
  expect(whole.events).toBe(parts.events);
  expect(whole.events).toBeGreaterThan(15_000);
  expect(Math.abs(whole.logWeight)).toBeGreaterThan(100);
  expect(Math.abs(whole.logWeight / parts.logWeight - 1)).toBeLessThan(1e-9);
});

describe("plain code", () => {
  const model: ModelInput = { ...base, cells: 2, particles: 10, rate: "sqrt-sum" };
  const momenta = [0.06, -0.06];
  const logWeights = (defect?: Defect) => {
    const random = uniforms(7, 8, 9);
    return Array.from({ length: 20_000 }, () => plainLogWeight(model, momenta, 0.6, random, defect));
  };
  const zOf = (logs: readonly number[]) => {
    const { mean, error } = meanOf(logs.map(Math.exp));
    return Math.abs(mean - 1) / error;
  };

  test("has the same weights", async () => {
    const plain = logWeights();
    expect(zOf(plain)).toBeLessThan(5);
    const paths = await guidedPaths(
      model,
      guideOf(model, 0.6, 1, (_, k) => momenta[k]),
      20_000,
    );
    const engine = paths.map(({ logWeight }) => logWeight);
    for (const moment of [(x: number) => x, (x: number) => x * x]) {
      const [one, other] = [meanOf(plain.map(moment)), meanOf(engine.map(moment))];
      expect(Math.abs(one.mean - other.mean) / Math.hypot(one.error, other.error)).toBeLessThan(5);
    }
  });

  test.each(["untilted packet", "weight of another bond"] as const)("is found out with this defect: %s", (defect) => {
    expect(zOf(logWeights(defect))).toBeGreaterThan(6);
  });
});
