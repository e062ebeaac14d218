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

/** Symbols with their sentences. Defaults to those of the chain; the billiards have their own. */
type Sentences<S extends string> = Readonly<Record<S, string>>;

/** Words in which these symbols have tooltips. */
export function explain<S extends string = Sign>(
  text: string,
  signs: readonly S[],
  sentences = SENTENCES as Sentences<string> as Sentences<S>,
): (HTMLElement | string)[] {
  const longestFirst = [...signs].sort((a, b) => b.length - a.length).map((sign) => sign.replace(/[()^*]/g, "\\$&"));
  return text
    .split(new RegExp(`(?<![\\p{L}^])(${longestFirst.join("|")})(?![\\p{L}\\p{M}^_])`, "u"))
    .flatMap((part) => {
      if (signs.includes(part as S)) return [make("abbr", { title: sentences[part as S] }, ...typeset(part))];
      return [/^\s/.test(part) ? " " : "", ...typeset(part), /\s$/.test(part) ? " " : ""];
    });
}

/** Fills the symbols and the hints of a part of the page. */
export function fillSigns(part: ParentNode, sentences: Sentences<string> = SENTENCES): void {
  for (const place of part.querySelectorAll<HTMLElement>("[data-sign]")) {
    const sign = place.dataset.sign!;
    place.title = sentences[sign];
    place.replaceChildren(...typeset(sign));
  }
  for (const place of part.querySelectorAll<HTMLElement>("[data-hint]")) {
    place.textContent = sentences[place.dataset.hint!];
  }
}

/** Symbols, each with its sentence. */
export function glossary<S extends string = Sign>(
  signs: readonly S[],
  sentences = SENTENCES as Sentences<string> as Sentences<S>,
): HTMLElement {
  const entries = signs.map((sign) =>
    make("div", {}, make("dt", {}, ...typeset(sign)), make("dd", {}, ...typeset(sentences[sign]))),
  );
  return make("dl", { className: "signs" }, ...entries);
}
