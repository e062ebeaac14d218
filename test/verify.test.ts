/**
 * The verifications pass on the true process, and each planted defect fails them. At M = 1000 and 20 000 replicas a
 * standard error is 1% of a variance, so defects of the order of C are rejected at |z| > 20.
 */
import { describe, expect, test } from "vitest";
import { defineModel, simulate, theory, verify, type Ensemble, type Model, type ModelInput } from "../src/index.ts";
import { standardChain } from "../src/verify/index.ts";
import { cltReport } from "../src/verify/clt.ts";
import { climb, type Ladder } from "../src/verify/ladder.ts";
import { llnReport } from "../src/verify/lln.ts";
import { readVerifyOptions } from "../src/verify/options.ts";
import { covarianceFrom } from "./support/covariance.ts";

/** THEORY's case A4: three cells from a flat start. */
const input: ModelInput = { cells: 3, particles: 1000, temperatures: [1, 2], initial: 1 };
const model = defineModel(input);
const N = 3;

describe("on the true process", () => {
  test("the law of large numbers and the central limit theorem hold, every law and bath", async () => {
    for (const rate of ["constant", "sqrt-sum", "sqrt-harmonic", "sqrt-min"] as const) {
      for (const bath of ["exponential", "thermal"] as const) {
        const chain = defineModel({ ...input, rate, bath, initial: [1.8, 1, 1.3] });
        const reports = await verify.all(chain, { particles: [300, 1000, 3000], replicas: 2048, times: [0.5, 1] });
        for (const { checks, passed } of reports) {
          expect(passed, `${rate}, ${bath}: ${JSON.stringify(checks.filter((check) => !check.passed))}`).toBe(true);
        }
      }
    }
  });

  test("a chain of one cell, T_L > T_R, scale and cap", async () => {
    const chain = defineModel({
      cells: 1,
      particles: 1,
      temperatures: [3, 0.5],
      rate: { law: "sqrt-sum", scale: 2, cap: 1 },
    });
    const { passed, tables, figures } = await verify.clt(chain, {
      particles: [1000, 2000],
      replicas: 1000,
      times: [1],
    });
    expect(passed).toBe(true);
    expect(tables.length).toBeGreaterThan(0);
    expect(figures.map(({ name }) => name)).toEqual(["clt-variance", "clt-covariance"]);
  });
});

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

test("the rungs of a ladder share no random stream", async () => {
  const { rungs } = await climb(
    model,
    readVerifyOptions({ particles: [10, 20, 30], replicas: [512, 600, 700], times: [1] }),
  );
  expect(rungs.map(({ ensemble }) => ensemble.certificate.firstReplica)).toEqual([0, 512, 1112]);
});

describe("planted defects of the simulation fail the reports and are named", async () => {
  const options = readVerifyOptions({ particles: [300, 1000], replicas: 4096, times: [1] });
  const ladder = await climb(model, options);
  const failedBy = (
    { rungs, ...rest }: Ladder,
    change: (ensemble: Ensemble<"covariance">) => Partial<Ensemble<"covariance">>,
  ) => {
    const changed = {
      ...rest,
      rungs: rungs.map((rung) => ({ ...rung, ensemble: { ...rung.ensemble, ...change(rung.ensemble) } })),
    };
    return [llnReport(changed), cltReport(changed)].map(({ checks, passed }) => {
      expect(passed).toBe(checks.every((check) => check.passed));
      return checks.filter((check) => !check.passed).map(({ name }) => name);
    });
  };

  test("none", () => expect(failedBy(ladder, () => ({}))).toEqual([[], []]));

  test("means that lag by 4%", () => {
    const [lln, clt] = failedBy(ladder, ({ mean }) => ({ mean: mean.map((E) => 0.96 * E) }));
    expect(lln.length).toBeGreaterThan(0);
    expect(clt).toContain("mean of √M(Θ-Θ̄) = 0 at M = 1000");
  });

  test("neighbours uncorrelated", () => {
    const diagonal = ({ covariance }: Ensemble<"covariance">) => covariance.map((C, i) => (i % (N + 1) === 0 ? C : 0));
    const [lln, clt] = failedBy(ladder, (ensemble) => ({ covariance: diagonal(ensemble) }));
    expect(lln).toEqual([]);
    expect(clt).toContain("covariance of √M(Θ-Θ̄) = C at M = 1000");
  });

  test("an RMS distance that stops falling", () => {
    const floor = ({ variance }: Ensemble<"covariance">) => variance.map((v) => v + 0.005);
    const [lln] = failedBy(ladder, (ensemble) => ({ variance: floor(ensemble) }));
    expect(lln).toContain("slope of log RMS over log M at t = 1");
  });

  test("NaN is a failure", () => {
    const [lln, clt] = failedBy(ladder, ({ mean }) => ({ mean: mean.map(() => NaN) }));
    expect(lln.length + clt.length).toBeGreaterThan(3);
  });
});

test("the suite's stated false-alarm rate is below 1e-6", async () => {
  // The standard ladder's rungs, at its numbers of replicas, on a chain of its size but at small M: the count is what matters.
  const reports = await verify.all(standardChain(), { particles: [10, 20, 30, 40], replicas: 512 });
  const total = reports.flatMap(({ checks }) => checks).reduce((sum, check) => sum + check.falseAlarm, 0);
  expect(total).toBeLessThan(1e-6);
  for (const check of reports.flatMap(({ checks }) => checks)) {
    expect(check.comparisons).toBeGreaterThan(0);
    expect(check.detects).toBeGreaterThan(0);
  }
});
