/**
 * The verification of section 2.1 on collisions that are drawn from a known law: right data pass, each planted law is rejected
 * and named, and claims of the paper that are true of the data are not rejected. False alarms: below 1e-8 for each test.
 */
import { describe, expect, test } from "vitest";
import { explanations, textOf } from "../../src/report/glossary.ts";
import { type Chain } from "../../src/verify/billiards/chains.ts";
import { billiardsReport } from "../../src/verify/billiards/report.ts";
import { type Findings } from "../../src/verify/billiards/study.ts";
import { defineBilliards } from "../../src/billiards/index.ts";
import { collidingDisks, type Law } from "../support/collidingDisks.ts";

const exactly = (measured: number) => ({ measured, standardError: 0.01 * Math.abs(measured) });
const conduction = (flux: number, energies: number[]) => ({ flux: exactly(flux), energies: energies.map(exactly) });

const chain: Chain = {
  table: defineBilliards({ cells: 2, particles: 2, temperatures: [1, 2] }),
  constant: { value: 0.008, error: 0 },
  collisions: 1e5,
  batches: 512,
  disks: conduction(-1.5e-3, [1.2, 1.4]),
  kinetic: conduction(-1.53e-3, [1.19, 1.42]),
  uniform: conduction(-1e-3, [1.2, 1.4]),
  certificates: [],
};

/** Disks that collide through a hole, drawn from a law: M = 1 most often. */
const tablesOf = (changes: Partial<Law> = {}) =>
  (
    [
      [1, 120],
      [2, 30],
      [5, 4],
      [10, 8],
    ] as const
  ).map(([M, collisions]) => collidingDisks(M, collisions, changes));

const right: Findings = { tables: tablesOf(), smaller: [collidingDisks(2, 20, {}, 0.5)], chains: [chain] };

const findings = (changes: Partial<Law>): Findings => ({ ...right, tables: tablesOf(changes) });

/** The checks that fail, and the claims that are rejected with all that tells them apart. */
function tried(of: Findings) {
  const { checks, passed, tables } = billiardsReport(of);
  const failed = checks.filter((check) => !check.passed).map(({ name }) => name);
  expect(passed).toBe(failed.length === 0);
  const trials = tables
    .filter(({ title }) => title.startsWith("Claim: "))
    .flatMap(({ title, columns, rows }) =>
      rows.map((row) => ({ claim: title.slice(7), quantity: row[0], verdict: row[columns.indexOf("verdict")] })),
    );
  const rejected = new Set(trials.filter(({ verdict }) => verdict === "rejected").map(({ claim }) => claim));
  const kept = trials.filter(({ verdict }) => verdict === "not rejected").map(({ quantity }) => quantity);
  return { failed, rejected, kept };
}

describe("a report of disks drawn from their law", () => {
  const report = billiardsReport(right);

  test("passes, with a false-alarm rate that it states", () => {
    expect(report.checks.filter(({ passed }) => !passed)).toEqual([]);
    const falseAlarm = report.checks.reduce((sum, check) => sum + check.falseAlarm, 0);
    expect(falseAlarm).toBeLessThan(1e-6);
    const [, stated] = /is below (\S+)$/m.exec(report.notes.join("\n"))!;
    expect(Number(stated)).toBeGreaterThanOrEqual(falseAlarm);
    expect(Number(stated)).toBeLessThan(1e-6);
    for (const { samples, standardError } of report.checks) {
      expect(samples).toBeGreaterThanOrEqual(512);
      expect(standardError).toBeGreaterThan(0);
    }
  });

  test("rejects every claim but that of waits, which were drawn as it has them", () => {
    const { failed, rejected } = tried(right);
    expect(failed).toEqual([]);
    expect(rejected.size).toBe(5);
    expect(rejected).not.toContain("waits are exponential");
  });

  test("has tables without gaps, figures with theory over simulation, and explains its symbols", () => {
    for (const { columns, rows } of report.tables) for (const row of rows) expect(row).toHaveLength(columns.length);
    const drawn = report.figures.filter(({ name }) => !/residuals|waits/.test(name));
    expect(drawn.length).toBe(7);
    for (const { name, series } of drawn)
      expect(new Set(series.map(({ kind }) => kind)), name).toEqual(new Set(["line", "dots"]));
    for (const { series } of report.figures)
      for (const { x, y } of series) expect([...x, ...y].every(Number.isFinite)).toBe(true);
    const told = explanations(report).map(({ symbol }) => symbol);
    expect(told).toContain("φ(M)");
    expect(told).toContain("⟨g⟩");
    // Of chains, and nothing here.
    for (const sign of ["C", "ε", "B", "S", "κ"] as const) expect(told).not.toContain(sign);
    expect(textOf(report)).not.toMatch(/NaN|undefined/);
  });
});

