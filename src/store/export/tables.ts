/** The tables of a result, in long form: cells are numbered 1 to N, bonds 0 to N. Energies in the model's unit. */
import type { Ensemble } from "../../ensemble/reducers/moments.ts";
import type { SteadyState } from "../../ensemble/reducers/steadyState.ts";
import type { Moments } from "../../kernel.ts";
import type { Exportable } from "./exportable.ts";
import { samplesTable } from "./samples.ts";
import { grid, numbered, timed, type Table } from "./table.ts";

/** All tables, each of which is written to a file of its own. */
export function tablesOf({ model: { cells }, result, samples }: Exportable): Table[] {
  return "times" in result ? ofEnsemble(cells, result, samples) : ofSteadyState(cells, result);
}

function ofEnsemble(N: number, result: Ensemble<Moments>, samples: Exportable["samples"]): Table[] {
  const time = timed(result.times);
  const energies = { mean: result.mean, standard_error: result.standardError, variance: result.variance };
  const { covariance } = result;
  return [
    grid("energies", [time, numbered("cell", 1, N)], energies),
    grid("currents", [time, numbered("bond", 0, N + 1)], {
      mean: result.transferred,
      variance: result.transferredVariance,
    }),
    ...(covariance ? [grid("covariance", [time, numbered("i", 1, N), numbered("j", 1, N)], { covariance })] : []),
    ...(samples ? [samplesTable(N, result, samples)] : []),
  ];
}

function ofSteadyState(N: number, result: SteadyState): Table[] {
  return [
    grid("energies", [numbered("cell", 1, N)], {
      mean: result.mean,
      standard_error: result.standardError,
      effective_samples: result.effectiveSamples,
    }),
    grid("currents", [numbered("bond", 0, N + 1)], {
      current: result.bondCurrent,
      standard_error: result.bondCurrentError,
    }),
    grid("covariance", [numbered("i", 1, N), numbered("j", 1, N)], {
      covariance: result.covariance,
      standard_error: result.covarianceError,
    }),
    summary(result),
  ];
}

/** The quantities that are one number for the whole chain. */
function summary(result: SteadyState): Table {
  const rows: (readonly [quantity: string, value: number, error: number])[] = [
    ["current", result.current, result.currentError],
    ["conductivity", result.conductivity, result.conductivityError],
    ...Array.from(result.cumulants, (value, n) => [`cumulant_${n + 1}`, value, result.cumulantError[n]] as const),
  ];
  return {
    name: "summary",
    columns: [
      { name: "quantity", type: "string" },
      { name: "value", type: "double" },
      { name: "standard_error", type: "double" },
    ],
    batches: () => [
      [
        rows.map(([quantity]) => quantity),
        Float64Array.from(rows, ([, value]) => value),
        Float64Array.from(rows, ([, , error]) => error),
      ],
    ],
  };
}
