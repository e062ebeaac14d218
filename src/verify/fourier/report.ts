/**
 * Fourier's law (Proposition 2, Lemmas 5.6 to 5.8): the current is the conductivity times the gradient per bond,
 *
 *   j = -c/2,   κ = (N+1) c / (2 (T_R - T_L)),   κ = f(T_L, T_L)/2 + (f_1 + f_2)(T_L, T_L)/4 ΔT + O(ΔT²),   (5.3)
 *
 * or twice all that where disks collide, the same through every bond, and the profile tends to the continuum's, on which
 * G(E) = ∫ f(E,E) dE is linear: E^{3/2} for the laws with a square root (THEORY 8.1).
 */
import type { Report } from "../../report/data.ts";
import { nameOf } from "../../rate/rate.ts";
import { conductivityExpansion } from "../../theory/continuum.ts";
import { rateOf } from "../../theory/rates.ts";
import type { Current } from "../evidence/currents.ts";
import { biasOf, profileOf, type Steady } from "../evidence/steady.ts";
import { check, limitOf } from "../measure/check.ts";
import { formulasOf, meanName } from "../measure/formulas.ts";
import { reportOf } from "../measure/present.ts";
import { conductionOf, extrapolated } from "./conduction.ts";
import {
  conductionTable,
  conductivityFigure,
  constancyFigure,
  limitTable,
  profileFigure,
  profileTable,
} from "./display.ts";

/** A steady state, its profile, and the name of what is predicted of it. */
function stateOf(steady: Steady) {
  const bias = biasOf(steady);
  return { steady, profile: profileOf(steady, bias), mean: meanName(bias) };
}

export function fourierReport([own, ...gaps]: readonly Current[], found: Steady | string): Report {
  const { model } = own;
  const [T_L, T_R] = model.temperatures;
  const formulas = formulasOf(model);
  const expansion = conductivityExpansion(model);
  const conductions = gaps.map((current) => conductionOf(current, expansion));
  const replicas = own.ensemble.replicas;
  const current = { predicted: own.flux, measured: own.mean, standardError: own.error };
  const constancy = own.excess.map(({ mean, error }) => ({ predicted: 0, measured: mean, standardError: error }));
  const { intercept, slope } = extrapolated(conductions, expansion);
  const notes: string[] = [];
  if (typeof found === "string") notes.push(`the profile is not measured: ${found}`);
  const rate = rateOf(model);
  if (rate.kinks !== "none")
    notes.push(
      `"${nameOf(model.rate)}" is not smooth ${rate.kinks === "diagonal" ? "where neighbours are equally hot" : "everywhere"}: terms of order M^(-1/2) are not predicted`,
    );
  if (!rate.isUniform)
    notes.push(
      "bonds differ, so that there is no continuum, and f/2 stands for half the harmonic mean of f over the bonds",
    );
  // One steady state, or none.
  const states = typeof found === "string" ? [] : [stateOf(found)];
  return reportOf(
    {
      name: "fourier",
      title: "Fourier's law (Proposition 2, Lemmas 5.6 to 5.8)",
      statement: `The steady current is a conductivity times the temperature gradient, κ = ${formulas.conductivity} + O(T_R - T_L), and it is the same through every bond. Measured: the current at growing gaps, bond by bond, and the mean profile.`,
      notes,
      tables: [
        conductionTable(conductions, model),
        limitTable(model, intercept, slope),
        ...states.map(({ steady, profile }) => profileTable(steady, profile)),
      ],
      checks: [
        check(`the current between ${T_L} and ${T_R} = ${formulas.current}`, "mean", replicas, [current]),
        check("the current is the same through every bond", "mean", replicas, constancy),
        ...states.map(({ steady: { measured }, profile, mean }) =>
          check(`the steady profile between ${T_L} and ${T_R} = ${mean}`, "mean", measured.replicas, profile),
        ),
        check(`conductivity at ${gaps.length} gaps = κ of (5.3)`, "mean", replicas, conductions),
        check(`conductivity as ΔT → 0: ${formulas.conductivity}`, "mean", replicas, [intercept]),
        check(`its slope in ΔT: ${formulas.slope}`, "mean", replicas, [slope]),
      ],
      figures: [
        conductivityFigure(model, conductions, expansion),
        ...states.map(({ steady, profile }) => profileFigure(steady, profile)),
        constancyFigure(own, constancy),
      ],
      certificates: [
        ...[own, ...gaps].map(({ ensemble }) => ensemble.certificate),
        ...states.map(({ steady }) => steady.measured.certificate),
      ],
    },
    {
      title: "Fourier's law: residuals",
      groups: [
        { name: "conductivity", of: conductions },
        { name: "constancy", of: constancy },
        { name: "profile", of: states.flatMap(({ profile }) => profile) },
      ],
      limit: limitOf("mean"),
    },
  );
}
