/** Templates of HTML, which escape every text that is put into them. */
import { typesetNumber } from "./number.ts";
import { piecesOf } from "./formulas.ts";
import { clean } from "./text.ts";
import { escape } from "./xml.ts";

/** Text that is HTML already. */
export class Markup {
  constructor(readonly html: string) {}
}

type Content = Markup | string | number | readonly Content[];

/** A template of HTML: strings are escaped, numbers typeset, lists put one after the other. */
export function markup(parts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return new Markup(parts.map((part, k) => (k === 0 ? part : htmlOf(contents[k - 1]) + part)).join(""));
}

function htmlOf(content: Content): string {
  if (content instanceof Markup) return content.html;
  if (typeof content === "string") return escape(clean(content));
  return typeof content === "number" ? typesetNumber(content) : content.map(htmlOf).join("");
}

const TAGS = { line: "", raised: "sup", lowered: "sub" } as const;

/** Words with their mathematics: Θ^M raised, C_ij lowered, Θ̄ under a bar. */
export function prose(text: string): Markup {
  const html = piecesOf(text).map(({ text, place, barred }) => {
    if (barred) return `<span class="bar">${escape(text)}</span>`;
    return place === "line" ? escape(text) : `<${TAGS[place]}>${escape(text)}</${TAGS[place]}>`;
  });
  return new Markup(html.join(""));
}

/** Text with its line breaks and spaces. */
export function verbatim(text: string): Markup {
  return new Markup(escape(text.replace(/[^\P{Cc}\n]|\p{Cs}/gu, "")));
}
