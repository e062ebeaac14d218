/** What was measured, with error bars, as a series of a figure. */
import type { Series } from "../../report/data.ts";
import type { Comparison } from "./check.ts";

/** Error bars show so many standard errors. */
export const BARS = 2;
export const BARS_IN_WORDS = "bars are two standard errors";

/** Dots over the given places. */
export function dots(
  name: string,
  x: readonly number[],
  comparisons: readonly Pick<Comparison, "measured" | "standardError">[],
  group?: string,
): Series {
  const at = (side: number) => comparisons.map(({ measured, standardError }) => measured + side * BARS * standardError);
  return { name, kind: "dots", x, y: at(0), low: at(-1), high: at(1), ...(group !== undefined && { group }) };
}

/** The line of what was predicted. */
export function line(name: string, x: readonly number[], y: readonly number[], group?: string): Series {
  return { name, kind: "line", x, y, ...(group !== undefined && { group }) };
}

export const predictions = (comparisons: readonly Comparison[]) => comparisons.map(({ predicted }) => predicted);

/** `length` numbers of cells or bonds, beginning with `from`. */
export function count(from: number, length: number): number[] {
  return Array.from({ length }, (_, i) => from + i);
}

/** Places of the r-th of several series beside each other, so that their dots do not hide each other. */
export function beside(places: readonly number[], r: number, series: number): number[] {
  return places.map((place) => place + (r - (series - 1) / 2) * 0.12);
}
