/** The pictures of Fourier's law as plain data: theory drawn over simulation. */
import type { Figure } from "../../report/data.ts";
import type { Model } from "../../model.ts";
import { continuum } from "../../theory/continuum.ts";
import { equilibrium } from "../../theory/equilibrium.ts";
import type { conductivityExpansion } from "../../theory/continuum.ts";
import { BARS_IN_WORDS, count, dots, line } from "../measure/bars.ts";
import type { Comparison } from "../measure/check.ts";
import type { Steady } from "../evidence/steady.ts";
import type { Current } from "../evidence/currents.ts";
import type { Conduction } from "./conduction.ts";

export function conductivityFigure(
  model: Model,
  conductions: readonly Conduction[],
  { conductivity, slope }: ReturnType<typeof conductivityExpansion>,
): Figure {
  const gaps = conductions.map(({ gap }) => gap);
  const [T_L] = model.temperatures;
  const fine = Array.from({ length: 41 }, (_, i) => (gaps.at(-1)! * i) / 40);
  const between = (gap: number) => equilibrium({ ...model, temperatures: [T_L, T_L + gap] }).conductivity;
  return {
    name: "fourier-conductivity",
    title: "Fourier's law: conductivity over the temperature gap",
    caption: `Current per gradient between T_L and T_L + ΔT, averaged over bonds and time; ${BARS_IN_WORDS}. Dashed: f(T_L, T_L)/2.`,
    x: { label: "temperature gap ΔT" },
    y: { label: "conductivity κ" },
    series: [
      line("κ of (5.3)", fine, fine.map(between)),
      line(
        "f(T_L, T_L)/2 + slope · ΔT",
        fine,
        fine.map((gap) => conductivity + slope * gap),
      ),
      dots("simulation", gaps, conductions),
    ],
    marks: [{ axis: "y", at: conductivity }],
  };
}

/** E^{3/2} for the uncapped laws with a square root, which the continuum makes linear; E otherwise. */
export function steadyProfileFigure({ model, measured: state }: Steady, profile: readonly Comparison[]): Figure {
  const N = model.cells;
  const straight = model.rate.law !== "constant" && model.rate.cap === null;
  const show = (E: number) => (straight ? E * Math.sqrt(E) : E);
  const places = profile.map((_, i) => (i + 1) / (N + 1));
  const fine = Array.from({ length: 41 }, (_, i) => i / 40);
  const measured = profile.map(({ measured, standardError }) => ({
    measured: show(measured),
    standardError: (straight ? 1.5 * Math.sqrt(measured) : 1) * standardError,
  }));
  return {
    name: "fourier-profile",
    title: `Fourier's law: ${straight ? "E^(3/2) is" : "the energies are"} ${straight || model.rate.law === "constant" ? "linear" : "as in the continuum"} along the chain`,
    caption: `Dots: mean of ${state.replicas} replicas at M = ${model.particles}; ${BARS_IN_WORDS}. Line: the continuum limit.`,
    x: { label: "place k/(N+1)" },
    y: { label: straight ? "E^(3/2)" : "energy" },
    series: [
      line("continuum", fine, Array.from(continuum(model, fine).energies, show)),
      dots("simulation", places, measured),
    ],
  };
}

export function constancyFigure({ model }: Current, current: Comparison, excess: readonly Comparison[]): Figure {
  const bonds = count(0, excess.length);
  const measured = excess.map(({ measured, standardError }) => ({
    measured: current.measured + measured,
    standardError,
  }));
  return {
    name: "fourier-constancy",
    title: "Fourier's law: the current is the same through every bond",
    caption: `Mean current from left to right between ${model.temperatures.join(" and ")}; ${BARS_IN_WORDS} of the difference from the average over the bonds.`,
    x: { label: "bond k" },
    y: { label: "current" },
    series: [
      line(
        "−c/2",
        bonds,
        bonds.map(() => current.predicted),
      ),
      dots("simulation", bonds, measured),
    ],
  };
}
