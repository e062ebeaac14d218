/** The mesoscopic equation, drawn: a path of Z beside one of Θ^M, and the laws of both at one time. */
import { make } from "../dom.ts";
import { type Draw, Figure, roomy } from "./figure.ts";
import type { Mesoscopic } from "./mesoscopic.ts";

export function viewMesoscopic(place: HTMLElement): Draw<Mesoscopic> {
  let shown: Mesoscopic | undefined;
  const pathOf = (name: string) =>
    new Figure(
      [
        ["measured", name],
        ["theory", "Θ̄"],
      ],
      {
        x: "t",
        y: "",
        height: 200,
        curves: [
          { label: name, ink: "measured", width: 1 },
          { label: "Θ̄", ink: "theory", width: 2 },
        ],
        rangeY: () => pathRange(shown),
      },
    );
  const process = pathOf("Θᴹ, jump by jump");
  const equation = pathOf("Z, the equation");
  const law = new Figure(
    [
      ["faint bar", "Θᴹ"],
      ["theory", "Z"],
    ],
    {
      x: "energy of the cell",
      y: "density",
      curves: [
        { label: "Θᴹ", ink: "faint", shape: "bars" },
        { label: "Z", ink: "theory", width: 2 },
      ],
      rangeY: (_, most) => [0, 1.08 * most || 1],
    },
  );
  place.append(make("div", { className: "halves" }, process.element, equation.element), law.element);

  return function* (outcome) {
    shown = outcome;
    const { cell, times, limit } = outcome;
    process.show(`A path of cell ${cell}`, "It fluctuates about the limit equation.", times, outcome.process, limit);
    yield;
    equation.show(`A path of cell ${cell}`, "It fluctuates alike.", times, outcome.equation, limit);
    yield;
    law.show(
      `The law of cell ${cell}`,
      outcome.finding,
      outcome.processLaw.middles,
      outcome.processLaw.density,
      outcome.equationLaw.density,
    );
  };
}

function pathRange(outcome: Mesoscopic | undefined): [number, number] {
  const energies = outcome ? [...outcome.process, ...outcome.equation] : [0, 1];
  return roomy(Math.min(...energies), Math.max(...energies));
}
