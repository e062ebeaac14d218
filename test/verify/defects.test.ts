/**
 * Each planted defect fails the verifications and is named. At M = 1000 and 20 000 replicas a standard error is 1% of a
 * variance, so defects of the order of C are rejected at |z| > 20.
 */
import { describe, expect, test } from "vitest";
import { defineModel, simulate, theory, type Ensemble, type Model, type ModelInput } from "../../src/index.ts";
import { cltReport } from "../../src/verify/clt/report.ts";
import { firstIncrements, type FirstIncrements } from "../../src/verify/evidence/firstIncrements.ts";
import { ladder as ladderStudy, type Ladder } from "../../src/verify/evidence/ladder.ts";
import { ownSteady, type Steady } from "../../src/verify/evidence/steady.ts";
import { llnReport } from "../../src/verify/lln/report.ts";
import { nessReport } from "../../src/verify/ness/report.ts";
import { type Setting, settingOf, Simulations, type Study } from "../../src/verify/simulations.ts";
import { covarianceFrom } from "../support/covariance.ts";

/** THEORY's case A4: three cells from a flat start. */
const input: ModelInput = { cells: 3, particles: 1000, temperatures: [1, 2], initial: 1 };
const model = defineModel(input);
const N = 3;

const perform = <T>(setting: Setting, study: Study<T>): Promise<T> => new Simulations(setting, [study]).perform(study);

/** z of M Cov against a covariance, the worst entry. */
function worstZ(ensemble: Ensemble<"covariance">, C: number[][]): number {
  let worst = 0;
  for (let i = 0; i < N; i++) {
    for (let j = 0; j <= i; j++) {
      const error = Math.sqrt((C[i][i] * C[j][j] + C[i][j] ** 2) / (ensemble.replicas - 1));
      worst = Math.max(worst, Math.abs(1000 * ensemble.covariance[i * N + j] - C[i][j]) / error);
    }
  }
  return worst;
}

describe("planted defects of the theory are rejected by the simulation", async () => {
  const right = { drift: theory.drift, jacobian: theory.jacobian, diffusion: theory.diffusion };
  const ensemble = await simulate(model, { replicas: 20_000, times: [1], seed: 1n });
  const fromPaper = (k: number, x: number, y: number, of: Model) => {
    // Theorem 6.1 as printed: 1/4, 1/6, 1/4, with 3/4 for a bath.
    const f = Math.sqrt((x * y) / (x + y));
    return Math.sqrt(f * ((k === 0 ? 0.75 : 0.25) * x * x + (x * y) / 6 + (k === of.cells ? 0.75 : 0.25) * y * y));
  };

  test("none: the independent integration is the theory's own, and agrees with the simulation", () => {
    const C = covarianceFrom(model, 1, right);
    const own = theory.covariance(model, [1]);
    C.flat().forEach((value, i) => expect(Math.abs(value - own[i])).toBeLessThan(1e-7));
    expect(worstZ(ensemble, C)).toBeLessThan(6);
  });

  test("no minus signs in H [B5]", () => {
    const diffusion = (of: Model, E: ArrayLike<number>) => theory.diffusion(of, E).map(Math.abs);
    expect(worstZ(ensemble, covarianceFrom(model, 1, { ...right, diffusion }))).toBeGreaterThan(20);
  });

  test("Theorem 6.1's coefficients [B6]", () => {
    const diffusion = (of: Model, E: ArrayLike<number>) => {
      const all = [of.temperatures[0], ...Array.from(E), of.temperatures[1]];
      const H = new Float64Array(N * (N + 1));
      for (let k = 0; k <= N; k++) {
        const V = fromPaper(k, all[k], all[k + 1], of);
        if (k < N) H[k * (N + 1) + k] = V;
        if (k > 0) H[(k - 1) * (N + 1) + k] = -V;
      }
      return H;
    };
    expect(worstZ(ensemble, covarianceFrom(model, 1, { ...right, diffusion }))).toBeGreaterThan(20);
  });

  test("a missing 1/2 in DF [B9]", () => {
    const jacobian = (of: Model, E: ArrayLike<number>) => theory.jacobian(of, E).map((value) => 2 * value);
    expect(worstZ(ensemble, covarianceFrom(model, 1, { ...right, jacobian }))).toBeGreaterThan(20);
  });
});

