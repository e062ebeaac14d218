/** Reports as plain text for a terminal, within 100 columns where the content allows. */
import type { Check, Report, Table } from "./data.ts";
import { formatNumber } from "./number.ts";
import { clean, widthOf, wrap } from "./text.ts";
import { totalsOf } from "./totals.ts";

const WIDEST = 100;
/** Words of a cell are wrapped at the first width, or narrower, down to the second, if the table would be too wide. */
const WIDEST_CELL = 60;
const NARROWEST_CELL = 8;
const GAP = "  ";

type Cell = number | string;

/** A title, a line of column names and the rows; columns that hold numbers are aligned right. */
export function renderTable(table: Table): string {
  const body = table.rows.length === 0 ? ["(no rows)"] : [];
  return lines(wrap(table.title, WIDEST), layOut(table.columns, table.rows), body);
}

/** A line for each check, then their samples and the probability that a right simulation fails any of them. */
export function renderChecks(checks: readonly Check[]): string {
  if (checks.length === 0) return "no checks";
  const header = ["", "check", "predicted", "measured", "std. error", "z", "limit", "detects"];
  const rows = checks.map(({ passed, name, predicted, measured, standardError, z, limit, detects }) => {
    return [passed ? "PASS" : "FAIL", name, predicted, measured, standardError, z, limit, detects];
  });
  const { comparisons, falseAlarm, samples } = totalsOf(checks);
  const n = [...new Set(samples)].map(formatNumber).join(" to ");
  return lines(
    layOut(header, rows),
    wrap(`n = ${n} independent observations a check, ${formatNumber(comparisons)} comparisons in all`, WIDEST),
    ["detects: an error of this size, in its own unit, is missed as seldom as a right simulation fails"],
    [`total false-alarm rate: a right simulation fails here with probability ${formatNumber(falseAlarm)} at most`],
  );
}

/** The words, tables and checks of a report, and its verdict as the last lines. */
export function renderReport(report: Report): string {
  const title = wrap(report.title, WIDEST);
  const underline = "=".repeat(Math.max(...title.map(widthOf)));
  const parts = [lines(title, [underline])];
  if (report.statement !== "") parts.push(lines(wrap(report.statement, WIDEST)));
  parts.push(...report.notes.map((note) => lines(wrap(`note: ${note}`, WIDEST))));
  parts.push(...report.tables.map(renderTable));
  if (report.checks.length > 0) parts.push(renderChecks(report.checks));
  const { failed, verdict } = totalsOf(report.checks);
  const names = failed.map(({ name }) => clean(name)).join(", ");
  return [...parts, lines(wrap(names === "" ? verdict : `${verdict}: ${names}`, WIDEST))].join("\n\n");
}

/** The header, a rule and the rows as lines of text, every column as wide as its widest cell. */
function layOut(header: readonly string[], rows: readonly (readonly Cell[])[]): string[] {
  let cell = WIDEST_CELL;
  let columns = columnsOf(header, rows, cell);
  const widthOfAll = () => columns.reduce((sum, { width }) => sum + width, 0) + GAP.length * (columns.length - 1);
  while (cell > NARROWEST_CELL && widthOfAll() > WIDEST) columns = columnsOf(header, rows, --cell);

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

interface Column {
  /** The lines of every cell, the header's first. */
  readonly cells: readonly (readonly string[])[];
  readonly numeric: boolean;
  readonly width: number;
}

/** The columns when no line of words is longer than `widest`. */
function columnsOf(header: readonly string[], rows: readonly (readonly Cell[])[], widest: number): Column[] {
  const count = Math.max(header.length, ...rows.map((row) => row.length));
  return Array.from({ length: count }, (_, k) => {
    const cells = [header[k] ?? "", ...rows.map((row) => row[k] ?? "")].map((cell) => {
      return typeof cell === "number" ? [formatNumber(cell)] : wrap(cell, widest);
    });
    const numeric = rows.some((row) => typeof row[k] === "number");
    return { cells, numeric, width: Math.max(...cells.flat().map(widthOf)) };
  });
}

function pad(text: string, width: number, right: boolean): string {
  const space = " ".repeat(width - widthOf(text));
  return right ? space + text : text + space;
}

function lines(...parts: readonly (readonly string[])[]): string {
  return parts.flat().join("\n");
}
