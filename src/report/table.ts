/** Tables and checks as plain text for a terminal, within 100 columns where the content allows. */
import type { Check, Report, Table } from "./data.ts";
import { formatNumber } from "./number.ts";
import { clean, widthOf, wrap } from "./text.ts";

/** Longer words go on in the next line of their cell. */
const WIDEST_WORDS = 44;
const WIDEST_TITLE = 100;
const GAP = "  ";

type Cell = number | string;

/** A title, a line of column names and the rows; columns that hold numbers are aligned right. */
export function renderTable(table: Table): string {
  const body = table.rows.length === 0 ? ["(no rows)"] : [];
  return lines(wrap(table.title, WIDEST_TITLE), layOut(table.columns, table.rows), body);
}

/** One line per check, then the probability that a right simulation fails any of them. */
export function renderChecks(checks: readonly Check[]): string {
  if (checks.length === 0) return "no checks";
  const rows = checks.map(({ passed, name, predicted, measured, z, limit }) => {
    return [passed ? "PASS" : "FAIL", name, predicted, measured, z, limit];
  });
  const falseAlarm = checks.reduce((sum, check) => sum + check.falseAlarm, 0);
  return lines(layOut(["", "check", "predicted", "measured", "z", "limit"], rows), [
    `total false-alarm rate: a right simulation fails here with probability ${formatNumber(falseAlarm)} at most`,
  ]);
}

/** Everything a report says in words and numbers, and its verdict as the last line. */
export function renderReport(report: Report): string {
  const title = wrap(report.title, WIDEST_TITLE);
  const underline = "=".repeat(Math.max(...title.map(widthOf)));
  const parts = [lines(title, [underline]), ...report.tables.map(renderTable)];
  if (report.checks.length > 0) parts.push(renderChecks(report.checks));
  return [...parts, verdict(report.checks)].join("\n\n");
}

function verdict(checks: readonly Check[]): string {
  const failed = checks.filter((check) => !check.passed).map((check) => clean(check.name));
  if (checks.length === 0) return "no checks";
  if (failed.length === 0) return `all ${checks.length} checks passed`;
  return `${failed.length} of ${checks.length} checks FAILED: ${failed.join(", ")}`;
}

/** The header, a rule and the rows as lines of text, every column as wide as its widest cell. */
function layOut(header: readonly string[], rows: readonly (readonly Cell[])[]): string[] {
  const count = Math.max(header.length, ...rows.map((row) => row.length));
  const columns = Array.from({ length: count }, (_, k) => {
    const cells = [header[k] ?? "", ...rows.map((row) => row[k] ?? "")].map(linesOf);
    const numeric = rows.some((row) => typeof row[k] === "number");
    return { cells, numeric, width: Math.max(...cells.flat().map(widthOf)) };
  });
  const out: string[] = [];
  for (let row = 0; row <= rows.length; row++) {
    const height = Math.max(1, ...columns.map(({ cells }) => cells[row].length));
    for (let line = 0; line < height; line++) {
      const parts = columns.map(({ cells, numeric, width }) => pad(cells[row][line] ?? "", width, numeric));
      out.push(parts.join(GAP).trimEnd());
    }
    if (row === 0) out.push(columns.map(({ width }) => "-".repeat(width)).join(GAP));
  }
  return out;
}

function linesOf(cell: Cell): string[] {
  return typeof cell === "number" ? [formatNumber(cell)] : wrap(cell, WIDEST_WORDS);
}

function pad(text: string, width: number, right: boolean): string {
  const space = " ".repeat(width - widthOf(text));
  return right ? space + text : text + space;
}

function lines(...parts: readonly (readonly string[])[]): string {
  return parts.flat().join("\n");
}