describe("planted defects of the simulation fail the reports and are named", async () => {
  const setting = await settingOf(model, {
    quick: true,
    particles: [1000, 3000],
    replicas: 8192,
    times: [1],
  });
  const ladder = await perform(setting, ladderStudy(setting));
  const early = await perform(setting, firstIncrements(setting));
  type Change = (ensemble: Ensemble<"covariance">, particles: number) => Partial<Ensemble<"covariance">>;
  const failedBy = (change: Change, changeEarly: Change = () => ({})) => {
    const changed: Ladder = {
      ...ladder,
      rungs: ladder.rungs.map((rung) => ({
        ...rung,
        ensemble: { ...rung.ensemble, ...change(rung.ensemble, rung.particles) },
      })),
    };
    const changedEarly: FirstIncrements = {
      ...early,
      ensemble: { ...early.ensemble, ...changeEarly(early.ensemble, 1e5) },
    };
    return [llnReport(changed), cltReport(changed, changedEarly)].map(({ checks, passed }) => {
      expect(passed).toBe(checks.every((check) => check.passed));
      return checks.filter((check) => !check.passed).map(({ name }) => name);
    });
  };

  test("none", () => expect(failedBy(() => ({}))).toEqual([[], []]));

  test("means that lag by 4%", () => {
    const [lln, clt] = failedBy(({ mean }) => ({ mean: mean.map((E) => 0.96 * E) }));
    expect(lln).toContain("M E|Θ-Θ̄|² at M = 1000, t = 1");
    expect(clt).toContain("mean of √M(Θ-Θ̄) at M = 1000");
  });

  test("neighbours uncorrelated", () => {
    const [lln, clt] = failedBy(({ covariance }) => ({
      covariance: covariance.map((C, at) => ((at % (N * N)) % (N + 1) === 0 ? C : 0)),
    }));
    expect(lln).toEqual([]);
    expect(clt).toContain("covariance of √M(Θ-Θ̄) at M = 1000");
  });

  test("an RMS distance that stops falling", () => {
    const [lln] = failedBy(({ variance }) => ({ variance: variance.map((v) => v + 0.005) }));
    expect(lln).toContain("slope of log RMS over log M at t = 1");
  });

  test("fluctuations that feel the start's rates alone: their bias is not m1", () => {
    // Samples drawn back to the mean by a third.
    const [lln] = failedBy(({ samples, mean, times }) => ({
      samples: samples!.map((E, at) => E - (E - mean[at % (times.length * N)]) / 3),
    }));
    expect(lln).toContain("M (EΘ-Θ̄) = m1 at M = 1000, t = 1");
  });

  test("fluctuations mirrored in their mean: their skewness has the wrong sign", () => {
    const [, clt] = failedBy(({ samples, mean, times }) => ({
      samples: samples!.map((E, at) => 2 * mean[at % (times.length * N)] - E),
    }));
    expect(clt).toContain("skewness of Θ = K3/(C^(3/2) √M) at M = 1000, t = 1");
  });

  test("a bias that falls as M^-1/2", () => {
    const [lln] = failedBy(({ samples, mean, times }, M) => ({
      samples: samples!.map((E, at) => {
        const width = Math.sqrt(Math.sqrt(M / 1000));
        const middle = mean[at % (times.length * N)];
        return middle + (E - middle) * width;
      }),
    }));
    expect(lln).toContain("the bias falls as M^-1 at t = 1");
  });

  test("each replica simulated twice", () => {
    const [, clt] = failedBy(({ samples, times }) => ({
      samples: samples!.map((_, at) => {
        const row = times.length * N;
        const r = Math.floor(at / row);
        return samples![(r - (r % 2)) * row + (at % row)];
      }),
    }));
    expect(clt).toContain("replicas are independent at M = 1000");
  });

  test("a bond that gives to one cell without taking from the other", () => {
    const [, clt] = failedBy(
      () => ({}),
      ({ covariance }) => ({ covariance: covariance.map((C, at) => (at % (N + 1) === 0 ? C : -C)) }),
    );
    expect(clt).toEqual(["first increments of neighbours are anticorrelated: (H H^T)_k,k+1 = -V²"]);
  });

  test("clocks that ring at their neighbour's rate", () => {
    const [, clt] = failedBy(
      () => ({}),
      ({ currentVariance }) => ({ currentVariance: currentVariance.map((_, k) => currentVariance[k + 1] ?? 0) }),
    );
    expect(clt).toEqual(["every clock rings at its own rate: Var Q_k = V_k² t/M"]);
  });

  test("NaN is a failure", () => {
    const [lln, clt] = failedBy(({ mean }) => ({ mean: mean.map(() => NaN) }));
    expect(lln.length + clt.length).toBeGreaterThan(3);
  });
});

describe("planted defects of the steady state fail its report and are named", async () => {
  // 512 replicas at M = 100: standard errors are 2% of a variance and 1% of the current.
  const setting = await settingOf(model, { quick: true });
  const own = await perform(setting, ownSteady(setting));
  if (typeof own === "string") throw new Error(own);
  const failedBy = (change: (steady: Steady) => Partial<Steady>) => {
    const { checks } = nessReport({ ...own, ...change(own) }, "", "", []);
    return checks.filter(({ passed }) => !passed).map(({ name }) => name);
  };
  const ofMeasured = (change: Partial<Steady["measured"]>) => ({ measured: { ...own.measured, ...change } });

  test("none", () => expect(failedBy(() => ({}))).toEqual([]));

  test("a variance that is a fifth too large", () => {
    const failed = failedBy(({ scaled }) => ({ scaled: scaled.map((C, at) => (at === 0 ? 1.2 * C : C)) }));
    expect(failed).toEqual(["covariance of the steady state = S/M"]);
  });

  test("a profile that is the linear one", () => {
    const failed = failedBy(({ measured }) => ofMeasured({ mean: measured.mean.map((_, i) => 1 + (i + 1) / 4) }));
    expect(failed).toEqual(["mean of the steady state = E* + m1/M"]);
  });

  test("a bond that carries a tenth less", () => {
    const failed = failedBy(({ measured }) =>
      ofMeasured({ bondCurrent: measured.bondCurrent.map((j, k) => (k === 2 ? 0.9 * j : j)) }),
    );
    expect(failed).toEqual(["current of the steady state = -c/2 + j1/M, every bond"]);
  });

  test("NaN is a failure", () => {
    expect(failedBy(({ scaled }) => ({ scaled: scaled.map(() => NaN) })).length).toBeGreaterThan(1);
  });
});

test("the rungs of a ladder share no random stream", async () => {
  const setting = await settingOf(model, { particles: [10, 20, 30], replicas: [512, 600, 700], times: [1] });
  expect(ladderStudy(setting).experiments.map(({ firstReplica }) => firstReplica)).toEqual([0, 512, 1112]);
});
