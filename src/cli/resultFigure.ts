/** `run --figure`: the energy profile of a result over the theory's. */
import type { Ensemble } from "../ensemble/reducers/moments.ts";
import type { SteadyState } from "../ensemble/reducers/steadyState.ts";
import type { Model } from "../model.ts";
import type { Figure, Series } from "../report/data.ts";
import { equilibrium } from "../theory/equilibrium.ts";
import { limit } from "../theory/limit.ts";
import { isFluxKnown } from "../theory/rates.ts";
import type { Result } from "./result.ts";
import { chainInWords, counted } from "./words.ts";

export function figureOf(model: Model, result: Result): Figure {
  const { replicas, certificate } = result;
  const series = "plan" in result ? steadySeries(model, result) : ensembleSeries(model, result);
  const bars = series.some(({ low }) => low) ? " Bars are two standard errors." : "";
  const cells = `${chainInWords(model)}; M = ${model.particles}, ${counted(replicas, "replica")}, seed ${certificate.seed}`;
  return {
    name: "profile",
    title: "plan" in result ? "Mean energies in the steady state" : "Mean energies",
    caption: `${cells}.${bars}`,
    x: { label: "cell k" },
    y: { label: "energy" },
    series,
  };
}

/** The simulation's means at each time, on the line of the limit equation. */
function ensembleSeries(model: Model, { times, mean, standardError, replicas }: Ensemble): Series[] {
  const N = model.cells;
  const predicted = isFluxKnown(model) ? limit(model, times) : undefined;
  return Array.from(times, (time, t) => {
    const of = (values: Float64Array) => values.subarray(t * N, (t + 1) * N);
    const errors = replicas > 1 && standardError ? of(standardError) : undefined;
    return overlay("limit equation", predicted && of(predicted), of(mean), errors, `t = ${time}`);
  }).flat();
}

function steadySeries(model: Model, { mean, standardError, replicas }: SteadyState): Series[] {
  const { energies } = equilibrium(model);
  return overlay("equilibrium E*", energies, mean, replicas > 1 ? standardError : undefined, "steady state");
}

function overlay(
  theory: string,
  predicted: Float64Array | undefined,
  measured: Float64Array,
  errors: Float64Array | undefined,
  group: string,
): Series[] {
  const x = Array.from(measured, (_, i) => i + 1);
  const at = (side: number) => Array.from(measured, (value, i) => value + side * 2 * errors![i]);
  const bars = errors && { low: at(-1), high: at(1) };
  return [
    ...(predicted ? [{ name: theory, kind: "line", x, y: [...predicted], group } as const] : []),
    { name: "simulation", kind: "dots", x, y: [...measured], ...bars, group },
  ];
}
