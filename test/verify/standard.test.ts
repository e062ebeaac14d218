/** Every verification of the standard chain, quick: it passes, its rates add up, and the misprints are rejected. */
import { describe, expect, test } from "vitest";
import { verify, type Report, type Table } from "../../src/index.ts";
import { explanations, textOf } from "../../src/report/glossary.ts";

describe("verify all --quick on the standard chain", async () => {
  const heard: Report[] = [];
  const onReport = (report: Report) => void heard.push(report);
  const reports = await verify.all(verify.standardChain(), { quick: true, onReport });
  const named = (name: string): Report => reports.find((report) => report.name === name)!;
  const checks = reports.flatMap((report) => report.checks);

  test("every check passes", () => {
    expect(checks.filter(({ passed }) => !passed)).toEqual([]);
    expect(reports.every(({ passed }) => passed)).toBe(true);
    expect(reports.map(({ name }) => name)).toEqual(verify.NAMES);
  });

  test("a listener hears of each report, in their order", () => {
    expect(heard).toEqual(reports);
  });

  test("every symbol is explained where it is first met", () => {
    const told = new Set<string>();
    for (const report of reports) {
      explanations(report, told);
      const text = textOf(report).replace(/\bB\d+,?/g, "");
      // Single letters, letters with a number, and what is written with signs; and the words that are no symbols.
      const SYMBOL = /(?<![\p{L}\d_])(?:[A-Zκε]\d?|[a-z]1|W1|RMS|Θ̄|Θ\^M|E\*|[-−]c\/2|Q_k|local slope)(?![\p{L}\d_])/gu;
      const met = new Set(Array.from(text.matchAll(SYMBOL), ([symbol]) => symbol.replace("-", "−")));
      for (const word of ["A", "E", "O", "P", "T", "L", "R", "V", "Q", ...(report.name === "beta" ? ["F"] : [])])
        met.delete(word);
      expect([...met].filter((symbol) => !told.has(symbol))).toEqual([]);
    }
    expect(told.size).toBeGreaterThan(25);
  });

  test("all that can be checked is checked", () => {
    expect(reports.map(({ notes }) => notes)).toEqual(reports.map(() => []));
    expect(reports.map((report) => report.checks.length)).toEqual([7, 16, 6, 26, 6, 8, 9, 11, 8]);
  });

  test("the stated false-alarm rate of the suite is below 1e-6", () => {
    expect(checks.reduce((sum, { falseAlarm }) => sum + falseAlarm, 0)).toBeLessThan(1e-6);
  });

  test("each check says how many comparisons and samples it makes and what it detects", () => {
    for (const { comparisons, samples, detects, falseAlarm, standardError } of checks) {
      expect(comparisons).toBeGreaterThan(0);
      expect(samples).toBeGreaterThanOrEqual(512);
      expect(detects).toBeGreaterThan(0);
      expect(falseAlarm).toBeGreaterThan(0);
      expect(standardError).toBeGreaterThan(0);
    }
  });

  test("residuals are as large as they should be: the rms z of all covariances is near 1", () => {
    // 330 correlated comparisons a rung; 0.7 and 1.3 are five deviations or more away.
    const table = tableOf(named("clt"), "against its predicted law");
    for (const row of table.rows) {
      expect(row[2]).toBeGreaterThan(0.7);
      expect(row[2]).toBeLessThan(1.3);
    }
  });

  test("every misprint is rejected at |z| > 20, every correction stays within |z| < 4", () => {
    const { columns, rows } = tableOf(named("errata"), "Where the simulation lies");
    expect(rows.map(([erratum]) => erratum)).toEqual(["B1", "B5", "B6", "B9", "B13", "B13"]);
    for (const row of rows) {
      expect(Math.abs(row[columns.indexOf("z if corrected")] as number), String(row[0])).toBeLessThan(4);
      expect(Math.abs(row[columns.indexOf("z if printed")] as number), String(row[0])).toBeGreaterThan(20);
      expect(row[columns.indexOf("verdict")]).toBe("misprint");
    }
  });

  test("findings: three equilibria, two of them stable [B7]; the paper's bath breaks time reversal [B14]", () => {
    const equilibria = tableOf(named("errata"), "B7").rows;
    expect(equilibria.map((row) => row[3])).toEqual(["stable", "unstable", "stable"]);
    for (const [, net] of equilibria) expect(Math.abs(net as number)).toBeLessThan(1e-12);
    const [exponential, thermal] = tableOf(named("errata"), "B14").rows;
    expect(Math.abs(exponential[5] as number)).toBeGreaterThan(20);
    expect(Math.abs(thermal[5] as number)).toBeLessThan(4);
  });

  test("findings: (3.3) has another skewness [B15]; energies stay positive [B16]", () => {
    const cumulants = tableOf(named("errata"), "B15").rows;
    expect(Math.abs(cumulants[0][6] as number)).toBeGreaterThan(4);
    for (const [, , , least] of tableOf(named("errata"), "B16").rows) expect(least).toBeGreaterThan(0);
  });

  test("every figure has a name of its own, and theory is drawn over simulation", () => {
    const figures = reports.flatMap((report) => report.figures);
    expect(new Set(figures.map(({ name }) => name)).size).toBe(figures.length);
    // Nothing of the current is measured far from its mean.
    const alone = ["errata", "largeDeviations-generating", "largeDeviations-rate"];
    const drawn = figures.filter(({ name }) => !name.includes("residuals") && !alone.includes(name));
    for (const { name, series } of drawn) {
      expect(new Set(series.map(({ kind }) => kind)), name).toEqual(new Set(["line", "dots"]));
    }
  });
});

function tableOf({ tables }: Report, words: string): Table {
  return tables.find(({ title }) => title.includes(words))!;
}
