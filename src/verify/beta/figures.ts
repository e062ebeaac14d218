/** The picture of the shares' tail as plain data: theory drawn over simulation. */
import type { Figure } from "../../report/data.ts";
import { BARS_IN_WORDS, dots, line, predictions } from "../measure/bars.ts";
import type { Draws } from "./draws.ts";

export function tailFigure(all: readonly Draws[]): Figure {
  const shown = all.filter(({ particles }) => [10, 1000, 100_000].includes(particles));
  return {
    name: "beta-tail",
    title: "The share of one particle: large shares are exponentially rare",
    caption: `Probability that a share exceeds x/M among ${all[0].count} draws at each M; ${BARS_IN_WORDS}. Lines: (1 − x/M)^(M−1).`,
    x: { label: "x = M^ε" },
    y: { label: "P(B > x/M)", log: true },
    series: shown.flatMap(({ particles, tail }) => {
      const x = tail.map(({ threshold }) => threshold);
      return [line("Lemma 5.2", x, predictions(tail), `M = ${particles}`), dots("draws", x, tail, `M = ${particles}`)];
    }),
  };
}
