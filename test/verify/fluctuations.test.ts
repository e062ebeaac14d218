/**
 * The report on the fluctuation theorem: it passes for rates of every kind, and planted defects fail it by name. False alarms:
 * 5e-9 a report, as it says; defects are rejected far beyond its limits.
 */
import { describe, expect, test } from "vitest";
import { defineModel, simulate, verify, type ModelInput, type Report } from "../../src/index.ts";
import { ratiosOf, type PathRatios } from "../../src/verify/evidence/pathRatios.ts";
import { fluctuationsReport } from "../../src/verify/fluctuations/report.ts";

const RATES: Record<string, NonNullable<ModelInput["rate"]>> = {
  constant: "constant",
  "sqrt-sum": "sqrt-sum",
  "an expression": "1-exp(-sqrt(a*b/(a+b)))",
  "capped, from bond to bond": { law: "sqrt-harmonic", cap: 0.8, scales: [1, 0.3, 2] },
};

const failed = ({ checks }: Report) => checks.filter(({ passed }) => !passed).map(({ name }) => name);

describe("the theorem holds, and its rivals are rejected", () => {
  test.each(Object.keys(RATES))("%s", async (name) => {
    const model = { cells: 2, particles: 10, temperatures: [2, 1] as const, rate: RATES[name] };
    const report = await verify.fluctuations(model, { quick: true });
    expect(failed(report)).toEqual([]);
    expect(report.checks).toHaveLength(8);
    const [theorem, ...rivals] = report.tables;
    expect(theorem.rows).toHaveLength(8);
    // Each mean of Σ is above 0.
    for (const row of theorem.rows) expect(row[2]).toBeGreaterThan(0.02);
    expect(rivals.map(({ title }) => title.slice(0, 3))).toEqual(name === "constant" ? ["B17"] : ["B18", "B17"]);
    for (const { rows } of rivals)
      expect(Math.max(...rows.map((row) => Math.abs(row[4] as number)))).toBeGreaterThan(10);
    expect(report.certificates).toHaveLength(11);
  });

  test("where disks collide, for the heat alone", async () => {
    const report = await verify.fluctuations(
      { cells: 2, particles: 10, temperatures: [1, 1], exchange: "kinetic" },
      { quick: true },
    );
    expect(failed(report)).toEqual([]);
    expect(report.tables).toHaveLength(1);
  });
});

describe("planted defects fail the report by name", async () => {
  const M = 2;
  const thermal: ModelInput = {
    ...{ cells: 3, particles: M, temperatures: [1, 1.3], rate: "sqrt-harmonic", bath: "thermal" },
    initial: { gamma: 1.3 },
  };
  const paths = async (input: ModelInput) =>
    simulate(input, { replicas: 1e5, times: [2], samples: true, rateRatio: true, seed: 3n });
  const right = await paths(thermal);
  const integral = `mean of e^-Σ = 1, M = ${M}`;
  const detailed = `P(Σ) = e^Σ P(-Σ): mean of a/(1 + e^Σ) = 0, M = ${M}`;
  const report = (ratios: PathRatios) => fluctuationsReport({ thermal: [ratios], exponential: [] });
  const of = (ensemble: typeof right, model: ModelInput = thermal) => report(ratiosOf(defineModel(model), ensemble));

  test("none", () => expect(failed(of(right))).toEqual([]));

  test("W_f with the other sign, f after over f before", () => {
    const turned = right.rateRatioSamples!.map((w) => -w);
    expect(failed(of({ ...right, rateRatioSamples: turned }))).toEqual([integral, detailed]);
  });

  test("no W_f", () => {
    const none = new Float64Array(right.replicas);
    expect(failed(of({ ...right, rateRatioSamples: none }))).toContain(integral);
  });

  test("heat with the other sign", () => {
    const turned = right.transferredSamples!.map((q) => -q);
    expect(failed(of({ ...right, transferredSamples: turned }))).toEqual([integral, detailed]);
  });

  test("the paper's bath", async () => {
    expect(failed(of(await paths({ ...thermal, bath: "exponential" })))).toContain(detailed);
  });

  test("starts of the other bath's temperature", async () => {
    expect(failed(of(await paths({ ...thermal, initial: { gamma: 1 } })))).toEqual([integral, detailed]);
  });

  test("starts that are the same in all replicas", async () => {
    expect(failed(of(await paths({ ...thermal, initial: 1.3 })))).toContain(detailed);
  });
});
