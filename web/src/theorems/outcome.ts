/** What a theorem's run comes to, as plain data: what was chosen, a finding, numbers beside their predictions. */
import type { Certificate } from "mesoflux";
import { signed } from "../dom.ts";

export interface Outcome {
  /** What was chosen for the run, and why. */
  readonly chosen: string;
  /** What came out, in a sentence. */
  readonly finding: string;
  readonly rows: readonly Row[];
  /** Of the ensembles behind it. */
  readonly certificates: readonly { readonly name: string; readonly certificate: Certificate }[];
}

/** A measurement beside its prediction. */
export interface Row {
  readonly quantity: string;
  readonly measured: number;
  /** The standard error of `measured`. */
  readonly error: number;
  readonly predicted: number;
  /** How far the prediction may be off by itself, about: by the orders in 1/M that it leaves out. */
  readonly missing: number;
}

/** Errors between measurement and prediction; none where what the prediction leaves out would be seen. */
export function zOf({ measured, error, predicted, missing }: Row): number | undefined {
  return missing > error ? undefined : (measured - predicted) / error;
}

/** The z of the rows that have one, in a sentence. */
export function verdictOf(rows: readonly Row[]): string {
  const all = rows.map(zOf).filter((z) => z !== undefined);
  if (all.length === 0) return "No z: what the predictions leave out, by orders of 1/M, would be seen at this M.";
  const largest = all.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
  const without =
    all.length < rows.length ? " Where there is none, the prediction leaves out what would be seen at this M." : "";
  return `The largest of ${all.length} z is ${signed(largest.toFixed(1))}.${without}`;
}
