/** Text for screens of any width, with and without colour; and the symbols that it explains. */
import { describe, expect, test } from "vitest";
import type { Check, Report } from "../../src/report/data.ts";
import { explanations } from "../../src/report/glossary.ts";
import { PAPER, renderChecks, renderReport, renderTable } from "../../src/report/plainText.ts";
import { widthOf } from "../../src/report/text.ts";

const check: Check = {
  name: "covariance of the steady state = S/M, every pair",
  ...{ predicted: -1.23456e-10, measured: 1.5, standardError: 0.001, z: 1.23, limit: 7.5, comparisons: 50 },
  ...{ falseAlarm: 1e-7, samples: 4096, detects: 0.015, passed: true },
};
const columns = ["cell k", "mean energy", "std. error", "limit equation", "transferred", "remark"];
const rows = Array.from({ length: 12 }, (_, k) => [
  k + 1,
  1 / (k + 1),
  1e-7 * k,
  -1e9,
  -0.001,
  "near the bath, or not",
]);
const report: Report = {
  name: "ness",
  title: "The steady state",
  statement: "Energies settle into a law around E* with the covariance S/M.",
  notes: [],
  tables: [{ title: "A table of many columns, wider than a phone", columns, rows }],
  checks: [check, { ...check, z: -9, passed: false }],
  figures: [],
  certificates: [],
  passed: false,
};

const ESCAPES = /\x1b\[\d+m/g;

describe.each([24, 40, 60, 80, 100, 200])("%i columns", (width) => {
  test("hold every line of a report, and every number of it", () => {
    const text = renderReport(report, { width, inColour: false });
    for (const line of text.split("\n")) expect(widthOf(line)).toBeLessThanOrEqual(width);
    for (const row of rows) for (const cell of row.slice(0, 5)) expect(text).toMatch(numberPattern(cell as number));
    for (const word of ["-1.235e-10", "0.01500", "7.500", "PASS", "FAIL"]) expect(text).toContain(word);
  });

  test("are shared out between parts of a table, each beside its first column", () => {
    const text = renderTable(report.tables[0], { width, inColour: false });
    const parts = text.split("\n\n");
    expect(parts.length).toBe({ 24: 5, 40: 3 }[width] ?? 1);
    for (const part of parts) expect(part.match(/^ {0,5}\d+ /gm)).toHaveLength(12);
  });
});

/** The number as a word of its own. */
function numberPattern(value: number): RegExp {
  return new RegExp(
    `(^|\\s)${renderTable({ title: "", columns: [""], rows: [[value]] })
      .split("\n")
      .at(-1)!
      .trim()}(\\s|$)`,
  );
}

test("colours verdicts, and nothing but colours differs", () => {
  const plain = renderReport(report, PAPER);
  const coloured = renderReport(report, { ...PAPER, inColour: true });
  expect(plain).not.toMatch(ESCAPES);
  expect(coloured.replace(ESCAPES, "")).toBe(plain);
  expect(coloured).toContain("\x1b[32mPASS\x1b[39m");
  expect(coloured).toContain("\x1b[31mFAIL\x1b[39m");
  expect(coloured).toMatch(/\x1b\[31m1 of 2 checks FAILED[^\n]*\x1b\[39m$/);
  expect(renderChecks([check], { ...PAPER, inColour: true }).match(ESCAPES)).toHaveLength(2);
});

describe("symbols", () => {
  const met = (words: string) => explanations({ ...report, title: words, statement: "", tables: [], checks: [] });

  test.each([
    ["the law of Θ^M", ["M", "Θ^M"]],
    ["the mean tends to Θ̄", ["Θ̄"]],
    ["E* + m1/M", ["M", "m1", "E*"]],
    ["with covariance S/M", ["M", "S"]],
    ["the current = -c/2 + j1/M, or −c/2", ["M", "j1", "−c/2"]],
    ["covariance of √M(Θ-Θ̄)", ["M", "Θ^M", "Θ̄", "C"]],
    ["C1 of (3.3)", ["C1"]],
    ["M W1 of Z", ["M", "Z", "W1"]],
    ["Conductivity of a chain", ["κ"]],
    ["P(B > x/M)", ["M", "B"]],
    ["√n sup |F_n - F|", ["F_n - F"]],
    ["Cells and baths, Slopes and Zeros: Maxima", []],
  ])("%s", (words, symbols) => expect(met(words).map(({ symbol }) => symbol)).toEqual(symbols));

  test("are told once, before the tables that use them", () => {
    const told = new Set<string>();
    const first = renderReport(report, PAPER, told);
    expect(first).toMatch(/\nE\*: The equilibrium[^\n]*\n(?:.*\n)*\nA table/);
    expect(renderReport(report, PAPER, told)).not.toContain("E*: ");
    expect([...told]).toEqual(["M", "E*", "S", "std. error", "z"]);
  });
});
