/** Comparisons as series of a figure, as entries of a table, and reports of them. */
import type { Check, Report, Series } from "../../report/data.ts";
import { residualFigure } from "../../report/residuals.ts";
import { type Comparison, zOf } from "./check.ts";

/** Error bars show so many standard errors. */
export const BARS = 2;
export const BARS_IN_WORDS = "bars are two standard errors";

type Measured = Pick<Comparison, "measured" | "standardError">;

/** Dots over the given places, with error bars. */
export function dots(name: string, x: readonly number[], all: readonly Measured[], group?: string): Series {
  const at = (side: number) => all.map(({ measured, standardError }) => measured + side * BARS * standardError);
  return { name, kind: "dots", x, y: at(0), low: at(-1), high: at(1), ...(group !== undefined && { group }) };
}

/** A line of the theory. */
export function line(name: string, x: readonly number[], y: Iterable<number>, group?: string): Series {
  return { name, kind: "line", x, y: [...y], ...(group !== undefined && { group }) };
}

/** The line of the predictions, and the dots of the measurements over it. */
export function overlay(
  names: readonly [theory: string, simulation: string],
  x: readonly number[],
  all: readonly Comparison[],
  group?: string,
): Series[] {
  return [line(names[0], x, predictions(all), group), dots(names[1], x, all, group)];
}

export const predictions = (all: readonly Comparison[]) => all.map(({ predicted }) => predicted);

/** `length` numbers of cells or bonds, beginning with `from`. */
export function count(from: number, length: number): number[] {
  return Array.from({ length }, (_, i) => from + i);
}

/** Places of the r-th of several series beside each other, so that their dots do not hide each other. */
export function beside(places: readonly number[], r: number, series: number): number[] {
  return places.map((place) => place + (r - (series - 1) / 2) * 0.12);
}

/** Measured, predicted, z; nothing where there is no comparison. */
export const entriesOf = (one: Comparison | undefined) =>
  one ? [one.measured, one.predicted, zOf(one)] : ["", "", ""];

/** Measured, standard error, predicted, z. */
export const entriesWithError = (one: Comparison) => [one.measured, one.standardError, one.predicted, zOf(one)];

/** Comparisons of a figure of residuals, by groups of one colour. */
export interface Group {
  readonly name: string;
  readonly of: readonly Comparison[];
}

/** A report with its verdict, and with a figure of its residuals after the others. */
export function reportOf(
  report: Omit<Report, "passed">,
  residuals: { readonly title: string; readonly groups: readonly Group[]; readonly limit: number } | undefined,
): Report {
  const name = `${report.name}-residuals`;
  const drawn = residuals && {
    ...residuals,
    groups: residuals.groups.map(({ name, of }) => ({ name, z: of.map(zOf) })),
  };
  const figures = [...report.figures, ...(drawn ? [residualFigure({ name, ...drawn })] : [])];
  return { ...report, figures, passed: report.checks.every(({ passed }: Check) => passed) };
}
