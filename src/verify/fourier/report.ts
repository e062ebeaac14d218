/**
 * Fourier's law (Proposition 2, Lemmas 5.6 to 5.8): the current is the conductivity times the gradient per bond,
 *
 *   j = -c/2,   κ = (N+1) c / (2 (T_R - T_L)),   κ = f(T_L, T_L)/2 + (f_1 + f_2)(T_L, T_L)/4 ΔT + O(ΔT²),   (5.3)
 *
 * the same through every bond, and the profile tends to the continuum's, on which G(E) = ∫ f(E,E) dE is linear: E^{3/2} for
 * the laws with a square root (THEORY 8.1).
 */
import type { Check, Report, Table } from "../../report/data.ts";
import { residualFigure } from "../../report/residuals.ts";
import { conductivityExpansion, continuum } from "../../theory/continuum.ts";
import { biasOf, profileOf, type Steady } from "../evidence/steady.ts";
import { check, limitOf, zOf, type Comparison } from "../measure/check.ts";
import type { Current } from "../evidence/currents.ts";
import { conductivityFigure, constancyFigure, steadyProfileFigure } from "./figures.ts";
import { type Conduction, conductionOf, extrapolated } from "./conduction.ts";

export function fourierReport([own, ...ladder]: readonly Current[], steady: Steady | string): Report {
  const { model } = own;
  const [T_L, T_R] = model.temperatures;
  const expansion = conductivityExpansion(model);
  const conductions = ladder.map((current) => conductionOf(current, expansion));
  const replicas = own.ensemble.replicas;
  const carried: Comparison = { predicted: own.flux, measured: own.mean, standardError: own.error };
  const constancy = own.excess.map(({ mean, error }): Comparison => ({
    predicted: 0,
    measured: mean,
    standardError: error,
  }));
  const profile = typeof steady === "string" ? [] : profileOf(steady, biasOf(steady));
  const { intercept, slope } = extrapolated(conductions, expansion);
  const checks: Check[] = [
    check(`the current between ${T_L} and ${T_R} = -c/2`, "mean", replicas, [carried]),
    check("the current is the same through every bond", "mean", replicas, constancy),
    ...(typeof steady === "string"
      ? []
      : [check(`the steady profile between ${T_L} and ${T_R} = E* + m1/M`, "mean", steady.measured.replicas, profile)]),
    check(`conductivity at ${ladder.length} gaps = κ of (5.3)`, "mean", replicas, conductions),
    check("conductivity as ΔT → 0: f(T_L, T_L)/2", "mean", replicas, [intercept]),
    check("its slope in ΔT: (f_1 + f_2)/4", "mean", replicas, [slope]),
  ];
  return {
    name: "fourier",
    title: "Fourier's law (Proposition 2, Lemmas 5.6 to 5.8)",
    statement:
      "The steady current is a conductivity times the temperature gradient, κ = f(T_L, T_L)/2 + O(T_R - T_L), and it is the same through every bond. Measured: the current at growing gaps, bond by bond, and the mean profile.",
    notes: [
      ...(typeof steady === "string" ? [`the profile is not measured: ${steady}`] : []),
      ...(model.rate.law === "sqrt-min"
        ? ['"sqrt-min" is not smooth where neighbours are equally hot: terms of order M^(-1/2) are not predicted']
        : []),
    ],
    tables: [
      conductionTable(conductions, T_L),
      limitTable(intercept, slope),
      ...(typeof steady === "string" ? [] : [profileTable(steady, profile)]),
    ],
    checks,
    figures: [
      conductivityFigure(model, conductions, expansion),
      ...(typeof steady === "string" ? [] : [steadyProfileFigure(steady, profile)]),
      constancyFigure(own, carried, constancy),
      residualFigure({
        name: "fourier-residuals",
        title: "Fourier's law: residuals",
        groups: [
          { name: "conductivity", z: conductions.map(zOf) },
          { name: "constancy", z: constancy.map(zOf) },
          { name: "profile", z: profile.map(zOf) },
        ],
        limit: limitOf("mean"),
      }),
    ],
    certificates: [
      ...[own, ...ladder].map(({ ensemble }) => ensemble.certificate),
      ...(typeof steady === "string" ? [] : [steady.measured.certificate]),
    ],
    passed: checks.every(({ passed }) => passed),
  };
}

function conductionTable(conductions: readonly Conduction[], T_L: number): Table {
  return {
    title: `Conductivity between T_L = ${T_L} and T_L + ΔT`,
    columns: ["ΔT", "measured", "std. error", "κ of (5.3)", "z", "f/2 + slope ΔT"],
    rows: conductions.map((c) => [c.gap, c.measured, c.standardError, c.predicted, zOf(c), c.twoTerms]),
  };
}

function limitTable(intercept: Comparison, slope: Comparison): Table {
  const row = (name: string, c: Comparison) => [name, c.measured, c.standardError, c.predicted, zOf(c)];
  return {
    title: "Conductivity as ΔT → 0",
    columns: ["", "measured", "std. error", "predicted", "z"],
    rows: [row("f(T_L, T_L)/2", intercept), row("slope (f_1 + f_2)/4", slope)],
  };
}

function profileTable({ model }: Steady, profile: readonly Comparison[]): Table {
  const N = model.cells;
  const places = profile.map((_, i) => (i + 1) / (N + 1));
  const { energies } = continuum(model, places);
  return {
    title: `The steady profile between ${model.temperatures.join(" and ")}: E* + m1/M, and its continuum limit, (1/2) d/dx f(E,E) dE/dx = 0`,
    columns: ["cell k", "mean energy", "std. error", "E* + m1/M", "z", "continuum"],
    rows: profile.map((c, i) => [i + 1, c.measured, c.standardError, c.predicted, zOf(c), energies[i]]),
  };
}
