/** Words with their mathematics as elements of the page, as the package's own reports have them: Θ^M, T_L, Θ̄. */
import { piecesOf } from "../../src/report/formulas.ts";
import { make } from "./dom.ts";
import { SENTENCES, type Sign } from "../../src/report/glossary.ts";

const TAGS = { raised: "sup", lowered: "sub" } as const;

export function typeset(text: string): (HTMLElement | string)[] {
  return piecesOf(text).map(({ text, place, barred }) => {
    if (barred) return make("span", { className: "barred" }, text);
    return place === "line" ? text : make(TAGS[place], {}, text);
  });
}

/** A symbol whose tooltip is its sentence. */
const explained = (sign: Sign) => make("abbr", { title: SENTENCES[sign] }, ...typeset(sign));

/** Words in which these symbols have tooltips. */
export function explain(text: string, signs: readonly Sign[]): (HTMLElement | string)[] {
  const longestFirst = [...signs].sort((a, b) => b.length - a.length).map((sign) => sign.replace(/[()^*]/g, "\\$&"));
  return text.split(new RegExp(`(?<!\\p{L})(${longestFirst.join("|")})(?![\\p{L}\\p{M}^_])`, "u")).flatMap((part) => {
    if (signs.includes(part as Sign)) return [explained(part as Sign)];
    return [/^\s/.test(part) ? " " : "", ...typeset(part), /\s$/.test(part) ? " " : ""];
  });
}

/** Fills the symbols and the hints of index.html. */
export function fillSigns(): void {
  for (const place of document.querySelectorAll<HTMLElement>("[data-sign]")) {
    const sign = place.dataset.sign as Sign;
    place.title = SENTENCES[sign];
    place.replaceChildren(...typeset(sign));
  }
  for (const place of document.querySelectorAll<HTMLElement>("[data-hint]")) {
    place.textContent = SENTENCES[place.dataset.hint as Sign];
  }
}

/** Symbols, each with its sentence. */
export function glossary(signs: readonly Sign[]): HTMLElement {
  const entries = signs.map((sign) =>
    make("div", {}, make("dt", {}, ...typeset(sign)), make("dd", {}, ...typeset(SENTENCES[sign]))),
  );
  return make("dl", { className: "signs" }, ...entries);
}
