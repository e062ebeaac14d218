/** The inside of a figure as marks of Observable Plot: axes, bands, dots with error bars, lines. */
import * as Plot from "@observablehq/plot";
import type { Axis, Figure, Series } from "./data.ts";
import { groupOf } from "./legend.ts";
import type { Look } from "./palette.ts";
import { drawable, type Scale } from "./scale.ts";

const PALE = "#6b6b6b";
const GRID = "#e6e6e6";

/** Grid, ticks and frame. */
export function axes(x: Scale, y: Scale, fontSize: number): Plot.Markish[] {
  const at = ({ ticks }: Scale) => ticks.map(({ value }) => value);
  const words = ({ ticks }: Scale) => {
    const labels = new Map(ticks.map(({ value, label }) => [value, label]));
    // Not `tickFormat`: on a logarithmic axis Plot shows only some of what it returns.
    return { text: (value: number) => labels.get(value), label: null, fontSize };
  };
  const grid = { stroke: GRID, strokeOpacity: 1 };
  const small = { text: null, label: null, tickSize: 3, stroke: PALE };
  return [
    Plot.gridX(at(x), grid),
    Plot.gridY(at(y), grid),
    Plot.axisX(x.minor, small),
    Plot.axisY(y.minor, small),
    Plot.axisX(at(x), words(x)),
    Plot.axisY(at(y), words(y)),
    Plot.frame({ stroke: PALE }),
  ];
}

/** Bands lie below, then dots and their error bars, and lines are over them. */
export function layers({ series, x, y }: Figure, floor: number, looks: ReadonlyMap<string, Look>): Plot.Markish[] {
  const kinds = ["band", "dots", "line"] as const;
  const inOrder = kinds.flatMap((kind) => series.filter((one) => one.kind === kind));
  return inOrder.flatMap((one) => {
    const points = pointsOf(one, x, y, floor);
    const look = looks.get(groupOf(one))!;
    if (one.kind === "band") return band(points, look);
    return one.kind === "line" ? line(points, look) : dots(points, look);
  });
}

interface Point {
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
}

/** What has no place on an axis is NaN here: Plot makes a gap of it and never writes it. */
function pointsOf(series: Series, x: Axis, y: Axis, floor: number): Point[] {
  const place = (axis: Axis, value: number | undefined) => (drawable(axis, value) ? value : NaN);
  // On a logarithmic axis a lower end at or below zero is at the frame.
  const end = (value: number | undefined) => (y.log && value !== undefined && value <= 0 ? floor : place(y, value));
  return series.x.map((value, k) => ({
    x: place(x, value),
    y: place(y, series.y[k]),
    low: end(series.low?.[k]),
    high: place(y, series.high?.[k]),
  }));
}

function band(points: Point[], { colour }: Look): Plot.Markish[] {
  return [Plot.areaY(points, { x: "x", y1: "low", y2: "high", fill: colour, fillOpacity: 0.2 })];
}

function line(points: Point[], { colour, again }: Look): Plot.Markish[] {
  const dash = again ? { strokeDasharray: "6 4" } : {};
  return [Plot.lineY(points, { x: "x", y: "y", stroke: colour, strokeWidth: 1.75, ...dash })];
}

/** Hollow, so that the line through them can be seen. */
function dots(points: Point[], { colour, again }: Look): Plot.Markish[] {
  const shown = points.filter(({ x, y }) => !Number.isNaN(x + y));
  const r = shown.length <= 40 ? 4 : shown.length <= 200 ? 3 : 2;
  const bars = shown.filter(({ low, high }) => !Number.isNaN(low + high));
  return [
    Plot.ruleX(bars, { x: "x", y1: "low", y2: "high", stroke: colour }),
    Plot.dot(shown, { x: "x", y: "y", r, symbol: again ? "square" : "circle", fill: "white", stroke: colour }),
  ];
}
