/**
 * `exact`, `direct` and a third, independent simulation in plain TypeScript have one law; and a third one with a planted
 * defect does not. Energies by two-sample Kolmogorov-Smirnov (false alarm 1e-9 each), events per replica and the inflow
 * by z of the means (|z| < 6). At 3e4 replicas KS sees a shift of 0.027 in a distribution function, at the 2e3 of M = 150 one
 * of 0.1; in the slow suite there are more of M = 20 and 150.
 */
import { describe, expect, test } from "vitest";
import { simulate, type Model } from "../../src/index.ts";
import { RATE_LAWS } from "../../src/model.ts";
import { chain, chainsOf, disagreement, sample, TIME, type Sampled } from "../support/agreement.ts";
import { exchange, rate, type Defect } from "../support/reference.ts";
import { uniforms } from "../support/sfc32.ts";
import { column, SIX_SIGMA } from "../support/statistics.ts";

/** The third simulation: textbook Gillespie over `reference.ts`. */
function sampleReference(model: Model, replicas: number, defect?: Defect): Sampled {
  const next = uniforms(987654321, 123456789, 362436069);
  const { cells, particles, temperatures } = model;
  const energies = Array.from({ length: cells }, () => new Float64Array(replicas));
  const inflows: number[] = [];
  let events = 0;
  for (let r = 0; r < replicas; r++) {
    const E = [temperatures[0], ...(model.initial as number[]), temperatures[1]];
    const memory = { rates: undefined as number[] | undefined };
    let inflow = 0;
    for (let t = 0; ; events++) {
      const fresh = () => Array.from({ length: cells + 1 }, (_, k) => rate(model, E[k], E[k + 1]));
      const total = (memory.rates ?? fresh()).reduce((a, b) => a + b);
      t -= Math.log(next()) / (particles * total);
      if (t > TIME) break;
      const { clock, flux } = exchange(model, E, next(), next(), next(), next(), next(), defect, memory);
      if (clock === 0) inflow += flux;
    }
    for (let k = 0; k < cells; k++) energies[k][r] = E[k + 1]!;
    inflows.push(inflow);
  }
  const mean = inflows.reduce((a, b) => a + b) / replicas;
  const variance = inflows.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (replicas - 1);
  return { energies, events, inflow: { mean, variance }, replicas };
}

describe("exact and direct have the same law", () => {
  for (const law of RATE_LAWS) {
    test(law, async () => {
      for (const model of chainsOf(law)) {
        const replicas = Math.min(3e4, 3e5 / model.particles);
        const found = disagreement(await sample(model, "exact", replicas), await sample(model, "direct", replicas));
        expect(found, JSON.stringify(model)).toBeLessThan(1);
      }
    });
  }

  test("in chains of one and of two cells, where one bath is 10^4 times the other, and from a cold start", async () => {
    const models = [
      chain({ cells: 1, initial: [0.4], particles: 1 }),
      chain({ cells: 1, initial: [3], particles: 7, bath: "thermal" }),
      chain({ cells: 2, initial: [0.4, 3], particles: 3 }),
      chain({ temperatures: [1e-3, 10], particles: 2 }),
      // A cold start between hot baths lifts the bound of the thinning again and again.
      chain({ initial: 1e-3, particles: 1 }),
      // So cold a start that the table of slots is full again and again, and slots become higher.
      chain({ initial: 1e-6, particles: 8 }),
    ];
    for (const model of models) {
      expect(disagreement(await sample(model, "exact", 3e4), await sample(model, "direct", 3e4))).toBeLessThan(1);
    }
  });
});

describe("a third, independent simulation", () => {
  const models = [
    chain({ rate: "sqrt-harmonic", particles: 4 }),
    chain({ rate: "sqrt-sum", particles: 4, bath: "thermal" }),
  ];

  test("agrees", async () => {
    for (const model of models) {
      expect(disagreement(await sample(model, "exact", 3e4), sampleReference(model, 2e4))).toBeLessThan(1);
    }
  });

  test.each<Defect>(["stale rate", "Beta(1, M)", "clock one too high"])(
    "is told apart with a planted defect: %s",
    async (defect) => {
      // A rate is the staler the more an exchange changes: M = 1 shows it best.
      const model = defect === "stale rate" ? chain({ particles: 1 }) : models[0];
      const ours = await sample(model, "exact", 6e4);
      expect(disagreement(ours, sampleReference(model, 6e4, defect))).toBeGreaterThan(1);
    },
  );
});

/** z of the correlation between one replica's final energies and the next one's, over many pairs. */
function correlationZ(first: Float64Array, second: Float64Array): number {
  const n = first.length;
  const [a, b] = [first, second].map((x) => x.reduce((sum, value) => sum + value, 0) / n);
  let [xy, xx, yy] = [0, 0, 0];
  for (let r = 0; r < n; r++) {
    const [x, y] = [first[r] - a, second[r] - b];
    [xy, xx, yy] = [xy + x * y, xx + x * x, yy + y * y];
  }
  return (xy / Math.sqrt(xx * yy)) * Math.sqrt(n);
}

test("neighbouring replicas are independent, and two replicas on one stream are found out", async () => {
  const model = chain({ particles: 10 });
  const energiesFrom = async (seed: bigint, firstReplica: number) => {
    const { samples } = await simulate(model, { replicas: 2e4, times: [TIME], seed, firstReplica, samples: true });
    return [0, 1, 2].map((k) => column(samples!, 3, k));
  };
  const ours = await energiesFrom(1n, 0);
  const next = await energiesFrom(1n, 1);
  const otherSeed = await energiesFrom(2n, 0);
  const sameStream = await energiesFrom(1n, 0);
  for (let k = 0; k < 3; k++) {
    expect(Math.abs(correlationZ(ours[k], next[k]))).toBeLessThan(SIX_SIGMA);
    expect(Math.abs(correlationZ(ours[k], otherSeed[k]))).toBeLessThan(SIX_SIGMA);
    expect(Math.abs(correlationZ(ours[k], sameStream[k]))).toBeGreaterThan(20);
  }
});
