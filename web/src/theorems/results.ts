/** A report in the page's words: what was found, the verdict, its tables, and the names of its certificates. */
import type { Certificate, Check, Report, Table } from "mesoflux";
import { make, show, signed } from "../dom.ts";

/** The check of a headline, in numbers. */
export function findingOf({ checks }: Report, headlines: readonly string[]): string {
  const check = headlines.flatMap((words) => checks.filter(({ name }) => name.startsWith(words))).at(0);
  if (!check) return "Nothing of this chain could be checked within the seconds that a page takes.";
  const worst = check.comparisons > 1 ? `, the worst of ${check.comparisons} comparisons` : "";
  const measured = `${number(check.measured)} ± ${show(check.standardError, 2)}`;
  const name = check.name.charAt(0).toUpperCase() + check.name.slice(1);
  return `${name}: measured ${measured}, predicted ${number(check.predicted)}${worst}.`;
}

/** The verdict of all checks, the one nearest to its limit, and the probability that a right simulation fails. */
export function verdictOf({ checks, passed }: Report): string {
  if (checks.length === 0) return "No checks.";
  const closest = checks.reduce((a, b) => (share(b) > share(a) ? b : a));
  const failed = checks.filter((check) => !check.passed).length;
  const falseAlarm = checks.reduce((sum, check) => sum + check.falseAlarm, 0);
  return (
    `${passed ? `All ${checks.length} checks passed` : `${failed} of ${checks.length} checks FAILED`}. ` +
    `The |z| nearest to its limit is ${Math.abs(closest.z).toFixed(1)} of ${closest.limit}, in “${closest.name}”. ` +
    `A right simulation fails one of them with probability ${show(falseAlarm, 2)} at most.`
  );
}

/** NaN is beyond every limit. */
const share = ({ z, limit }: Check) => (Number.isNaN(z) ? Infinity : Math.abs(z) / limit);

export function checkTable(checks: readonly Check[]): HTMLTableElement {
  const columns = ["check", "measured", "std. error", "predicted", "z", "limit of |z|", "comparisons"];
  return table(
    columns,
    checks.map(({ name, measured, standardError, predicted, z, limit, comparisons, passed }) => {
      // A predicted zero is one but for rounding.
      const theory = Math.abs(predicted) < 1e-9 * standardError ? 0 : predicted;
      const numbers = [number(measured), show(standardError, 2), number(theory)];
      return { cells: [name, ...numbers, signed(z.toFixed(2)), String(limit), show(comparisons)], isBad: !passed };
    }),
  );
}

export const tableOf = ({ columns, rows }: Table) =>
  table(
    columns,
    rows.map((row) => ({ cells: row.map((value) => (typeof value === "number" ? number(value) : value)) })),
  );

function table(columns: readonly string[], rows: readonly { cells: readonly string[]; isBad?: boolean }[]) {
  const head = make("tr", {}, ...columns.map((name) => make("th", { scope: "col" }, name)));
  const body = rows.map(({ cells: [first, ...others], isBad }) => {
    const heading = make("th", { scope: "row" }, first);
    return make("tr", { className: isBad ? "bad" : "" }, heading, ...others.map((text) => make("td", {}, text)));
  });
  return make("table", {}, make("thead", {}, head), make("tbody", {}, ...body));
}

const number = (value: number) => signed(show(value));

/** A simulation in words: Θᴹ, or Z in its steps, at its M and between its baths. */
export function nameOf({ model: { particles, temperatures }, method, step }: Certificate): string {
  const what = method === "mesoscopic" ? `Z in steps of ${show(step, 2)}` : "Θᴹ";
  return `${what} at M = ${show(particles)}, baths at ${temperatures.map((T) => show(T)).join(" and ")}`;
}
