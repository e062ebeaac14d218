/**
 * Large deviations: the current's generating function and what it says of the fluctuations that can be measured, and the
 * exact tails of a cell's energy, which section 7's Gaussian misses, and with the paper's bath any expansion of that kind [B17].
 */
import type { Check, Figure, Report, Table } from "../../report/data.ts";
import type { Carried } from "../evidence/carried.ts";
import type { HiddenTail } from "../evidence/hiddenTails.ts";
import { check, limitOf } from "../measure/check.ts";
import { reportOf } from "../measure/present.ts";
import {
  carriedTable,
  gaussianTable,
  generatingFigure,
  mirrorTable,
  nameOf,
  rateFigure,
  tailFigure,
  tailTable,
} from "./display.ts";

/** What the chain carries, or the words why nothing is known of it; and one cell under each kind of bath, if it is known. */
export function largeDeviationsReport(current: Carried | string, hidden: readonly HiddenTail[] | string): Report {
  const tables: Table[] = [];
  const checks: Check[] = [];
  const figures: Figure[] = [];
  const certificates: object[] = [];
  const tails = typeof hidden === "string" ? [] : hidden;
  if (typeof current !== "string") {
    const { variance, replicas, certificate } = current;
    checks.push(check("variance of what the chain carries = ψ''(0) t/M", "square", replicas, [variance]));
    tables.push(carriedTable(current), mirrorTable(current));
    figures.push(generatingFigure(current), rateFigure(current));
    certificates.push(certificate);
  }
  for (const tail of tails) {
    const { distance, levels, replicas, certificate } = tail;
    checks.push(
      check(`law of one cell's energy, hidden temperatures: ${nameOf(tail)}`, "distance", replicas, [distance]),
      check(`its tails: ${nameOf(tail)}`, "square", replicas, levels),
    );
    certificates.push(certificate);
  }
  if (tails.length > 0) {
    tables.push(tailTable(tails), gaussianTable(tails));
    figures.push(tailFigure(tails));
  }
  return reportOf(
    {
      name: "largeDeviations",
      title: "Large deviations (section 7)",
      statement:
        "Rare currents and energies have probabilities of the order e^(-M I), I a rate function of which the Gaussian of section 7 knows the curvature at its zero. Measured: that curvature for the current, and the tails of a cell's energy, of which the exact law is known at any depth. With the paper's bath an energy rises by one large packet instead, at a cost of the order √M, and no rate function says so [B17].",
      notes: [current, hidden].filter((one) => typeof one === "string"),
      ...{ tables, checks, figures, certificates },
    },
    tails.length > 0
      ? {
          title: "Large deviations: residuals of one cell's tails",
          groups: tails.map((tail) => ({ name: nameOf(tail), of: tail.levels })),
          limit: limitOf("square"),
        }
      : undefined,
  );
}
