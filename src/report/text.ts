/** Text of limited width: its width in columns, line breaks and shortening. */

/** The text on one line, without control characters, which would move a terminal's cursor and make an SVG ill-formed. */
export function clean(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, "")
    .trim();
}

/** Width in columns: a combining accent, as in Θ̄, takes none. */
export function widthOf(text: string): number {
  return [...text.replace(/\p{M}/gu, "")].length;
}

/** Lines of at most `width` columns, broken between words, and inside a word only if it is longer than a line. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of clean(text)
    .split(" ")
    .flatMap((long) => chop(long, width))) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (widthOf(longer) <= width) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

function chop(word: string, width: number): string[] {
  if (widthOf(word) <= width) return [word];
  return word.match(new RegExp(`(\\P{M}\\p{M}*){1,${Math.max(1, width)}}`, "gu")) ?? [];
}

/** The text cut to `width` columns, ending in "…" if something was cut off. */
export function shorten(text: string, width: number): string {
  const whole = clean(text);
  return widthOf(whole) <= width ? whole : `${chop(whole, width - 1)[0]}…`;
}
