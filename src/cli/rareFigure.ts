/** `rare --figure`: the most likely way to a rare event, and the way back. */
import type { Model } from "../model.ts";
import type { RareEventResult } from "../rare/index.ts";
import type { Figure, Series } from "../report/data.ts";
import type { RareEvent } from "../theory/largeDeviations/event.ts";
import { chainInWords } from "./words.ts";

type Way = NonNullable<RareEventResult["instanton"]>;

/** "E_2 > 3.5 at t = 2". */
export function eventInWords({ above, below, time, ...event }: RareEvent): string {
  return `${quantityOf(event)} ${above === undefined ? `< ${below}` : `> ${above}`} at t = ${time}`;
}

export const quantityOf = ({ cell, bond }: Pick<RareEvent, "cell" | "bond">) =>
  cell === undefined ? `Q_${bond}` : `E_${cell}`;

export function wayFigure(model: Model, event: RareEvent, way: Way): Figure {
  const { cell } = event;
  const line = (name: string, x: Iterable<number>, y: Iterable<number>): Series => ({
    ...{ name, kind: "line", x: [...x], y: [...y] },
  });
  const of = (energies: Float64Array) => energies.filter((_, i) => i % model.cells === cell! - 1);
  const { times, relaxation } = way;
  const end = times[times.length - 1];
  const back = relaxation.times.map((t) => t - relaxation.times[0]);
  const series =
    cell === undefined
      ? [line("most likely way", times, way.carried!)]
      : [
          line("the way up", times, of(way.energies)),
          line(
            "the way down",
            back.map((t) => end + t),
            of(relaxation.energies),
          ),
          line(
            "the way down, reversed",
            back.map((t) => end - t),
            of(relaxation.energies),
          ),
        ];
  return {
    name: "rare",
    title: `The most likely way to ${eventInWords(event)}`,
    caption: `${chainInWords(model)}, M → ∞.${cell === undefined ? "" : " In equilibrium of all, a chain would go up as it comes down; between unequal baths, or in a given time, it does not."}`,
    x: { label: "t" },
    y: { label: quantityOf(event) },
    series,
    marks: [{ axis: "x", at: end, label: "the event" }],
  };
}