describe("planted laws fail the report and are named", () => {
  test("disks taken at random, whatever their speed: the paper's shares", () => {
    const { failed, rejected } = tried(findings({ weight: () => Infinity }));
    expect(failed).toContain("M⟨e⟩ = 1.25 M/(M + 1/4) times the mean energy of a cell, every M > 1");
    expect(failed).toContain("share of the colliding disk: its law by flux, M = 2");
    expect(rejected).not.toContain("the disk that collides has a Beta(1, M-1) share of its cell's energy");
  });

  test("a uniform redistribution, the paper's", () => {
    const { failed, rejected } = tried(findings({ shareAfter: (_, u) => u }));
    expect(failed).toContain("shares before and after a collision: correlation -1/3, every M");
    expect(failed).toContain("share after a collision: variance 3/35, every M");
    expect(failed).toContain("mean share after a collision, for any share before: 1/2 - (p - 1/2)/3, every M");
    expect(rejected).not.toContain("the energy of the pair is redistributed uniformly");
  });

  test("both: the transfer is half of the difference, as in the paper's exchange", () => {
    const { failed, kept } = tried(findings({ weight: () => Infinity, shareAfter: (_, u) => u }));
    expect(failed).toContain("energy handed over = 2M/(2M+1) (E_1 - E_2)/M, every M");
    for (const M of [1, 2, 10]) expect(kept).toContain(`M⟨e_1 - e_1'⟩ over E_1 - E_2, M = ${M}`);
  });

  test.each([
    ["√min{E_1, E_2}", Math.sqrt, "the rate is like √min{E_1, E_2} (section 2.2)"],
    ["min{E_1, E_2}", (x: number) => x, "the rate is like min{E_1, E_2} where that is small"],
  ])("a rate that falls as %s", (_, of, claim) => {
    const { failed, rejected } = tried(findings({ weight: ({ energies }) => 2 * of(Math.min(...energies)) }));
    expect(failed).toContain("rate at given energies = contact constant times ⟨g⟩(E_1, E_2), M = 1");
    expect(rejected).not.toContain(claim);
    expect(rejected.has("the rate is like min{E_1, E_2} where that is small")).toBe(claim.includes("√"));
  });

  test("a tenth more collisions than the contact constant allows", () => {
    const { failed } = tried(findings({ rate: 1.1 }));
    expect(failed).toContain("φ(M), collisions in a unit of time = contact constant times ⟨g⟩, every M");
  });

  test("pairs that meet again at once: waits are not exponential", () => {
    const once = collidingDisks(2, 20, {}, 0.5);
    const time = once.events.time.map((at, i, all) => (i % 4 === 3 ? all[i - 1] + 1e-3 * (at - all[i - 1]) : at));
    const again = { ...once, events: { ...once.events, time } };
    const { failed, rejected } = tried({ ...right, smaller: [again] });
    expect(failed).toEqual(["waits of the smallest disks, R = 0.5: exponential within 0.02"]);
    expect(rejected).toContain("waits are exponential");
  });

  test("a chain that conducts and is warmed by the paper's exchange", () => {
    const slow = { ...chain, disks: conduction(-1e-3, [1.2, 1.7]) };
    expect(tried({ ...right, chains: [slow] }).failed).toEqual([
      "current of deterministic chains = that of their kinetic twins within 6%",
      "energies of deterministic chains = those of their kinetic twins within 6%",
    ]);
  });

  test("NaN is a failure", () => {
    const unknown = { ...chain, disks: conduction(NaN, [NaN, 1]) };
    expect(tried({ ...right, chains: [unknown] }).failed).toHaveLength(2);
  });
});
