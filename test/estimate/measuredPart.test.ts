/**
 * The measured part of the moments, integrated over shorter and shorter panels, whose steps are a quarter of them, against
 * the same equations with what is measured taken at every stage: a path that is given as a function of time stands for a
 * replica. The rule's error falls as the fourth power of the step, 16 times from one panel length to half of it.
 */
import { expect, test } from "vitest";
import { bondEvaluator, bondExpander } from "../../src/estimate/bonds.ts";
import { measuredPart } from "../../src/estimate/measuredPart.ts";
import { layoutOf, momentEquations } from "../../src/estimate/momentEquations.ts";
import { panelsOf } from "../../src/estimate/panels.ts";
import { addRemainders, zeroSources, toMeans } from "../../src/estimate/remainders.ts";
import { defineModel, theory } from "../../src/index.ts";
import { unitsOf } from "../../src/theory/units.ts";

const model = defineModel({ cells: 2, particles: 4, temperatures: [1, 2], initial: [1.5, 1.2], timescale: "slow" });
const [N, M] = [model.cells, model.particles];
const units = unitsOf(model, Float64Array.from(model.initial as number[]));
const perTime = units.rate / M;
const TIME = 1 / perTime;
const OBSERVED = [TIME / 2, TIME];

/** Θ̄ at these times, and the energies of the path that is given, which sways about it by half. */
function pathAt(times: readonly number[]) {
  const limit = theory.limit(model, times);
  const sway = (at: number) => 1 + Math.sin(2 * times[Math.floor(at / N)] * perTime + (at % N)) / 2;
  return { limit, energies: limit.map((E, at) => E * sway(at)) };
}

/** The states at OBSERVED by a step of 1/256 of a unit, with sources from the path at every stage. */
function reference(): number[][] {
  const steps = 256;
  const stages = Array.from({ length: 2 * steps + 1 }, (_, i) => (TIME * i) / (2 * steps));
  const { limit, energies } = pathAt(stages);
  const evaluate = bondEvaluator(model, units, "exact");
  const expand = bondExpander(model, units, "exact");
  const values = { flux: new Float64Array(N + 1), noise: new Float64Array(N + 1), skewness: new Float64Array(N + 1) };
  const balance = momentEquations(N, M);
  const slope = (stage: number, state: readonly number[]) => {
    const [mean, path] = [limit, energies].map((all) => all.subarray(N * stage, N * (stage + 1)));
    const expansion = expand(mean);
    const sources = zeroSources(N);
    evaluate(path, values);
    addRemainders(
      sources,
      expansion,
      values,
      Float64Array.of(0, ...path.map((E, k) => (E - mean[k]) / units.energy), 0),
    );
    toMeans(sources, 1, M);
    const derivative = state.map(() => 0);
    balance(expansion, sources, state, derivative);
    return derivative;
  };
  const along = (state: readonly number[], h: number, k: readonly number[]) => state.map((y, i) => y + h * k[i]);
  let state = new Array<number>(layoutOf(N).end).fill(0);
  const states: number[][] = [];
  for (let step = 0, h = 1 / steps; step < steps; step++) {
    const k1 = slope(2 * step, state);
    const k2 = slope(2 * step + 1, along(state, h / 2, k1));
    const k3 = slope(2 * step + 1, along(state, h / 2, k2));
    const k4 = slope(2 * step + 2, along(state, h, k3));
    state = state.map((y, i) => y + (h / 6) * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]));
    if (step === steps / 2 - 1 || step === steps - 1) states.push(state);
  }
  return states;
}

test("half as long panels leave a sixteenth of the error", () => {
  const right = reference().flat();
  const largest = Math.max(...right.map(Math.abs));
  const errors = [1, 2, 4].map((count) => {
    const panels = panelsOf(OBSERVED, TIME / 2 / count);
    const nodes = panels.flatMap(({ nodes }) => nodes);
    const measure = measuredPart(model, units, "exact", panels, OBSERVED, nodes);
    const states = measure(pathAt(nodes).energies, 1).flatMap((state) => [...state]);
    return Math.max(...states.map((value, i) => Math.abs(value - right[i]))) / largest;
  });
  for (const i of [1, 2]) {
    expect(errors[i - 1] / errors[i]).toBeGreaterThan(14);
    expect(errors[i - 1] / errors[i]).toBeLessThan(24);
  }
});
