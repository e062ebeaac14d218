/** The inside of a figure as marks of Observable Plot: axes, reference lines, bands, dots with error bars, lines. */
import * as Plot from "@observablehq/plot";
import type { Axis, Figure, Series } from "./data.ts";
import { groupOf } from "./legend.ts";
import type { Look } from "./palette.ts";
import { drawable, type Scale } from "./scale.ts";
import { shorten } from "./text.ts";

const PALE = "#6b6b6b";
const GRID = "#e6e6e6";
const REFERENCE = { stroke: "#8a8a8a", strokeDasharray: "4 3" };

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

/** The reference lines of a figure. Their labels stand at the right or at the top, on the side with more room. */
export function references({ marks = [], ...axes }: Figure, x: Scale, y: Scale, fontSize: number): Plot.Markish[] {
  const shown = marks.filter(({ axis, at }) => drawable(axes[axis], at));
  const rules = shown.map(({ axis, at }) => (axis === "x" ? Plot.ruleX([at], REFERENCE) : Plot.ruleY([at], REFERENCE)));
  const words = shown.map(({ axis, at, label = "" }) => {
    const look = { text: [shorten(label, 40)], fill: "#595959", stroke: "white", strokeWidth: 3, fontSize };
    if (axis === "y") {
      const dy = at > middleOf(y) ? 9 : -8;
      return Plot.text([at], { ...look, y: [at], frameAnchor: "right", textAnchor: "end", dx: -6, dy });
    }
    const beside =
      at > middleOf(x) ? ({ textAnchor: "end", dx: -5 } as const) : ({ textAnchor: "start", dx: 5 } as const);
    return Plot.text([at], { ...look, x: [at], frameAnchor: "top", dy: 10, ...beside });
  });
  return [...rules, ...words];
}

function middleOf({ type, domain: [low, high] }: Scale): number {
  return type === "log" ? Math.sqrt(low) * Math.sqrt(high) : low / 2 + high / 2;
}

/** The series of a figure: bands below, then dots with their error bars, and lines above. */
export function layers({ series, x, y }: Figure, floor: number, looks: ReadonlyMap<string, Look>): Plot.Markish[] {
  const kinds = ["band", "dots", "line"] as const;
  const inOrder = kinds.flatMap((kind) => series.filter((one) => one.kind === kind));
  const count = series.flatMap((one) => (one.kind === "dots" ? one.x : [])).length;
  const radius = count <= 60 ? 4 : count <= 300 ? 3 : 2;
  return inOrder.flatMap((one) => {
    const points = pointsOf(one, x, y, floor);
    const { colour, again } = looks.get(groupOf(one))!;
    if (one.kind === "band")
      return [Plot.areaY(points, { x: "x", y1: "low", y2: "high", fill: colour, fillOpacity: 0.2 })];
    if (one.kind === "line") {
      const dash = again ? { strokeDasharray: "6 4" } : {};
      return [Plot.lineY(points, { x: "x", y: "y", stroke: colour, strokeWidth: 1.75, ...dash })];
    }
    const shown = points.filter(({ x, y }) => !Number.isNaN(x + y));
    const bars = shown.filter(({ low, high }) => !Number.isNaN(low + high));
    const symbol = again ? "square" : "circle";
    return [
      Plot.ruleX(bars, { x: "x", y1: "low", y2: "high", stroke: colour }),
      // Hollow dots, so that the line through them can be seen.
      Plot.dot(shown, { x: "x", y: "y", r: radius, symbol, fill: "white", stroke: colour }),
    ];
  });
}

/** The points of a series. A value that cannot be drawn is NaN, which Plot leaves out as a gap. */
function pointsOf(series: Series, x: Axis, y: Axis, floor: number) {
  const place = (axis: Axis, value: number | undefined) => (drawable(axis, value) ? value : NaN);
  // On a logarithmic axis a lower end at or below zero is drawn at the frame.
  const end = (value: number | undefined) => (y.log && value !== undefined && value <= 0 ? floor : place(y, value));
  return series.x.map((value, k) => ({
    x: place(x, value),
    y: place(y, series.y[k]),
    low: end(series.low?.[k]),
    high: place(y, series.high?.[k]),
  }));
}
