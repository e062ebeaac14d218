/** A figure as one standalone SVG: title, legend, theory as lines over simulated dots, caption. */
import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import type { Figure, Series } from "./data.ts";
import { type Entry, entriesOf, groupOf, specimen, specimenWidth } from "./legend.ts";
import { axes, layers } from "./marks.node.ts";
import { looksOf } from "./palette.ts";
import { type Scale, scaleOf } from "./scale.ts";
import { clean, shorten, widthOf, wrap } from "./text.ts";
import { toXml } from "./xml.ts";

const NAMESPACE = "http://www.w3.org/2000/svg";
const WIDTH = 760;
/** Height of the frame; the words above and below come on top of it. */
const FRAME = 320;
const EDGE = 20;
const INK = "#222222";
const PALE = "#595959";
/** Font sizes and the heights of their lines. */
const TITLE = { size: 17, line: 22 };
const TEXT = { size: 13, line: 18 };
const CAPTION = { size: 12, line: 17 };
/** The mean width of a letter per pixel of font size, in the widest font that a viewer is likely to have; of prose. */
const LETTER = 0.6;
const PROSE = 0.56;

/** The figure as SVG text: the same bytes for the same figure. What is not finite has no place and is left out. */
export function renderFigure(figure: Figure): string {
  const { series } = figure;
  const x = scaleOfX(figure);
  const y = scaleOf(figure.y, series.flatMap(yOf), 6);
  const looks = looksOf(series.map(groupOf));
  const title = wrap(figure.title, columns(TITLE.size, LETTER));
  const legend = legendRows(entriesOf(series));
  const xLabel = wrap(figure.x.label, columns(TEXT.size, PROSE));
  const yLabel = wrap(figure.y.label, columns(TEXT.size, PROSE));
  const caption = figure.caption === "" ? [] : wrap(figure.caption, columns(CAPTION.size, PROSE));

  const left = EDGE + 12 + Math.max(2, ...y.ticks.map(({ label }) => widthOf(label))) * LETTER * TEXT.size;
  const legendTop = 16 + title.length * TITLE.line;
  const yLabelTop = legendTop + 8 + (legend.length === 0 ? 0 : legend.length * TEXT.line + 8);
  const top = yLabelTop + yLabel.length * TEXT.line + 4;
  const xLabelTop = top + FRAME + 27;
  const captionTop = xLabelTop + xLabel.length * TEXT.line + 12;
  const height = captionTop + caption.length * CAPTION.line + (caption.length === 0 ? 0 : 12);

  const { document } = parseHTML("<html></html>");
  const svg = Plot.plot({
    document,
    className: "figure",
    width: WIDTH,
    height,
    marginLeft: left,
    marginRight: EDGE,
    marginTop: top,
    marginBottom: height - top - FRAME,
    x: { type: x.type, domain: x.domain, axis: null },
    y: { type: y.type, domain: y.domain, axis: null },
    marks: [axes(x, y, TEXT.size), layers(figure, y.domain[0], looks)],
  });

  const element = (name: string, attributes: Readonly<Record<string, number | string>>, text = "") => {
    const made = document.createElementNS(NAMESPACE, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
    if (text !== "") made.textContent = text;
    return made;
  };
  const write = (lines: readonly string[], at: number, font: typeof TEXT, more: Record<string, number | string> = {}) =>
    lines.forEach((line, k) => {
      const place = { x: EDGE, y: at + k * font.line + font.size, "font-size": font.size, "text-anchor": "start" };
      svg.append(element("text", { ...place, ...more }, line));
    });

  write(title, 14, TITLE, { "font-weight": "bold" });
  legend.forEach((row, k) => {
    const middle = legendTop + 8 + (k + 0.5) * TEXT.line;
    for (const { entry, label, at } of row) {
      const look = looks.get(entry.group ?? "") ?? { colour: PALE, again: false };
      svg.append(...specimen(entry, look, at, middle).map(({ name, attributes }) => element(name, attributes)));
      write([label], middle - 8.5, TEXT, { x: at + specimenWidth(entry) + 6 });
    }
  });
  write(yLabel, yLabelTop, TEXT);
  write(xLabel, xLabelTop, TEXT, { x: (left + WIDTH - EDGE) / 2, "text-anchor": "middle" });
  write(caption, captionTop, CAPTION, { fill: PALE });

  // White, so that the ink is legible where the viewer's ground is dark; the title is read out and shown on hovering.
  svg.prepend(element("title", {}, clean(figure.title)), element("rect", { width: WIDTH, height, fill: "white" }));
  for (const [name, value] of Object.entries({ xmlns: NAMESPACE, role: "img", color: INK })) {
    svg.setAttribute(name, value);
  }
  return `${toXml(svg)}\n`;
}

/** About seven ticks, or three where the words under seven would touch. */
function scaleOfX({ x, series }: Figure): Scale {
  const values = series.flatMap((one) => one.x);
  const scale = scaleOf(x, values, 7);
  const widest = Math.max(...scale.ticks.map(({ label }) => widthOf(label))) + 2;
  return widest * scale.ticks.length * LETTER * TEXT.size < WIDTH - 100 ? scale : scaleOf(x, values, 3);
}

/** Only what is drawn: a band has no middle, and a line no ends. */
function yOf({ kind, y, low = [], high = [] }: Series): number[] {
  return [...(kind === "band" ? [] : y), ...(kind === "line" ? [] : [...low, ...high])];
}

/** How many letters fit into a line across the figure. */
function columns(size: number, letter: number): number {
  return Math.floor((WIDTH - 2 * EDGE) / (letter * size));
}

interface Placed {
  readonly entry: Entry;
  readonly label: string;
  readonly at: number;
}

/** Entries side by side, as many in a row as fit. */
function legendRows(entries: readonly Entry[]): Placed[][] {
  const rows: Placed[][] = [];
  let next = Infinity;
  for (const entry of entries) {
    const label = shorten(entry.label, 80);
    const width = specimenWidth(entry) + 6 + widthOf(label) * LETTER * TEXT.size;
    if (next + width > WIDTH - EDGE) {
      rows.push([]);
      next = EDGE;
    }
    rows[rows.length - 1].push({ entry, label, at: next });
    next += width + 16;
  }
  return rows;
}
