/** A report in the words of `verify`: what was found, the verdict, its tables, and the names of its certificates. */
import type { Certificate, Check, Report, Table } from "mesoflux";
import { shareOfLimit, totalsOf } from "../../../src/report/totals.ts";
import { make, show, signed } from "../dom.ts";
import type { Sign } from "../../../src/report/glossary.ts";
import { explain, typeset } from "../typeset.ts";

/** The check of a headline: its numbers, z with its limit, and the verdict, which is the check's own. */
export function findingOf({ checks }: Report, headlines: readonly string[]): string {
  const check = headlines.flatMap((words) => checks.filter(({ name }) => name.startsWith(words))).at(0);
  if (!check) return "Nothing of this chain could be checked within the seconds that a page takes.";
  const worst = check.comparisons > 1 ? `, the worst of ${show(check.comparisons)} comparisons` : "";
  const measured = `${show(check.measured)} ± ${show(check.standardError, 2)}`;
  const z = `z = ${zOf(check)}, limit ±${check.limit}`;
  return `${wordOf(check)}: ${check.name}: measured ${measured}, predicted ${predictedBy(check)}, ${z}${worst}.`;
}

const wordOf = ({ passed }: Check) => (passed ? "PASS" : "FAIL");
const zOf = ({ z }: Check) => (Number.isNaN(z) ? "NaN" : signed(z.toFixed(2)));
/** A predicted zero is one but for rounding. */
const predictedBy = ({ predicted, standardError }: Check) =>
  show(Math.abs(predicted) < 1e-9 * standardError ? 0 : predicted);

/** The verdict of all checks, those that failed or the one nearest to its limit, and the total false-alarm rate. */
export function verdictOf({ checks }: Report): string {
  const { failed, verdict, falseAlarm } = totalsOf(checks);
  const begin = verdict.charAt(0).toUpperCase() + verdict.slice(1);
  if (checks.length === 0) return `${begin}.`;
  const closest = checks.reduce((a, b) => (shareOfLimit(b) > shareOfLimit(a) ? b : a));
  const named = (failed.length > 0 ? failed : [closest]).map(
    (one) => `“${one.name}” (z = ${zOf(one)}, limit ±${one.limit})`,
  );
  return (
    `${begin}: ${failed.length > 0 ? "" : "nearest to its limit is "}${named.join(", ")}. ` +
    `Total false-alarm rate: a right simulation fails here with probability ${show(falseAlarm, 2)} at most.`
  );
}

/** Symbols of the table of checks. */
export const CHECK_SIGNS: readonly Sign[] = ["std. error", "z", "limit", "detects", "false-alarm rate"];

/** The columns of `verify`. */
export const checkTable = (checks: readonly Check[]) =>
  table(
    ["check", "result", "predicted", "measured", "std. error", "z", "limit", "detects"],
    checks.map((check) => {
      const { name, measured, standardError, limit, comparisons, detects, passed } = check;
      const of = comparisons > 1 ? `, worst of ${show(comparisons)}` : "";
      const numbers = [predictedBy(check), show(measured), show(standardError, 2), zOf(check), `±${limit}`];
      return { cells: [name + of, wordOf(check), ...numbers, show(detects, 2)], isBad: !passed };
    }),
  );

export const tableOf = ({ columns, rows }: Table) =>
  table(
    columns,
    rows.map((row) => ({ cells: row.map((value) => (typeof value === "number" ? show(value) : value)) })),
  );

/** A table whose rows are blocks on a narrow screen: the heading, and the other cells beside the names of their columns. */
function table(columns: readonly string[], rows: readonly { cells: readonly string[]; isBad?: boolean }[]) {
  const headed = (column: string) =>
    column === "" ? make("td") : make("th", { scope: "col" }, ...explain(column, CHECK_SIGNS));
  const head = make("tr", {}, ...columns.map(headed));
  const body = rows.map(({ cells: [first, ...others], isBad }) => {
    const named = (k: number) => make("span", { className: "column", ariaHidden: "true" }, ...typeset(columns[k]));
    const heading = make("th", { scope: "row" }, columns[0] === "check" ? "" : named(0), ...typeset(first));
    const cells = others.map((text, k) => make("td", {}, named(k + 1), ...typeset(text)));
    return make("tr", { className: isBad ? "bad" : "" }, heading, ...cells);
  });
  return make("table", {}, make("thead", {}, head), make("tbody", {}, ...body));
}

/** Simulations in words, those alike with what else they differ in. */
export function namesOf(certificates: readonly Certificate[]): string[] {
  const names = certificates.map(nameOf);
  return names.map((name, i) => {
    const { cells, bath } = certificates[i].model;
    return names.indexOf(name) === names.lastIndexOf(name) ? name : `${name}, N = ${cells}, "${bath}"`;
  });
}

/** A simulation in words: Θ^M, or Z in its steps, at its M and between its baths. */
export function nameOf({ model: { particles, temperatures }, method, step }: Certificate): string {
  const what = method === "mesoscopic" ? `Z in steps of ${show(step, 2)}` : "Θ^M";
  return `${what} at M = ${show(particles)}, baths at ${temperatures.map((T) => show(T)).join(" and ")}`;
}
