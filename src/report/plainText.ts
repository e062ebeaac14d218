/** Reports as plain text for a terminal or a file, no line wider than the screen unless a single word is. */
import type { Check, Report, Table } from "./data.ts";
import { explanations } from "./glossary.ts";
import { formatNumber } from "./number.ts";
import { clean, widthOf, wrap } from "./text.ts";
import { totalsOf } from "./totals.ts";

/** The place where text is shown. */
export interface Screen {
  /** Columns. */
  readonly width: number;
  /** True if verdicts are coloured, by ANSI escape sequences. */
  readonly inColour: boolean;
}

/** A file, or the pipe to another program. */
export const PAPER: Screen = { width: 100, inColour: false };

/** Words of a cell are wrapped at the first width, or narrower, down to the second, if the table would be too wide. */
const WIDEST_CELL = 60;
const NARROWEST_CELL = 10;
const GAP = "  ";
/** Columns of "PASS" and the gap after it. */
const INDENT = 6;
const [RED, GREEN] = [31, 32];

type Cell = number | string;

/**
 * A title, a line of column names and the rows; columns that hold numbers are aligned right. What does not fit the screen
 * follows below, beside the first column again.
 */
export function renderTable({ title, columns, rows }: Table, { width } = PAPER): string {
  const parts = layOut(columns, rows, width).map((part) => part.join("\n"));
  const body = rows.length === 0 ? ["(no rows)"] : [];
  return lines(wrap(title, width), [parts.join("\n\n")], body);
}

/** Each check, then their samples and the probability that a right simulation fails any of them. */
export function renderChecks(checks: readonly Check[], screen = PAPER): string {
  if (checks.length === 0) return "no checks";
  const { comparisons, falseAlarm, samples } = totalsOf(checks);
  const n = [...new Set(samples)].map(formatNumber).join(" to ");
  const said = [
    `n = ${n} independent observations a check, ${formatNumber(comparisons)} comparisons in all`,
    "detects: an error of this size, in its own unit, is missed as seldom as a right simulation fails",
    `total false-alarm rate: a right simulation fails here with probability ${formatNumber(falseAlarm)} at most`,
  ];
  return lines(checkLines(checks, screen), ...said.map((line) => wrap(line, screen.width)));
}

/**
 * The words, tables and checks of a report, and its verdict as the last lines.
 * @param told symbols that were explained before, to which those of this report are added.
 */
export function renderReport(report: Report, screen = PAPER, told = new Set<string>()): string {
  const { width } = screen;
  const title = wrap(report.title, width);
  const underline = "=".repeat(Math.max(...title.map(widthOf)));
  const parts = [lines(title, [underline])];
  if (report.statement !== "") parts.push(lines(wrap(report.statement, width)));
  const symbols = explanations(report, told).map(({ symbol, meaning }) => wrap(`${symbol}: ${meaning}`, width));
  if (symbols.length > 0) parts.push(lines(...symbols));
  parts.push(...report.notes.map((note) => lines(wrap(`note: ${note}`, width))));
  parts.push(...report.tables.map((table) => renderTable(table, screen)));
  if (report.checks.length > 0) parts.push(renderChecks(report.checks, screen));
  const { failed, verdict } = totalsOf(report.checks);
  const names = failed.map(({ name }) => clean(name)).join(", ");
  const last = wrap(names === "" ? verdict : `${verdict}: ${names}`, width);
  const passed = failed.length === 0;
  parts.push(lines(report.checks.length === 0 ? last : last.map((line) => verdictIn(screen, line, passed))));
  return parts.join("\n\n");
}

/** The words in green if they tell of something good, else in red. */
export function verdictIn({ inColour }: Screen, words: string, good: boolean): string {
  return inColour ? `\x1b[${good ? GREEN : RED}m${words}\x1b[39m` : words;
}

/** A row for each check; on a narrow screen a paragraph. */
function checkLines(checks: readonly Check[], screen: Screen): string[] {
  const header = ["", "check", "predicted", "measured", "std. error", "z", "limit", "detects"];
  const result = ({ passed }: Check) => (passed ? "PASS" : "FAIL");
  const numbers = (check: Check) => {
    const { predicted, measured, standardError, z, limit, detects } = check;
    return [predicted, measured, standardError, z, limit, detects];
  };
  const rows = checks.map((check) => [result(check), check.name, ...numbers(check)]);
  const parts = layOut(header, rows, screen.width);
  const shown =
    parts.length === 1
      ? parts[0]
      : checks.flatMap((check) => {
          const words = numbers(check).map((number, k) => `${header[k + 2]} ${formatNumber(number)}`);
          const within = [check.name, words.join(", ")].flatMap((text) => wrap(text, screen.width - INDENT));
          return within.map((line, k) => (k === 0 ? result(check) : "").padEnd(INDENT) + line);
        });
  return shown.map((line) =>
    line.replace(/^(PASS|FAIL)\b/, (verdict) => verdictIn(screen, verdict, verdict === "PASS")),
  );
}

/** The header, a rule and the rows as lines of text, every column as wide as its widest cell, in as few parts as fit. */
function layOut(header: readonly string[], rows: readonly (readonly Cell[])[], widest: number): string[][] {
  let cell = Math.min(WIDEST_CELL, widest);
  let columns = columnsOf(header, rows, cell);
  while (cell > NARROWEST_CELL && widthOfAll(columns) > widest) columns = columnsOf(header, rows, --cell);
  if (widthOfAll(columns) <= widest || columns.length <= 2) return [linesOf(columns, rows.length)];

  const [first, ...rest] = columnsOf(header, rows, Math.max(NARROWEST_CELL, Math.floor(widest / 3)));
  const parts = [[first]];
  for (const column of rest) {
    const part = parts.at(-1)!;
    if (part.length > 1 && widthOfAll([...part, column]) > widest) parts.push([first, column]);
    else part.push(column);
  }
  return parts.map((part) => linesOf(part, rows.length));
}

const widthOfAll = (columns: readonly Column[]) =>
  columns.reduce((sum, { width }) => sum + width, 0) + GAP.length * (columns.length - 1);

function linesOf(columns: readonly Column[], rows: number): string[] {
  const out: string[] = [];
  for (let row = 0; row <= rows; row++) {
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
