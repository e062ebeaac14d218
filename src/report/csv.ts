/**
 * The numbers of a figure as comma-separated values by RFC 4180: a row a point, with the series it belongs to. Numbers are
 * the shortest that read back to the same bits.
 */
import type { Figure } from "./data.ts";

/** The text of the file; `low` and `high` are empty where a point has no error bar. */
export function csvOf({ x, y, series }: Figure): string {
  const header = ["series", "group", "kind", x.label, y.label, "low", "high"];
  const rows = series.flatMap((one) =>
    one.x.map((at, k) => [one.name, one.group ?? one.name, one.kind, at, one.y[k], one.low?.[k], one.high?.[k]]),
  );
  return [header, ...rows].map((row) => `${row.map(written).join(",")}\r\n`).join("");
}

function written(value: string | number | undefined): string {
  if (typeof value !== "string") return value === undefined ? "" : Object.is(value, -0) ? "-0" : String(value);
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
