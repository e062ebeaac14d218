/** Formulas in a line of words: finds what is raised (Θ^M, M^(-1/2)), lowered (C_ij, T_L) or under a bar (Θ̄). */
import { clean } from "./text.ts";

interface Piece {
  readonly text: string;
  readonly place: "line" | "raised" | "lowered";
  /** True under a bar, which is drawn, because few fonts set the combining macron clear of a capital letter. */
  readonly barred: boolean;
}

/** `^` after a letter, digit, bracket or bar, and `_` after a single letter or a bracket: snake_case is no formula. */
const SCRIPT = new RegExp(
  [
    /(?<barred>\p{L})\u0304/u,
    /(?<=[\p{L}\p{M}\p{N})\]|])\^(?<raised>\([^()]+\)|-?[\p{L}\p{N}]+|[*+])/u,
    /(?<=(?<![\p{L}\p{N}_])\p{L}\p{M}?|\))_(?<lowered>\{[^{}]+\}|\([^()]+\)|\p{L}([+-]\d)?,\p{L}([+-]\d)?|[\p{L}\p{Nd}]+)/u,
  ]
    .map(({ source }) => source)
    .join("|"),
  "gu",
);

/** The text on one line, in pieces; brackets that only hold a script together are left out. */
export function piecesOf(text: string): Piece[] {
  const whole = clean(text);
  const pieces: Piece[] = [];
  let done = 0;
  const plain = (end: number) => {
    if (end > done) pieces.push({ text: whole.slice(done, end), place: "line", barred: false });
  };
  for (const { 0: found, index, groups } of whole.matchAll(SCRIPT)) {
    plain(index);
    done = index + found.length;
    const { barred, raised, lowered } = groups!;
    if (barred !== undefined) pieces.push({ text: barred, place: "line", barred: true });
    else {
      const text = (raised ?? lowered).replace(/^[({](.*)[)}]$/, "$1").replaceAll("-", "−");
      pieces.push({ text, place: raised === undefined ? "lowered" : "raised", barred: false });
    }
  }
  plain(whole.length);
  return pieces;
}
