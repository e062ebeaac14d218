/** The figure of many comparisons: z = (measured - predicted) / standard error of each, with its limit. */
import type { Figure, Series } from "./data.ts";
import { typesetNumber } from "./number.ts";

/** The z of comparisons, in groups of one colour each. */
export interface Residuals {
  /** File name without ending. */
  readonly name: string;
  readonly title: string;
  readonly groups: readonly { readonly name: string; readonly z: readonly number[] }[];
  /** A check fails when |z| exceeds this. */
  readonly limit: number;
}

/** A dot for every comparison, numbered from 1 through all groups; the caption counts those that are not finite. */
export function residualFigure({ name, title, groups, limit }: Residuals): Figure {
  const all = groups.flatMap(({ z }) => z);
  const lost = all.filter((z) => !Number.isFinite(z)).length;
  let next = 1;
  const series = groups.map(({ name, z }): Series => ({ name, kind: "dots", x: z.map(() => next++), y: z }));
  const bound = typesetNumber(limit);
  const caption = [
    `Each dot is one comparison of ${all.length}: a right simulation scatters around 0 by about 1.`,
    `The check fails where |z| is above ${bound}.`,
    ...(lost > 0 ? [`${lost} of the comparisons ${lost === 1 ? "is" : "are"} not finite and without a dot.`] : []),
  ];
  return {
    name,
    title,
    caption: caption.join(" "),
    x: { label: "number of the comparison" },
    y: { label: "z = (measured − predicted) / standard error" },
    series,
    marks: [
      { axis: "y", at: 0 },
      { axis: "y", at: limit, label: `limit ${bound}` },
      { axis: "y", at: -limit, label: `limit −${bound}` },
    ],
  };
}
