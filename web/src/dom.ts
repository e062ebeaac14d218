/** An element of index.html by its id. */
export function element<E extends HTMLElement = HTMLElement>(id: string): E {
  const found = document.getElementById(id);
  if (!found) throw new Error(`"${id}" expected an element of index.html, got none`);
  return found as E;
}

/** A number with the given significant digits and a minus sign; large and small ones as powers of ten. */
export function show(value: number | undefined, digits = 4): string {
  return value === undefined || Number.isNaN(value) ? "–" : signed(written(value, digits));
}

function written(value: number, digits: number): string {
  const size = Math.abs(value);
  if (size >= 1e6 || (size > 0 && size < 1e-4)) {
    const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
    return `${mantissa}·10${superscript(Number(exponent))}`;
  }
  if (Number.isInteger(value)) return value.toLocaleString("en");
  const rounded = value.toPrecision(digits);
  return size >= 10 ** digits ? Number(rounded).toLocaleString("en") : rounded;
}

/** Replaces hyphens by minus signs. */
export const signed = (text: string) => text.replaceAll("-", "−");

const superscript = (exponent: number) =>
  [...String(exponent)].map((digit) => (digit === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)])).join("");

/** An element with these properties and children. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** Adds the words that a selection does not offer yet, as they are. */
export function offer(select: HTMLSelectElement, words: readonly string[]): void {
  const offered = Array.from(select.options, ({ value }) => value);
  for (const word of words) if (!offered.includes(word)) select.append(make("option", { value: word }, word));
}
