/** An SVG element as XML text: everything escaped, and lengths rounded so that the same figure makes the same bytes. */
import { clean } from "./text.ts";

/** Attributes that hold pixels. */
const LENGTHS = new Set("d transform x y x1 y1 x2 y2 cx cy r dy width height".split(" "));
const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** The element with its children, one element a line; a text element stays on one line, where a break would be a space. */
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

/** Escapes text for XML or HTML. */
export function escape(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => ESCAPES[letter]);
}

function inLine(element: Element): string {
  return Array.from(element.childNodes, (node) => {
    if (node.nodeType !== 1) return escape(node.textContent ?? "");
    const child = node as Element;
    return `${tagOf(child)}>${inLine(child)}</${child.localName}>`;
  }).join("");
}

/** The start tag without its end. ARIA labels are left out: screen readers read an image's title alone. */
function tagOf(element: Element): string {
  const attributes = Array.from(element.attributes)
    .filter(({ name }) => !name.startsWith("aria-"))
    .map(({ name, value }) => ` ${name}="${escape(LENGTHS.has(name) ? rounded(value) : value)}"`)
    .sort();
  return `<${element.localName}${attributes.join("")}`;
}

/** True for elements that are left out: style sheets, which act beyond the figure, empty labels, empty groups. */
function isIdle(element: Element): boolean {
  if (element.localName === "g") return Array.from(element.children).every(isIdle);
  return element.localName === "style" || (element.localName === "text" && element.textContent === "");
}

/** Rounds lengths to hundredths of a pixel, so that the last digits of a host's logarithm do not matter. */
function rounded(lengths: string): string {
  // Adding zero turns -0 into 0.
  return lengths.replace(/-?\d+(\.\d+)?(e[-+]?\d+)?/g, (length) => String(Number(Number(length).toFixed(2)) + 0));
}
