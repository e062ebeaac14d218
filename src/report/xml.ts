/** An SVG element as XML text: everything escaped, and lengths rounded so that the same figure makes the same bytes. */
import { clean } from "./text.ts";

/** Attributes that hold pixels. */
const LENGTHS = new Set(["d", "transform", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "width", "height"]);
const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** The element and what it contains, one element a line. */
export function toXml(element: Element, indent = ""): string {
  const attributes = Array.from(element.attributes)
    .map(({ name, value }) => ` ${name}="${escape(LENGTHS.has(name) ? rounded(value) : value)}"`)
    .sort();
  const start = `${indent}<${element.localName}${attributes.join("")}`;
  const children = Array.from(element.children).filter((child) => !isIdle(child));
  if (children.length > 0) {
    const inside = children.map((child) => toXml(child, `${indent}  `)).join("\n");
    return `${start}>\n${inside}\n${indent}</${element.localName}>`;
  }
  const text = clean(element.textContent ?? "");
  return text === "" ? `${start}/>` : `${start}>${escape(text)}</${element.localName}>`;
}

/** What is left out: style sheets, which act beyond the figure, the empty words of the smaller ticks, empty groups. */
function isIdle(element: Element): boolean {
  if (element.localName === "g") return Array.from(element.children).every(isIdle);
  return element.localName === "style" || (element.localName === "text" && element.textContent === "");
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => ESCAPES[letter]);
}

/** To hundredths of a pixel, where the last digits of a host's logarithm do not reach. */
function rounded(lengths: string): string {
  // Adding zero turns -0 into 0.
  return lengths.replace(/-?\d+(\.\d+)?(e[-+]?\d+)?/g, (length) => String(Number(Number(length).toFixed(2)) + 0));
}
