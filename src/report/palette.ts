/**
 * Colours that people of every colour vision tell apart: M. Okabe and K. Ito, "Color Universal Design" (2008), in the
 * order of their contrast to each other; their yellow is left out, because a thin line of it on white cannot be seen.
 */
export const COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"] as const;

/** The same on a dark ground, lighter: each has a contrast of 6 to it at least. */
export const COLOURS_IN_THE_DARK = [
  "#5CB3F0",
  "#FF8F5A",
  "#3CCB9F",
  "#E8A6CB",
  "#F0B83C",
  "#9AD4F7",
  "#FFFFFF",
] as const;

/** The look of a group. */
export interface Look {
  readonly colour: string;
  /** Lines of the eighth group and on, whose colours return, are dashed, and their dots are square. */
  readonly again: boolean;
}

/** The look of each group, in the order of the groups. */
export function looksOf(groups: Iterable<string>): Map<string, Look> {
  const names = [...new Set(groups)];
  return new Map(names.map((name, k) => [name, { colour: COLOURS[k % COLOURS.length], again: k >= COLOURS.length }]));
}
