/** Tables and checks as HTML: numbers aligned right, and z beside its limit as a bar. */
import type { Check, Table } from "./data.ts";
import { type Markup, markup, prose } from "./markup.ts";
import { clean, wrap } from "./text.ts";

/** A table of more rows scrolls in a window of its own. */
const LONG = 15;
/** A table of so many columns always fits beside the navigation. */
const FITTING = 7;
/** Longer words of a header are broken, since a column is at least as wide as its longest word. */
const LONGEST_WORD = 20;
/** Words of at most this length are not broken. */
const SHORT = 12;

/** A table with its title as caption. */
export function tableMarkup({ title, columns, rows }: Table): Markup {
  const count = Math.max(columns.length, ...rows.map((row) => row.length));
  const places = Array.from({ length: count }, (_, k) => k);
  const numeric = places.map((k) => rows.some((row) => typeof row[k] === "number"));
  const short = places.map((k) => rows.every((row) => String(row[k] ?? "").length <= SHORT));
  const header = places.map((k) => headerCell(columns[k] ?? "", numeric[k]));
  const body = rows.map((row) => {
    const cells = places.map((k) => {
      const content = row[k] ?? "";
      const words = typeof content === "number" ? markup`${content}` : prose(content);
      const look = numeric[k] ? markup` class="number"` : short[k] ? markup` class="short"` : markup``;
      return k === 0 && content !== ""
        ? markup`<th scope="row"${look}>${words}</th>`
        : markup`<td${look}>${words}</td>`;
    });
    return markup`<tr>${cells}</tr>\n`;
  });
  const empty = markup`<tr><td colspan="${Math.max(count, 1)}">(no rows)</td></tr>\n`;
  return framed(title, rows.length, count <= FITTING, header, rows.length === 0 ? [empty] : body);
}

/** A row for each check, whose ids start with `id`. */
export function checksMarkup(checks: readonly Check[], id: string): Markup {
  const words = ["Result", "Check"].map((word) => headerCell(word, false));
  const numbers = ["Predicted", "Measured", "Std. error", "z within ±limit", "Limit", "n", "False alarm", "Detects"];
  const header = [...words, ...numbers.map((word) => headerCell(word, true))];
  const body = checks.map((check, k) => {
    const { passed, name, predicted, measured, standardError, z, limit, comparisons, samples, falseAlarm } = check;
    const [tone, result] = passed ? ["good", "✓ pass"] : ["bad", "✗ FAIL"];
    const worst = comparisons > 1 ? markup`<span class="worst">worst of ${comparisons}</span>` : [];
    const shown = markup`${z}${barOf(z, limit)}`;
    const cells = [predicted, measured, standardError, shown, limit, samples, falseAlarm, check.detects];
    return markup`<tr id="${rowId(id, k)}"${passed ? [] : markup` class="failed"`}>
<td class="result ${tone}">${result}</td><th scope="row">${prose(name)}${worst}</th>
${cells.map((cell) => markup`<td class="number">${cell}</td>`)}
</tr>
`;
  });
  return framed("Prediction and measurement", checks.length, true, header, body);
}

/** The id of the row of check `k`, from 0. */
export function rowId(id: string, k: number): string {
  return `${id}-check-${k + 1}`;
}

/** A bar from the middle, z = 0, towards z; it ends at the limit. */
function barOf(z: number, limit: number): Markup {
  const half = 50 * Math.min(Math.abs(z / limit), 1);
  if (Number.isNaN(half)) return markup``;
  const [left, width] = [z < 0 ? 50 - half : 50, half].map((share) => share.toFixed(1));
  return markup`<span class="z" aria-hidden="true"><i style="left:${left}%;width:${width}%"></i></span>`;
}

function headerCell(words: string, numeric: boolean): Markup {
  const look = numeric ? markup` class="number"` : markup``;
  return markup`<th scope="col"${look}>${prose(wrap(words, LONGEST_WORD).join(" "))}</th>`;
}

/** The table in a frame that scrolls where the window is narrower. */
function framed(
  title: string,
  rows: number,
  fits: boolean,
  header: readonly Markup[],
  body: readonly Markup[],
): Markup {
  const classes = ["scroll", ...(rows > LONG ? ["long"] : []), ...(fits ? ["fits"] : [])].join(" ");
  return markup`<div class="${classes}" role="group" aria-label="${clean(title)}" tabindex="0">
<table>
<caption>${prose(title)}</caption>
<thead><tr>${header}</tr></thead>
<tbody>
${body}</tbody>
</table>
</div>
`;
}
