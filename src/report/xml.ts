/** An SVG element as XML text: everything escaped, and lengths rounded so that the same figure makes the same bytes. */
import { clean } from "./text.ts";

/** Attributes that hold pixels. */
const LENGTHS = new Set("d transform x y x1 y1 x2 y2 cx cy r dy width height".split(" "));
const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** The element and what it contains, one element a line; a text stays on one line, where a break would be a space. */
export function toXml(element: Element, indent = ""): string {
  const start = `${indent}${tagOf(element)}`;
  const end = `</${element.localName}>`;
  if (element.localName === "text") return `${start}>${inLine(element)}${end}`;
  const children = Array.from(element.children).filter((child) => !isIdle(child));
  if (children.length > 0) {
    return `${start}>\n${children.map((child) => toXml(child, `${indent}  `)).join("\n")}\n${indent}${end}`;
  }
  const text = clean(element.textContent ?? "");
  return text === "" ? `${start}/>` : `${start}>${escape(text)}${end}`;
}

/** Text as XML or HTML shows it. */
export function escape(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => ESCAPES[letter]);
}

function inLine(element: Element): string {
  return Array.from(element.childNodes, (node) => {
    if (!isElement(node)) return escape(node.textContent ?? "");
    return `${tagOf(node)}>${inLine(node)}</${node.localName}>`;
  }).join("");
}

function isElement(node: Node): node is Element {
  return node.nodeType === 1;
}

/** The start tag without its end. Words for readers are left out: an image is read out by its title alone. */
function tagOf(element: Element): string {
  const attributes = Array.from(element.attributes)
    .filter(({ name }) => !name.startsWith("aria-"))
    .map(({ name, value }) => ` ${name}="${escape(LENGTHS.has(name) ? rounded(value) : value)}"`)
    .sort();
  return `<${element.localName}${attributes.join("")}`;
}

/** What is left out: style sheets, which act beyond the figure, the empty words of the smaller ticks, empty groups. */
function isIdle(element: Element): boolean {
  if (element.localName === "g") return Array.from(element.children).every(isIdle);
  return element.localName === "style" || (element.localName === "text" && element.textContent === "");
}

/** To hundredths of a pixel, where the last digits of a host's logarithm do not reach. */
function rounded(lengths: string): string {
  // Adding zero turns -0 into 0.
  return lengths.replace(/-?\d+(\.\d+)?(e[-+]?\d+)?/g, (length) => String(Number(Number(length).toFixed(2)) + 0));
}
