/** The law of large numbers, drawn: one profile at each M on Θ̄, and the distance over M. */
import { make, show } from "../dom.ts";
import { type Draw, errorBars, Figure, roomy } from "./figure.ts";
import type { Lln } from "./lln.ts";

const RUNGS = 4;

export function viewLln(place: HTMLElement): Draw<Lln> {
  let shown: Lln | undefined;
  const profiles = Array.from(
    { length: RUNGS },
    () =>
      new Figure([], {
        x: "cell k",
        y: "",
        height: 170,
        curves: [
          { label: "Θ̄ + 2σ", ink: "band", width: 0 },
          { label: "Θ̄ - 2σ", ink: "band", width: 0 },
          { label: "Θ̄", ink: "theory" },
          { label: "Θᴹ", ink: "measured", shape: "dots", width: 5 },
        ],
        band: [0, 1],
        rangeX: () => [0, (shown?.limit.length ?? 1) + 1],
        rangeY: () => profileRange(shown),
      }),
  );
  const keys = make("p", { className: "keys" });
  for (const [classes, text] of [
    ["measured dots", "one replica"],
    ["theory", "limit equation Θ̄(t)"],
    ["band", "Θ̄ ± 2σ, σ² = C/M"],
  ]) {
    keys.append(make("span", { className: `key ${classes}` }, text));
  }
  const distance = new Figure(
    [
      ["measured dots", "measured"],
      ["theory", "√(tr C/M)"],
    ],
    {
      x: "M",
      y: "",
      curves: [
        { label: "√(tr C/M)", ink: "theory" },
        { label: "measured", ink: "measured", shape: "dots", width: 8 },
      ],
      logX: true,
      logY: true,
      rangeX: (least, most) => [least / 2, most * 2],
      draw: (plot, ink) =>
        errorBars(
          plot,
          ink,
          (shown?.rungs ?? []).map(({ particles, row }) => ({ x: particles, y: row.measured, error: row.error })),
        ),
    },
  );
  place.append(
    make("div", { className: "quarters" }, ...profiles.map(({ element }) => element)),
    keys,
    distance.element,
  );

  return function* (outcome) {
    shown = outcome;
    const { limit, rungs } = outcome;
    const cells = Array.from(limit, (_, k) => k + 1);
    for (const [i, { particles, energies, deviation, row }] of rungs.entries()) {
      profiles[i].show(
        `M = ${show(particles)}`,
        `The energies of one replica lie about the limit equation; over all replicas the RMS distance is ${show(row.measured, 3)}.`,
        cells,
        limit.map((E, k) => E + 2 * deviation[k]),
        limit.map((E, k) => E - 2 * deviation[k]),
        limit,
        energies,
      );
      yield;
    }
    distance.show(
      "RMS distance of Θᴹ to Θ̄",
      outcome.finding,
      rungs.map(({ particles }) => particles),
      rungs.map(({ leading }) => leading),
      rungs.map(({ row }) => row.measured),
    );
  };
}

/** The same for all M, so that one sees them closing in. */
function profileRange(outcome: Lln | undefined): [number, number] {
  const energies = outcome?.rungs.flatMap(({ energies }) => [...energies]) ?? [0, 1];
  return roomy(Math.min(...energies), Math.max(...energies));
}
