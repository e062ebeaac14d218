/** A line of words for SVG: raised, lowered and barred pieces as spans of their own. */
import { piecesOf } from "./formulas.ts";

/** Shift down and size of scripts, in units of the font size. */
const SCRIPTS = {
  line: { shift: 0, scale: 1 },
  raised: { shift: -0.36, scale: 0.75 },
  lowered: { shift: 0.2, scale: 0.75 },
};

export interface Span {
  readonly text: string;
  /** Attributes of its `tspan`; none for plain words. */
  readonly attributes?: Readonly<Record<string, number | string>>;
}

/** The spans of a line at a font size in pixels; each `dy` counts from the span before. */
export function spansOf(line: string, size: number): Span[] {
  let before = 0;
  return piecesOf(line).map(({ text, place, barred }) => {
    const { shift, scale } = SCRIPTS[place];
    const attributes = {
      ...(shift !== before && { dy: (shift - before) * size }),
      ...(scale !== 1 && { "font-size": scale * size }),
      ...(barred && { "text-decoration": "overline" }),
    };
    before = shift;
    return Object.keys(attributes).length === 0 ? { text } : { text, attributes };
  });
}
