/** The numbers of a theorem: measured beside predicted, with standard errors and z. */
import { make, show, signed } from "../dom.ts";
import { type Row, zOf } from "./outcome.ts";

/** A z beyond this is one of a wrong simulation, or of a wrong theory: by chance it comes once in 150,000 times. */
const FAR = 4.5;

const COLUMNS = ["quantity", "measured", "std. error", "predicted", "z"];

export function tableOf(rows: readonly Row[]): HTMLTableElement {
  const head = make("tr", {}, ...COLUMNS.map((name) => make("th", { scope: "col" }, name)));
  const body = rows.map((row) => {
    const z = zOf(row);
    return make(
      "tr",
      {},
      make("th", { scope: "row" }, row.quantity),
      make("td", {}, signed(show(row.measured))),
      make("td", {}, show(row.error, 2)),
      make("td", {}, signed(show(row.predicted))),
      make(
        "td",
        { className: z !== undefined && Math.abs(z) > FAR ? "bad" : "" },
        z === undefined ? "–" : signed(z.toFixed(2)),
      ),
    );
  });
  return make("table", {}, make("thead", {}, head), make("tbody", {}, ...body));
}
