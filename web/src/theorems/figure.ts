/** A report's figure on the page, by uPlot: theory and simulation of one group in one colour. */
import type { Axis, Figure, Series } from "mesoflux";
import type uPlot from "uplot";
import { Chart, type Ink } from "../chart.ts";
import { make } from "../dom.ts";
import { typeset } from "../typeset.ts";

/** Colours of the groups, in their order. */
const INKS: readonly Ink[] = ["theory", "measured", "left", "right", "good", "reference"];
/** A figure of more points takes too long to draw, and shows none of them. */
const MOST_POINTS = 3000;
/** CSS pixels: of a dot, and between a limit and its label. */
const RADIUS = 3;
const LABEL_GAP = 3;
/** Axes along which things are counted. */
const COUNTED = /^(cell|bond|number)\b/;

const groupOf = ({ group, name }: Series) => group ?? name;

/** True if a page can draw the figure. */
export const isDrawable = ({ series }: Figure) => series.reduce((sum, { x }) => sum + x.length, 0) <= MOST_POINTS;

/** The element of a figure, and its chart. */
export function drawFigure(figure: Figure): { readonly element: HTMLElement; readonly chart: Chart } {
  const groups = [...new Set(figure.series.map(groupOf))];
  const inkOf = (group: string) => INKS[groups.indexOf(group) % INKS.length];
  const place = make("div", { className: "chart" });
  place.setAttribute("role", "img");
  place.setAttribute("aria-label", `${figure.title}. ${figure.caption}`);
  const element = make(
    "figure",
    {},
    make("figcaption", {}, make("b", {}, ...typeset(figure.title)), ...keysOf(figure.series, inkOf)),
    place,
    make("p", { className: "quiet" }, ...typeset(figure.caption)),
  );
  const marks = (axis: "x" | "y") => (figure.marks ?? []).filter((mark) => mark.axis === axis).map(({ at }) => at);
  const xs = rangeOf(figure.x, [...figure.series.flatMap(({ x }) => x), ...marks("x")]);
  const ys = rangeOf(figure.y, [
    ...figure.series.flatMap(({ y, low = [], high = [] }) => [...y, ...low, ...high]),
    ...marks("y"),
  ]);
  const chart = new Chart(place, {
    ...{ x: figure.x.label, y: figure.y.label, height: 310 },
    ...{ logX: figure.x.log === true, logY: figure.y.log === true, countX: COUNTED.test(figure.x.label) },
    // Everything is drawn below: uPlot has the axes alone.
    curves: [{ label: figure.y.label, ink: "band", width: 0 }],
    rangeX: () => xs,
    rangeY: () => ys,
    draw: (plot, ink) => draw(plot, figure, (group) => ink(inkOf(group)), ink("reference")),
  });
  chart.set(xs, ys);
  return { element, chart };
}

/** A name that comes in several groups is a role, in grey; its groups are patches of their colours. */
function keysOf(series: readonly Series[], inkOf: (group: string) => Ink): HTMLElement[] {
  const key = (classes: string, text: string) => make("span", { className: `key ${classes}` }, ...typeset(text));
  const shared = new Set<string>();
  const names = [...new Set(series.map(({ name }) => name))].map((name) => {
    const named = series.filter((one) => one.name === name);
    const groups = new Set(named.map(groupOf));
    if (groups.size > 1) for (const group of groups) shared.add(group);
    return key(`${groups.size > 1 ? "reference" : inkOf(groupOf(named[0]))} ${named[0].kind}`, name);
  });
  return [...names, ...[...shared].map((group) => key(`${inkOf(group)} bar`, group))];
}

/** The range of what has a place on the axis, with some room. */
function rangeOf({ log }: Axis, values: readonly number[]): [number, number] {
  const places = values.filter((value) => Number.isFinite(value) && (!log || value > 0));
  if (places.length === 0) return [1, 10];
  const [least, most] = [Math.min(...places), Math.max(...places)];
  if (log) return [least * (least / most) ** 0.06 * 0.95, most * (most / least) ** 0.06 * 1.05];
  const room = 0.06 * (most - least) || Math.abs(most) / 10 || 0.5;
  return [least - room, most + room];
}

function draw(plot: uPlot, { series, marks = [] }: Figure, colourOf: (group: string) => string, grey: string): void {
  const { ctx, bbox } = plot;
  const [right, bottom] = [bbox.left + bbox.width, bbox.top + bbox.height];
  const across = (x: number) => plot.valToPos(x, "x", true);
  const up = (y: number) => plot.valToPos(y, "y", true);
  const stroke = (...points: (readonly [number, number])[]) => {
    ctx.beginPath();
    for (const [x, y] of points) ctx.lineTo(x, y);
    ctx.stroke();
  };
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.strokeStyle = grey;
  ctx.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio]);
  ctx.fillStyle = grey;
  ctx.font = `${12 * devicePixelRatio}px system-ui, sans-serif`;
  ctx.textAlign = "right";
  for (const { axis, at, label } of marks) {
    if (axis === "y") stroke([bbox.left, up(at)], [right, up(at)]);
    else stroke([across(at), bbox.top], [across(at), bottom]);
    if (axis === "x" || label === undefined) continue;
    // On the side of the line that has room.
    const isUpper = up(at) < (bbox.top + bottom) / 2;
    ctx.textBaseline = isUpper ? "top" : "bottom";
    ctx.fillText(
      label,
      right - LABEL_GAP * devicePixelRatio,
      up(at) + (isUpper ? 1 : -1) * LABEL_GAP * devicePixelRatio,
    );
  }
  ctx.setLineDash([]);
  for (const one of series) {
    ctx.strokeStyle = ctx.fillStyle = colourOf(groupOf(one));
    const points = one.x.map((x, i) => [across(x), up(one.y[i])] as const);
    if (one.kind === "line") {
      stroke(...points);
      continue;
    }
    for (const [i, [x, y]] of points.entries()) {
      // On a logarithmic axis a bar that reaches below zero ends below the frame.
      const end = (value: number) => (Number.isFinite(up(value)) ? up(value) : bottom);
      if (one.low && one.high) stroke([x, end(one.low[i])], [x, end(one.high[i])]);
      ctx.beginPath();
      ctx.arc(x, y, RADIUS * devicePixelRatio, 0, 2 * Math.PI);
      ctx.fill();
    }
  }
  ctx.restore();
}
