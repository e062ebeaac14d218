/** A figure as one standalone SVG: title, legend, theory as lines over simulated dots, caption. */
import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import type { Figure, Mark, Series } from "./data.ts";
import { type Entry, entriesOf, groupOf, specimen, specimenWidth } from "./legend.ts";
import { axes, layers, references } from "./marks.node.ts";
import { looksOf } from "./palette.ts";
import { type Scale, scaleOf } from "./scale.ts";
import { spansOf } from "./spans.ts";
import { clean, shorten, widthOf, wrap } from "./text.ts";
import { toXml } from "./xml.ts";

const NAMESPACE = "http://www.w3.org/2000/svg";
const EDGE = 20;
const INK = "#222222";
const PALE = "#595959";
/** Font sizes and the heights of their lines. */
const TITLE = { size: 17, line: 22 };
const TEXT = { size: 13, line: 18 };
const CAPTION = { size: 12, line: 17 };
/** Mean width of a letter per pixel of font size in the widest common font: of labels, and of prose. */
const LETTER = 0.6;
const PROSE = 0.56;

/** The form of a drawing. */
export interface Form {
  readonly width: number;
  /** The height of its inside, to which the height of the words is added. */
  readonly frame: number;
  /** True if title, caption and a white ground are part of it, without which it needs no page around it. */
  readonly standalone: boolean;
  /** Its width on paper and its font; default: a pixel a unit of length, and a font of the screen's. */
  readonly print?: { readonly millimetres: number; readonly font: string };
}

const STANDALONE: Form = { width: 760, frame: 320, standalone: true };
/** A narrow drawing, whose words can still be read on a phone. */
const INSET: Form = { width: 460, frame: 270, standalone: false };
/** The same in one column of a journal, whose labels are 7 points high then, in the fonts that journals ask for. */
const COLUMN: Form = { ...INSET, print: { millimetres: 86, font: "Helvetica, Arial, sans-serif" } };

/** The figure as SVG text: the same bytes for the same figure. Points that are not finite are left out. */
export function renderFigure(figure: Figure, { width, frame, standalone, print } = STANDALONE): string {
  const { series } = figure;
  const columns = (size: number, letter: number) => Math.floor((width - 2 * EDGE) / (letter * size));
  const x = scaleOfX(figure, width);
  const y = scaleOf(figure.y, [...series.flatMap(yOf), ...marksAt(figure, "y")], 6);
  const looks = looksOf(series.map(groupOf));
  const title = standalone ? wrap(figure.title, columns(TITLE.size, LETTER)) : [];
  const legend = legendRows(entriesOf(series), width);
  const xLabel = wrap(figure.x.label, columns(TEXT.size, PROSE));
  const yLabel = wrap(figure.y.label, columns(TEXT.size, PROSE));
  const caption = standalone && figure.caption !== "" ? wrap(figure.caption, columns(CAPTION.size, PROSE)) : [];

  const left = EDGE + 12 + Math.max(2, ...y.ticks.map(({ label }) => widthOf(label))) * LETTER * TEXT.size;
  const legendTop = (standalone ? 24 : 8) + title.length * TITLE.line;
  const yLabelTop = legendTop + (legend.length === 0 ? 0 : legend.length * TEXT.line + 8);
  const top = yLabelTop + yLabel.length * TEXT.line + 4;
  const xLabelTop = top + frame + 27;
  const captionTop = xLabelTop + xLabel.length * TEXT.line + 12;
  const height = captionTop + caption.length * CAPTION.line + (caption.length === 0 ? 0 : 12);

  const { document } = parseHTML("<html></html>");
  const svg = Plot.plot({
    document,
    className: "figure",
    width,
    height,
    marginLeft: left,
    marginRight: EDGE,
    marginTop: top,
    marginBottom: height - top - frame,
    x: { type: x.type, domain: x.domain, axis: null },
    y: { type: y.type, domain: y.domain, axis: null },
    marks: [axes(x, y, TEXT.size), references(figure, x, y, CAPTION.size), layers(figure, y.domain[0], looks)],
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
      const written = element("text", { ...place, ...more });
      for (const { text, attributes } of spansOf(line, font.size)) {
        written.append(attributes === undefined ? text : element("tspan", attributes, text));
      }
      svg.append(written);
    });

  write(title, 14, TITLE, { "font-weight": "bold" });
  legend.forEach((row, k) => {
    const middle = legendTop + (k + 0.5) * TEXT.line;
    for (const { entry, label, at } of row) {
      const look = looks.get(entry.group ?? "") ?? { colour: PALE, again: false };
      svg.append(...specimen(entry, look, at, middle).map(({ name, attributes }) => element(name, attributes)));
      write([label], middle - 8.5, TEXT, { x: at + specimenWidth(entry) + 6 });
    }
  });
  write(yLabel, yLabelTop, TEXT);
  write(xLabel, xLabelTop, TEXT, { x: (left + width - EDGE) / 2, "text-anchor": "middle" });
  write(caption, captionTop, CAPTION, { fill: PALE });

  // A white ground, legible in a dark viewer; a title for screen readers and for hovering.
  if (standalone) svg.prepend(element("rect", { width, height, fill: "white" }));
  svg.prepend(element("title", {}, clean(figure.title)));
  const inPrint = print && {
    width: `${print.millimetres}mm`,
    height: `${((print.millimetres * height) / width).toFixed(2)}mm`,
    "font-family": print.font,
  };
  for (const [name, value] of Object.entries({ xmlns: NAMESPACE, role: "img", color: INK, ...inPrint })) {
    svg.setAttribute(name, value);
  }
  return `${toXml(svg)}\n`;
}

/** The figure without title and caption, for a page that prints them. It has no ids, so that a page can hold many. */
export function renderInset(figure: Figure): string {
  return renderFigure(figure, INSET);
}

/** The figure for a paper: one column wide, its text as text, no title and no caption, which the paper prints. */
export function renderColumn(figure: Figure): string {
  return renderFigure(figure, COLUMN);
}

/** About seven ticks, or three where the words under seven would touch. */
function scaleOfX(figure: Figure, width: number): Scale {
  const values = [...figure.series.flatMap((one) => one.x), ...marksAt(figure, "x")];
  const scale = scaleOf(figure.x, values, 7);
  const widest = Math.max(...scale.ticks.map(({ label }) => widthOf(label))) + 2;
  return widest * scale.ticks.length * LETTER * TEXT.size < width - 100 ? scale : scaleOf(figure.x, values, 3);
}

function marksAt({ marks = [] }: Figure, axis: Mark["axis"]): number[] {
  return marks.filter((mark) => mark.axis === axis).map(({ at }) => at);
}

/** The drawn values: a band has no middle, and a line no ends. */
function yOf({ kind, y, low = [], high = [] }: Series): number[] {
  return [...(kind === "band" ? [] : y), ...(kind === "line" ? [] : [...low, ...high])];
}

/** Entries side by side, as many in a row as fit. */
function legendRows(entries: readonly Entry[], width: number) {
  const rows: { entry: Entry; label: string; at: number }[][] = [];
  let next = Infinity;
  for (const entry of entries) {
    const start = specimenWidth(entry) + 6;
    const label = shorten(entry.label, Math.floor((width - 2 * EDGE - start) / (LETTER * TEXT.size)));
    const end = start + widthOf(label) * LETTER * TEXT.size;
    if (next + end > width - EDGE) {
      rows.push([]);
      next = EDGE;
    }
    rows[rows.length - 1].push({ entry, label, at: next });
    next += end + 16;
  }
  return rows;
}
