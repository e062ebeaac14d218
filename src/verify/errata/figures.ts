/** The picture of the misprints as plain data. */
import type { Figure } from "../../report/data.ts";
import type { Trial } from "./trials.ts";
import { BARS_IN_WORDS, count, dots } from "../measure/bars.ts";

export function errataFigure(trials: readonly Trial[]): Figure {
  const x = count(1, trials.length);
  return {
    name: "errata",
    title: "The paper's misprints: the simulation is on the corrected side",
    caption: `${trials.map(({ erratum, printed }, i) => `${i + 1}: ${erratum}, ${printed}`).join("; ")}; ${BARS_IN_WORDS}.`,
    x: { label: "misprint" },
    y: { label: "0: corrected, 1: printed" },
    series: [
      dots(
        "simulation",
        x,
        trials.map(({ share }) => share),
      ),
    ],
    marks: [
      { axis: "y", at: 0, label: "corrected" },
      { axis: "y", at: 1, label: "printed" },
    ],
  };
}
