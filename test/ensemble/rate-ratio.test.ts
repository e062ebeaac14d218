/**
 * W_f, the sum over a replica's events of log f(before)/f(after) of the bond that rang (THEORY 12.1): event by event against
 * f in plain TypeScript, and in the fluctuation theorem, which fails without it, with its sign turned and with its quotient
 * turned. z-values of 6 have a false-alarm rate of 2e-9 each; there are ten.
 */
import { describe, expect, test } from "vitest";
import { defineModel, InvalidInputError, simulate, type ModelInput } from "../../src/index.ts";
import { RunFolder } from "../../src/store/index.ts";
import { rate } from "../support/reference.ts";
import { temporary } from "../support/runFolders.ts";
import { SIX_SIGMA, zOfMean } from "../support/statistics.ts";

const chain: ModelInput = { cells: 3, particles: 5, temperatures: [1, 1.5], bath: "thermal", initial: { gamma: 1.5 } };
const SITES = [1, 3, 0.5, 2];

const RATES: Record<string, NonNullable<ModelInput["rate"]>> = {
  "sqrt-sum": "sqrt-sum",
  "sqrt-harmonic, capped": { law: "sqrt-harmonic", scale: 2, cap: 0.7 },
  "sqrt-min, from bond to bond": { law: "sqrt-min", scales: SITES },
  "an expression, capped, from bond to bond": { expression: "1-exp(-sqrt(a*b/(a+b)))", cap: 2, scales: SITES },
  "an expression that is not symmetric": "sqrt(a+3*b)",
};

describe("every event adds log f(before)/f(after) of its bond", () => {
  test.each(Object.keys(RATES))("%s", async (name) => {
    const model = defineModel({ ...chain, rate: RATES[name] });
    const [T_L, T_R] = model.temperatures;
    const times = Array.from({ length: 100 }, (_, i) => i / 500);
    for (const method of ["exact", "direct"] as const) {
      let [seen, ofBaths] = [0, 0];
      for (let replica = 0; replica < 60; replica++) {
        const run = { replicas: 1, firstReplica: replica, times, method, samples: true, rateRatio: true, workers: 1 };
        const { samples, rateRatioSamples: W, events } = await simulate(model, run);
        const row = (i: number) => [T_L, ...samples!.subarray(3 * i, 3 * i + 3), T_R];
        const changes = times.flatMap((_, i) => (i > 0 && row(i).join() !== row(i - 1).join() ? [i] : []));
        expect(W![0]).toBe(0);
        // Then no two events fall between two times.
        if (changes.length !== events) continue;
        for (let i = 1; i < times.length; i++) {
          const [before, after] = [row(i - 1), row(i)];
          const changed = before.flatMap((E, k) => (E === after[k] ? [] : [k]));
          let expected = 0;
          if (changed.length > 0) {
            const k = changed.length === 2 || changed[0] === 3 ? changed[0] : 0;
            expected = Math.log(rate(model, before[k], before[k + 1], k) / rate(model, after[k], after[k + 1], k));
            seen++;
            ofBaths += 2 - changed.length;
          }
          expect(W![i] - W![i - 1]).toBeCloseTo(expected, 11);
        }
      }
      expect(seen).toBeGreaterThan(40);
      expect(ofBaths).toBeGreaterThan(15);
    }
  });
});

test("to keep it changes no other number, with floors under a costly rate and without, on workers and alone", async () => {
  for (const particles of [5, 200]) {
    for (const of of ["an expression, capped, from bond to bond", "sqrt-sum"]) {
      const model = { ...chain, particles, rate: RATES[of] };
      const run = { replicas: 50, firstReplica: 7, times: [0.1, 0.5], seed: 3n };
      const plain = await simulate(model, run);
      const kept = await simulate(model, { ...run, samples: true, rateRatio: true, workers: 1 });
      const shared = await simulate(model, { ...run, samples: true, rateRatio: true, workers: 2 });
      expect(kept.certificate).toEqual(plain.certificate);
      expect(kept.rateRatioSamples!.length).toBe(100);
      expect(shared.rateRatioSamples).toEqual(kept.rateRatioSamples);
      const one = await simulate(model, { ...run, replicas: 1, firstReplica: 20, samples: true, rateRatio: true });
      expect(one.rateRatioSamples).toEqual(kept.rateRatioSamples!.slice(26, 28));
      expect(plain.rateRatioSamples).toBe(undefined);
    }
  }
});

test("is 0 at a rate that does not depend on energies, and where disks collide", async () => {
  for (const others of [{ rate: "constant" }, { exchange: "kinetic" }] as const) {
    const run = { replicas: 9, times: [1], samples: true, rateRatio: true };
    const { rateRatioSamples } = await simulate({ ...chain, ...others }, run);
    expect(rateRatioSamples).toEqual(new Float64Array(9));
  }
});

test("is refused where there are no events, no samples, or a run folder", async () => {
  const run = { replicas: 2, times: [1], rateRatio: true };
  const refused = async (work: Promise<unknown>) => {
    const error: unknown = await work.catch((error: unknown) => error);
    expect(error).toBeInstanceOf(InvalidInputError);
    expect((error as Error).message).toContain('"rateRatio" expected nothing');
  };
  await refused(simulate(chain, run));
  await refused(simulate({ ...chain, particles: 1000 }, { ...run, samples: true, method: "mesoscopic" }));
  await refused(simulate(chain, { ...run, times: "stationary" } as never));
  const request = { model: defineModel(chain), options: { ...run, samples: true } };
  await refused(RunFolder.create(temporary(), request));
});

test("the fluctuation theorem holds with it, and not without, nor with its sign or its quotient turned", async () => {
  // Σ = -M A Q_0 + W_f, <e^-Σ> = 1, from product Gamma(M, T_R).
  for (const method of ["exact", "direct"] as const) {
    const M = 5;
    const model = { ...chain, temperatures: [1, 1.3] as const, rate: "sqrt-sum", initial: { gamma: 1.3 } };
    const run = { replicas: 2e5, times: [1.5], method, samples: true, rateRatio: true, seed: 6n };
    const { transferredSamples, rateRatioSamples: W } = await simulate(model, run);
    const affinity = 1 / 1 - 1 / 1.3;
    const weights = (sign: number) => W!.map((w, r) => Math.exp(M * affinity * transferredSamples![4 * r] - sign * w));
    expect(Math.abs(zOfMean(weights(1), 1))).toBeLessThan(SIX_SIGMA);
    for (const sign of [0, -1]) expect(Math.abs(zOfMean(weights(sign), 1))).toBeGreaterThan(12);
  }
});
