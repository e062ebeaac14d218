/** `run --figure`: the energy profile of a result over the theory's, as a picture, with its numbers beside it. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, extname } from "node:path";
import type { Ensemble } from "../ensemble/reducers/moments.ts";
import type { SteadyState } from "../ensemble/reducers/steadyState.ts";
import { describe, InvalidInputError } from "../errors.ts";
import type { Model } from "../model.ts";
import { csvOf } from "../report/csv.ts";
import type { Figure, Series } from "../report/data.ts";
import { loadDrawing } from "../report/drawing.node.ts";
import { equilibrium } from "../theory/equilibrium.ts";
import { limit } from "../theory/limit.ts";
import { isFluxKnown } from "../theory/rates.ts";
import type { Result } from "./result.ts";
import { tell } from "./terminal.ts";
import { chainInWords, counted } from "./words.ts";

type Writer = (model: Model, result: Result) => Promise<void>;

/**
 * Writes figures to a path, or nowhere if there is none. What can be wrong with the path is found now, before a run.
 * @throws InvalidInputError; MissingPackageError.
 */
export async function figureWriter(path: string | undefined): Promise<Writer> {
  if (path === undefined) return () => Promise.resolve();
  const ending = extname(path);
  if (ending !== ".svg" && ending !== ".png") refuse("a file that ends in .svg or .png", describe(path));
  const { renderFigure, renderPng } = await loadDrawing();
  await mkdir(dirname(path), { recursive: true }).catch(({ message }: Error) =>
    refuse("a folder to write to", message),
  );
  return async (model, result) => {
    const figure = figureOf(model, result);
    const svg = renderFigure(figure);
    const numbers = `${path.slice(0, -ending.length)}.csv`;
    try {
      await writeFile(path, ending === ".svg" ? svg : renderPng(svg));
      await writeFile(numbers, csvOf(figure));
    } catch (error) {
      refuse("a file that can be written to", (error as Error).message);
    }
    tell(`figure: ${path}, and its numbers: ${numbers}`);
  };
}

function refuse(expected: string, got: string): never {
  throw new InvalidInputError("flags", [{ field: "figure", expected, got }]);
}

function figureOf(model: Model, result: Result): Figure {
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
