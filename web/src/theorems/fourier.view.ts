/** Fourier's law, drawn: the current over the temperature gap, and their ratio, the conductivity. */
import { make } from "../dom.ts";
import { type Draw, errorBars, Figure, roomy } from "./figure.ts";
import type { Fourier } from "./fourier.ts";

export function viewFourier(place: HTMLElement): Draw<Fourier> {
  let shown: Fourier | undefined;
  const current = new Figure(
    [
      ["measured dots", "measured"],
      ["theory", "κ (T_R − T_L)/(N+1)"],
    ],
    {
      x: "ΔT = T_R − T_L",
      y: "",
      rangeX: roomy,
      curves: [
        { label: "theory", ink: "theory" },
        { label: "measured", ink: "measured", shape: "dots", width: 8 },
      ],
      draw: (plot, ink) =>
        errorBars(
          plot,
          ink,
          (shown?.conductions ?? []).map(({ gap, current, currentError }) => ({
            x: gap,
            y: -current,
            error: currentError,
          })),
        ),
    },
  );
  const conductivity = new Figure(
    [
      ["measured dots", "measured ± 2 standard errors"],
      ["theory", "κ of (5.3)"],
      ["reference dashes", "f(T, T)/2"],
    ],
    {
      x: "ΔT = T_R − T_L",
      y: "",
      rangeX: roomy,
      curves: [
        { label: "κ", ink: "theory" },
        { label: "f(T, T)/2", ink: "reference", shape: "dashes" },
        { label: "measured", ink: "measured", shape: "dots", width: 8 },
      ],
      rangeY: () => conductivityRange(shown),
      draw: (plot, ink) =>
        errorBars(
          plot,
          ink,
          (shown?.conductions ?? []).map(({ gap, row }) => ({ x: gap, y: row.measured, error: row.error })),
        ),
    },
  );
  place.append(make("div", { className: "halves" }, current.element, conductivity.element));

  return function* (outcome) {
    shown = outcome;
    const { curve, conductions, closed, cells } = outcome;
    // One x for all curves, in order: the theory's points are closer than the measured ones.
    const gaps = [...curve.gaps, ...conductions.map(({ gap }) => gap)].sort((a, b) => a - b);
    const at = (values: Map<number, number>) => gaps.map((gap) => values.get(gap) ?? NaN);
    const theory = curve.gaps.reduce((map, gap, i) => map.set(gap, curve.conductivity[i]), new Map<number, number>());
    const measured = new Map(conductions.map(({ gap, row }) => [gap, row.measured]));
    const carried = new Map(conductions.map(({ gap, current }) => [gap, -current]));
    current.show(
      "Current from right to left",
      "It grows in proportion to the gap, as the theory has it.",
      gaps,
      at(theory).map((kappa, i) => (kappa * gaps[i]) / (cells + 1)),
      at(carried),
    );
    yield;
    conductivity.show(
      "Conductivity κ",
      outcome.finding,
      gaps,
      at(theory),
      gaps.map(() => closed),
      at(measured),
    );
  };
}

function conductivityRange(outcome: Fourier | undefined): [number, number] {
  if (!outcome) return [0, 1];
  const values = [
    ...outcome.curve.conductivity,
    ...outcome.conductions.flatMap(({ row }) => [row.measured - 2 * row.error, row.measured + 2 * row.error]),
  ];
  return roomy(Math.min(...values), Math.max(...values));
}
