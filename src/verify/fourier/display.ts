/** The tables and figures of Fourier's law. */
import type { Model } from "../../model.ts";
import type { Figure, Table } from "../../report/data.ts";
import { expressionOf } from "../../rate/expression.ts";
import { continuum, type ConductivityExpansion } from "../../theory/continuum.ts";
import { equilibrium } from "../../theory/equilibrium.ts";
import { rateOf } from "../../theory/rates.ts";
import type { Current } from "../evidence/currents.ts";
import { biasOf, type Steady } from "../evidence/steady.ts";
import type { Comparison } from "../measure/check.ts";
import { formulasOf, meanName } from "../measure/formulas.ts";
import { BARS_IN_WORDS, count, dots, entriesWithError, line } from "../measure/present.ts";
import type { Conduction } from "./conduction.ts";

export function conductionTable(conductions: readonly Conduction[], model: Model): Table {
  const [T_L] = model.temperatures;
  return {
    title: `Conductivity between T_L = ${T_L} and T_L + ΔT`,
    columns: ["ΔT", "measured", "std. error", "κ of (5.3)", "z", `${formulasOf(model).conductivity} + slope ΔT`],
    rows: conductions.map((c) => [c.gap, ...entriesWithError(c), c.twoTerms]),
  };
}

export function limitTable(model: Model, intercept: Comparison, slope: Comparison): Table {
  const formulas = formulasOf(model);
  return {
    title: "Conductivity as ΔT → 0",
    columns: ["", "measured", "std. error", "predicted", "z"],
    rows: [
      [formulas.conductivity, ...entriesWithError(intercept)],
      [`slope ${formulas.slope}`, ...entriesWithError(slope)],
    ],
  };
}

/** Places along the chain, from 0 to 1. */
const placesOf = (profile: readonly Comparison[]) => profile.map((_, i) => (i + 1) / (profile.length + 1));

export function profileTable(state: Steady, profile: readonly Comparison[]): Table {
  const { model } = state;
  const mean = meanName(biasOf(state));
  const title = `The steady profile between ${model.temperatures.join(" and ")}: ${mean}`;
  const columns = ["cell k", "mean energy", "std. error", mean, "z"];
  const rows = profile.map((c, i) => [i + 1, ...entriesWithError(c)]);
  if (!rateOf(model).isUniform) return { title, columns, rows };
  const { energies } = continuum(model, placesOf(profile));
  return {
    title: `${title}, and its continuum limit, ${formulasOf(model).continuum}`,
    columns: [...columns, "continuum"],
    rows: rows.map((row, i) => [...row, energies[i]]),
  };
}

/** Points of a line of the theory. */
const POINTS = 41;

export function conductivityFigure(
  model: Model,
  conductions: readonly Conduction[],
  { conductivity, slope }: ConductivityExpansion,
): Figure {
  const { conductivity: formula } = formulasOf(model);
  const gaps = conductions.map(({ gap }) => gap);
  const [T_L] = model.temperatures;
  const fine = count(0, POINTS).map((i) => (gaps.at(-1)! * i) / (POINTS - 1));
  const between = (gap: number) => equilibrium({ ...model, temperatures: [T_L, T_L + gap] }).conductivity;
  const twoTerms = fine.map((gap) => conductivity + slope * gap);
  return {
    name: "fourier-conductivity",
    title: "Fourier's law: conductivity over the temperature gap",
    caption: `Current per gradient between T_L and T_L + ΔT, averaged over bonds and time; ${BARS_IN_WORDS}. Dashed: ${formula}.`,
    x: { label: "temperature gap ΔT" },
    y: { label: "conductivity κ" },
    series: [
      line("κ of (5.3)", fine, fine.map(between)),
      line(`${formula} + slope · ΔT`, fine, twoTerms),
      dots("simulation", gaps, conductions),
    ],
    marks: [{ axis: "y", at: conductivity }],
  };
}

/** E^{3/2} for the uncapped laws with a square root, which the continuum makes linear; E otherwise. */
export function profileFigure(steady: Steady, profile: readonly Comparison[]): Figure {
  const { model, measured: state } = steady;
  const { law } = expressionOf(model);
  const straight = law !== undefined && law !== "constant" && model.rate.cap === null;
  const show = (E: number) => (straight ? E * Math.sqrt(E) : E);
  const fine = count(0, POINTS).map((i) => i / (POINTS - 1));
  const predicted = rateOf(model).isUniform
    ? line("continuum", fine, continuum(model, fine).energies.map(show))
    : line(
        meanName(biasOf(steady)),
        placesOf(profile),
        profile.map(({ predicted }) => show(predicted)),
      );
  const measured = profile.map(({ measured, standardError }) => ({
    measured: show(measured),
    standardError: (straight ? 1.5 * Math.sqrt(measured) : 1) * standardError,
  }));
  return {
    name: "fourier-profile",
    title: `Fourier's law: ${straight ? "E^(3/2)" : "the energies"} along the chain`,
    caption: `Dots: mean of ${state.replicas} replicas at M = ${model.particles}; ${BARS_IN_WORDS}. Line: ${predicted.name === "continuum" ? "the continuum limit" : predicted.name}.`,
    x: { label: "place k/(N+1)" },
    y: { label: straight ? "E^(3/2)" : "energy" },
    series: [predicted, dots("simulation", placesOf(profile), measured)],
  };
}

export function constancyFigure({ model, flux, mean }: Current, excess: readonly Comparison[]): Figure {
  const bonds = count(0, excess.length);
  const predicted = bonds.map(() => flux);
  const currents = excess.map(({ measured, standardError }) => ({ measured: mean + measured, standardError }));
  return {
    name: "fourier-constancy",
    title: "Fourier's law: the current through every bond",
    caption: `Mean current from left to right between ${model.temperatures.join(" and ")}; ${BARS_IN_WORDS} of the difference from the average over the bonds.`,
    x: { label: "bond k" },
    y: { label: "current" },
    series: [line(formulasOf(model).current.replace("-", "−"), bonds, predicted), dots("simulation", bonds, currents)],
  };
}
